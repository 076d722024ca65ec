"""Recomputing by another policy, on both engines."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.policy import DEFAULT_POLICY, InvalidPolicy
from app.ingest import recompute as recomputing
from app.ingest.check import problems
from app.ingest.edit import withdraw
from app.ingest.recompute import changed_policy, recompute, size
from app.storage import policies, tables
from app.storage.engine import Database
from tests.factories import NOW, article, bundle, claim, load_bundles, opened

WIDE = DEFAULT_POLICY.with_changes({"name": "wide", "version": 2, "about_width": "0.5"})


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        sides = [claim("about", "about 121", speaker="ann"), claim("exact", "180", speaker="bob")]
        load_bundles(
            found, bundle(article("a", *sides, claim("other", "40 to 50", event="incursion", window="2024-08-07")))
        )
        yield found


def claims(database: Database) -> dict[str, dict[str, Any]]:
    with database.read() as connection:
        rows = connection.execute(select(tables.Claim.key, tables.Claim.record))
        return {key: json.loads(record) for key, record in rows}


def wrong(database: Database) -> list[str]:
    with database.read() as connection:
        return list(problems(connection))


def test_a_wider_policy_widens_what_is_stored_and_loaded(database: Database) -> None:
    assert claims(database)["exact"]["status"] == "conflict"
    counts: list[int] = []
    recompute(database, WIDE, done=counts.append, now=lambda: NOW)
    assert sum(counts) == size(database) == 3
    found = claims(database)
    assert (found["about"]["value"]["low"], found["about"]["value"]["high"]) == (61, 181)
    assert found["exact"]["status"] == "agreed"
    assert (found["about"]["revision"], found["about"]["recorded_at"]) == (1, "2024-08-16T12:00:00Z")
    assert wrong(database) == []
    load_bundles(database, bundle(article("b", claim("later", "about 200", speaker="ann")), key="other"))
    assert claims(database)["later"]["value"]["low"] == 100
    recompute(database, DEFAULT_POLICY, now=lambda: NOW)
    assert claims(database)["exact"]["status"] == "conflict"
    assert wrong(database) == []


def test_an_interrupted_recomputation_goes_on(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recomputing, "CHUNK", 1)

    def interrupt(_count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recompute(database, WIDE, done=interrupt, now=lambda: NOW)
    assert any("unfinished" in problem for problem in wrong(database))
    assert (size(database), size(database, WIDE)) == (2, 3)
    counts: list[int] = []
    recompute(database, done=counts.append, now=lambda: NOW)
    assert counts == [1, 1]
    assert wrong(database) == []
    with database.read() as connection:
        assert policies.in_force(connection) == WIDE


def test_what_a_number_is_taken_to_mean_is_published_anew(database: Database) -> None:
    withdraw(database, claims(database)["exact"]["id"], "gone", now=NOW)
    before = claims(database)
    assert before["exact"]["value"]["pragmatic"] == {"low": 175, "high": 189, "low_open": False, "high_open": False}
    recompute(database, DEFAULT_POLICY.with_changes({"rounding_width": "0.01"}), now=lambda: NOW)
    found = claims(database)
    assert [found["exact"]["value"]["pragmatic"][end] for end in ("low", "high")] == [179, 181]
    assert found["exact"]["value"]["low"] == before["exact"]["value"]["low"]
    assert wrong(database) == []


@pytest.mark.parametrize("changes", [{"about": "1"}, {"about_width": "9"}, {"version": "1.5"}, {"name": "A b"}])
def test_a_policy_is_bounded(changes: dict[str, str]) -> None:
    with pytest.raises(InvalidPolicy):
        DEFAULT_POLICY.with_changes(changes)


def test_a_label_stands_for_one_policy(database: Database) -> None:
    with pytest.raises(InvalidPolicy, match="another policy was called default-1: give a higher version"):
        changed_policy(database, {"version": "1", "about_width": "0.3"})
    with pytest.raises(InvalidPolicy, match="choose another name"):
        changed_policy(database, {"name": "custom", "about_width": "0.3"})
    recompute(database, WIDE, now=lambda: NOW)
    with pytest.raises(InvalidPolicy, match="wide-2"):
        changed_policy(database, {"version": "2", "about_width": "0.3"})
    wider = changed_policy(database, {"about_width": "0.3"})
    assert wider is not None
    assert wider.label == "wide-3"
    back = {name: None if value is None else str(value) for name, value in DEFAULT_POLICY.as_text().items()}
    assert changed_policy(database, back) == DEFAULT_POLICY
