"""The application, and the short way through it: for what only reads, the framework's layers have nothing to do."""

from collections.abc import Awaitable, Callable, Iterable
from inspect import iscoroutinefunction, signature
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.api.middleware import MARKS, faulted
from app.api.negotiation import fields_of

if TYPE_CHECKING:
    from re import Pattern

Handler = Callable[..., Awaitable[Response]]


class Service(FastAPI):
    """A FastAPI application that goes the short way wherever there is one."""

    direct: "Direct | None" = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, by the handler alone where nothing else has a say."""
        call = self.direct.find(scope) if self.direct is not None else None
        if call is None:
            return await super().__call__(scope, receive, send)
        scope["app"] = self
        request = Request(scope, receive, send)
        try:
            response = await call(request)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is answered
            response = faulted(error, request)
        response.raw_headers += MARKS
        try:
            await response(scope, receive, send)
        except ClientDisconnect:
            return None  # nobody is there to be answered
        return None


class Direct:
    """The handlers of a GET whose arguments are the request and texts of the path; the rest goes its usual way.

    So does what has a body, or an address with a suffix: others have a say there.
    """

    def __init__(self, routes: Iterable[APIRoute]) -> None:
        plain = [route for route in routes if _is_plain(route)]
        self.fixed = {route.path: route.endpoint for route in plain if not route.param_convertors}
        self.open: dict[str, list[tuple[Pattern[str], Handler]]] = {}
        for route in plain:
            if route.param_convertors:
                self.open.setdefault(_first_step(route.path), []).append((route.path_regex, route.endpoint))

    def find(self, scope: Scope) -> Callable[[Request], Awaitable[Response]] | None:
        """What answers the request, if one of them does."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        path: str = scope["path"]
        if "." in path or not fields_of(scope).keys().isdisjoint(_OF_BODIES):
            return None
        return self.fixed.get(path) or self._with_texts(path)

    def _with_texts(self, path: str) -> Callable[[Request], Awaitable[Response]] | None:
        for pattern, handler in self.open.get(_first_step(path), ()):
            if found := pattern.match(path):
                return _bound(handler, found.groupdict())
        return None


_OF_BODIES = {b"content-length", b"transfer-encoding"}


def _bound(handler: Handler, texts: dict[str, Any]) -> Callable[[Request], Awaitable[Response]]:
    return lambda request: handler(request, **texts)


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
