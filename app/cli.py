"""The command line. Each command calls what the API calls."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.ingest.errors import BundleError
from app.settings import Settings
from app.storage.engine import Database, migrate

app = typer.Typer(
    name="counterclaim", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__
)
out = Console()
err = Console(stderr=True)


def main() -> None:
    """Run the command line."""
    app()


def _database(settings: Settings) -> Database:
    return Database(settings.database_url, query_timeout_seconds=60)


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

    from app.main import create_app  # noqa: PLC0415

    settings = Settings()
    uvicorn.run(
        create_app(settings),
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
    keep_going: Annotated[bool, typer.Option(help="Report every failing line of a stream instead of stopping")] = False,
) -> None:
    """Load bundles: each whole or not at all. Loading again changes nothing."""
    from app.ingest.reader import find_files  # noqa: PLC0415
    from app.ingest.stream import load_paths  # noqa: PLC0415

    database = _database(Settings())
    failed = False
    table = Table("bundle", "new", "changed", "unchanged", "withdrawn", "in conflict")
    try:
        files = find_files(paths)
        with _progress() as progress:
            task = progress.add_task("Loading", total=len(files))
            for item in load_paths(database, files, now=_now, done=lambda: progress.advance(task)):
                if isinstance(item, BundleError):
                    failed = True
                    err.print(f"[red]error:[/red] {item}", highlight=False, soft_wrap=True)
                    if not keep_going:
                        break
                    continue
                counts = (item.new, item.changed, item.unchanged, item.withdrawn, item.conflicts)
                table.add_row(item.bundle, *map(str, counts))
                for claim in item.pinned:
                    err.print(f"kept as corrected by hand: {claim}", highlight=False)
    except BundleError as error:
        failed = True
        err.print(f"[red]error:[/red] {error}", highlight=False, soft_wrap=True)
    finally:
        database.close()
    if table.row_count:
        out.print(table)
    raise typer.Exit(1 if failed else 0)


@app.command()
def check() -> None:
    """Prove that every record is as rendered afresh and every flag as compared afresh; exit 1 where one is not."""
    from app.storage.check import problems, size  # noqa: PLC0415

    database = _database(Settings())
    found = 0
    with database.read() as connection, _progress() as progress:
        task = progress.add_task("Checking", total=size(connection))
        for problem in problems(connection, done=lambda count: progress.advance(task, count)):
            found += 1
            err.print(problem, highlight=False, soft_wrap=True)
    database.close()
    out.print("Nothing found." if not found else f"{found} found.")
    raise typer.Exit(1 if found else 0)


@app.command()
def compare(
    a: Annotated[str, typer.Argument(help='A printed number: "more than 100"')],
    b: Annotated[str, typer.Argument(help='Another: "about 2,000"')],
    kind: Annotated[str, typer.Option(help="flow, cumulative or stock")] = "flow",
) -> None:
    """Tell what two printed numbers are to each other, as two origins' for the same thing on the same day."""
    from app.domain.compare import compare_texts  # noqa: PLC0415
    from app.domain.reading import UnreadableNumber  # noqa: PLC0415

    try:
        out.print_json(orjson.dumps(compare_texts(a, b, kind=kind)).decode())
    except UnreadableNumber as error:
        err.print(f"[red]error:[/red] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None


@app.command()
def schema() -> None:
    """Print the JSON Schema of a bundle."""
    from app.ingest.bundle import Bundle  # noqa: PLC0415

    sys.stdout.write(orjson.dumps(Bundle.model_json_schema(), option=orjson.OPT_INDENT_2).decode() + "\n")


@app.command()
def export(
    noun: Annotated[str, typer.Argument(help="claims, entities, events, articles, sources, measures or figures")],
    filters: Annotated[list[str] | None, typer.Argument(help="Filters as the API takes them: entity=Lubinets")] = None,
) -> None:
    """Print the records of a noun, one JSON object a line."""
    from app.search.find import records  # noqa: PLC0415

    database = _database(Settings())
    with database.read() as connection:
        for record in records(connection, noun, dict(pair.split("=", 1) for pair in filters or [])):
            sys.stdout.write(record + "\n")
    database.close()
