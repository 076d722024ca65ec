"""The command that writes out what is in the database."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from sqlalchemy import Connection

from app.cli.terminal import app, bar, err, fail, opened, pairs
from app.domain.policy import DEFAULT_POLICY
from app.export import files, parquet, write
from app.export.unreadable import unreadable
from app.export.write import Format
from app.storage import policies

NOUNS = "claims, entities, events, articles, sources, measures or figures; without one, everything"


@app.command()
def export(
    noun: Annotated[str | None, typer.Argument(help=NOUNS)] = None,
    filters: Annotated[list[str] | None, typer.Argument(help="Filters as the API takes them: entity=Lubinets")] = None,
    *,
    as_format: Annotated[
        Format | None, typer.Option("--format", help="Without a noun bundles, with one ndjson, unless told")
    ] = None,
    to: Annotated[Path | None, typer.Option(metavar="FOLDER", help="A folder to make, in place of the output")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an export that is there already")] = False,
) -> None:
    """Write out everything, as bundles that load into an empty database or as tables; or the records of a noun."""
    given = pairs(filters or [], "a filter")
    chosen = as_format or (Format.NDJSON if noun else Format.BUNDLES)
    _must_fit(noun, chosen, to)
    try:
        with opened() as database, database.read() as connection:
            _note_left_out(connection, chosen)
            with _progress(connection, noun, chosen, shown=to is not None) as done:
                if to is None:
                    sys.stdout.buffer.writelines(write.lines(connection, noun, given, chosen, done))
                else:
                    with files.placed(to, force=force) as folder:
                        write.write(connection, folder, noun, given, chosen, done)
        sys.stdout.flush()
    except (files.InTheWay, parquet.MissingLibrary) as problem:
        fail(problem)


def _must_fit(noun: str | None, chosen: Format, to: Path | None) -> None:
    if noun and chosen is Format.BUNDLES:
        fail("bundles hold everything: leave the noun out, or choose csv, ndjson or parquet")
    if to is None and chosen is Format.PARQUET:
        fail("Parquet is no text to print: name a folder with --to")
    if to is None and noun is None and chosen is not Format.BUNDLES:
        fail(f"everything as {chosen} is a file for each noun: name a folder with --to, or a noun")


@contextmanager
def _progress(
    connection: Connection, noun: str | None, chosen: Format, *, shown: bool
) -> Iterator[Callable[[], object]]:
    """Shows how far it is, where nothing else is printed on that terminal."""
    progress = bar()
    progress.disable = not (err.is_terminal and (shown or not sys.stdout.isatty()))
    with progress:
        total = None if progress.disable else write.size(connection, noun, chosen)
        yield partial(progress.advance, progress.add_task("Writing", total=total))


def _note_left_out(connection: Connection, chosen: Format) -> None:
    """Tell what bundles do not carry: the policy, and claims that nothing can be made of any more."""
    if chosen is not Format.BUNDLES:
        return
    policy = policies.in_force(connection)
    if policy != DEFAULT_POLICY:
        err.print(f"The policy {policy.label} is not part of it: `recompute` in the copy, before or after loading.")
    for claim, problem in unreadable(connection).items():
        err.print(escape(f"The withdrawn claim {claim} is left out, as it would not load again: {problem}."))
