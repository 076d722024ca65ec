"""Figures as rows for a chart: as pages of JSON and as CSV."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from pydantic import TypeAdapter

from app.api import answers, shapes
from app.search.series import COLUMNS, NUMBERS
from tests.api.client import Answer, Client, serving
from tests.api.test_lists import walk
from tests.factories import article, bundle, claim, load_bundles, opened

Json = dict[str, Any]


def figures(client: Client, **filters: str) -> list[Json]:
    asked = "".join(f"&{name}={value}" for name, value in filters.items())
    items: list[Json] = client.get(f"/figures?limit=1000{asked}").json["items"]
    return items


def table(answer: Answer) -> list[dict[str, str]]:
    """The rows of a CSV, which must hold no line that a stricter reader would trip over."""
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    lines = answer.body.decode().split("\r\n")
    assert lines[0] == ",".join(COLUMNS)
    assert lines[-1] == ""
    return [*csv.DictReader(StringIO(answer.body.decode(), newline=""), strict=True)]


def as_cell(name: str, value: float | str | None) -> str:
    if value is None:
        return ""
    return f"'{value}" if name not in NUMBERS and str(value).startswith(("=", "+", "-", "@")) else str(value)


@pytest.fixture
def loaded(database_url: str) -> Iterator[Client]:
    """Over levels of two days, two of them alike, with texts that a spreadsheet would take for formulas."""
    temperature = {"key": "warmth", "label": "temperature", "unit": "degree_celsius", "signed": True, "additive": False}
    level = {"kind": "stock", "measure": "warmth", "event": None}
    with opened(database_url) as database:
        given = bundle(
            article("a", claim("c", "-2.5 degrees Celsius", **level), title='=HYPERLINK("http://evil","a, b")'),
            article("b", claim("c", "50 degrees Fahrenheit", as_of="2024-08-14", speaker="ann", **level)),
            article("e", claim("c", "more than 3 degrees Celsius", as_of="2024-08-16", speaker="bob", **level)),
        )
        given["measures"].append(temperature)
        load_bundles(database, given)
    with serving(database_url) as client:
        yield client


def test_a_series_has_a_row_for_each_claim_of_the_figure_by_date(client: Client) -> None:
    numbers = walk(client, "/claims?kind=number&sort=date&limit=1000")
    for figure in figures(client):
        rows = walk(client, f"/figures/{figure['id']}/series?limit=3")
        claims = [one for one in numbers if one["figure"] == figure["id"]]
        assert [row["claim"] for row in rows] == [one["id"] for one in claims]
        assert [row["status"] for row in rows] == [one["status"] for one in claims]
        assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
        assert [row["claim"] for row in rows if row["relation"] == "latest"] == [figure["latest"]]
        page = client.get(f"/figures/{figure['id']}/series?count=true&limit=1").json
        assert page["total"] == len(rows) == figure["n_claims"] + figure["n_superseded"]
        TypeAdapter(shapes.Series).validate_json(client.get(f"/figures/{figure['id']}/series").body)


def test_the_ends_of_a_series_are_the_ends_of_the_figure(client: Client) -> None:
    for figure in figures(client):
        rows = walk(client, f"/figures/{figure['id']}/series")
        current = [row for row in rows if row["status"] != "superseded"]
        lows, highs = [row["low"] for row in current], [row["high"] for row in current]
        assert figure["envelope"]["low"] == (None if None in lows else min(lows))
        assert figure["envelope"]["high"] == (None if None in highs else max(highs))


def test_csv_holds_the_rows_of_json(client: Client) -> None:
    for figure in figures(client):
        rows = walk(client, f"/figures/{figure['id']}/series")
        expected = [{name: as_cell(name, row[name]) for name in COLUMNS} for row in rows]
        assert table(client.get(f"/figures/{figure['id']}/series.csv")) == expected
        assert table(client.get(f"/figures/{figure['id']}/series", accept="text/csv")) == expected


def test_csv_has_no_cap_and_goes_on_where_a_page_ends(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    figure = max(figures(client), key=lambda one: one["n_claims"])
    target = f"/figures/{figure['id']}/series.csv"
    whole = client.get(target).body
    monkeypatch.setattr(answers, "AT_ONCE", 2)
    assert client.get(target).body == whole
    assert len(whole.splitlines()) == figure["n_claims"] + figure["n_superseded"] + 1 > 4
    assert client.get(f"{target}?limit=2").body == b"".join(whole.splitlines(keepends=True)[:3])


@pytest.mark.parametrize(
    ("accept", "is_csv"),
    [
        ("text/csv", True),
        ("Text/CSV;q=0.5", True),
        ("application/json;q=0.4, text/csv;q=0.5", True),
        ("*/*", False),
        ("text/html, */*;q=0.8", False),
        ("application/json, text/csv;q=0.9", False),
        ("text/csv;q=0", False),
        ("text/csv;q=much", False),
        ("", False),
    ],
)
def test_csv_is_given_to_who_would_rather_have_it(client: Client, accept: str, is_csv: bool) -> None:
    figure = figures(client)[0]
    answer = client.get(f"/figures/{figure['id']}/series", accept=accept)
    assert answer.headers["content-type"].startswith("text/csv") == is_csv
    assert answer.headers["vary"] == "Accept"


def test_numbers_are_in_the_measures_unit_and_texts_no_formulas(loaded: Client) -> None:
    (figure,) = figures(loaded)
    rows = walk(loaded, f"/figures/{figure['id']}/series")
    assert [(row["number"], row["unit"], row["date"]) for row in rows] == [
        (10, "degree_celsius", "2024-08-14"),
        (-2.5, "degree_celsius", "2024-08-15"),
        (3, "degree_celsius", "2024-08-16"),
    ]
    assert (rows[2]["low"], rows[2]["high"]) == (3, None)
    cells = table(loaded.get(f"/figures/{figure['id']}/series.csv"))
    assert (cells[1]["number"], cells[1]["text"]) == ("-2.5", "'-2.5 degrees Celsius")
    assert cells[1]["article"] == '\'=HYPERLINK("http://evil","a, b")'
    assert (cells[2]["high"], cells[1]["url"], cells[1]["speaker"]) == ("", "", "")


def test_a_row_says_what_the_claim_is_to_the_latest(loaded: Client) -> None:
    (figure,) = figures(loaded)
    rows = walk(loaded, f"/figures/{figure['id']}/series")
    page = loaded.get(f"/claims/{figure['latest']}/relations").json["items"]
    relations = {one["other"]["id"]: one["relation"] for one in page}
    assert [row["relation"] for row in rows] == [relations.get(row["claim"], "latest") for row in rows]
    assert len(relations) == 2


@pytest.mark.parametrize("suffix", ["", ".csv"])
def test_an_unknown_figure_has_no_series(client: Client, suffix: str) -> None:
    for name in ("nothing", "fig_aaaaaaaaaaaaaaaa", "%00"):
        answer = client.get(f"/figures/{name}/series{suffix}", accept="text/csv")
        assert (answer.status, answer.json["type"]) == (404, "/problems/not-found")
    answer = client.get(f"/figures/{figures(client)[0]['id']}/series{suffix}?entity=ann")
    assert (answer.status, answer.json["parameter"]) == (422, "entity")
