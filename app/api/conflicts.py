"""Conflicts: where numbers contradict each other."""

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import listed
from app.api.describe import lists
from app.search import conflicts, conflicts_then
from app.search.collections import CONFLICTS
from app.search.page import Page
from app.search.query import Query

router = APIRouter(prefix="/conflicts", tags=["conflicts"])


@router.get("", **lists(CONFLICTS, "ConflictPage"))
async def list_conflicts(request: Request) -> Response:
    """Figures in conflict or tension and declared disputes, worst first, each with its claims side by side."""
    return await listed(request, CONFLICTS, _page)


def _page(connection: Connection, query: Query) -> Page:
    return (conflicts_then.page if query.past else conflicts.page)(connection, query)
