"""What a list of any length takes to send: time, and the memory of the server.

`python -m bench.streams 1000000` makes a SQLite database with that many claims, by copying rows, serves it in a process
of its own, and takes each list whole; `python -m bench.streams sqlite:///var/bench/1m.db` takes those of one that is
there. `peak` is the most memory that the process ever had (VmHWM), `more` what that is beyond what it had before;
`beside` is the longest that `/livez` took meanwhile. Linux only.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.factories import opened
from tests.generated import generated
from tests.many import multiply

WHOLE = ("/claims.csv", "/claims.ndjson")
LISTS = (*WHOLE, "/claims.csv?entity=Petrenko&sort=value")
MEBIBYTE = 1024


def main(claims: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/many.db"
        generated(url)
        with opened(url) as database:
            print(f"{multiply(database, claims)} claims")
        taken(url, LISTS)


def taken(url: str, targets: Iterable[str]) -> None:
    """Print what each of the lists took."""
    for target in targets:
        with serving(url) as (address, process):
            print(measured(address, process, target), flush=True)


def measured(address: str, process: int, target: str) -> str:
    """A line of what taking that list whole came to."""
    httpx.get(f"{address}/claims?limit=1000")
    before, began, lines, size = peak(process), time.perf_counter(), 0, 0
    with beside(address) as waits, httpx.stream("GET", address + target, timeout=60) as answer:
        for part in answer.iter_raw():
            lines += part.count(b"\n")
            size += len(part)
    took = time.perf_counter() - began
    most = peak(process)
    return (
        f"{target}: {lines} lines, {size >> 20} MiB in {took:.1f} s; peak {most} MiB, more {most - before} MiB; "
        f"beside {max(waits) * 1000:.0f} ms"
    )


@contextmanager
def beside(address: str) -> Iterator[list[float]]:
    """How long other requests take meanwhile, in seconds."""
    waits, ended = [0.0], threading.Event()

    def ask() -> None:
        with httpx.Client() as client:
            while not ended.wait(0.05):
                began = time.perf_counter()
                client.get(f"{address}/livez", timeout=60)
                waits.append(time.perf_counter() - began)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield waits
    finally:
        ended.set()
        asking.join()


def peak(process: int) -> int:
    """The most memory that a process had so far, in MiB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // MEBIBYTE


@contextmanager
def serving(url: str) -> Iterator[tuple[str, int]]:
    """A server on the database: its address and process."""
    port = 18431
    settings = {"COUNTERCLAIM_DATABASE_URL": url, "COUNTERCLAIM_PORT": str(port), "COUNTERCLAIM_LOG_LEVEL": "warning"}
    command = [str(Path(sys.executable).parent / "counterclaim"), "serve"]
    with subprocess.Popen(command, env=os.environ | settings, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            while not lives(address):
                time.sleep(0.1)
            yield address, process.pid
        finally:
            process.terminate()


def lives(address: str) -> bool:
    try:
        return httpx.get(f"{address}/livez").status_code == 200
    except httpx.TransportError:
        return False


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else "1000000"
    if wanted.isdecimal():
        main(int(wanted))
    else:
        taken(wanted, WHOLE)
