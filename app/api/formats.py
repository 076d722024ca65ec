"""Tables as CSV: RFC 4180, safe to open in a spreadsheet, sent as they are read."""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from io import StringIO

from starlette.requests import Request
from starlette.responses import StreamingResponse

CSV = "text/csv"
JSON = "application/json"
VARIES = {"vary": "Accept"}
"""The header of what has a format by `Accept`."""

_FORMULAS = tuple("=+-@\t\r＝＋－＠")
"""What a spreadsheet takes a cell that begins so for: a formula, also in letters of full width."""


def prefers_csv(request: Request) -> bool:
    """Whether the request would rather have CSV than JSON. It has to name it: browsers accept anything."""
    wanted = dict(map(_weighed, request.headers.get("accept", "").split(",")))
    json = max(wanted.get(name, 0.0) for name in (JSON, "application/*", "*/*"))
    return wanted.get(CSV, 0.0) > 0 and wanted[CSV] >= json


def _weighed(accepted: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in accepted.split(";"))
    weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
    try:
        return name, float(weight)
    except ValueError:
        return name, 0.0


def as_csv(
    columns: Sequence[str], numbers: Collection[str], rows: Iterable[Mapping[str, str | None]], name: str
) -> StreamingResponse:
    """A header and those rows, to be kept as a file of that name. The columns of `numbers` hold decimal texts."""
    media_type = f"{CSV}; charset=utf-8; header=present"
    headers = {**VARIES, "content-disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(_lines(columns, numbers, rows), headers=headers, media_type=media_type)


def _lines(columns: Sequence[str], numbers: Collection[str], rows: Iterable[Mapping[str, str | None]]) -> Iterator[str]:
    yield _line(columns)
    for row in rows:
        yield _line([_cell(row[column], number=column in numbers) for column in columns])


def _line(cells: Sequence[str]) -> str:
    written = StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _cell(text: str | None, *, number: bool) -> str:
    """Nothing for what there is not. An apostrophe, as spreadsheets have it, keeps a text that looks like a formula."""
    if text is None:
        return ""
    return f"'{text}" if not number and text.startswith(_FORMULAS) else text
