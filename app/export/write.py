"""An export as files of a folder, or as a stream of lines: from one snapshot, and never more than a part in memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, func, select

from app.export import bundles, files, parquet, tables
from app.ingest.bundle import Bundle
from app.ingest.reader import MAX_BYTES
from app.problems import Invalid
from app.search.collections import CLAIMS, COLLECTIONS
from app.search.columns import COLUMNS
from app.search.find import records

Done = Callable[[], object]
"""Told of each record or bundle as it is written."""


class Format(StrEnum):
    """What can be written."""

    BUNDLES = "bundles"
    CSV = "csv"
    NDJSON = "ndjson"
    PARQUET = "parquet"


LINES: Mapping[Format, Callable[[str, Iterable[str]], Iterator[bytes]]] = {
    Format.CSV: tables.as_csv,
    Format.NDJSON: tables.ndjson,
}
"""Formats of a noun's records that go line by line."""


def size(connection: Connection, noun: str | None, as_format: Format) -> int:
    """How many bundles or records there are to write, before any filter."""
    if as_format is Format.BUNDLES:
        return bundles.count(connection)
    listed = [one.noun.table for one in COLLECTIONS if one.noun and noun in (None, one.name)]
    return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in listed)


def lines(
    connection: Connection, noun: str | None, filters: Mapping[str, str], as_format: Format, done: Done
) -> Iterator[bytes]:
    """The records of a noun, or without one every bundle, a line each. Raises a kind of Invalid."""
    if noun is None:
        return _bundle_lines(connection, done)
    return LINES[as_format](noun, _told(records(connection, noun, filters), done))


def write(
    connection: Connection, folder: Path, noun: str | None, filters: Mapping[str, str], as_format: Format, done: Done
) -> None:
    """Fill an empty folder: a file for each noun, or for the one, or for each bundle.

    Raises a kind of Invalid, and MissingLibrary.
    """
    if as_format is Format.BUNDLES:
        _write_bundles(connection, folder, done)
        return
    for name in [noun] if noun else COLUMNS:
        path = folder / f"{name}.{as_format}"
        found = _told(records(connection, name, filters) if noun else everything(connection, name), done)
        if as_format is Format.PARQUET:
            parquet.write(name, found, path)
        else:
            files.write(path, LINES[as_format](name, found))


def everything(connection: Connection, noun: str) -> Iterator[str]:
    """Every record of a noun. Of claims also those that lists leave out: the withdrawn ones come last."""
    yield from records(connection, noun, {})
    if noun == CLAIMS.name:
        yield from records(connection, noun, {"status": "withdrawn"})


def _told(found: Iterable[str], done: Done) -> Iterator[str]:
    for record in found:
        yield record
        done()


def _bundle_lines(connection: Connection, done: Done) -> Iterator[bytes]:
    found = bundles.groups(connection)
    last = {group.bundles[-1] for group in found}
    for bundle in bundles.read(connection, [key for group in found for key in group.bundles]):
        yield bundles.written(_linked(bundle, last), indented=False)
        done()


def _linked(bundle: Bundle, last: set[str]) -> Bundle:
    """The bundle, with word that the next one belongs to it unless it is the last of its group."""
    return bundle if bundle.bundle in last else bundle.model_copy(update={"with_next": True})


def _write_bundles(connection: Connection, folder: Path, done: Done) -> None:
    """A file for each bundle, named so that they load in order; for each group that loads at once, one of lines."""
    found = bundles.groups(connection)
    width = max(2, len(str(found[-1].depth))) if found else 2
    names = {key: f"{group.depth:0{width}}-{group.bundles[0]}" for group in found for key in group.bundles}
    last = {group.bundles[-1] for group in found}
    many = {key for group in found if len(group.bundles) > 1 for key in group.bundles}
    for bundle in bundles.read(connection, [key for group in found for key in group.bundles]):
        key = bundle.bundle
        if key in many:
            with (folder / f"{names[key]}.jsonl").open("ab") as file:
                file.write(bundles.written(_linked(bundle, last), indented=False))
        else:
            _write_bundle(folder / names[key], bundle)
        done()


def _write_bundle(path: Path, bundle: Bundle) -> None:
    """One bundle, over many lines unless that is more than the loader reads."""
    content = bundles.written(bundle, indented=True)
    if len(content) > MAX_BYTES:
        content = bundles.written(bundle, indented=False)
    if len(content) > MAX_BYTES:
        raise Invalid(f"The bundle {bundle.bundle!r} has {len(content)} bytes; {MAX_BYTES} is the most that loads.")
    files.write(path.with_name(f"{path.name}.json"), [content])
