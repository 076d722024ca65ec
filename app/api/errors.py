"""The one place where something gone wrong becomes an answer: an RFC 9457 problem, whatever raised it."""

import logging
from collections.abc import Iterable
from typing import Any

import orjson
from fastapi import FastAPI
from rapidfuzz import fuzz, process
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.api.addresses import formats_at, path_of, split, suffixes
from app.problems import (
    MEDIA_TYPE,
    DatabaseUnavailable,
    InternalError,
    MethodNotAllowed,
    NotFound,
    Problem,
    Refused,
    TooSlow,
)
from app.storage.dialect import is_full, is_unavailable, took_too_long

logger = logging.getLogger(__name__)


def render(problem: Problem, path: str) -> Response:
    """The answer to a request for `path` that went wrong."""
    body = problem.body(printable(path))
    return Response(orjson.dumps(body), problem.status, dict(problem.headers), MEDIA_TYPE)


def printable(text: str) -> str:
    """The text with what UTF-8 cannot write replaced: a path may hold anything."""
    return text.encode("utf-8", "replace").decode()


def install(app: FastAPI) -> None:
    """Answer what is raised with a problem. What nobody foresees is left to the outermost middleware."""
    for kind in (Problem, HTTPException, DBAPIError, PoolTimeout):
        app.add_exception_handler(kind, _answer)


async def _answer(request: Request, error: Exception) -> Response:
    return render(problem_of(error, request), path_of(request))


def problem_of(error: Exception, request: Request) -> Problem:
    """The problem that an exception amounts to. What is our fault is logged."""
    match error:
        case Problem():
            return _with_formats(error, request) if isinstance(error, NotFound) else error
        case HTTPException():
            return _of_http(error, request)
        case PoolTimeout():
            return DatabaseUnavailable("Every connection to the database is in use. Ask again in a moment.")
        case DBAPIError() if took_too_long(error):
            return TooSlow("The query took longer than it may. Narrow it, with a filter more or without count.")
        case DBAPIError() if is_full(error):
            return DatabaseUnavailable("The disk of the database is full. Tell whoever runs this service.")
        case DBAPIError() if is_unavailable(error):
            return DatabaseUnavailable("The database cannot be reached. Ask again in a moment.")
    logger.error("%s %s failed", request.method, request.scope["path"], exc_info=error)
    return InternalError("Something went wrong on our side; it has been logged.")


def _of_http(error: HTTPException, request: Request) -> Problem:
    path = printable(path_of(request))
    if error.status_code == NotFound.status:
        nearest = _nearest(path, request.app.openapi()["paths"])
        missing = NotFound(f"There is nothing at {path[:200]}; the addresses are listed at /docs.", nearest=nearest)
        return _with_formats(missing, request)
    if error.status_code == MethodNotAllowed.status:
        allow = _allowed(path, request) or (error.headers or {}).get("Allow")
        return MethodNotAllowed(f"{path[:200]} does not take {request.method}; it takes {allow}.", allow=allow)
    return Refused(str(error.detail))


def _with_formats(problem: NotFound, request: Request) -> NotFound:
    """The problem or, where the address but for its end has formats, one that names them."""
    path, suffix = split(path_of(request))
    offered = formats_at(request.app.state.places, path) if suffix else ()
    if not offered or suffix in {one.suffix for one in offered}:
        return problem
    shown = printable(path)[:200]
    return NotFound(f"{problem.detail} {shown} has no format {suffix[:20]}; it has {suffixes(offered, shown)}.")


def _allowed(path: str, request: Request) -> str:
    """The methods of an address that has several: the framework names those of the first."""
    return ", ".join(method.upper() for method in request.app.openapi()["paths"].get(path, ()))


def _nearest(path: str, paths: Iterable[Any]) -> str | None:
    found = process.extractOne(path[:200], list(paths), scorer=fuzz.ratio, score_cutoff=75)
    return None if found is None else found[0]
