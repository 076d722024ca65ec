"""A few new claims in a large frame: found without comparing it afresh, and equal to what comparing it afresh finds.

"Large" is set to a few claims here, and what is counted or listed to less, so that every turn is taken often.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection

from app.domain import flags
from app.ingest.check import problems
from app.storage import comparison, flagging, growth, increment, meeting
from app.storage.engine import Database
from app.storage.figures import Known
from tests.factories import article, bundle, claim, load_bundles, opened

STEPS = 24
DAYS = [f"2024-08-{day:02}" for day in range(12, 19)]
PALETTES: dict[str, dict[str, Any]] = {
    "captured": {
        "texts": ["100", "102", "about 100", "more than 100", "at least 95", "fewer than 30", "hundreds", "about 2,000"],
        "camps": ["100", "101", "about 100", "about 2,000", "2,000", "1,950", "several hundred", "up to 120"],
    },
    "area": {
        "texts": ["1,150 square kilometres", "8 km²", "300 hectares", "more than 1,000 square kilometres", "2.5 km²"],
        "camps": ["2.4 km²", "2.5 km²", "about 8 km²", "8.1 km²", "at least 8 km²", "800 hectares", "1 square mile"],
    },
}
SPEAKERS: list[Any] = [None, None, "ann", "bob", "army", *({"unnamed": f"official {number}"} for number in range(40))]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        load_bundles(found, bundle())
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


def drawn(random: Random, kind: str, measure: str, palette: str) -> dict[str, Any]:
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
    return claim("c", random.choice(PALETTES[measure][palette]), **fields)


@pytest.mark.parametrize("palette", ["texts", "camps"])
@pytest.mark.parametrize("measure", [*PALETTES])
@pytest.mark.parametrize("kind", ["flow", "cumulative", "stock"])
def test_load_by_load_equals_all_afresh(
    database: Database, afresh: list[set[int]], kind: str, measure: str, palette: str
) -> None:
    random = Random(f"{kind} {measure} {palette}")
    n_quick = 0
    for step in range(STEPS):
        kinds = [kind] if kind == "stock" else [kind, kind, "flow", "cumulative"]
        articles = [
            article(f"a{step}-{number}", drawn(random, random.choice(kinds), measure, palette))
            for number in range(random.choice([1, 1, 1, 2, 3]))
        ]
        afresh.clear()
        load_bundles(database, bundle(*articles, key=f"b{step}"))
        n_quick += not any(afresh)
        assert wrong(database) == [], step
    assert n_quick >= 8
