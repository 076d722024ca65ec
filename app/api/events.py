"""Events: what happened, inside what, with whom."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import found, listed, told
from app.api.describe import lists, shows
from app.problems import NotFound
from app.search import rollup
from app.search.collections import EVENTS, ROLLUP, TIMELINE
from app.search.nouns import EVENT_NOUN
from app.search.timelines import OF_EVENT

router = APIRouter(prefix="/events", tags=["events"])


@router.get("", **lists(EVENTS, "EventPage"))
async def list_events(request: Request) -> Response:
    """Events, latest first."""
    return await listed(request, EVENTS)


@router.get("/{id}", **shows("Event"))
async def get_event(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """One event, by id or key."""
    return await found(request, EVENT_NOUN, id)


@router.get("/{id}/figures", **lists(ROLLUP, "Rollup", NotFound))
async def get_event_figures(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """An event's figures with those of its parts beneath it, as a tree: at most 1,000 figures, all in one answer."""
    return await listed(request, ROLLUP, lambda connection, query: rollup.page(connection, id, query), id, "event")


@router.get("/{id}/timeline", **lists(TIMELINE, "Timeline", NotFound))
async def get_event_timeline(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """An event, its parts at any depth and all claims of them, earliest first."""
    return await told(request, OF_EVENT, id)
