"""The commands that set up, fill, check and read the database."""

import gc
import sys
from time import monotonic
from typing import Annotated, Literal

import orjson
import typer
from rich.markup import escape

from app.cli.terminal import app, bar, complain, err, now, opened, out
from app.ingest.errors import BundleError
from app.settings import Settings
from app.storage.engine import migrate


@app.command("migrate")
def migrate_() -> None:
    """Bring the database to the newest revision."""
    migrate(Settings().database_url)


_QUIET = ("warning", "error")


@app.command()
def serve() -> None:
    """Serve the API at the configured host and port."""
    import uvicorn  # noqa: PLC0415 - other commands start faster without a server

    from app.api.protocol import Protocol  # noqa: PLC0415

    settings = Settings()
    uvicorn.run(
        "app.main:configured",  # by name, so that each worker makes its own
        factory=True,
        workers=settings.workers,
        http=Protocol,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        access_log=settings.log_level not in _QUIET,  # it is written out for each request before it is dropped
        timeout_graceful_shutdown=8,
        server_header=False,
    )


@app.command()
def load(
    paths: Annotated[
        list[str], typer.Argument(help="Bundle files, folders of them, spreadsheets, or - for JSON Lines on stdin")
    ],
    *,
    keep_going: Annotated[bool, typer.Option(help="Go on after a bundle that fails, and report them all")] = False,
) -> None:
    """Load bundles: each whole or not at all. Loading again changes nothing."""
    from app.cli.loading import Summary  # noqa: PLC0415
    from app.ingest.reader import find_files  # noqa: PLC0415
    from app.ingest.stream import load_paths  # noqa: PLC0415

    # Nearly all that a load makes lives until its transaction ends: to look for garbage all the while takes a tenth of
    # its time.
    gc.set_threshold(50_000, 20, 100)
    failed, summary = False, Summary()
    files = find_files(paths)
    with opened() as database, bar() as progress:
        task = progress.add_task("Loading", total=len(files))
        for item in load_paths(database, files, now=now, keep_going=keep_going, done=lambda: progress.advance(task)):
            if isinstance(item, BundleError):
                failed = True
                complain(item)
                continue
            summary.note(item)
            for claim in item.pinned:
                err.print(f"kept as corrected by hand: {claim}")
    if summary.table.row_count:
        out.print(summary.finished())
    raise typer.Exit(1 if failed else 0)


@app.command()
def check() -> None:
    """Prove that every record is as rendered afresh and every flag as compared afresh; exit 1 where one is not."""
    from app.ingest.check import n_claims, problems, size  # noqa: PLC0415

    found, began = 0, monotonic()
    with opened() as database, database.read() as connection, bar() as progress:
        claims = n_claims(connection)
        task = progress.add_task("Checking", total=size(connection))
        for problem in problems(connection, done=lambda count: progress.advance(task, count)):
            found += 1
            err.print(escape(problem), soft_wrap=True)
    seconds = monotonic() - began
    err.print(f"{claims:,} claims in {seconds:,.1f} s: {claims / seconds:,.0f} a second")
    out.print("Nothing found." if not found else f"{found} found.")
    raise typer.Exit(1 if found else 0)


@app.command()
def compare(
    a: Annotated[str, typer.Argument(help='A printed number: "more than 100"')],
    b: Annotated[str, typer.Argument(help='Another: "about 2,000"')],
    kind: Annotated[Literal["flow", "cumulative", "stock"], typer.Option(help="What both numbers are")] = "flow",
) -> None:
    """Tell what two printed numbers are to each other, as two origins' for the same thing on the same day.

    Needs no database, so it goes by the built-in policy.
    """
    from app.domain.compare import compare_texts  # noqa: PLC0415

    out.print_json(orjson.dumps(compare_texts(a, b, kind=kind)).decode())


@app.command()
def schema() -> None:
    """Print the JSON Schema of a bundle."""
    from app.ingest.bundle import Bundle  # noqa: PLC0415

    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Bundle.model_json_schema()}
    sys.stdout.write(orjson.dumps(made, option=orjson.OPT_INDENT_2).decode() + "\n")


@app.command()
def new_bundle(
    key: Annotated[str, typer.Argument(help="The bundle's key: small letters, digits and hyphens")] = "new-bundle",
    *,
    spreadsheet: Annotated[bool, typer.Option(help="The columns of a spreadsheet of claims instead, as CSV")] = False,
) -> None:
    """Print a commented bundle to begin with; it loads as it is."""
    from app.ingest.template import bundle_template, spreadsheet_template  # noqa: PLC0415

    sys.stdout.write(spreadsheet_template() if spreadsheet else bundle_template(key))
