"""The table: what was measured of each request, printed and written into `docs/benchmarks.md`."""

import os
import platform
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench.asking import Request
from bench.driving import Measured
from bench.filling import Filled
from bench.loading import Beside

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
NAMES = {"hand": "The empty handler and the queries by hand", "datasette": "Datasette", "ours": "Ours"}

COLUMNS = (
    *("request", "a second", "p50 ms", "p99 ms", "of empty", "goal", "× Datasette", "× by hand"),
    *("CPU µs", "of empty's", "× Datasette's", "MB"),
)


@dataclass(slots=True)
class Line:
    """One request with what every server did with it, a measurement a round."""

    request: Request
    served: bool
    measured: dict[str, list[Measured]] = field(default_factory=lambda: defaultdict(list))
    memory: float = 0.0

    def note(self, server: str, measured: Measured, memory: float = 0.0) -> None:
        """Keep one measurement. Answers that are not as they should be make it worthless."""
        if measured.unexpected:
            raise RuntimeError(f"{server} answered {self.request.name!r} {measured.unexpected} times otherwise")
        self.measured[server].append(measured)
        self.memory = max(self.memory, memory if server == "ours" else 0)

    def rate(self, server: str) -> float | None:
        """Answers a second, the median of the rounds."""
        return median(one.rate for one in self.measured[server]) if server in self.measured else None

    def share(self, server: str) -> float | None:
        """Ours as a share of a server, the median of what the rounds gave."""
        pairs = zip(self.measured["ours"], self.measured.get(server, ()), strict=False)
        shares = [ours.rate / other.rate for ours, other in pairs]
        return median(shares) if shares else None

    def saved(self, server: str) -> float | None:
        """The processor time of a server's answer over that of ours."""
        pairs = zip(self.measured["ours"], self.measured.get(server, ()), strict=False)
        shares = [other.cost / ours.cost for ours, other in pairs]
        return median(shares) if shares else None

    def cost(self, server: str) -> float:
        """Microseconds of a processor that an answer takes."""
        return median(one.cost for one in self.measured[server])

    def cells(self) -> tuple[str, ...]:
        """As the table has it."""
        goal = "" if self.request.goal is None else f"{self.request.goal:.0%}"
        if not self.served:
            return (self.request.name, "not served", "", "", "", goal, *[""] * 6)
        p50, p99 = (median(one.quantile(share) for one in self.measured["ours"]) for share in (0.5, 0.99))
        ratios = (f"{share:.1f}" if share else "" for share in map(self.share, ("datasette", "hand")))
        numbers = (f"{self.rate('ours'):,.0f}", f"{p50:.1f}", f"{p99:.1f}", f"{self.share('empty'):.0%}")
        costs = (f"{self.cost('ours'):,.0f}", f"{self.saved('empty'):.0%}")
        times = "" if self.saved("datasette") is None else f"{self.saved('datasette'):.1f}"
        return (self.request.name, *numbers, goal, *ratios, *costs, times, f"{self.memory:.0f}")


@dataclass(slots=True)
class Run:
    """All that was measured of one size; `first` are seconds to a first answer, `memory` is in MB, by server."""

    size: str
    base: Filled
    lines: list[Line]
    first: dict[str, float]
    memory: dict[str, float]
    article: float = 0.0
    beside: Sequence[Beside] = ()
    workers: float = 0.0

    def printed(self) -> list[str]:
        """For a terminal, which is also Markdown."""
        told = [*loaded(self.base), "", *table(self.lines), ""]
        told += [
            f"- {NAMES[name]}: first answer after {self.first[name]:.2f} s, {self.memory[name]:.0f} MB at the end"
            for name in self.first
        ]
        if self.article:
            told.append(f"- An article of ten claims is loaded in {self.article:.0f} ms.")
            told.append(f"- Two workers answer {self.workers:.2f} times as much as one, on the cores of who asks.")
        for beside in self.beside:
            name, rate, p99 = beside.cells()
            told.append(f"- Q1 beside {name}: {rate} of the answers alone, its p99 {p99} as long.")
        return told


def table(lines: Sequence[Line]) -> list[str]:
    """The requests, a row each."""
    rows = [COLUMNS, *(line.cells() for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    made = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    made.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return made


def loaded(base: Filled) -> list[str]:
    """What the load took."""
    rate, bare = base.claims / base.load_seconds, base.claims / base.bare_seconds
    return [
        (
            f"{base.claims:,} claims, loaded in {base.load_seconds:,.0f} s ({rate:,.0f} a second, "
            f"{rate / bare:.0%} of a bare insert of the same rows) with {base.load_memory:,.0f} MB; "
            f"{base.bytes_on_disk / base.claims:,.0f} bytes a claim on disk."
        )
    ]


def write(runs: Sequence[Run], served: Sequence[Line]) -> None:
    """Put all of it into the page, between the marks of its parts; what was not measured stays as it was."""
    text = PAGE.read_text(encoding="utf-8")
    parts = {run.size: [measured_on(), "", *run.printed()] for run in runs}
    if len(runs) > 1:
        from bench import growing  # noqa: PLC0415 - that module reads what this one has

        growing.draw(runs, PAGE.with_name("growth.svg"))
        parts["growth"] = [measured_on(), "", *growing.printed(runs)]
    if served:
        parts["postgres"] = [measured_on(), "", *table(served)]
    for name, lines in parts.items():
        before, mark, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- end of {name} -->\n")
        if not mark or not end:
            raise RuntimeError(f"{PAGE} has no place for {name!r}")
        text = "".join((before, mark, "\n".join(lines), "\n", end, after))
    PAGE.write_text(text, encoding="utf-8")


def measured_on() -> str:
    """When, on what, and with which versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("fastapi", "uvicorn", "sqlalchemy", "datasette"))
    return (
        f"Measured on {date.today():%d %B %Y}: {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}; "  # noqa: DTZ011
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}."
    )
