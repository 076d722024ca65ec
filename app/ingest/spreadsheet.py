"""Spreadsheets of claims, one a row, with named columns: CSV and XLSX, as rows of text."""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Any

from app.ingest.errors import BundleError

SUFFIXES = {".csv", ".xlsx"}
MAX_ROWS = 20_000
MAX_UNPACKED = 512 * 1024 * 1024
"""An XLSX file is an archive: what it unpacks to is bounded too, in bytes."""

COLUMNS: dict[str, tuple[str, str]] = {
    "source": ("The outlet that published: its name or key. Needed", "The Harbour Daily"),
    "source_kind": ("newspaper, agency, broadcaster, website, channel or other", "newspaper"),
    "title": ("The article's headline. Needed", "Queue outside the harbour grows"),
    "url": ("The article's address; rows of one address are of one article", "https://example.org/queue"),
    "archive_url": ("Where a copy of it is kept", ""),
    "published": ("When it was published, in EDTF: 2025-03-04. Needed", "2025-03-04"),
    "published_why": ("How that date was worked out, where the article does not show it", ""),
    "language": ("The article's language: en unless told", ""),
    "note": ("What the article itself does not say of itself", ""),
    "claim": ("A key for the claim, unique within its article; made from what it counts unless told", ""),
    "kind": ("flow, cumulative, stock or statement. Needed", "stock"),
    "statement": ("What is claimed, in our own words. Needed", "Ships wait outside the harbour."),
    "text": ("The number as printed, hedge and all", "more than 100 ships"),
    "qualifier": ("Overrides what the text says: exact, about, at_least …", ""),
    "number": ("Overrides the number of the text", ""),
    "low": ("Overrides the lowest number that the text admits", ""),
    "high": ("Overrides the highest number that the text admits", ""),
    "partial": ("yes for a count so far: at least", ""),
    "measure": ("The key of what is counted. Needed for a number", "ships-waiting"),
    "measure_label": ("What is counted, in the plural, where the measure is new", "ships waiting"),
    "unit": ("What one is, where the measure is new: person, square_kilometre, EUR", "ship"),
    "event": ("The key of the event", "harbour-strike"),
    "event_title": ("The event's title, where it is new", "Strike in the harbour"),
    "event_date": ("Its date in EDTF, where it is new", "2025-03-01/.."),
    "event_part_of": ("The key of the event that it is part of", ""),
    "dimensions": ("What narrows the count: name=value; name=value. Entities by key", ""),
    "window": ("Of a flow start and end, of a running total its start; the event's date unless told", ""),
    "as_of": ("The date at which the number held; the publication date unless told", ""),
    "as_of_why": ("How that date was worked out, where the article does not say it", ""),
    "scope": ("unknown where the article does not say what is counted", ""),
    "speaker": ("Whom the article credits, by name or key", "Ann Arbor"),
    "speaker_kind": ("person (unless told), organization, place, unit or other", ""),
    "unnamed_speaker": ("Someone unnamed, as to be printed: a port official", ""),
    "speaker_of": ("The body that the unnamed speaker belongs to, by name or key", ""),
    "via": ("Outlets and bodies that relayed it to the article, by name or key, with ; between", ""),
    "via_medium": ("A relay to be described: a Telegram post", ""),
    "origin": ("What the number goes back to, where speaker and relays do not say it", ""),
    "origin_why": ("How that was worked out", ""),
    "locator": ("Where in the article: paragraph 4", ""),
}
"""Every column: what it holds, and an example."""

NEEDED = ("source", "title", "published", "kind", "statement")
"""The columns without which a row is no claim."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number in the sheet, from 1, and its cells that are not empty, by column."""

    number: int
    cells: dict[str, str]

    def place(self, column: str | None = None) -> str:
        """Where it is, for a reader."""
        return f"row {self.number}" + (f", column {column}" if column else "")


def read_rows(path: Path) -> list[Row]:
    """The rows of the first sheet of a file below its line of column names. Raises BundleError."""
    lines = _csv(path) if path.suffix == ".csv" else _xlsx(path)
    filled = ((number, cells) for number, cells in lines if any(cells))
    _, names = next(filled, (0, []))
    columns = _columns(names, path)
    rows = [Row(number, _cells(columns, cells, number, path)) for number, cells in filled]
    if not rows:
        raise BundleError("there is no row below the column names", origin=str(path))
    if len(rows) > MAX_ROWS:
        raise BundleError(f"{len(rows)} rows; a sheet has at most {MAX_ROWS}: split it", origin=str(path))
    return rows


def _columns(names: Sequence[str], path: Path) -> list[str]:
    columns = ["_".join(name.lower().replace("-", " ").replace("_", " ").split()) for name in names]
    for place, column in enumerate(columns):
        cell = f"row 1, column {names[place] or place + 1}"
        if column and column not in COLUMNS:
            near = get_close_matches(column, COLUMNS, n=3)
            hint = f"near it: {', '.join(near)}" if near else f"the columns are {', '.join(COLUMNS)}"
            raise BundleError(f"unknown column; {hint}", origin=str(path), line=cell)
        if column and column in columns[:place]:
            raise BundleError("the column stands twice", origin=str(path), line=cell)
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        problem = f"without the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}, which a claim needs"
        raise BundleError(problem, origin=str(path), line="row 1")
    return columns


def _cells(columns: Sequence[str], cells: Sequence[str], number: int, path: Path) -> dict[str, str]:
    if any(cell for cell, column in zip(cells, columns, strict=False) if not column) or any(cells[len(columns) :]):
        raise BundleError("a cell stands in a column without a name", origin=str(path), line=f"row {number}")
    return {column: cell for column, cell in zip(columns, cells, strict=False) if cell}


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        problem = f"not UTF-8 text (byte {wrong.start}): save it as CSV UTF-8"
        raise BundleError(problem, origin=str(path)) from None
    first = text.partition("\n")[0]
    # Spreadsheets of many countries write semicolons, because their decimals have commas.
    delimiter = max(",;\t", key=first.count)
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            yield number, [cell.strip() for cell in cells]
    except csv.Error as wrong:
        raise BundleError(f"not CSV: {wrong}", origin=str(path)) from None


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    # Late, because only this needs it.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise BundleError(f"it unpacks to more than {MAX_UNPACKED} bytes", origin=str(path))
        with CalamineWorkbook.from_path(path) as workbook:
            rows: Iterable[list[Any]] = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile) as wrong:
        raise BundleError(f"not a workbook that can be read: {wrong}", origin=str(path)) from None
    for number, cells in enumerate(rows, 1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: str | float | bool | date | time | datetime | timedelta) -> str:  # noqa: FBT001 - what a cell may hold
    """A cell as a reader sees it: whole numbers without a point, days without a time."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell).strip()
