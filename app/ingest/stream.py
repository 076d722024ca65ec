"""Loading many bundles: files one by one, streams in batches."""

from collections.abc import Callable, Iterator, Sequence

from app.ingest.errors import BundleError
from app.ingest.load import Report, load
from app.ingest.reader import Incoming, is_stream, read_file, read_stream
from app.storage.engine import Database

MOST_LINES, MOST_CLAIMS = 1000, 5000
"""What one transaction takes of a stream; more only where a bundle says that it belongs with the next.

A figure is worked out anew for each transaction that adds to it, so that large ones take less time, and more memory.
"""


def load_paths(
    database: Database,
    files: Sequence[str],
    *,
    now: Callable[[], str],
    keep_going: bool = False,
    done: Callable[[], None] = lambda: None,
) -> Iterator[Report | BundleError]:
    """Load files in order: a report for each bundle, an error for one that fails; `done` is called after each file.

    The first error ends it, with all before it stored and nothing after it, unless told to keep going.
    """
    for path in files:
        loading = (
            _load_stream(database, path, now, keep_going=keep_going)
            if is_stream(path)
            else _load_file(database, path, now)
        )
        for item in loading:
            yield item
            if isinstance(item, BundleError) and not keep_going:
                return
        done()


def _load_file(database: Database, path: str, now: Callable[[], str]) -> Iterator[Report | BundleError]:
    try:
        yield from load(database, [read_file(path)], now=now())
    except BundleError as error:
        yield error


def _load_stream(
    database: Database, path: str, now: Callable[[], str], *, keep_going: bool
) -> Iterator[Report | BundleError]:
    batch: list[Incoming] = []
    claims = 0
    for item in read_stream(path):
        if isinstance(item, BundleError):
            # What came before the failing line is stored before the line is reported.
            yield from _load_batch(database, batch, now, keep_going=keep_going)
            batch, claims = [], 0
            yield item
            continue
        batch.append(item)
        claims += sum(len(article.claims) for article in item.bundle.articles)
        if (len(batch) >= MOST_LINES or claims >= MOST_CLAIMS) and not item.bundle.with_next:
            yield from _load_batch(database, batch, now, keep_going=keep_going)
            batch, claims = [], 0
    yield from _load_batch(database, batch, now, keep_going=keep_going)


def _load_batch(
    database: Database, batch: Sequence[Incoming], now: Callable[[], str], *, keep_going: bool
) -> Iterator[Report | BundleError]:
    """One transaction for all that can be loaded: those before the first that cannot, or all others."""
    left, failed = list(batch), list[BundleError]()
    while left:
        try:
            loaded = load(database, left, now=now())
        except BundleError as error:
            place = next((place for place, item in enumerate(left) if item is error.item), 0)
            failed = [*failed, error] if keep_going else [error]
            left = left[:place] + (left[place + 1 :] if keep_going else [])
        else:
            yield from loaded
            break
    yield from failed
