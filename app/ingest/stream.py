"""Loading many bundles: files one by one, streams in batches."""

from collections.abc import Callable, Iterator, Sequence

from app.ingest.errors import BundleError
from app.ingest.load import Report, load
from app.ingest.reader import Incoming, is_stream, read_file, read_stream
from app.storage.engine import Database

BATCH = 200
"""Lines of a stream that one transaction takes."""


def load_paths(
    database: Database, files: Sequence[str], *, now: Callable[[], str], done: Callable[[], None] = lambda: None
) -> Iterator[Report | BundleError]:
    """Load files in order: a report for each bundle, an error for each that fails; `done` is called after each file."""
    for path in files:
        if is_stream(path):
            yield from _load_stream(database, path, now)
        else:
            try:
                yield from load(database, [read_file(path)], now=now())
            except BundleError as error:
                yield error
        done()


def _load_stream(database: Database, path: str, now: Callable[[], str]) -> Iterator[Report | BundleError]:
    batch: list[Incoming] = []
    for item in read_stream(path):
        if isinstance(item, BundleError):
            # What came before the failing line is stored before the line is reported: the caller may stop there.
            yield from _load_batch(database, batch, now)
            batch = []
            yield item
            continue
        batch.append(item)
        if len(batch) == BATCH:
            yield from _load_batch(database, batch, now)
            batch = []
    yield from _load_batch(database, batch, now)


def _load_batch(
    database: Database, batch: Sequence[Incoming], now: Callable[[], str]
) -> Iterator[Report | BundleError]:
    """One transaction for all where all can be loaded, else one each, so that the failing ones are told apart."""
    if not batch:
        return
    try:
        yield from load(database, batch, now=now())
    except BundleError:
        for item in batch:
            try:
                yield from load(database, [item], now=now())
            except BundleError as error:
                yield error
