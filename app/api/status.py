"""Whether the service lives and can answer, and what its problems mean."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import as_json, known
from app.api.deps import read
from app.api.describe import states
from app.problems import DatabaseUnavailable, NotFound, NotReady, kinds
from app.storage.engine import revisions

router = APIRouter(tags=["status"])


@router.get("/livez", **states("Status"))
async def get_liveness() -> Response:
    """Whether the process answers at all. Does not ask the database."""
    return as_json({"status": "ok"})


@router.get("/readyz", **states("Status", DatabaseUnavailable))
async def get_readiness(request: Request) -> Response:
    """Whether the database answers and has the tables that this version needs."""
    present, newest = await read(request, revisions)
    if present != newest:
        advice = "run `counterclaim migrate`"
        raise NotReady(f"The tables are of revision {present}, and this version needs {newest}: {advice}.")
    return as_json({"status": "ok"})


@router.get("/problems/{name}", **states("ProblemKind", NotFound))
async def get_problem_kind(name: str) -> Response:
    """What a kind of problem means: the `type` of every problem leads here."""
    by_name = {kind.slug(): kind for kind in kinds()}
    kind = known(by_name.get(name), "kind of problem", name)
    return as_json({"type": kind.type(), "title": kind.title, "status": kind.status, "description": kind.__doc__})
