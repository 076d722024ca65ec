"""Search over everything, and names as they are typed."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import listed
from app.api.describe import lists
from app.search import everything, suggest
from app.search.collections import SEARCH, SUGGEST

router = APIRouter(tags=["search"])


@router.get("/search", **lists(SEARCH, "FoundPage"))
async def search(request: Request) -> Response:
    """Entities, events, articles and claims that have what was typed, best first: the latest 1,000 of each."""
    return await listed(request, SEARCH, everything.page)


@router.get("/suggest", **lists(SUGGEST, "NamedSoPage"))
async def suggest_names(request: Request) -> Response:
    """Entities, sources, events and measures of whose name a word begins so: at most 20, the likeliest first."""
    return await listed(request, SUGGEST, suggest.page)
