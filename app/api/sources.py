"""Sources: the outlets that publish."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import found, listed
from app.api.describe import lists, shows
from app.search.collections import SOURCES
from app.search.nouns import SOURCE_NOUN

router = APIRouter(prefix="/sources", tags=["sources"])


@router.get("", **lists(SOURCES, "SourcePage"))
async def list_sources(request: Request) -> Response:
    """Sources, by name."""
    return await listed(request, SOURCES)


@router.get("/{id}", **shows("Source"))
async def get_source(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """One source, by id or key."""
    return await found(request, SOURCE_NOUN, id)
