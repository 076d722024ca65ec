"""Random interleavings of loads, corrections, withdrawals, merges and unmergings come to what their ends come to."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from random import Random
from typing import Any

import pytest

from app.domain.ids import public_id
from app.ingest.check import problems
from app.ingest.edit import correct, withdraw
from app.ingest.merge import merge, unmerge
from app.search.find import records
from app.storage.engine import Database
from tests.databases import Databases, Engine
from tests.factories import load_bundles, opened
from tests.ingest.stories import BUNDLES, KINDS, VERSIONS, Given, Story

NOUNS = ("claims", "figures", "entities", "events", "articles", "sources", "measures")
PER_DATABASE = 10
"""Stories that share a database: each is an interleaving of its own, and the others' writes come in between."""
LATER = "2024-09-01T00:00:00Z"

Step = tuple[Any, ...]


@dataclass
class Ending:
    """What a story's steps have come to, apart from any database: enough to bring it about in a few steps."""

    versions: dict[str, int] = field(default_factory=dict)
    edits: dict[tuple[str, int], Step] = field(default_factory=dict)
    merged: bool = False


def steps_of(story: Story, random: Random, most: int) -> tuple[list[Step], Ending]:
    """Random steps of a story, and what they come to. Edits are of claims that are there by then."""
    ending, steps = Ending(), list[Step]()
    there: set[tuple[str, int]] = set()
    while len(steps) < most:
        kind = random.choice(["load", "load", "load", "correct", "correct", "withdraw", "merge"])
        if kind == "load":
            bundle, version = random.choice(BUNDLES), random.choice(VERSIONS)
            ending.versions[bundle] = version
            claims = story.versions[bundle][version]["articles"][0]["claims"]
            there |= {(bundle, int(claim["key"][1:])) for claim in claims}
            steps.append(("load", bundle, version))
        elif kind == "merge":
            ending.merged = not ending.merged
            steps.append(("merge" if ending.merged else "unmerge",))
        elif there:
            bundle, position = random.choice(sorted(there))
            step: Step = (kind, bundle, position)
            if kind == "correct":
                step = (kind, bundle, position, story.correction(random, KINDS[position]))
            ending.edits[bundle, position] = step
            steps.append(step)
    return steps, ending


def shortest(ending: Ending) -> list[Step]:
    """What brings an ending about without detours: edits want their claims to be there, and pin them."""
    edited = sorted({bundle for bundle, _ in ending.edits})
    return [
        *(("load all", bundle) for bundle in edited),
        *(ending.edits[claim] for claim in sorted(ending.edits)),
        *(("load", bundle, version) for bundle, version in sorted(ending.versions.items())),
        *([("merge",)] if ending.merged else []),
    ]


class Runner:
    """Takes the steps of stories in one database. Loads wait for each other and share transactions."""

    def __init__(self, database: Database, stories: list[Story], most_waiting: int) -> None:
        self.database = database
        self.stories = stories
        self.most_waiting = most_waiting
        self.waiting: dict[tuple[int, str], Given] = {}

    def run(self, steps: Iterable[tuple[int, Step]]) -> None:
        """Take them; each with the number of its story."""
        for number, step in steps:
            story = self.stories[number]
            match step:
                case ("load", bundle, version):
                    self._load(number, bundle, story.versions[bundle][version])
                case ("load all", bundle):
                    self._load(number, bundle, story.every_claim(bundle))
                case _:
                    if any(waiting == number for waiting, _ in self.waiting):
                        self.flush()
                    self._edit(story, step)
        self.flush()

    def flush(self) -> None:
        """Load what waits."""
        if self.waiting:
            load_bundles(self.database, *self.waiting.values())
            self.waiting.clear()

    def _load(self, number: int, bundle: str, data: Given) -> None:
        if (number, bundle) in self.waiting or len(self.waiting) >= self.most_waiting:
            self.flush()
        self.waiting[number, bundle] = data

    def _edit(self, story: Story, step: Step) -> None:
        ann, anna = (public_id("ent", story.key(key)) for key in ("ann", "anna"))
        match step:
            case ("correct", bundle, position, changes):
                correct(self.database, claim_id(story, bundle, position), changes, now=LATER)
            case ("withdraw", bundle, position):
                withdraw(self.database, claim_id(story, bundle, position), "taken back", now=LATER)
            case ("merge",):
                merge(self.database, anna, ann, by="desk", why="one person", now=LATER)
            case ("unmerge",):
                unmerge(self.database, anna, now=LATER)


def claim_id(story: Story, bundle: str, position: int) -> str:
    return public_id("clm", story.key(bundle), f"c{position}")


def published(database: Database) -> dict[str, list[Given]]:
    """All records but for what tells when and how often something was edited."""
    with database.read() as connection:
        found = {noun: [json.loads(record) for record in records(connection, noun, {})] for noun in NOUNS}
    for one in found["claims"]:
        del one["revision"], one["recorded_at"]
    return {noun: sorted(listed, key=itemgetter("id")) for noun, listed in found.items()}


def assert_sound(database: Database) -> None:
    with database.read() as connection:
        assert list(problems(connection)) == []


def interleaved(random: Random, sequences: list[list[Step]]) -> Iterator[tuple[int, Step]]:
    """All steps, those of each sequence in their order."""
    turns = [number for number, steps in enumerate(sequences) for _ in steps]
    random.shuffle(turns)
    iterators = [iter(steps) for steps in sequences]
    return ((number, next(iterators[number])) for number in turns)


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 100))])
def test_an_interleaving_comes_to_what_its_end_comes_to(databases: Databases, engine_name: Engine, seed: int) -> None:
    random = Random(seed)
    stories = [Story(seed, f"s{number}") for number in range(PER_DATABASE)]
    taken = [steps_of(story, random, random.randint(4, 9)) for story in stories]
    worlds = [story.world() for story in stories]
    with databases.create(engine_name) as url, opened(url) as database:
        load_bundles(database, *worlds)
        Runner(database, stories, 6).run(interleaved(random, [steps for steps, _ in taken]))
        assert_sound(database)
        found = published(database)
    with databases.create(engine_name) as url, opened(url) as database:
        load_bundles(database, *worlds)
        ends = [shortest(ending) for _, ending in taken]
        for kinds in ({"load all"}, {"correct", "withdraw"}, {"load"}, {"merge"}):
            steps = [(number, step) for number, end in enumerate(ends) for step in end if step[0] in kinds]
            Runner(database, stories, 100).run(steps)
        expected = published(database)
    for noun in NOUNS:
        for one, other in zip(found[noun], expected[noun], strict=True):
            assert one == other
    assert any(one["conflict"] for one in found["claims"])


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 20))])
def test_the_order_of_loading_leaves_no_trace(databases: Databases, engine_name: Engine, seed: int) -> None:
    random = Random(seed)
    stories = [Story(seed, f"s{number}") for number in range(PER_DATABASE)]
    bundles = [story.versions[bundle][0] for story in stories for bundle in BUNDLES]
    ends = []
    for _ in range(3):
        random.shuffle(bundles)
        size = random.randint(1, 10)
        with databases.create(engine_name) as url, opened(url) as database:
            load_bundles(database, *(story.world() for story in stories))
            for start in range(0, len(bundles), size):
                load_bundles(database, *bundles[start : start + size])
            ends.append(published(database))
    assert ends[0] == ends[1] == ends[2]
