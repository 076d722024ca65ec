"""Measures: what is counted or measured."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import found, listed
from app.api.describe import lists, shows
from app.search.collections import MEASURES
from app.search.nouns import MEASURE_NOUN

router = APIRouter(prefix="/measures", tags=["measures"])


@router.get("", **lists(MEASURES, "MeasurePage"))
async def list_measures(request: Request) -> Response:
    """Measures, by label."""
    return await listed(request, MEASURES)


@router.get("/{id}", **shows("Measure"))
async def get_measure(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """One measure, by id or key."""
    return await found(request, MEASURE_NOUN, id)
