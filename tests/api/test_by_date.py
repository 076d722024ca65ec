"""Figures as they stood by a date: what a database would say that holds only the claims up to then."""

from typing import Any

import pytest

from app.search import by_date
from tests.api.client import Client, serving
from tests.api.test_lists import walk
from tests.databases import Databases, Engine
from tests.factories import load_bundles, opened
from tests.generated import stories, world

Json = dict[str, Any]
DATES = ["2024-08-12", "2024-08-14", "2024-08-15", "2024-08-15T18:00Z", "2024-08-17", "2024-08"]


def known(client: Client, date: str, more: str = "&limit=1000") -> dict[str, Json]:
    """The figures of every measure by that date, by id."""
    measures = [one["key"] for one in client.get("/measures").json["items"]]
    pages = [client.get(f"/figures?as_of={date}&measure={measure}{more}") for measure in measures]
    assert {page.status for page in pages} == {200}
    return {figure["id"]: figure for page in pages for figure in page.json["items"]}


def stories_up_to(claims: dict[tuple[str, str], Json], date: str) -> list[Json]:
    """The generated stories, less what speaks of later days."""
    told = stories()
    for story in told:
        (article,) = story["articles"]
        titled = [(claim, claims.get((article["title"], claim["statement"]))) for claim in article["claims"]]
        article["claims"] = [claim for claim, live in titled if live and live["as_of"]["end"][:10] <= date]
    return told


@pytest.mark.parametrize("date", ["2024-08-12", "2024-08-14", "2024-08-15", "2024-08-17"])
def test_figures_by_a_date_are_those_of_the_claims_up_to_it(
    client: Client, databases: Databases, engine_name: Engine, date: str
) -> None:
    claims = {
        (one["article"]["title"], one["statement"]): one for one in walk(client, "/claims?kind=number&limit=1000")
    }
    with databases.create(engine_name) as url:
        with opened(url) as database:
            load_bundles(database, world())
            load_bundles(database, *stories_up_to(claims, date))
        with serving(url) as truncated:
            expected = {one["id"]: one for one in walk(truncated, "/figures?limit=1000")}
    assert known(client, date) == expected
    assert expected.keys() < {one["id"] for one in walk(client, "/figures?limit=1000")}


def test_by_the_end_of_time_figures_are_what_they_are(client: Client) -> None:
    stored = {one["id"]: one for one in walk(client, "/figures?limit=1000")}
    for date in ("2099", "2024-08-06/.."):
        assert known(client, date) == stored


@pytest.mark.parametrize("date", DATES)
def test_pages_of_any_size_hold_the_same(client: Client, date: str) -> None:
    whole = walk(client, f"/figures?as_of={date}&event=war&limit=1000")
    assert walk(client, f"/figures?as_of={date}&event=war&limit=2") == whole
    assert client.get(f"/figures?as_of={date}&event=war&limit=1&count=true").json["total"] == len(whole) > 0


def test_figures_keep_the_order_that_they_are_listed_in(client: Client) -> None:
    listed = [one["id"] for one in walk(client, "/figures?event=war")]
    then = [one["id"] for one in walk(client, "/figures?event=war&as_of=2024-08-15")]
    assert then == [one for one in listed if one in then] != listed


def test_a_figure_of_an_entity_counts_all_its_claims_up_to_then(client: Client) -> None:
    whole = known(client, "2024-08-15")
    found = walk(client, "/figures?entity=rene-oneil&as_of=2024-08-15")
    assert found
    assert all(one == whole[one["id"]] for one in found)


def test_it_takes_something_that_narrows(client: Client) -> None:
    answer = client.get("/figures?as_of=2024-08-15&kind=stock")
    assert (answer.status, answer.json["parameter"]) == (422, "as_of")
    assert "give `event`, `measure` or `entity` too" in answer.json["detail"]
    answer = client.get("/figures?as_of=2024-08-15&event=war&status=conflict")
    assert (answer.status, answer.json["parameter"]) == (422, "status")
    assert client.get("/figures?as_of=2024-08-15&event=nothing").json["items"] == []


def test_more_claims_than_are_compared_on_request_are_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_date, "MOST_CLAIMS", 30)
    answer = client.get("/figures?as_of=2024-08-20&event=war&limit=1000")
    assert (answer.status, answer.json["parameter"]) == (422, "as_of")
    assert "at most 30 are compared" in answer.json["detail"]
    assert client.get("/figures?as_of=2024-08-20&event=night&limit=1").status == 200


def test_the_seeds_knew_no_total_before_the_fifteenth(seeds: Client) -> None:
    asked = "/figures?event=kursk-incursion&measure=prisoners-captured"
    before = {one["id"]: one for one in walk(seeds, f"{asked}&as_of=2024-08-14")}
    after = {one["id"]: one for one in walk(seeds, f"{asked}&as_of=2024-08-15")}
    assert {one["kind"] for one in before.values()} == {"flow"}
    assert {after[one]["kind"] for one in after.keys() - before.keys()} >= {"cumulative"}
    assert before.keys() < after.keys()
