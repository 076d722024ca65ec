"""The same reads on Postgres, beside the empty handler and queries prepared by hand."""

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import psycopg

from bench import asking, serving
from bench.driving import Ask
from bench.filling import lines_of
from bench.report import Line
from tests.postgres import PostgresUnavailableError, libpq_url, running_server

NAME = "bench"


def measured(size: str, given: argparse.Namespace) -> list[Line]:
    """The requests on a database that is filled anew; none where there is no server to be started."""
    from bench.__main__ import measure  # noqa: PLC0415 - that module calls this one

    try:
        with running_server() as server, ExitStack() as stack:
            with psycopg.connect(libpq_url(server), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {NAME}".encode())
                connection.execute(f"CREATE DATABASE {NAME}".encode())
            at = server.set(database=NAME)
            url = at.render_as_string(hide_password=False)
            fill(url, lines_of(size))
            with psycopg.connect(libpq_url(at), autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")
            servers = _started(stack, url, libpq_url(at))
            port = servers["ours"].port
            lines = [
                Line(one, asking.is_served(port, one)) for one in asking.requests(port, "") if given.only in one.name
            ]
            for _ in range(given.rounds):
                for line in lines:
                    if line.served:
                        measure(line, servers, given.seconds)
            return lines
    except PostgresUnavailableError as error:
        print(error)
        return []


def fill(url: str, lines: Path) -> None:
    """Load the stories."""
    counterclaim = str(Path(sys.executable).parent / "counterclaim")
    for arguments in (["migrate"], ["load", str(lines)]):
        with tempfile.TemporaryFile() as said:
            subprocess.run(
                [counterclaim, *arguments],
                env={**os.environ, "COUNTERCLAIM_DATABASE_URL": url},
                check=True,
                stdout=said,
            )


def _started(stack: ExitStack, url: str, address: str) -> dict[str, serving.Server]:
    ports = [serving.free_port(), serving.free_port()]
    hand, environment = serving.by_hand(address, ports[0])
    ours, settings = serving.ours(url, ports[1])
    return {
        "hand": stack.enter_context(serving.serving("hand", hand, ports[0], Ask("/empty"), **environment)),
        "ours": stack.enter_context(serving.serving("ours", ours, ports[1], Ask("/claims?limit=1"), **settings)),
    }
