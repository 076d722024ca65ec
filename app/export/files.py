"""Files and folders that are there whole or not at all: made beside their place, and put there at the end."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp


class InTheWay(Exception):
    """There is something at the place that was to be written; the message says what to do."""


@contextmanager
def placed(place: Path, *, force: bool) -> Iterator[Path]:
    """A path to write a file or a folder at, which is put at `place` if nothing goes wrong.

    Raises InTheWay where there is something already, unless forced to replace it.
    """
    _must_be_free(place, force=force)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    try:
        made = beside / "new"
        yield made
        _sync(made)
        if place.is_symlink() or place.exists():
            _must_be_free(place, force=force)  # it may have come since
            place.rename(beside / "old")
        made.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file of those bytes."""
    with path.open("wb") as file:
        file.writelines(chunks)


def _must_be_free(place: Path, *, force: bool) -> None:
    if (place.is_symlink() or place.exists()) and not force:
        raise InTheWay(f"{place} is there already: name another place, or replace it with --force")


def _sync(made: Path) -> None:
    """Have the bytes on disk before the name leads to them."""
    for path in [made] if made.is_file() else sorted(made.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
