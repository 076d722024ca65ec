"""From one database through its bundles into another, and what both publish then."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any

from app.export import write
from app.export.write import Format
from app.ingest.reader import find_files
from app.ingest.stream import load_paths
from app.storage.engine import Database
from tests.databases import Databases, Engine
from tests.factories import opened

NOUNS = ("claims", "figures", "entities", "events", "articles", "sources", "measures")
LATER = "2030-01-01T00:00:00Z"


def stream(database: Database) -> bytes:
    """Every bundle, a line each."""
    with database.read() as connection:
        return b"".join(write.lines(connection, None, {}, Format.BUNDLES, lambda: None))


def files(database: Database, folder: Path) -> dict[str, bytes]:
    """Every bundle, a file each, in the folder."""
    folder.mkdir()
    with database.read() as connection:
        write.write(connection, folder, None, {}, Format.BUNDLES, lambda: None)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def load(database: Database, path: Path) -> None:
    """Load a stream's file, or a folder."""
    loaded = load_paths(database, find_files([str(path)]), now=lambda: LATER)
    assert [str(one) for one in loaded if isinstance(one, Exception)] == []


@contextmanager
def copied(databases: Databases, engine: Engine, content: bytes, folder: Path) -> Iterator[Database]:
    """Another database, which holds what the stream does."""
    path = folder / "all.jsonl"
    path.write_bytes(content)
    with databases.create(engine) as url, opened(url) as database:
        load(database, path)
        yield database


def published(database: Database) -> dict[str, list[dict[str, Any]]]:
    """All records, but for what tells when and how often something was edited, and the order of names.

    Of claims that are withdrawn only what they say: what they name may be as it was when they were withdrawn.
    """
    with database.read() as connection:
        found = {noun: [json.loads(record) for record in write.everything(connection, noun)] for noun in NOUNS}
    found["claims"] = [_lasting(claim) for claim in found["claims"]]
    for entity in found["entities"]:
        entity["names"].sort(key=itemgetter("name"))
    return {noun: sorted(listed, key=itemgetter("id")) for noun, listed in found.items()}


def _lasting(claim: dict[str, Any]) -> dict[str, Any]:
    if claim["withdrawn"]:
        return {name: claim[name] for name in ("id", "kind", "statement", "value", "status", "withdrawn")}
    return {name: value for name, value in claim.items() if name not in ("revision", "recorded_at")}
