"""The smallest bundles that a test needs, and databases filled with them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from app.ingest.bundle import Bundle
from app.ingest.load import Report, load
from app.ingest.reader import Incoming, digest_of, find_files
from app.ingest.stream import load_paths
from app.storage.engine import Database, migrate

NOW = "2024-08-16T12:00:00Z"


def claim(key: str, text: str | None = "100", **fields: Any) -> dict[str, Any]:
    """A flow of prisoners on 14 August 2024."""
    given: dict[str, Any] = {
        "key": key,
        "kind": "flow",
        "statement": "Ukraine captured soldiers.",
        "measure": "captured",
        "event": "day",
        "text": text,
    }
    return {name: value for name, value in (given | fields).items() if value is not None}


def statement(key: str, **fields: Any) -> dict[str, Any]:
    """A claim without a number."""
    return claim(key, None, kind="statement", measure=None, **fields)


def article(key: str = "article", *claims: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An article of 15 August 2024 in the Daily."""
    given = {"key": key, "source": "daily", "title": f"Title of {key}", "published": "2024-08-15", "claims": [*claims]}
    return given | fields


def bundle(*articles: dict[str, Any], key: str = "bundle", **fields: Any) -> dict[str, Any]:
    """A bundle with two people, two outlets, an incursion with a day in it, and a measure."""
    given: dict[str, Any] = {
        "bundle": key,
        "sources": [{"key": "daily", "name": "The Daily"}, {"key": "wire", "name": "The Wire", "kind": "agency"}],
        "entities": [
            {
                "key": "ann",
                "kind": "person",
                "name": "Ann Arbor",
                "aliases": [{"name": "Анна Арбор", "language": "ru"}],
            },
            {"key": "bob", "kind": "person", "name": "Bob Baker"},
            {"key": "army", "kind": "organization", "name": "The Army"},
        ],
        "measures": [
            {
                "key": "captured",
                "label": "prisoners captured",
                "unit": "person",
                "dimensions": {"by": "entity", "side": "entity", "stage": "word"},
            },
            {"key": "area", "label": "area held", "unit": "square_kilometre"},
        ],
        "events": [
            {"key": "incursion", "title": "The incursion", "date": "2024-08-06/.."},
            {
                "key": "day",
                "title": "The day",
                "date": "2024-08-14",
                "part_of": "incursion",
                "participants": [{"entity": "bob", "role": "commander"}],
            },
        ],
        "articles": [*articles],
    }
    return given | fields


def incoming(*bundles: dict[str, Any]) -> list[Incoming]:
    """Bundles as the reader would hand them on."""
    found = [Bundle.model_validate(data) for data in bundles]
    return [Incoming(one, digest_of(one), f"{one.bundle}.yaml", {}) for one in found]


def load_bundles(database: Database, *bundles: dict[str, Any], now: str = NOW) -> list[Report]:
    """Load them in one transaction."""
    return load(database, incoming(*bundles), now=now)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database at the URL, closed afterwards."""
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


STORY = ("seeds/kursk-2024.yaml", "seeds/prisoner-exchanges.yaml")
"""The five articles of the tour."""


def seeded(url: str) -> None:
    """Prepare a database with the five articles."""
    _load_files(url, STORY)


def seeded_fully(url: str) -> None:
    """Prepare a database with all of `seeds/`, as `make run` does."""
    _load_files(url, ["seeds"])


def _load_files(url: str, paths: Sequence[str]) -> None:
    migrate(url)
    with opened(url) as database:
        loaded = load_paths(database, find_files(paths), now=lambda: NOW)
        failed = [item for item in loaded if isinstance(item, Exception)]
    assert failed == []


def by_key(records: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Records by the key that a bundle gave them."""
    return {record["key"]: record for record in records}
