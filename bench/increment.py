"""What one more claim costs in a large frame, and what comparing the frame afresh would: `python -m bench.increment`.

A frame in two camps, half of its claims about 100 and half about 2,000, a speaker for each, on SQLite and, where there
is a server (see `tests/postgres.py`), on Postgres. Arguments: how many claims, unless told 1,000, 5,000 and 10,000.
Each line compares medians of one run: a whole load of a bundle with one claim that flips no flag, the part of it that
flags, what comparing the frame afresh takes instead, and how many times as long that is. Times are in milliseconds.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from random import Random
from statistics import median
from typing import Any
from unittest.mock import patch

import psycopg

from app.domain.ids import public_id
from app.ingest.load import load
from app.storage import comparison, increment
from app.storage.engine import Database, migrate
from tests.factories import NOW, article, bundle, claim, incoming, opened
from tests.postgres import PostgresUnavailableError, libpq_url, running_server

LOADS = 15
"""One more claim so many times, half of them compared afresh."""


def main(sizes: list[int]) -> None:
    print(f"{'engine':<10}{'claims':>8}{'load':>8}{'flags':>8}{'afresh':>9}{'times':>7}{'others rewritten':>18}")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            measured(f"sqlite:///{folder}/{size}.db", "sqlite", size)
    try:
        with running_server() as server:
            for size in sizes:
                name = f"bench_{size}"
                with psycopg.connect(libpq_url(server), autocommit=True) as connection:
                    connection.execute(f"DROP DATABASE IF EXISTS {name}".encode())
                    connection.execute(f"CREATE DATABASE {name}".encode())
                measured(server.set(database=name).render_as_string(hide_password=False), "postgres", size)
    except PostgresUnavailableError as error:
        print(error)


def measured(url: str, engine: str, size: int) -> None:
    migrate(url)
    random = Random(size)
    with opened(url) as database:
        load(database, incoming(bundle(*(one(number, random) for number in range(size)))), now=NOW)
        quick, rewritten = more(database, random, "quick", LOADS)
        with comparing_afresh():
            afresh, _ = more(database, random, "afresh", 3)
    whole, flags = (median(times) * 1000 for times in zip(*quick, strict=True))
    instead = median(flagging for _, flagging in afresh) * 1000
    times = f"{whole:>8.1f}{flags:>8.1f}{instead:>9.1f}{instead / flags:>7.0f}"
    print(f"{engine:<10}{size:>8}{times}{rewritten:>18}", flush=True)


def one(name: object, random: Random) -> dict[str, Any]:
    number = random.choice([random.randint(98, 104), random.randint(1980, 2020)])
    return article(f"article-{name}", claim("c", f"about {number:,}", speaker={"unnamed": f"official {name}"}))


def more(database: Database, random: Random, name: str, loads: int) -> tuple[list[tuple[float, float]], int]:
    """The seconds that each load and its flagging took, and how many claims changed but those loaded."""
    times, rewritten = list[tuple[float, float]](), 0
    # Not among the lowest ids, which are what the others list.
    names = (number for number in range(100 * loads) if public_id("clm", f"article-{name}-{number}", "c") > "clm_5")
    for number in islice(names, loads):
        one_more = incoming(bundle(one(f"{name}-{number}", random), key=f"{name}-{number}"))
        with timed() as flagging:
            began = time.perf_counter()
            load(database, one_more, now=NOW)
            times.append((time.perf_counter() - began, flagging[0][0]))
        rewritten += flagging[0][1] - 1
    return times, rewritten


@contextmanager
def timed() -> Iterator[list[tuple[float, int]]]:
    """Notes how long flagging takes, and how many claims it changes."""
    found: list[tuple[float, int]] = []
    reflag = comparison.reflag

    def noted(*arguments: Any) -> set[int]:  # noqa: ANN401 - those of the original
        began = time.perf_counter()
        changed = reflag(*arguments)
        found.append((time.perf_counter() - began, len(changed)))
        return changed

    with patch.object(comparison, "reflag", noted):
        yield found


def comparing_afresh() -> AbstractContextManager[object]:
    return patch.object(increment, "MOST_NEW", 0)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 5_000, 10_000])
