"""Conflicts explained by a person: what an explanation covers, what opens it again, and what closes it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, update

from app.ingest.check import problems
from app.ingest.edit import correct, withdraw
from app.ingest.explain import CannotExplain, explain, unexplain
from app.ingest.remarks import UnusableRemark
from app.storage import tables
from app.storage.engine import Database
from app.storage.versions import current
from tests.factories import article, bundle, claim, load_bundles, opened, statement
from tests.ingest.test_load import counted

LATER = "2024-09-01T00:00:00Z"
WHOLE = {"event": "incursion", "kind": "cumulative", "window": "2024-08-06/.."}
EDITOR = {"why": "The high number counts both sides.", "by": "Jo Doe", "url": "https://example.org/why"}


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Two who contradict each other about the day; and two statements, of which one disputes the other."""
    with opened(database_url) as found:
        numbers = [claim("low", "102", speaker="ann"), claim("high", "2,000", speaker="bob")]
        words = [statement("open"), statement("shut", speaker="ann", disputes=["open"])]
        load_bundles(found, bundle(article("a", *numbers, *words)))
        yield found


def claims(database: Database) -> dict[str, dict[str, Any]]:
    with database.read() as connection:
        rows = connection.execute(select(tables.Claim.key, tables.Claim.record))
        return {key: json.loads(record) for key, record in rows}


def figures(database: Database) -> dict[str, dict[str, Any]]:
    with database.read() as connection:
        rows = connection.execute(select(tables.Figure.public_id, tables.Figure.explained, tables.Figure.record))
        found = {public: (explained, json.loads(record)) for public, explained, record in rows}
    for explained, record in found.values():
        explanation = record["explanation"]
        assert explained == (explanation is not None and not explanation["reopened_by"])
    return {public: record for public, (_, record) in found.items()}


def explanation(database: Database, figure: str) -> Any:
    return figures(database)[figure]["explanation"]


def rows(database: Database) -> list[Any]:
    with database.read() as connection:
        return list(connection.execute(select(tables.Explanation.__table__)))


def assert_sound(database: Database) -> None:
    with database.read() as connection:
        assert list(problems(connection)) == []


def one_more(database: Database, *more: dict[str, Any], key: str = "more") -> None:
    load_bundles(database, bundle(article(f"article-{key}", *more, source="wire"), key=key))


def figure_of(database: Database, key: str) -> str:
    return str(claims(database)[key]["figure"])


def test_an_explanation_is_shown_and_the_conflict_stays(database: Database) -> None:
    figure = figure_of(database, "low")
    assert explanation(database, figure) is None
    before = figures(database)[figure]
    explain(database, [figure], **EDITOR, now=LATER)
    after = figures(database)[figure]
    assert after == before | {"explanation": EDITOR | {"at": LATER, "reopened_by": []}}
    assert claims(database)["low"]["conflict"] is True
    assert_sound(database)


def test_it_is_a_change_like_any_other(database: Database) -> None:
    figure = figure_of(database, "low")
    with database.read() as connection:
        before = current(connection)
    explain(database, [figure], **EDITOR, now=LATER)
    unexplain(database, [figure], now=LATER)
    assert explanation(database, figure) is None
    with database.read() as connection:
        assert current(connection) == before + 2
        history = select(tables.FigureHistory.record).order_by(tables.FigureHistory.from_version)
        closed = [json.loads(record)["explanation"] for record in connection.execute(history).scalars()]
        times = connection.execute(select(tables.Version.at).where(tables.Version.number > before)).scalars()
        assert set(times) == {LATER}
    assert [one and one["why"] for one in closed] == [None, EDITOR["why"]]
    assert_sound(database)


def test_a_new_claim_opens_it_and_its_withdrawal_closes_it(database: Database) -> None:
    figure = figure_of(database, "low")
    explain(database, [figure], **EDITOR, now=LATER)
    one_more(database, claim("third", "5,000"))
    third = claims(database)["third"]["id"]
    assert explanation(database, figure)["reopened_by"] == [third]
    assert_sound(database)
    withdraw(database, third, "taken back", now=LATER)
    assert explanation(database, figure)["reopened_by"] == []
    assert_sound(database)


def test_a_claim_that_contradicts_nobody_opens_nothing(database: Database) -> None:
    figure = figure_of(database, "low")
    explain(database, [figure], **EDITOR, now=LATER)
    one_more(database, claim("elsewhere", "7", event="incursion", window="2024-08-07"))
    assert explanation(database, figure)["reopened_by"] == []
    one_more(database, claim("repeat", "102", speaker="ann"), key="again")
    assert explanation(database, figure)["reopened_by"] == [claims(database)["repeat"]["id"]]


def test_a_correction_opens_it_unless_it_ends_the_conflict(database: Database) -> None:
    figure = figure_of(database, "low")
    explain(database, [figure], **EDITOR, now=LATER)
    high = claims(database)["high"]["id"]
    correct(database, high, {"text": "3,000"}, now=LATER)
    assert explanation(database, figure)["reopened_by"] == [high]
    assert_sound(database)
    correct(database, high, {"text": "102"}, now=LATER)
    assert explanation(database, figure)["reopened_by"] == []
    assert_sound(database)


def test_explaining_again_covers_what_has_come_since(database: Database) -> None:
    figure = figure_of(database, "low")
    explain(database, [figure], **EDITOR, now=LATER)
    one_more(database, claim("third", "5,000"))
    explain(database, [figure], why="All count otherwise.", by="Al", now=LATER)
    expected: dict[str, Any] = {"why": "All count otherwise.", "by": "Al", "at": LATER, "url": None, "reopened_by": []}
    assert explanation(database, figure) == expected
    assert len(rows(database)) == 1
    assert_sound(database)


def test_what_contradicts_from_a_whole_is_covered_and_opens(database: Database) -> None:
    figure = figure_of(database, "low")
    one_more(database, claim("total", "50", **WHOLE))
    whole = figure_of(database, "total")
    explain(database, [figure], **EDITOR, now=LATER)
    explain(database, [whole], **EDITOR, now=LATER)
    ids = {key: one["id"] for key, one in claims(database).items()}
    covered = {row.subject: set(json.loads(row.claims)) for row in rows(database)}
    assert covered == {key: {ids["low"], ids["high"], ids["total"]} for key in (figure, whole)}
    correct(database, ids["total"], {"text": "60"}, now=LATER)
    for subject in (figure, whole):
        assert explanation(database, subject)["reopened_by"] == [ids["total"]]
    assert_sound(database)
    withdraw(database, ids["total"], "taken back", now=LATER)
    assert explanation(database, figure)["reopened_by"] == []
    assert whole not in figures(database)
    assert_sound(database)


def test_an_emptied_figure_keeps_its_explanation(database: Database) -> None:
    figure = figure_of(database, "low")
    explain(database, [figure], **EDITOR, now=LATER)
    given = bundle(article("a", claim("low", "102", speaker="ann"), claim("high", "2,000", speaker="bob")))
    load_bundles(database, bundle(article("a")))
    assert figure not in figures(database)
    assert_sound(database)
    load_bundles(database, given)
    assert len(explanation(database, figure)["reopened_by"]) == 2
    assert_sound(database)


def test_at_most_twenty_are_named(database: Database) -> None:
    figure = figure_of(database, "low")
    explain(database, [figure], **EDITOR, now=LATER)
    crowd = [claim(f"c{n}", "9,000", origin={"key": f"o{n}", "label": f"O{n}"}) for n in range(25)]
    one_more(database, *crowd)
    expected = sorted(one["id"] for key, one in claims(database).items() if key.startswith("c"))[:20]
    assert explanation(database, figure)["reopened_by"] == expected
    assert_sound(database)


def test_a_dispute_is_explained_until_a_statement_is_corrected(database: Database) -> None:
    found = claims(database)
    one, other = found["shut"]["id"], found["open"]["id"]
    explain(database, [one, other], **EDITOR, now=LATER)
    explain(database, [other, one], **EDITOR, now=LATER)
    (row,) = rows(database)
    assert (row.subject, row.reopened_by) == (" ".join(sorted([one, other])), None)
    correct(database, other, {"statement": "The gate was open all day."}, now=LATER)
    (row,) = rows(database)
    assert json.loads(row.reopened_by) == [other]
    assert_sound(database)
    unexplain(database, [one, other], now=LATER)
    assert rows(database) == []


def test_a_dispute_that_was_dropped_and_comes_back_is_open(database: Database) -> None:
    found = claims(database)
    one, other = found["shut"]["id"], found["open"]["id"]
    explain(database, [one, other], **EDITOR, now=LATER)
    for disputes in ([], ["open"]):
        load_bundles(database, bundle(article("a", statement("open"), statement("shut", disputes=disputes))))
        assert_sound(database)
    (row,) = rows(database)
    assert json.loads(row.reopened_by) == [one]


@pytest.mark.parametrize(
    ("subject", "given", "says"),
    [
        (["fig_aaaaaaaaaaaaaaaa"], {}, "no figure 'fig_aaaaaaaaaaaaaaaa'"),
        (["fig_\x00"], {}, "neither the id of a figure nor those of two statements"),
        (["evt_nothing"], {}, "neither the id of a figure nor those of two statements"),
        ([], {}, "neither"),
        (["clm_one"], {}, "neither"),
        (["clm_one", "clm_one"], {}, "neither"),
        (["clm_aaaaaaaaaaaaaaaa", "clm_bbbbbbbbbbbbbbbb"], {}, "no claim 'clm_aaaaaaaaaaaaaaaa'"),
        (["clm_one", "clm_two"], {}, "neither"),
        (["low", "high"], {}, "no bundle declares"),
        (["quiet"], {}, "nothing to explain"),
        (["low"], {"url": "ftp://example.org"}, "no address of a page"),
        (["low"], {"url": "https://"}, "no address of a page"),
        (["low"], {"url": "http://[1"}, "no address of a page"),
        (["low"], {"url": "javascript:alert(1)"}, "no address of a page"),
    ],
)
def test_what_cannot_be_explained_says_why(
    database: Database, subject: list[str], given: dict[str, str], says: str
) -> None:
    one_more(database, claim("quiet", "7", event="incursion", window="2024-08-07"))
    found = claims(database)
    if len(subject) == 1 and subject[0] in found:
        subject = [found[subject[0]]["figure"]]
    ids = [found[key]["id"] if key in found else key for key in subject]
    with pytest.raises(CannotExplain, match=says):
        explain(database, ids, **(EDITOR | given), now=LATER)
    assert rows(database) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"why": "  "}, "`why` is empty: say why"),
        ({"why": "a\x00b"}, "`why`: the character U\\+0000"),
        ({"why": "a" * 2001}, "`why` has 2001 characters"),
        ({"by": ""}, "`by` is empty: say who decides"),
        ({"url": ""}, "`url` is empty: leave it out"),
    ],
)
def test_what_editors_say_must_say_something(database: Database, given: dict[str, str], says: str) -> None:
    with pytest.raises(UnusableRemark, match=says):
        explain(database, [figure_of(database, "low")], **(EDITOR | given), now=LATER)
    assert rows(database) == []


def test_nothing_to_take_back_says_so(database: Database) -> None:
    with pytest.raises(CannotExplain, match="is not explained"):
        unexplain(database, [figure_of(database, "low")], now=LATER)


def test_check_finds_what_is_not_as_open_as_it_should_be(database: Database) -> None:
    figure, found = figure_of(database, "low"), claims(database)
    explain(database, [figure], **EDITOR, now=LATER)
    explain(database, [found["shut"]["id"], found["open"]["id"]], **EDITOR, now=LATER)
    with database.write() as connection:
        connection.execute(update(tables.Explanation).values(reopened_by='["clm_x"]'))
    with database.read() as connection:
        assert sum("reopened_by is" in problem for problem in problems(connection)) == 2
    with database.write() as connection:
        connection.execute(update(tables.Explanation).values(reopened_by=None))
        connection.execute(update(tables.Figure).values(explained=False))
    with database.read() as connection:
        assert [problem for problem in problems(connection) if "explained is False" in problem]


@pytest.mark.parametrize("explained", ["day", "incursion"])
def test_one_more_claim_in_a_large_frame_opens_it_too(database: Database, explained: str) -> None:
    crowd = [claim(f"c{n}", "102", origin={"key": f"o{n}", "label": f"O{n}"}) for n in range(210)]
    one_more(database, *crowd, claim("total", "50", **WHOLE), key="crowd")
    figure = figure_of(database, "low" if explained == "day" else "total")
    explain(database, [figure], **EDITOR, now=LATER)
    one_more(database, claim("third", "5,000", origin={"key": "third", "label": "Third"}))
    assert explanation(database, figure)["reopened_by"] == [claims(database)["third"]["id"]]
    one_more(database, claim("fourth", "102", origin={"key": "fourth", "label": "Fourth"}), key="again")
    expected = sorted(claims(database)[key]["id"] for key in ("third", "fourth"))
    assert explanation(database, figure)["reopened_by"] == expected
    assert_sound(database)


def test_what_is_explained_elsewhere_costs_a_load_nothing(database: Database) -> None:
    def one_elsewhere(key: str) -> int:
        more = claim(key, "7", event="incursion", window="2024-08-07", origin={"key": key, "label": key})
        return len(counted(database, lambda: one_more(database, more, key=key)))

    one_elsewhere("first")
    before = one_elsewhere("second")
    found = claims(database)
    explain(database, [found["low"]["figure"]], **EDITOR, now=LATER)
    explain(database, [found["shut"]["id"], found["open"]["id"]], **EDITOR, now=LATER)
    assert one_elsewhere("third") <= before
