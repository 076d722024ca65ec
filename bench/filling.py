"""Databases of generated stories, filled by the real loader and kept, and what the same rows cost without it."""

import resource
import sqlite3
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from bench.serving import environment_of
from bench.stories import SIZES, Stories

CACHE = Path("var/bench")


@dataclass(frozen=True, slots=True)
class Filled:
    """A database and how it was filled: seconds and peak memory (MB) of the load, seconds of a bare insert."""

    url: str
    claims: int
    load_seconds: float
    load_memory: float
    bare_seconds: float
    bytes_on_disk: int


def lines_of(size: str) -> Path:
    """The file of bundles for a size."""
    file = CACHE / f"{size}.jsonl"
    if not file.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        with part.open("wb") as lines:
            lines.writelines(orjson.dumps(bundle) + b"\n" for bundle in Stories(SIZES[size]).bundles())
        part.rename(file)
    return file


def filled(size: str) -> Filled:
    """The SQLite database of a size, filled now unless it is there already."""
    noted, file = CACHE / f"{size}.json", CACHE / f"{size}.db"
    if noted.exists():
        return Filled(**orjson.loads(noted.read_bytes()))
    for old in CACHE.glob(f"{size}.db*"):
        old.unlink()
    url, lines = f"sqlite:///{file}", lines_of(size)
    _counterclaim(url, "migrate")
    began = time.perf_counter()
    memory = _counterclaim(url, "load", str(lines))
    seconds = time.perf_counter() - began
    bare = bare_insert(file)
    found = Filled(url, SIZES[size], seconds, memory, bare, file.stat().st_size)
    noted.write_bytes(orjson.dumps(asdict(found)))
    return found


def _counterclaim(url: str, *arguments: str) -> float:
    """Run a command on that database; the most memory that it held, in MB."""
    command = [str(Path(sys.executable).parent / "counterclaim"), *arguments]
    subprocess.run(command, env=environment_of(url), check=True, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000


def bare_insert(file: Path) -> float:
    """Seconds that the driver takes to insert the rows of `file` into a copy of its tables, indexes and all."""
    copy = file.with_suffix(".bare")
    copy.unlink(missing_ok=True)
    with sqlite3.connect(file) as source, sqlite3.connect(copy) as target:
        target.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;")
        tables = _made_like(source, target)
        seconds = sum(_insert(source, target, table) for table in tables)
    copy.unlink()
    for more in copy.parent.glob(f"{copy.name}-*"):
        more.unlink()
    return seconds


def _made_like(source: sqlite3.Connection, target: sqlite3.Connection) -> list[str]:
    """Make the tables with their indexes and without triggers; the names of those that rows are put into."""
    made = source.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    )
    found = made.fetchall()
    virtual = tuple(f"{name}_" for name, _, sql in found if sql.startswith("CREATE VIRTUAL"))
    tables = {name: sql for name, kind, sql in found if kind == "table" and not name.startswith(virtual)}
    indexes = [sql for _, kind, sql in found if kind == "index"]
    for sql in (*tables.values(), *indexes):
        target.execute(sql)
    return [*tables]


def _insert(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> float:
    rows, seconds = source.execute(f"SELECT * FROM {table}"), 0.0
    places = ", ".join("?" * len(rows.description))
    while batch := rows.fetchmany(1000):
        began = time.perf_counter()
        target.executemany(f"INSERT INTO {table} VALUES ({places})", batch)
        target.commit()
        seconds += time.perf_counter() - began
    return seconds
