"""The routes of the service as the server walks them: one flat list, each straight to its handler."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import partial
from inspect import iscoroutinefunction, signature
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, request_response

Handler = Callable[..., Awaitable[Response]]


def flat(routers: Iterable[APIRouter]) -> Iterator[BaseRoute]:
    """The routes of all routers, in order. An included router is matched twice over for each request that passes it."""
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute):
                route.unique_id = route.name
                if _is_plain(route):
                    route.app = request_response(partial(_answer, route.endpoint, takes_request=_takes_request(route)))
            yield route


def _is_plain(route: APIRoute) -> bool:
    """Whether the handler takes only the request and texts of the path, so that nothing has to be worked out for it."""
    texts = {one.name for one in route.dependant.path_params}
    plain = all(one.annotation is str for one in signature(route.endpoint).parameters.values() if one.name in texts)
    return (
        plain
        and iscoroutinefunction(route.endpoint)
        and signature(route.endpoint).parameters.keys() <= {*texts, "request"}
    )


def _takes_request(route: APIRoute) -> bool:
    return "request" in signature(route.endpoint).parameters


async def _answer(handler: Handler, request: Request, *, takes_request: bool) -> Response:
    given: dict[str, Any] = request.path_params
    return await (handler(request, **given) if takes_request else handler(**given))
