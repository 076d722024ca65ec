"""Lists of any length, sent as they are read, in the memory of one page."""

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.api.deps import database_of
from app.api.formats import Format
from app.search.page import Page
from app.search.query import Query
from app.search.then import fixed

AT_ONCE = 250
"""How many rows are read at a time."""
BODILESS = "counterclaim.bodiless"
"""The member of a scope that says that nobody will see the body."""

ReadPage = Callable[[Connection, Query], Page | None]


def streamed(
    request: Request, form: Format, name: str, following: Iterator[Page], headers: Mapping[str, str]
) -> Response:
    """All pages in the format."""
    body = iter(()) if request.scope.get(BODILESS) else _written(form, name, following)
    return StreamingResponse(body, headers=headers, media_type=form.content_type)


def _written(form: Format, name: str, pages: Iterator[Page]) -> Iterator[bytes]:
    assert form.head is not None
    assert form.rows is not None
    if head := form.head(name):
        yield head
    for page in pages:
        if rows := form.rows(name, page.items):
            yield rows


def pages(
    request: Request, read_page: ReadPage, query: Query, first: Page, version: int | None = None
) -> Iterator[Page]:
    """The page and, unless the request limits them, all after it; of claims, as they stood at the version of the first.

    Each is read in a snapshot of its own: who is slow to take them keeps no connection meanwhile. Where history does
    not tell what stood then, what is not changed while it is read is there exactly once.
    """
    yield first
    database, following = database_of(request), None if query.limited else first.next
    while following is not None:
        with database.read() as connection:
            query = query.continued(following)
            query = query if version is None else fixed(connection, query, version)
            page = read_page(connection, query)
        if page is None:
            return
        yield page
        following = page.next
