"""What requests and loads cost, beside what they could cost: `python -m bench 10k`.

A database of generated stories is filled by the real loader, once, and served by one worker. Each request is asked of
every server in turn, several times over, so that what else the machine does falls on all alike; the medians are shown.
Only the ratios travel from one machine to another.
"""

import argparse
from contextlib import ExitStack
from pathlib import Path

from bench import asking, serving
from bench.driving import Ask, drive
from bench.filling import Filled, filled
from bench.report import Line, printed
from bench.stories import SIZES


def main() -> None:
    """Fill, serve, ask, print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("size", nargs="?", default="10k", choices=SIZES)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="requests whose name has this in it")
    given = parser.parse_args()
    base = filled(given.size)
    lines = compared(base, given)
    print(printed(base, lines))


def compared(base: Filled, given: argparse.Namespace) -> list[Line]:
    """Every request, measured on every server that answers it."""
    with ExitStack() as stack:
        file = base.url.removeprefix("sqlite:///")
        servers = _started(stack, base.url, file)
        port = servers["ours"].port
        table = [one for one in asking.requests(port, Path(file).stem) if given.only in one.name]
        lines = [Line(one, asking.is_served(port, one)) for one in table]
        for _ in range(given.rounds):
            for line in lines:
                if line.served:
                    _measure(line, servers, given.seconds)
        for name, server in servers.items():
            print(f"{name}: first answer after {server.first_answer_seconds:.2f} s, {server.memory():.0f} MB")
    return lines


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


def _measure(line: Line, servers: dict[str, serving.Server], seconds: float) -> None:
    asked = line.request
    for name, asks in (
        ("empty", asking.EMPTY),
        ("ours", asked.asks),
        ("datasette", asked.datasette),
        ("hand", asked.by_hand),
    ):
        if asks:
            server = servers["hand" if name == "empty" else name]
            before = server.busy()
            measured = drive(server.port, asks, seconds, asked.status if name == "ours" else 200)
            measured.busy = server.busy() - before
            line.note(name, measured, server.memory())


if __name__ == "__main__":
    main()
