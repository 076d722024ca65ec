"""Figures: all that is known of one frame."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import found, listed, paged, query_of
from app.api.charts import charted
from app.api.deps import read
from app.api.describe import lists, shows
from app.api.formats import prefers_csv
from app.problems import NotFound
from app.search import by_date
from app.search.collections import ALONE_THEN, FIGURES, SERIES
from app.search.nouns import FIGURE_NOUN

router = APIRouter(prefix="/figures", tags=["figures"])


@router.get("", **lists(FIGURES, "FigurePage"))
async def list_figures(request: Request) -> Response:
    """Figures, conflicts first, each by how far its numbers are apart; with `as_of`, as they stood by a date."""
    query = query_of(request, FIGURES)
    if by_date.asks(query):
        return paged(request, await read(request, by_date.page, query))
    return await listed(request, FIGURES)


@router.get("/{id}", **shows("Figure", ALONE_THEN))
async def get_figure(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """One figure, by id."""
    return await found(request, FIGURE_NOUN, id, ALONE_THEN)


@router.get("/{id}/series", **lists(SERIES, "Series", NotFound, table=True))
async def get_figure_series(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """A figure's claims as flat rows for a chart, by date; as CSV, all of them, where `Accept` asks for it."""
    return await charted(request, id, as_table=prefers_csv(request))


@router.get("/{id}/series.csv", **lists(SERIES, "", NotFound, table=True))
async def get_figure_series_table(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """A figure's claims as CSV: one row each, by date, all of them unless there is a `limit`."""
    return await charted(request, id, as_table=True)
