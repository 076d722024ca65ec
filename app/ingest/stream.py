"""Loading many bundles: files one by one, streams in batches."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from app.ingest.errors import BundleError
from app.ingest.load import Report, load
from app.ingest.reader import Incoming, is_stream, read_file, read_stream
from app.storage.engine import Database

Group = list[Incoming]
"""Bundles that are loaded together or not at all: all but the last say that they belong with the next."""

MOST_LINES, MOST_CLAIMS = 1000, 5000
"""What one transaction takes of a stream; more only where bundles belong together.

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
    batch, lines, claims = list[Group](), 0, 0
    for group in _groups(read_stream(path)):
        if not isinstance(group, BundleError):
            batch.append(group)
            lines += len(group)
            claims += sum(len(article.claims) for item in group for article in item.bundle.articles)
            if lines < MOST_LINES and claims < MOST_CLAIMS:
                continue
        # What came before a failing line is stored before the line is reported.
        yield from _load_batch(database, batch, now, keep_going=keep_going)
        batch, lines, claims = [], 0, 0
        if isinstance(group, BundleError):
            yield group
    yield from _load_batch(database, batch, now, keep_going=keep_going)


def _groups(items: Iterable[Incoming | BundleError]) -> Iterator[Group | BundleError]:
    """The bundles that belong together. Where one of them cannot be read, the others come as errors behind its own."""
    group: Group = []
    for item in items:
        if isinstance(item, BundleError):
            yield item
            yield from map(_left_out, group)
            group = []
            continue
        group.append(item)
        if not item.bundle.with_next:
            yield group
            group = []
    if group:
        yield group


def _left_out(item: Incoming) -> BundleError:
    return item.locate(BundleError("it belongs with another line, which cannot be loaded", pointer=("with_next",)))


def _load_batch(
    database: Database, batch: Sequence[Group], now: Callable[[], str], *, keep_going: bool
) -> Iterator[Report | BundleError]:
    """One transaction for all that can be loaded: those before the first that cannot, or all others."""
    left, failed = list(batch), list[BundleError]()
    while left:
        try:
            loaded = load(database, [item for group in left for item in group], now=now())
        except BundleError as error:
            place = next((place for place, group in enumerate(left) if any(item is error.item for item in group)), 0)
            others = [_left_out(item) for item in left[place] if item is not error.item]
            failed = [*failed, error, *others] if keep_going else [error]
            left = left[:place] + (left[place + 1 :] if keep_going else [])
        else:
            yield from loaded
            break
    yield from failed
