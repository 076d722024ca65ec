"""What requests and loads cost, beside what they could cost: `python -m bench 10k 100k`.

A database of generated stories is filled by the real loader, once a size, and served by one worker. Each request is
asked of every server in turn, several times over, so that what else the machine does falls on all alike; the medians
are shown. Only the ratios travel from one machine to another.
"""

import argparse
from contextlib import ExitStack
from pathlib import Path

from bench import asking, growing, loading, postgres, report, serving
from bench.driving import Ask, drive
from bench.filling import Filled, filled
from bench.report import Line, Run
from bench.stories import SIZES


def main() -> None:
    """Fill, serve, ask, print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["10k"], metavar="SIZE", help=f"of {', '.join(SIZES)}")
    parser.add_argument("--seconds", type=float, default=1.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="requests whose name has this in it, and nothing else")
    parser.add_argument("--postgres", action="store_true", help="the reads of the smallest size on Postgres too")
    parser.add_argument("--write", action="store_true", help="put what was measured into docs/benchmarks.md")
    given = parser.parse_args()
    runs = []
    for size in given.sizes:
        base = filled(size)
        runs.append(measured(size, base, given))
        print("\n".join(runs[-1].printed()), flush=True)
    if len(runs) > 1 and not given.only:
        print("\n".join(growing.printed(runs)), flush=True)
    served = postgres.measured(given.sizes[0], given) if given.postgres else []
    print("\n".join(report.table(served)) if served else "", flush=True)
    if given.write:
        report.write(runs, served)


def measured(size: str, base: Filled, given: argparse.Namespace) -> Run:
    """Everything about one size."""
    lines, first, memory = compared(base, given)
    if given.only:
        return Run(size, base, lines, first, memory)
    return Run(
        *(size, base, lines, first, memory),
        article=loading.one_article(base),
        beside=loading.beside_others(base, given.seconds, given.rounds),
        workers=loading.two_workers(base, given.seconds, given.rounds),
    )


def compared(base: Filled, given: argparse.Namespace) -> tuple[list[Line], dict[str, float], dict[str, float]]:
    """Every request on every server that answers it; the seconds to each server's first answer, and its memory."""
    with ExitStack() as stack:
        file = base.url.removeprefix("sqlite:///")
        servers = _started(stack, base.url, file)
        port = servers["ours"].port
        table = [one for one in asking.requests(port, Path(file).stem) if given.only in one.name]
        lines = [Line(one, asking.is_served(port, one)) for one in table]
        for _ in range(given.rounds):
            for line in lines:
                if line.served:
                    measure(line, servers, given.seconds)
        first = {name: server.first_answer_seconds for name, server in servers.items()}
        return lines, first, {name: server.memory() for name, server in servers.items()}


def _started(stack: ExitStack, url: str, file: str) -> dict[str, serving.Server]:
    ports = {name: serving.free_port() for name in ("hand", "datasette", "ours")}
    commands = {
        "hand": (serving.by_hand(file, ports["hand"]), Ask("/empty")),
        "datasette": (serving.datasette(file, ports["datasette"]), Ask("/-/versions.json")),
        "ours": (serving.ours(url, ports["ours"]), Ask("/claims?limit=1")),
    }
    return {
        name: stack.enter_context(serving.serving(name, command, ports[name], first, **environment))
        for name, ((command, environment), first) in commands.items()
    }


def measure(line: Line, servers: dict[str, serving.Server], seconds: float) -> None:
    """One round of a request: the empty handler, ours, and whoever else is there and can answer it."""
    asked = line.request
    for name, asks in (
        ("empty", asking.EMPTY),
        ("ours", asked.asks),
        ("datasette", asked.datasette),
        ("hand", asked.by_hand),
    ):
        server = servers.get("hand" if name == "empty" else name)
        if asks and server:
            before = server.busy()
            found = drive(server.port, asks, seconds, asked.status if name == "ours" else 200)
            found.busy = server.busy() - before
            line.note(name, found, server.memory())


if __name__ == "__main__":
    main()
