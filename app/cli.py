"""The command line. Each command calls what the API calls."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Literal, NoReturn

import orjson
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlalchemy.exc import DBAPIError

from app.domain.reading import UnreadableNumber
from app.ingest.errors import BundleError
from app.problems import NotReady, Problem
from app.settings import Settings
from app.storage.dialect import is_unavailable
from app.storage.engine import Database, migrate, revisions

app = typer.Typer(
    name="counterclaim", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__
)
out = Console(emoji=False, highlight=False)
err = Console(stderr=True, emoji=False, highlight=False)


def main() -> None:
    """Run the command line. What an operator can set right is told in a line, with exit code 1."""
    try:
        app()
    except ValidationError as error:
        _fail("; ".join(f"COUNTERCLAIM_{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()))
    except (BundleError, OSError, Problem, UnreadableNumber) as error:
        _fail(error)
    except DBAPIError as error:
        if not is_unavailable(error):
            raise
        _fail(f"the database cannot be reached: {error.orig}")


def _fail(problem: object) -> NoReturn:
    _complain(problem)
    sys.exit(1)


def _complain(problem: object) -> None:
    err.print(f"[red]error:[/red] {escape(str(problem))}", soft_wrap=True)


@contextmanager
def _database() -> Iterator[Database]:
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


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err
    )


@app.command("migrate")
def migrate_() -> None:
    """Bring the database to the newest revision."""
    migrate(Settings().database_url)


@app.command()
def serve() -> None:
    """Serve the API at the configured host and port."""
    import uvicorn  # noqa: PLC0415 - other commands start faster without a server

    from app.api.protocol import Protocol  # noqa: PLC0415
    from app.main import create_app  # noqa: PLC0415

    settings = Settings()
    uvicorn.run(
        create_app(settings),
        http=Protocol,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        timeout_graceful_shutdown=8,
        server_header=False,
    )


@app.command()
def load(
    paths: Annotated[list[str], typer.Argument(help="Bundle files, folders of them, or - for JSON Lines on stdin")],
    *,
    keep_going: Annotated[bool, typer.Option(help="Go on after a bundle that fails, and report them all")] = False,
) -> None:
    """Load bundles: each whole or not at all. Loading again changes nothing."""
    from app.ingest.reader import find_files  # noqa: PLC0415
    from app.ingest.stream import load_paths  # noqa: PLC0415

    failed = False
    table = Table("bundle", "new", "changed", "unchanged", "withdrawn", "in conflict")
    files = find_files(paths)
    with _database() as database, _progress() as progress:
        task = progress.add_task("Loading", total=len(files))
        for item in load_paths(database, files, now=_now, keep_going=keep_going, done=lambda: progress.advance(task)):
            if isinstance(item, BundleError):
                failed = True
                _complain(item)
                continue
            table.add_row(
                item.bundle, *map(str, (item.new, item.changed, item.unchanged, item.withdrawn, item.conflicts))
            )
            for claim in item.pinned:
                err.print(f"kept as corrected by hand: {claim}")
    if table.row_count:
        out.print(table)
    raise typer.Exit(1 if failed else 0)


@app.command()
def check() -> None:
    """Prove that every record is as rendered afresh and every flag as compared afresh; exit 1 where one is not."""
    from app.ingest.check import problems, size  # noqa: PLC0415

    found = 0
    with _database() as database, database.read() as connection, _progress() as progress:
        task = progress.add_task("Checking", total=size(connection))
        for problem in problems(connection, done=lambda count: progress.advance(task, count)):
            found += 1
            err.print(escape(problem), soft_wrap=True)
    out.print("Nothing found." if not found else f"{found} found.")
    raise typer.Exit(1 if found else 0)


@app.command()
def compare(
    a: Annotated[str, typer.Argument(help='A printed number: "more than 100"')],
    b: Annotated[str, typer.Argument(help='Another: "about 2,000"')],
    kind: Annotated[Literal["flow", "cumulative", "stock"], typer.Option(help="What both numbers are")] = "flow",
) -> None:
    """Tell what two printed numbers are to each other, as two origins' for the same thing on the same day."""
    from app.domain.compare import compare_texts  # noqa: PLC0415

    out.print_json(orjson.dumps(compare_texts(a, b, kind=kind)).decode())


@app.command()
def schema() -> None:
    """Print the JSON Schema of a bundle."""
    from app.ingest.bundle import Bundle  # noqa: PLC0415

    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Bundle.model_json_schema()}
    sys.stdout.write(orjson.dumps(made, option=orjson.OPT_INDENT_2).decode() + "\n")


@app.command()
def export(
    noun: Annotated[str, typer.Argument(help="claims, entities, events, articles, sources, measures or figures")],
    filters: Annotated[list[str] | None, typer.Argument(help="Filters as the API takes them: entity=Lubinets")] = None,
) -> None:
    """Print the records of a noun, one JSON object a line."""
    from app.search.find import records  # noqa: PLC0415

    given = _pairs(filters or [])
    with _database() as database, database.read() as connection:
        for record in records(connection, noun, given):
            sys.stdout.write(record + "\n")


def _pairs(filters: list[str]) -> dict[str, str]:
    pairs = dict(pair.split("=", 1) for pair in filters if "=" in pair)
    if len(pairs) < len(filters):
        raise typer.BadParameter("a filter is a name and a value, each name once: entity=Lubinets")
    return pairs
