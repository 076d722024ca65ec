"""Claims: one number, or statement, in one article."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import found, listed
from app.api.describe import lists, shows
from app.problems import NotFound
from app.search import history, relations
from app.search.collections import ALONE_THEN, CLAIMS, HISTORY, RELATIONS
from app.search.nouns import CLAIM_NOUN

router = APIRouter(prefix="/claims", tags=["claims"])


@router.get("", **lists(CLAIMS, "ClaimPage"))
async def list_claims(request: Request) -> Response:
    """Claims, latest first: who said which number about what, where, and what contradicts it."""
    return await listed(request, CLAIMS)


@router.get("/{id}", **shows("Claim", ALONE_THEN))
async def get_claim(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """One claim, by id."""
    return await found(request, CLAIM_NOUN, id, ALONE_THEN)


@router.get("/{id}/history", **lists(HISTORY, "HistoryPage", NotFound))
async def list_claim_history(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """A claim's record as it is and as it stood before, newest first, each with the versions between which it stood."""
    return await listed(request, HISTORY, lambda connection, query: history.page(connection, id, query), id, "claim")


@router.get("/{id}/relations", **lists(RELATIONS, "RelationPage", NotFound))
async def list_claim_relations(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """What a claim is to every other that it can be compared with, conflicts first, and why."""
    return await listed(
        request, RELATIONS, lambda connection, query: relations.page(connection, id, query), id, "claim"
    )
