"""The dossiers: held to the standard of `seeds/README.md`, and to what they are to show."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.ingest.bundle import Bundle
from app.ingest.check import problems
from app.ingest.reader import read_file
from app.storage import policies, tables
from app.storage.engine import Database
from app.storage.relations import relations_page
from tests.databases import ENGINES, Databases
from tests.factories import opened, seeded_fully

FOLDER = Path(__file__).parents[1] / "seeds" / "dossiers"
FILES = sorted(FOLDER.glob("*.yaml"))
STORIES = ("belgrade-protest-2025", "kursk-incursion-2024", "odisha-rail-crash-2023", "valencia-floods-2024")

Json = dict[str, Any]


@cache
def bundle_of(path: Path) -> Bundle:
    return read_file(str(path)).bundle


@pytest.fixture(scope="module", params=[pytest.param(engine, marks=getattr(pytest.mark, engine)) for engine in ENGINES])
def database(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Database]:
    with databases.create(request.param, seeded_fully) as url, opened(url) as found:
        yield found


def test_the_four_stories_are_there() -> None:
    assert tuple(path.stem for path in FILES) == STORIES
    assert [bundle_of(path).bundle for path in FILES] == [*STORIES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestADossier:
    def test_is_large_enough_to_tell_a_story(self, path: Path) -> None:
        bundle = bundle_of(path)
        numbers = [claim for article in bundle.articles for claim in article.claims if claim.measure]
        assert len(bundle.articles) >= 28
        assert len({article.source for article in bundle.articles}) >= 12
        assert len(numbers) >= 165

    def test_says_of_every_article_what_it_is_and_how_that_is_known(self, path: Path) -> None:
        bundle = bundle_of(path)
        assert bundle.description
        assert [article.key for article in bundle.articles if not article.url] == []
        assert len({article.url for article in bundle.articles}) == len(bundle.articles)
        foreign = sum(article.language != "en" for article in bundle.articles)
        assert foreign <= len(bundle.articles) / 4

    def test_has_no_words_of_others(self, path: Path) -> None:
        claims = [claim for article in bundle_of(path).articles for claim in article.claims]
        assert [claim.key for claim in claims if claim.quote] == []
        said = Counter((claim.statement, claim.measure) for claim in claims)
        assert max(said.values()) <= 8, said.most_common(3)

    def test_defines_nothing_that_it_does_not_use(self, path: Path) -> None:
        bundle = bundle_of(path)
        text = path.read_text(encoding="utf-8")
        for things in (bundle.sources, bundle.entities, bundle.measures, bundle.events):
            assert [thing.key for thing in things if text.count(thing.key) < 2] == []


def test_together_they_are_what_a_newsroom_would_believe() -> None:
    articles = [article for path in FILES for article in bundle_of(path).articles]
    numbers = [claim for article in articles for claim in article.claims if claim.measure]
    assert len(articles) >= 100
    assert len(numbers) >= 600
    assert sum(claim.speaker is not None and claim.speaker.unnamed is not None for claim in numbers) >= 30
    assert sum(bool(claim.via) for claim in numbers) >= 60
    assert sum(claim.partial for claim in numbers) >= 60
    assert {claim.kind.value for claim in numbers} == {"flow", "cumulative", "stock"}
    units = {measure.unit for path in FILES for measure in bundle_of(path).measures}
    assert {"person", "percent", "EUR", "INR", "square_kilometre"} <= units


def test_every_record_and_flag_is_as_made_afresh(database: Database) -> None:
    with database.read() as connection:
        assert list(problems(connection)) == []


def relations(database: Database) -> Iterator[tuple[Json, Json, Json]]:
    """Every pair of numbers that are compared, once, with both records."""
    with database.read() as connection:
        policy = policies.in_force(connection)
        rows = connection.execute(select(tables.Claim.public_id, tables.Claim.record).order_by(tables.Claim.public_id))
        records = {public: json.loads(record) for public, record in rows}
        for public, record in records.items():
            found = relations_page(connection, public, policy, limit=10_000)
            assert found is not None
            for relation in map(json.loads, found[0]):
                if public < relation["other"]["id"]:
                    yield record, records[relation["other"]["id"]], relation


def test_what_the_numbers_are_to_each_other(databases: Databases) -> None:
    with databases.create("sqlite", seeded_fully) as url, opened(url) as database:
        pairs = list(relations(database))
    met = Counter(relation["relation"] for _, _, relation in pairs)
    disputes = {
        (
            relation["relation"],
            first["figure"],
            second["figure"],
            *sorted((first["origin"]["id"], second["origin"]["id"])),
        )
        for first, second, relation in pairs
        if relation["relation"] == "conflict"
    }
    assert met["conflict"] >= 100
    assert len(disputes) >= 40
    assert met["update"] >= 60
    assert met["compatible"] >= 40
    reasons = {relation["reason"] for _, _, relation in pairs}
    assert {"disjoint", "cumulative_fell", "part_exceeds_whole", "revised", "revised_down", "later_total"} <= reasons
    assert {"part_of_whole", "same_origin", "stretched", "contained", "overlap", "order_unknown"} <= reasons
