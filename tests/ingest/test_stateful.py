"""Loads, corrections, withdrawals, merges and queries in any order, beside a model that looks at all pairs."""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.domain.ids import public_id
from app.ingest.check import problems
from app.ingest.edit import correct, withdraw
from app.ingest.merge import merge, unmerge
from app.search import conflicts
from app.search.collections import CONFLICTS
from app.search.find import records
from app.search.query import make_query
from app.storage.engine import Database
from tests.databases import Databases, Engine
from tests.factories import load_bundles
from tests.ingest.model import Judged, Model
from tests.ingest.stories import BUNDLES, VERSIONS, Story

LATER = "2024-09-01T00:00:00Z"
ENTITIES = ("ann", "anna", "bob", "army", "wire")
STATUSES = ("conflict", "tension", "agreed", "uncontested", "superseded", "withdrawn")


class Desk(RuleBasedStateMachine):
    """One database and its model. What is done to one is done to the other; what one answers the other must."""

    databases: Databases
    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self._open = self.databases.create(self.engine)
        self.database = Database(self._open.__enter__())

    def teardown(self) -> None:
        with self.database.read() as connection:
            found = list(problems(connection))
        self.database.close()
        self._open.__exit__(None, None, None)
        assert found == []

    @initialize(seed=st.integers(0, 999))
    def begin(self, seed: int) -> None:
        self.story = Story(seed, "s")
        self.model = Model(self.story)
        for data in (self.story.world(), *(self.story.versions[bundle][0] for bundle in BUNDLES)):
            self._load(data)

    def _load(self, data: dict[str, Any]) -> None:
        load_bundles(self.database, data)
        self.model.load(data)

    @rule(bundle=st.sampled_from(BUNDLES), version=st.sampled_from(VERSIONS))
    def load(self, bundle: str, version: int) -> None:
        self._load(self.story.versions[bundle][version])

    @precondition(lambda self: len(self.model.claims) > 2)
    @rule(data=st.data(), random=st.randoms(use_true_random=False))
    def correct(self, data: st.DataObject, random: Any) -> None:
        claim = self._some_claim(data)
        changes = self.story.correction(random, self.model.claims[claim].given["kind"])
        correct(self.database, claim, changes, now=LATER)
        self.model.correct(claim, changes)

    @precondition(lambda self: len(self.model.claims) > 2)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        claim = self._some_claim(data)
        withdraw(self.database, claim, "taken back", now=LATER)
        self.model.withdraw(claim)

    def _some_claim(self, data: st.DataObject) -> str:
        base = self.story.key("base")
        return data.draw(st.sampled_from([one for one, kept in self.model.claims.items() if kept.article != base]))

    @rule()
    def merge_or_part(self) -> None:
        anna, ann = self._entity("anna"), self._entity("ann")
        if self.model.merged:
            unmerge(self.database, anna, now=LATER)
        else:
            merge(self.database, anna, ann, by="desk", why="one person", now=LATER)
        self.model.merged = not self.model.merged

    def _entity(self, key: str) -> str:
        return public_id("ent", self.story.key(key))

    def ask(self, noun: str, **filters: str) -> dict[str, Any]:
        """The records of a noun, by id."""
        with self.database.read() as connection:
            found = [json.loads(record) for record in records(connection, noun, filters)]
        assert len({one["id"] for one in found}) == len(found)
        return {one["id"]: one for one in found}

    @rule(key=st.sampled_from(ENTITIES))
    def ask_for_an_entity(self, key: str) -> None:
        model, wanted = self.model, self.model.who(self.story.key(key))
        expected = {claim for claim, kept in model.live.items() if wanted in model.entities(kept)}
        # An outlet concerns what it relays; what it publishes is found by `source`.
        assert self.ask("claims", entity=self.story.key(key)).keys() == expected

    @rule(key=st.sampled_from(["incursion", "day", "raid"]))
    def ask_for_an_event(self, key: str) -> None:
        event = self.story.key(key)
        expected = {claim for claim, kept in self.model.live.items() if event in self.model.events(kept)}
        assert self.ask("claims", event=event).keys() == expected
        judged = Judged(self.model)
        figures = {one["latest"] for one in self.ask("figures", event=event).values()}
        assert figures == {latest for latest in judged.figures() if event in judged.frames[latest].events}

    @invariant()
    def flags_are_as_all_pairs_say(self) -> None:
        judged = Judged(self.model)
        found = self.ask("claims") | self.ask("claims", status="withdrawn")
        assert found.keys() == self.model.claims.keys()
        for claim, record in found.items():
            standing = judged.standing(claim)
            assert record["status"] == standing.status
            assert tuple(record["conflicts_with"]) == standing.conflicts_with
            assert record["n_conflicts"] == len(standing.conflicts_with)
            assert record["conflict"] is (standing.status == "conflict")

    @rule(status=st.sampled_from(STATUSES))
    def ask_for_a_status(self, status: str) -> None:
        judged = Judged(self.model)
        expected = {claim for claim in self.model.claims if judged.standing(claim).status == status}
        assert self.ask("claims", status=status).keys() == expected

    @rule(flag=st.booleans())
    def ask_for_conflict(self, flag: bool) -> None:
        judged = Judged(self.model)
        expected = {claim for claim in self.model.live if (judged.standing(claim).status == "conflict") is flag}
        assert self.ask("claims", conflict=str(flag).lower()).keys() == expected

    @invariant()
    def figures_are_as_defined(self) -> None:
        judged = Judged(self.model)
        expected, found = judged.figures(), {one["latest"]: one for one in self.ask("figures").values()}
        assert found.keys() == expected.keys()
        for latest, known in expected.items():
            shown = found[latest]
            said = {name: getattr(known, name) for name in ("status", "n_claims", "n_origins", "n_superseded")}
            assert {name: shown[name] for name in said} == said
            assert (exactly(shown["envelope"]["low"]), exactly(shown["envelope"]["high"])) == (known.low, known.high)
            self._judge_agreement(judged, latest, shown["agreement"])

    def _judge_agreement(self, judged: Judged, latest: str, agreement: list[dict[str, Any]]) -> None:
        """The numbers in the stretches, and no others, are those that most origins admit."""
        counts = {number: judged.admitting(latest, number) for number in judged.ends(latest)}
        most = max(counts.values())
        assert {one["n_origins"] for one in agreement} == {most}
        for number, count in counts.items():
            assert any(lies_in(number, one) for one in agreement) is (count == most)

    @rule()
    def ask_for_conflicts(self) -> None:
        judged = Judged(self.model)
        with self.database.read() as connection:
            listed = conflicts.page(connection, make_query({"limit": "100"}.items(), CONFLICTS)).items
        items = [json.loads(item) for item in listed]
        numbers = [item for item in items if item["kind"] == "number"]
        disputed = [tuple(sorted(one["id"] for one in item["claims"])) for item in items if item["kind"] != "number"]
        assert sorted(disputed) == sorted(judged.disputes())
        contested = {known.latest for known in judged.figures().values() if known.status in ("conflict", "tension")}
        figures = self.ask("figures")
        assert sorted(figures[item["figure"]["id"]]["latest"] for item in numbers) == sorted(contested)


def exactly(number: float | None) -> Fraction | None:
    return None if number is None else Fraction(str(number))


def lies_in(number: Any, stretch: dict[str, Any]) -> bool:
    low, high = exactly(stretch["low"]), exactly(stretch["high"])
    above = low is None or number > low or (number == low and not stretch["low_open"])
    below = high is None or number < high or (number == high and not stretch["high_open"])
    return above and below


@pytest.mark.parametrize(
    ("examples", "steps"), [(14, 15), pytest.param(300, 50, marks=pytest.mark.long)], ids=["commit", "long"]
)
def test_the_service_answers_as_the_model(databases: Databases, engine_name: Engine, examples: int, steps: int) -> None:
    class OnThisEngine(Desk):
        engine = engine_name

    OnThisEngine.databases = databases
    # What fails is printed step by step as it is: to look for fewer steps would take minutes.
    phases = [Phase.explicit, Phase.generate]
    sizes = settings(max_examples=examples, stateful_step_count=steps, phases=phases, derandomize=steps < 50)
    run_state_machine_as_test(OnThisEngine, settings=sizes)
