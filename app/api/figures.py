"""Figures: all that is known of one frame."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import found, listed
from app.api.describe import lists, shows
from app.search.collections import FIGURES
from app.search.nouns import FIGURE_NOUN

router = APIRouter(prefix="/figures", tags=["figures"])


@router.get("", **lists(FIGURES, "FigurePage"))
async def list_figures(request: Request) -> Response:
    """Figures, conflicts first, each by how far its numbers are apart."""
    return await listed(request, FIGURES)


@router.get("/{id}", **shows("Figure"))
async def get_figure(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """One figure, by id."""
    return await found(request, FIGURE_NOUN, id)
