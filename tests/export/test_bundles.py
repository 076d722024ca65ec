"""What is exported as bundles loads into an empty database, to the same records, and is exported as the same bytes."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import event, update

from app.domain.ids import public_id
from app.export import write
from app.ingest.check import problems
from app.ingest.edit import correct, withdraw
from app.ingest.explain import explain
from app.ingest.merge import merge, unmerge
from app.problems import Invalid
from app.search.find import merged_into
from app.storage import tables
from app.storage.engine import Database
from tests.databases import Databases, Engine
from tests.edits import begun
from tests.export.round_trip import copied, files, load, published, stream
from tests.factories import article, bundle, claim, load_bundles, opened, seeded_fully, statement
from tests.generated import generated
from tests.ingest.stories import Story
from tests.ingest.test_interleavings import Runner, interleaved, steps_of

BACK: dict[Engine, Engine] = {"sqlite": "postgres", "postgres": "sqlite"}


def assert_comes_back(databases: Databases, database: Database, engine: Engine, folder: Path) -> None:
    """Through its bundles into a database of that engine, and from there out again."""
    content, before = stream(database), published(database)
    with copied(databases, engine, content, folder) as copy:
        assert published(copy) == before
        assert stream(copy) == content
        assert_sound(copy)


def assert_sound(database: Database) -> None:
    with database.read() as connection:
        assert list(problems(connection)) == []


def test_a_database_of_everything_comes_back(databases: Databases, engine_name: Engine, tmp_path: Path) -> None:
    with databases.create(engine_name, generated) as url, opened(url) as database:
        assert_comes_back(databases, database, BACK[engine_name], tmp_path)


def test_the_seeds_come_back_from_files(databases: Databases, tmp_path: Path) -> None:
    with databases.create("sqlite", seeded_fully) as url, opened(url) as database:
        exported, before = files(database, tmp_path / "one"), published(database)
    with databases.create("sqlite") as url, opened(url) as copy:
        load(copy, tmp_path / "one")
        assert published(copy) == before
        assert files(copy, tmp_path / "two") == exported


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 100))])
def test_random_stories_come_back(databases: Databases, engine_name: Engine, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    stories = [Story(seed, f"s{number}") for number in range(2)]
    steps = [steps_of(story, random, random.randint(4, 9))[0] for story in stories]
    with databases.create(engine_name) as url, opened(url) as database:
        load_bundles(database, *(story.world() for story in stories))
        Runner(database, stories, 6).run(interleaved(random, steps))
        assert_comes_back(databases, database, BACK[engine_name], tmp_path)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 100))])
def test_random_edits_come_back(databases: Databases, engine_name: Engine, tmp_path: Path, seed: int) -> None:
    with databases.create(engine_name) as url, opened(url) as database:
        begun(database, Random(seed)).run(15 if seed == 0 else 40)
        assert_comes_back(databases, database, BACK[engine_name], tmp_path)


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    with opened(sqlite_url) as database:
        yield database


def clm(article: str, key: str) -> str:
    return public_id("clm", article, key)


def by_id(database: Database, noun: str = "claims") -> dict[str, Any]:
    with database.read() as connection:
        return {one["id"]: one for one in map(json.loads, write.everything(connection, noun))}


def parsed(content: bytes) -> dict[str, Any]:
    """The bundles of a stream by key."""
    return {one["bundle"]: one for one in map(json.loads, content.splitlines())}


class TestEdits:
    """What editors did is in the export: the copy knows it, and a load of the original bundle leaves it alone."""

    GIVEN = bundle(article("a", claim("low", "102", speaker="ann"), claim("high", "2,000", speaker="bob")))

    def test_a_correction(self, databases: Databases, database: Database, tmp_path: Path) -> None:
        load_bundles(database, self.GIVEN)
        correct(database, clm("a", "low"), {"text": "about 120"}, now="2024-09-01T00:00:00Z")
        with copied(databases, "sqlite", stream(database), tmp_path) as copy:
            (report,) = load_bundles(copy, self.GIVEN)
            assert report.pinned == [clm("a", "low")]
            assert by_id(copy)[clm("a", "low")]["value"]["text"] == "about 120"

    def test_a_withdrawal_with_its_reason_and_time(
        self, databases: Databases, database: Database, tmp_path: Path
    ) -> None:
        load_bundles(database, self.GIVEN)
        withdraw(database, clm("a", "high"), "taken back", now="2024-09-01T00:00:00Z")
        with copied(databases, "sqlite", stream(database), tmp_path) as copy:
            found = by_id(copy)
            assert found[clm("a", "high")]["withdrawn"] == {"at": "2024-09-01T00:00:00Z", "why": "taken back"}
            assert not found[clm("a", "low")]["conflict"]
            (report,) = load_bundles(copy, self.GIVEN)
            assert report.pinned == [clm("a", "high")]

    def test_what_a_bundle_no_longer_has_can_come_back(
        self, databases: Databases, database: Database, tmp_path: Path
    ) -> None:
        load_bundles(database, self.GIVEN)
        load_bundles(database, bundle(article("a", claim("low", "102", speaker="ann"))))
        with copied(databases, "sqlite", stream(database), tmp_path) as copy:
            assert by_id(copy)[clm("a", "high")]["withdrawn"]["why"] == "no longer in its bundle"
            load_bundles(copy, self.GIVEN)
            assert by_id(copy)[clm("a", "high")]["withdrawn"] is None
            assert by_id(copy)[clm("a", "low")]["conflict"]

    def test_a_withdrawn_claim_that_nothing_can_be_made_of_is_left_out(
        self, databases: Databases, database: Database, tmp_path: Path
    ) -> None:
        load_bundles(database, self.GIVEN)
        lasting = bundle(article("a", claim("low", "102", speaker="ann", window="2024-08-14")))
        lasting["events"][1]["date"] = "2024-08-14/.."
        load_bundles(database, lasting)
        content = stream(database)
        assert [one["key"] for one in parsed(content)["bundle"]["articles"][0]["claims"]] == ["low"]
        with copied(databases, "sqlite", content, tmp_path) as copy:
            assert stream(copy) == content

    def test_an_explanation_and_what_opens_it_again(
        self, databases: Databases, database: Database, tmp_path: Path
    ) -> None:
        load_bundles(database, self.GIVEN, bundle(article("b", claim("c", "50", speaker="army")), key="b"))
        (figure,) = by_id(database, "figures")
        told = {"by": "desk", "why": "the wounded", "url": "https://example.org", "now": "2024-09-01T00:00:00Z"}
        explain(database, [figure], **told)
        correct(database, clm("b", "c"), {"text": "40"}, now="2024-09-02T00:00:00Z")
        assert by_id(database, "figures")[figure]["explanation"]["reopened_by"] == [clm("b", "c")]
        assert_comes_back(databases, database, "sqlite", tmp_path)

    def test_an_explanation_of_a_dispute(self, databases: Databases, database: Database, tmp_path: Path) -> None:
        said = [statement("yes", speaker="ann"), statement("no", speaker="bob", disputes=["yes"])]
        load_bundles(database, bundle(article("a", *said)))
        both = [clm("a", "no"), clm("a", "yes")]
        explain(database, both, by="desk", why="of different days", now="2024-09-01T00:00:00Z")
        assert parsed(stream(database))["bundle"]["explanations"][0]["covers"] == sorted(both)
        assert_comes_back(databases, database, "postgres", tmp_path)

    def test_a_merge_which_can_be_undone(self, databases: Databases, database: Database, tmp_path: Path) -> None:
        load_bundles(database, self.GIVEN)
        ann, bob = public_id("ent", "ann"), public_id("ent", "bob")
        merge(database, bob, ann, by="desk", why="one person", now="2024-09-01T00:00:00Z")
        assert_comes_back(databases, database, "postgres", tmp_path)
        with copied(databases, "sqlite", stream(database), tmp_path) as copy:
            with copy.read() as connection:
                assert merged_into(connection, bob) == ann
            unmerge(copy, bob, now="2024-09-02T00:00:00Z")
            assert by_id(copy)[clm("a", "high")]["speaker"]["id"] == bob
            assert by_id(copy, "entities")[bob]["names"] == [{"name": "Bob Baker", "language": None}]
            assert_sound(copy)


class TestNames:
    def test_namesakes_stay_apart(self, databases: Databases, database: Database, tmp_path: Path) -> None:
        def person(key: str, name: str, *aliases: str) -> dict[str, Any]:
            people = [{"key": key, "kind": "person", "name": name, "aliases": list(aliases)}]
            return {"bundle": f"of-{key}", "entities": people}

        load_bundles(database, person("x", "John Smith"), person("y", "John A. Smith"))
        load_bundles(database, person("y", "John A. Smith", "John Smith"))
        assert len(by_id(database, "entities")) == 2
        assert_comes_back(databases, database, "sqlite", tmp_path)

    def test_names_that_the_definition_has_no_longer(
        self, databases: Databases, database: Database, tmp_path: Path
    ) -> None:
        def person(bundle: str, name: str, *aliases: str) -> dict[str, Any]:
            people = [{"key": "x", "kind": "person", "name": name, "aliases": [*aliases]}]
            return {"bundle": bundle, "entities": people}

        load_bundles(database, person("a", "John Smith", "Johnny Smith"))
        load_bundles(database, person("b", "Johnny Smith"))
        load_bundles(database, person("a", "John Smith"))
        assert_comes_back(databases, database, "sqlite", tmp_path)

    def test_an_outlet_under_two_keys(self, databases: Databases, database: Database, tmp_path: Path) -> None:
        first = {"bundle": "a", "sources": [{"key": "ft", "name": "Financial Times", "aliases": ["FT"]}]}
        other = {"bundle": "b", "sources": [{"key": "fin-times", "name": "Financial Times"}]}
        told = article("t", source="fin-times")
        load_bundles(database, first)
        load_bundles(database, {**other, "articles": [told]})
        assert_comes_back(databases, database, "sqlite", tmp_path)
        assert parsed(stream(database))["a"]["sources"][0]["keys"] == ["fin-times"]

    def test_languages_of_an_outlets_entity(self, databases: Databases, database: Database, tmp_path: Path) -> None:
        aliases = [{"name": "Перший канал", "language": "uk"}]
        body = {"key": "tv", "kind": "organization", "name": "The Channel", "aliases": aliases}
        outlet = {"key": "tv", "name": "Перший канал"}
        load_bundles(database, {"bundle": "a", "entities": [body], "sources": [outlet]})
        assert by_id(database, "entities")[public_id("ent", "tv")]["names"][1]["language"] == "uk"
        assert_comes_back(databases, database, "sqlite", tmp_path)


class TestOrder:
    def test_bundles_that_need_each_other_load_at_once(
        self, databases: Databases, database: Database, tmp_path: Path
    ) -> None:
        def told(key: str, *disputed: str) -> dict[str, Any]:
            said = statement("s", speaker="ann", disputes=[f"in-{one}/s" for one in disputed])
            return bundle(article(f"in-{key}", said), key=key)

        load_bundles(database, told("a"), told("b", "a"), told("c", "b"))
        load_bundles(database, told("a", "c"))
        exported = files(database, tmp_path / "files")
        assert [*exported] == ["00-a.jsonl"]
        assert [one.get("with_next", False) for one in parsed(exported["00-a.jsonl"]).values()] == [True, True, False]
        assert_comes_back(databases, database, "sqlite", tmp_path)
        with databases.create("sqlite") as url, opened(url) as copy:
            load(copy, tmp_path / "files")
            assert stream(copy) == stream(database)

    def test_each_comes_after_what_it_names(self, database: Database, tmp_path: Path) -> None:
        load_bundles(database, bundle(key="z-world"))
        bare: dict[str, Any] = {"sources": [], "entities": [], "measures": [], "events": []}
        load_bundles(database, bundle(article("a", claim("c", speaker="ann")), key="a", **bare))
        assert [*files(database, tmp_path / "files")] == ["00-z-world.json", "01-a.json"]


def test_many_bundles_are_read_with_as_many_statements_as_few(database: Database) -> None:
    load_bundles(database, bundle(key="a-world"))
    counted = []
    for number in (2, 20):
        told = [{"bundle": f"b{one}", "articles": [article(f"t{one}", claim("c"))]} for one in range(number)]
        load_bundles(database, *told)
        counted.append(statements(database))
    assert counted[0] == counted[1] < 40


def statements(database: Database) -> int:
    """How many statements an export takes."""
    seen = []
    event.listen(database.engine, "before_cursor_execute", lambda *heard: seen.append(heard[2]))
    stream(database)
    return len(seen)


def test_numbers_are_exact(databases: Databases, database: Database, tmp_path: Path) -> None:
    exact = {"number": "0.1000000000000000000000000001", "qualifier": "exact", "unit": "square_kilometre"}
    given = claim("c", None, kind="stock", measure="area", event=None, as_of="2024-08-14", value=exact)
    load_bundles(database, bundle(article("a", given)))
    assert_comes_back(databases, database, "sqlite", tmp_path)
    assert b"0.1000000000000000000000000001" in stream(database)


def test_what_the_format_has_no_room_for_is_told(database: Database) -> None:
    load_bundles(database, bundle())
    with database.write() as connection:
        connection.execute(update(tables.Event).values(title="long" * 100))
    with pytest.raises(Invalid, match=r"The bundle 'bundle' would not load: at /events/0/title: .* at most 300"):
        stream(database)


def test_an_empty_database_is_no_bundles(database: Database) -> None:
    assert stream(database) == b""


def test_loading_an_export_where_it_comes_from_changes_no_record(database: Database, tmp_path: Path) -> None:
    load_bundles(database, TestEdits.GIVEN)
    before = published(database)
    files(database, tmp_path / "files")
    load(database, tmp_path / "files")
    assert published(database) == before
