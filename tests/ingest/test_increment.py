"""A few new claims in a large frame: found without comparing it afresh, and equal to what comparing it afresh finds.

"Large" is set to a few claims here, and what is counted or listed to less, so that every turn is taken often.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection, select

from app.domain import flags
from app.domain.ids import public_id
from app.domain.value import Value
from app.ingest.check import problems
from app.ingest.explain import explain
from app.storage import comparison, figures, flagging, growth, increment, meeting, policies, recopying, records
from app.storage.engine import Database
from app.storage.tables import Claim, Figure
from app.storage.versions import current
from tests.factories import NOW, article, bundle, claim, load_bundles, opened
from tests.ingest.test_load import counted

STEPS = 20
DAYS = [f"2024-08-{day:02}" for day in range(12, 19)]
TEXTS = {
    "captured, many": ("captured", "100|102|about 100|more than 100|at least 95|fewer than 30|hundreds|about 2,000"),
    "captured, camps": ("captured", "100|101|about 100|about 2,000|2,000|1,950|several hundred|up to 120"),
    "area, many": ("area", "1,150 km²|8 km²|300 hectares|more than 1,000 km²|2.5 km²"),
    "missing, camps": ("missing", "89|about 90|1,900|2,000|dozens|at least 80|up to 100"),
    "area, camps": ("area", "2.4 km²|2.5 km²|about 8 km²|8.1 km²|at least 8 km²|800 hectares|1 square mile"),
}
SPEAKERS: list[Any] = [None, None, "ann", "bob", "army", *({"unnamed": f"official {number}"} for number in range(40))]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        missing = {"key": "missing", "label": "people missing", "unit": "person", "volatile": True}
        load_bundles(found, bundle(measures=[*bundle()["measures"], missing]))
        yield found


@pytest.fixture
def afresh(monkeypatch: pytest.MonkeyPatch) -> list[set[int]]:
    """Sets the limits low, and gathers the figures that each load compares afresh."""
    monkeypatch.setattr(increment, "LEAST_CLAIMS", 4)
    for module in (flagging, flags):
        monkeypatch.setattr(module, "MOST_COUNTED", 6)
    for module in (comparison, flags, growth, increment, meeting):
        monkeypatch.setattr(module, "MOST_LISTED", 3)
    gathered: list[set[int]] = []
    compute = comparison._compute

    def gather(connection: Connection, wanted: set[int], *rest: Any) -> comparison.Computed:
        gathered.append(set(wanted))
        return compute(connection, wanted, *rest)

    monkeypatch.setattr(comparison, "_compute", gather)
    return gathered


def wrong(database: Database) -> list[str]:
    with database.read() as connection:
        return list(problems(connection))


def stale(database: Database) -> list[str]:
    """Flags and figures that are not what comparing afresh finds: the part of the check that matters here."""
    with database.read() as connection:
        numbers = set(connection.execute(select(Figure.id)).scalars())
        found = comparison.compute(connection, numbers, policies.in_force(connection))
        fresh = figures.render(connection, found.figures)
        kept = records.stored(connection, records.table_of(Figure), "id", numbers)
        return [*comparison.differences(connection, found), *(kept[one] for one in numbers if kept[one] != fresh[one])]


def drawn(random: Random, kind: str, measure: str, text: str) -> dict[str, Any]:
    """A claim in one of a few frames, some of them parts of others."""
    fields: dict[str, Any] = {"kind": kind, "measure": measure, "speaker": random.choice(SPEAKERS)}
    fields["event"] = random.choice(["day", "day", "day", "incursion"]) if kind != "flow" else "day"
    if kind != "flow":
        fields["as_of"] = random.choice([*DAYS, "2024-08-14/2024-08-16", "2024-08-15T12:00Z"])
    if kind == "cumulative":
        fields["window"] = "2024-08-06/.."
    if kind == "flow" and random.random() < 0.2:
        fields |= {"event": "incursion", "window": random.choice(["2024-08-10/2024-08-14", "2024-08-14"])}
    if measure == "captured" and random.random() < 0.15:
        fields["dimensions"] = {"by": "army"}
    return claim("c", text, **fields)


@pytest.mark.parametrize("texts", [*TEXTS])
@pytest.mark.parametrize("kind", ["flow", "cumulative", "stock"])
def test_load_by_load_equals_all_afresh(database: Database, afresh: list[set[int]], kind: str, texts: str) -> None:
    random = Random(f"{kind} {texts}")
    measure, choices = TEXTS[texts]
    kinds = [kind] if kind == "stock" else [kind, kind, "flow", "cumulative"]
    n_quick = 0
    for step in range(STEPS):
        articles = [
            article(
                f"a{step}-{number}", drawn(random, random.choice(kinds), measure, random.choice(choices.split("|")))
            )
            for number in range(random.choice([1, 1, 1, 2, 3]))
        ]
        afresh.clear()
        load_bundles(database, bundle(*articles, key=f"b{step}"))
        n_quick += not any(afresh)
        assert stale(database) == [], step
    assert wrong(database) == []
    assert n_quick >= STEPS // 4


@pytest.mark.parametrize("seed", range(3))
def test_copies_among_many_alike(
    database: Database, afresh: list[set[int]], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recopying, "MOST_ALIKE", 2)
    random, n_quick = Random(seed), 0
    for step in range(STEPS):
        source, day = random.choice(["daily", "wire"]), random.choice([15 + step // 4, 15 + step // 4, 17])
        one = claim("c", random.choice(["102", "102 soldiers", "103"]), speaker=random.choice(SPEAKERS[:8]))
        afresh.clear()
        story = article(f"a{step}", one, source=source, published=f"2024-08-{day}")
        load_bundles(database, bundle(story, key=f"b{step}"))
        n_quick += not any(afresh)
        assert stale(database) == [], step
    assert n_quick >= STEPS // 4


def camp(number: int, text: str) -> dict[str, Any]:
    return article(f"a{number}", claim("c", text, speaker={"unnamed": f"official {number}"}))


def two_camps(size: int, first: int = 0) -> dict[str, Any]:
    """Half of the claims about 100, half about 2,000, a speaker for each."""
    texts = ("about 100", "about 2,000")
    return bundle(*(camp(number, texts[number % 2]) for number in range(first, first + size)), key=f"camps-{first}")


def late(start: int) -> int:
    """A number whose claim's id none of the others lists."""
    return next(number for number in range(start, start + 10_000) if public_id("clm", f"a{number}", "c") > "clm_w")


def test_one_more_claim_takes_no_more_in_a_frame_four_times_as_large(
    database: Database, afresh: list[set[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    value_of = figures.value_of

    def noted(row: records.AnyRow) -> Value:
        looked_at.append(row.public_id)
        return value_of(row)

    monkeypatch.setattr(figures, "value_of", noted)

    def cost(number: int, text: str) -> tuple[int, int]:
        """Statements, and claims looked at, of loading one more claim, which changes no other."""
        afresh.clear()
        looked_at.clear()
        one = bundle(camp(number, text), key=f"one-{number}")
        statements = counted(database, lambda: load_bundles(database, one))
        assert not any(afresh)
        with database.read() as connection:
            written = select(Claim.public_id).where(Claim.version == current(connection))
            assert list(connection.execute(written).scalars()) == [public_id("clm", f"a{number}", "c")]
        return len(statements), len(looked_at)

    load_bundles(database, two_camps(100))
    small = [cost(late(1_000), "about 100"), cost(late(2_000), "2,000")]
    load_bundles(database, two_camps(300, 100))
    assert [cost(late(3_000), "about 100"), cost(late(4_000), "2,000")] == small
    assert wrong(database) == []


def test_more_conflicts_than_are_counted(database: Database, afresh: list[set[int]]) -> None:
    load_bundles(database, two_camps(40))
    with database.read() as connection:
        rows = connection.execute(select(Claim.n_conflicts, Claim.conflicts_with, Claim.listed_upto)).all()
        pairs = orjson.loads(connection.execute(select(Figure.record)).scalar_one())["n_conflicts"]
    assert {row.n_conflicts for row in rows} == {6}
    assert all(orjson.loads(row.conflicts_with)[-1] == row.listed_upto for row in rows)
    assert pairs == 400


def test_a_new_contradiction_opens_an_explanation_again(database: Database, afresh: list[set[int]]) -> None:
    load_bundles(database, two_camps(10))
    with database.read() as connection:
        figure = connection.execute(select(Figure.public_id)).scalar_one()
    explain(database, [figure], why="They count different days.", by="Jo Doe", now=NOW)
    load_bundles(database, bundle(camp(100, "about 300"), key="another"))
    assert any(afresh)
    with database.read() as connection:
        reopened = orjson.loads(connection.execute(select(Figure.record)).scalar_one())["explanation"]["reopened_by"]
    assert reopened == [public_id("clm", "a100", "c")]
    assert wrong(database) == []
