"""Entities: persons, organizations, places, military units and others."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import found, listed, moved, told
from app.api.deps import read_quickly
from app.api.describe import lists, shows
from app.problems import NotFound
from app.search import find
from app.search.collections import ENTITIES, TIMELINE
from app.search.nouns import ENTITY_NOUN
from app.search.timelines import OF_ENTITY

router = APIRouter(prefix="/entities", tags=["entities"])


@router.get("", **lists(ENTITIES, "EntityPage"))
async def list_entities(request: Request) -> Response:
    """Entities, by name."""
    return await listed(request, ENTITIES)


@router.get("/{id}", **shows("Entity", moves=True))
async def get_entity(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """One entity, by id or key. The id of one that was merged leads on to the one that it was merged into."""
    return await _merged(request, id) or await found(request, ENTITY_NOUN, id)


@router.get("/{id}/timeline", **lists(TIMELINE, "Timeline", NotFound, moves=True))
async def get_entity_timeline(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """The events that an entity takes part in and the claims that concern it, earliest first."""
    return await _merged(request, id) or await told(request, OF_ENTITY, id)


async def _merged(request: Request, text: str) -> Response | None:
    """The way on from the id of an entity that was merged into another; None for any other."""
    into = await read_quickly(request, find.merged_into, text)
    return None if into is None else moved(request, text, into)
