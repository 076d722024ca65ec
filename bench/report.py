"""The table: what was measured of each request, printed and written into `docs/benchmarks.md`."""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median

from bench.asking import Request
from bench.driving import Measured
from bench.filling import Filled

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

    def cells(self) -> tuple[str, ...]:
        """As the table has it."""
        goal = "" if self.request.goal is None else f"{self.request.goal:.0%}"
        if not self.served:
            return (self.request.name, "not served", "", "", "", goal, *[""] * 6)
        p50, p99 = (median(one.quantile(share) for one in self.measured["ours"]) for share in (0.5, 0.99))
        ratios = (f"{share:.1f}" if share else "" for share in map(self.share, ("datasette", "hand")))
        numbers = (f"{self.rate('ours'):,.0f}", f"{p50:.1f}", f"{p99:.1f}", f"{self.share('empty'):.0%}")
        costs = (f"{median(one.cost for one in self.measured['ours']):,.0f}", f"{self.saved('empty'):.0%}")
        times = "" if self.saved("datasette") is None else f"{self.saved('datasette'):.1f}"
        return (self.request.name, *numbers, goal, *ratios, *costs, times, f"{self.memory:.0f}")


def printed(base: Filled, lines: list[Line]) -> str:
    """The table for a terminal, which is also one for Markdown."""
    rows = [COLUMNS, *(line.cells() for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    made = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    made.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join([*loaded(base), "", *made])


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
