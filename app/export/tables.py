"""Records as the lines of a file: CSV (RFC 4180, safe to open in a spreadsheet) or NDJSON."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from app.search.columns import COLUMNS, Cell, Column, Type, parsed

_FORMULAS = tuple("=+-@\t\r＝＋－＠")
"""What a spreadsheet takes a cell that begins so for: a formula, also in letters of full width."""


def ndjson(_noun: str, records: Iterable[str]) -> Iterator[bytes]:
    """Each record as it is published, a line each."""
    return (f"{record}\n".encode() for record in records)


def as_csv(noun: str, records: Iterable[str]) -> Iterator[bytes]:
    """A line of the columns' names, then one for each record."""
    columns = COLUMNS[noun]
    yield _line([column.name for column in columns])
    for record in map(parsed, records):
        yield _line([_written(column.cell(record), column) for column in columns])


def _line(cells: list[str]) -> bytes:
    written = StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue().encode()


def _written(cell: Cell, column: Column) -> str:
    """Nothing for what there is not. An apostrophe, as spreadsheets have it, keeps a text that looks like a formula."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = str(cell)
    return f"'{text}" if column.type is Type.TEXT and text.startswith(_FORMULAS) else text
