"""What loading does to a database that is there and being read: one more article, and reads while others load."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from app.ingest.load import load
from app.ingest.reader import read_file
from app.storage.engine import Database
from bench import asking, serving
from bench.driving import Ask, Measured, drive, drive_beside
from bench.filling import Filled
from bench.stories import SIZES, Stories, alias

ARTICLES = 9
MORE = 1000
"""Articles that are loaded while others read."""
SLOW = [Ask("/claims?q=residents&count=true&facet=source,speaker,measure,event,origin,kind,status,year&limit=1000")]
"""What takes long: a common word, counted by everything."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Q1 beside something else: its rate, and its p99, by those alone."""

    name: str
    rate: float
    p99: float

    def cells(self) -> tuple[str, str, str]:
        """As the table has it."""
        return self.name, f"{self.rate:.0%}", f"{self.p99:.1f} ×"


def one_article(base: Filled) -> float:
    """Milliseconds that an article of ten new claims takes to load, in a process that stays: the median."""
    database, times = Database(base.url, query_timeout_seconds=60), []
    try:
        with tempfile.TemporaryDirectory() as folder:
            for bundle in islice(_new_articles(base, claims=10), ARTICLES):
                file = Path(folder) / "one.json"
                file.write_bytes(orjson.dumps(bundle))
                incoming = read_file(str(file))
                began = time.perf_counter()
                load(database, [incoming], now=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
                times.append(time.perf_counter() - began)
    finally:
        database.close()
    return 1000 * median(times)


def _new_articles(base: Filled, claims: int) -> Iterator[dict[str, Any]]:
    """Articles like those of the database and not in it, at any time others."""
    size = next(name for name, count in SIZES.items() if count == base.claims)
    told = (bundle for bundle in Stories(SIZES[size]).bundles() if "articles" in bundle)
    stamp = time.time_ns()
    for number, bundle in enumerate(told):
        (article,) = bundle["articles"]
        while len(article["claims"]) < claims:
            article["claims"] += next(told)["articles"][0]["claims"]
        for place, claim in enumerate(article["claims"]):
            claim["key"] = f"c{place}"
        article["key"] = bundle["bundle"] = f"more-{stamp}-{number}"
        article["published"] = max(article["published"], "2026-01-01")
        yield bundle


def beside_others(base: Filled, seconds: float, rounds: int) -> list[Beside]:
    """What becomes of Q1 while somebody asks for what takes long, and while articles are loaded."""
    port = serving.free_port()
    command, environment = serving.ours(base.url, port)
    asks = [Ask(f"/claims?entity={asking.quote(alias(rank))}") for rank in asking.RANKS]
    with serving.serving("ours", command, port, asks[0], **environment):
        drive(port, asks, seconds)
        slow = [_compared(drive(port, asks, seconds), drive_beside(port, asks, SLOW, seconds)) for _ in range(rounds)]
        with tempfile.TemporaryDirectory() as folder:
            lines = Path(folder) / "more.jsonl"
            lines.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in islice(_new_articles(base, 5), MORE)))
            alone = drive(port, asks, seconds)
            loading = _compared(alone, _while_loading(base.url, lines, port, asks))
    return [
        Beside("a common word, counted by everything", *(median(part) for part in zip(*slow, strict=True))),
        Beside(f"a load of {MORE} articles", *loading),
    ]


def _compared(alone: Measured, beside: Measured) -> tuple[float, float]:
    return beside.rate / alone.rate, beside.quantile(0.99) / alone.quantile(0.99)


def _while_loading(url: str, lines: Path, port: int, asks: list[Ask]) -> Measured:
    command = [str(Path(sys.executable).parent / "counterclaim"), "load", str(lines)]
    environment = serving.environment_of(url)
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        found = Measured(0)
        while process.poll() is None:
            measured = drive(port, asks, 0.5)
            found.times += measured.times
            found.answers += measured.answers
            found.seconds += measured.seconds
        return found


def two_workers(base: Filled, seconds: float, rounds: int) -> float:
    """How many times as much two workers answer as one. They share the machine with who asks."""
    asks = [Ask(f"/claims?entity={asking.quote(alias(rank))}") for rank in asking.RANKS]
    ports = [serving.free_port(), serving.free_port()]
    (command, one), (_, two) = (serving.ours(base.url, port) for port in ports)
    with (
        serving.serving("one", command, ports[0], asks[0], **one),
        serving.serving("two", command, ports[1], asks[0], **two, COUNTERCLAIM_WORKERS="2"),
    ):
        pairs = [(drive(ports[0], asks, seconds).rate, drive(ports[1], asks, seconds).rate) for _ in range(rounds)]
    return median(both / single for single, both in pairs)
