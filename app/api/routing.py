"""The short way from an address to its handler: for what only reads, the framework's layers have nothing to do."""

from collections.abc import Awaitable, Callable, Iterable
from inspect import iscoroutinefunction, signature
from typing import TYPE_CHECKING, Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

if TYPE_CHECKING:
    from re import Pattern

Handler = Callable[..., Awaitable[Response]]


class Direct:
    """Calls the handler of a GET whose arguments are the request and texts of the path; the rest goes its usual way.

    What a handler raises is answered further out, as everything is that fails.
    """

    def __init__(self, app: ASGIApp, routes: Iterable[APIRoute]) -> None:
        self.app = app
        plain = [route for route in routes if _is_plain(route)]
        self.fixed = {route.path: route.endpoint for route in plain if not route.param_convertors}
        self.open: dict[str, list[tuple[Pattern[str], Handler]]] = {}
        for route in plain:
            if route.param_convertors:
                self.open.setdefault(_first_step(route.path), []).append((route.path_regex, route.endpoint))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the request through."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return await self.app(scope, receive, send)
        path: str = scope["path"]
        fixed = self.fixed.get(path)
        handler, texts = self._find(path) if fixed is None else (fixed, {})
        if handler is None:
            return await self.app(scope, receive, send)
        response = await handler(Request(scope, receive, send), **texts)
        await response(scope, receive, send)
        return None

    def _find(self, path: str) -> tuple[Handler | None, dict[str, Any]]:
        for pattern, handler in self.open.get(_first_step(path), ()):
            if found := pattern.match(path):
                return handler, found.groupdict()
        return None, {}


def _first_step(path: str) -> str:
    return path.split("/", 2)[1] if path.startswith("/") else ""


def _is_plain(route: APIRoute) -> bool:
    given = signature(route.endpoint).parameters
    texts = {one.name for one in route.dependant.path_params}
    return (
        route.methods == {"GET"}
        and iscoroutinefunction(route.endpoint)
        and given.keys() == {"request", *texts}
        and all(given[name].annotation is str for name in texts)
        and all(one.regex == "[^/]+" for one in route.param_convertors.values())
    )
