"""Conflicts: where numbers contradict each other."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import paged, query_of
from app.api.deps import read
from app.api.describe import lists
from app.search import conflicts, conflicts_then
from app.search.collections import CONFLICTS

router = APIRouter(prefix="/conflicts", tags=["conflicts"])


@router.get("", **lists(CONFLICTS, "ConflictPage"))
async def list_conflicts(request: Request) -> Response:
    """Figures in conflict or tension and declared disputes, worst first, each with its claims side by side."""
    query = query_of(request, CONFLICTS)
    page = conflicts_then.page if query.past else conflicts.page
    return paged(request, await read(request, page, query))
