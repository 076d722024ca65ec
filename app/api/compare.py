"""Comparing two numbers on request."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import as_json, query_of
from app.api.bodies import CompareRequest, body_of
from app.api.deps import read
from app.api.describe import takes
from app.search import comparison
from app.search.collections import ALONE

router = APIRouter(prefix="/compare", tags=["comparison"])


@router.post("", **takes("CompareRequest", "Comparison"))
async def compare(request: Request) -> Response:
    """What two numbers, printed ones or stored claims, are to each other, and why. Stores nothing."""
    query_of(request, ALONE)
    asked = (await body_of(request, CompareRequest)).asked()
    return as_json((await read(request, comparison.answer, asked)).shown())
