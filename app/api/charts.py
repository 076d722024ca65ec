"""Series as responses: a page as JSON, or all rows as CSV."""

from collections.abc import Iterator
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import known, paged, query_of
from app.api.deps import database_of, read
from app.api.formats import VARIES, as_csv
from app.search import series
from app.search.collections import SERIES
from app.search.query import Query
from app.search.series import COLUMNS, NUMBERS, Row, Rows
from app.storage.engine import Database


async def charted(request: Request, figure: str, *, as_table: bool) -> Response:
    """The series of a figure that the request asks for."""
    query = query_of(request, SERIES, figure)
    if not as_table:
        answer = paged(request, known(await read(request, series.page, figure, query), "figure", figure))
        answer.headers.update(VARIES)
        return answer
    query = query if query.limited else replace(query, limit=SERIES.max_limit)
    first: Rows = known(await read(request, series.rows, figure, query), "figure", figure)
    return as_csv(COLUMNS, NUMBERS, _all_rows(database_of(request), figure, query, first), f"{figure}-series")


def _all_rows(database: Database, figure: str, query: Query, first: Rows) -> Iterator[Row]:
    """The rows, read a page at a time: a reader who is slow to take them keeps no connection meanwhile."""
    yield from first.rows
    following = None if query.limited else first.next
    while following is not None:
        with database.read() as connection:
            found = series.rows(connection, figure, query.continued(following))
        yield from found.rows if found else ()
        following = found.next if found else None
