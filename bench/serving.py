"""The servers that are measured: processes of one worker each, on ports of their own."""

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.driving import Ask, fetch

START_SECONDS = 120
PAGE, TICKS = resource.getpagesize(), os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and how long its first answer took."""

    name: str
    port: int
    process: int
    first_answer_seconds: float

    def memory(self) -> float:
        """What its process holds, in MB."""
        pages = int(Path(f"/proc/{self.process}/statm").read_text().split()[1])
        return pages * PAGE / 1e6

    def busy(self) -> float:
        """The seconds for which its process has used a processor."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def serving(name: str, command: Sequence[str], port: int, first: Ask, **more: str) -> Iterator[Server]:
    """The server that the command starts, once it has given its first answer."""
    began = time.perf_counter()
    with subprocess.Popen(command, env={**os.environ, **more}, stdout=subprocess.DEVNULL) as process:
        try:
            _await_answer(process, port, first)
            yield Server(name, port, process.pid, time.perf_counter() - began)
        finally:
            process.terminate()


def _await_answer(process: "subprocess.Popen[bytes]", port: int, first: Ask) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            fetch(port, first)
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise RuntimeError("the server gave no answer")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def ours(url: str, port: int) -> tuple[list[str], Mapping[str, str]]:
    """The service on that database, as an operator starts it: the command and its environment."""
    command = [str(Path(sys.executable).parent / "counterclaim"), "serve"]
    settings = {"PORT": str(port), "LOG_LEVEL": "warning", "QUERY_TIMEOUT_SECONDS": "60", "POOL_TIMEOUT_SECONDS": "60"}
    return command, {"COUNTERCLAIM_DATABASE_URL": url, **{f"COUNTERCLAIM_{name}": it for name, it in settings.items()}}


def environment_of(url: str) -> dict[str, str]:
    """That of a command on the database."""
    return {**os.environ, "COUNTERCLAIM_DATABASE_URL": url}


def by_hand(database: str, port: int) -> tuple[list[str], Mapping[str, str]]:
    """The yardstick on the same server program."""
    options = ["--port", str(port), "--no-access-log", "--log-level", "warning"]
    return [sys.executable, "-m", "uvicorn", "bench.yardstick:app", *options], {"DATABASE": database}


def datasette(file: str, port: int) -> tuple[list[str], Mapping[str, str]]:
    """Datasette on the same file, at its best: without a thread between it and SQLite."""
    settings = {"num_sql_threads": "0", "sql_time_limit_ms": "60000", "suggest_facets": "off", "default_cache_ttl": "0"}
    settings["max_returned_rows"] = "10000"
    options = [part for setting in settings.items() for part in ("--setting", *setting)]
    return [sys.executable, "-m", "datasette", "serve", "-i", file, "--port", str(port), *options], {}
