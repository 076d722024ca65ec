"""What every command shares: the terminal, the database, and how errors are told."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy.exc import DBAPIError

from app.domain.reading import UnreadableNumber
from app.ingest.errors import BundleError
from app.problems import NotReady, Problem
from app.settings import Settings
from app.storage.dialect import is_full, is_unavailable
from app.storage.engine import Database, revisions

app = typer.Typer(
    name="counterclaim",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The command line. Each command calls what the API calls.",
)
out = Console(emoji=False, highlight=False)
err = Console(stderr=True, emoji=False, highlight=False)

EXAMPLES = {"a filter": "entity=Lubinets", "a field": "text='about 120'", "a width": "about_width=0.2"}


def main() -> None:
    """Run the command line. What an operator can set right is told in a line, with exit code 1."""
    try:
        app()
    except ValidationError as error:
        fail("; ".join(f"COUNTERCLAIM_{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()))
    except (BundleError, OSError, Problem, UnreadableNumber) as error:
        fail(error)
    except DBAPIError as error:
        if is_full(error):
            fail("the disk of the database is full")
        if not is_unavailable(error):
            raise
        fail(f"the database cannot be reached: {error.orig}")


def fail(problem: object) -> NoReturn:
    """Say what is wrong and end with exit code 1."""
    complain(problem)
    sys.exit(1)


def complain(problem: object) -> None:
    """Say what is wrong, in a line."""
    err.print(f"[red]error:[/red] {escape(str(problem))}", soft_wrap=True)


@contextmanager
def opened() -> Iterator[Database]:
    """The configured database, made sure to have the tables of this version."""
    database = Database(Settings().database_url, query_timeout_seconds=60)
    try:
        with database.read() as connection:
            present, newest = revisions(connection)
        if present != newest:
            raise NotReady(f"the tables are of revision {present}, not {newest}: run `counterclaim migrate`")
        yield database
    finally:
        database.close()


def now() -> str:
    """The time that a write carries."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def bar() -> Progress:
    """A progress bar beside the output."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err
    )


def pairs(arguments: list[str], what: str) -> dict[str, str]:
    """Arguments of the form name=value; `what` tells, with an example, what they are."""
    found = dict(pair.split("=", 1) for pair in arguments if "=" in pair)
    if len(found) < len(arguments):
        raise typer.BadParameter(f"{what} is a name and a value, each name once: {EXAMPLES[what]}")
    return found
