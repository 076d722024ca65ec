"""Folders that are there whole or not at all: made beside their place, and put there at the end."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

_OURS = re.compile(r"[0-9]{2,}-[a-z0-9._-]+\.jsonl?|[a-z]+\.(csv|ndjson|parquet)")
"""The names of files that exports have."""


class InTheWay(Exception):
    """There is something at the place that was to be written; the message says what to do."""


@contextmanager
def placed(place: Path, *, force: bool) -> Iterator[Path]:
    """An empty folder that becomes `place` if nothing goes wrong; otherwise all is as it was.

    Raises InTheWay where there is something already, unless it is an export and may be replaced.
    """
    place = place.absolute()
    _must_be_free(place, force=force)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    try:
        made = beside / "new"
        made.mkdir()
        yield made
        _must_be_free(place, force=force)  # something may have come since
        _put(made, place, beside / "old")
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file of those bytes, on disk before it is done."""
    with path.open("wb") as file:
        file.writelines(chunks)
        file.flush()
        os.fsync(file.fileno())


def _put(made: Path, place: Path, aside: Path) -> None:
    if not place.exists():
        made.rename(place)
        return
    place.rename(aside)
    try:
        made.rename(place)
    except OSError:
        aside.rename(place)
        raise


def _must_be_free(place: Path, *, force: bool) -> None:
    if not (place.is_symlink() or place.exists()):
        return
    if not force:
        raise InTheWay(f"{place} is there already: name another folder, or replace it with --force")
    if place.is_symlink() or not place.is_dir() or not all(map(_is_ours, place.iterdir())):
        raise InTheWay(f"{place} is no folder of an export alone: --force would take away what is not ours")


def _is_ours(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and _OURS.fullmatch(path.name) is not None
