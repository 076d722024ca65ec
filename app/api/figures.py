"""Figures: all that is known of one frame."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import found, listed, query_of
from app.api.describe import lists, shows
from app.problems import NotFound
from app.search import by_date, series
from app.search.collections import ALONE_THEN, FIGURES, SERIES
from app.search.nouns import FIGURE_NOUN

router = APIRouter(prefix="/figures", tags=["figures"])


@router.get("", **lists(FIGURES, "FigurePage"))
async def list_figures(request: Request) -> Response:
    """Figures, conflicts first, each by how far its numbers are apart; with `as_of`, as they stood by a date."""
    by_a_date = by_date.asks(query_of(request, FIGURES))
    return await listed(request, FIGURES, by_date.page if by_a_date else None)


@router.get("/{id}", **shows("Figure", ALONE_THEN))
async def get_figure(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """One figure, by id."""
    return await found(request, FIGURE_NOUN, id, ALONE_THEN)


@router.get("/{id}/series", **lists(SERIES, "Series", NotFound))
async def get_figure_series(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """A figure's claims as flat rows for a chart, by date."""
    return await listed(request, SERIES, lambda connection, query: series.page(connection, id, query), id, "figure")
