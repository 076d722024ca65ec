"""What holds for every request, as plain ASGI: any origin reads, HEAD is GET, faults are answered, bodies bounded."""

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.errors import problem_of, render
from app.api.streams import BODILESS
from app.problems import BodyTooLarge

EXPOSED_HEADERS = "Link, ETag, Retry-After, Content-Disposition, Counterclaim-Version"
MARKS = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED_HEADERS.encode()),
)
_PREFLIGHT = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"*"),
    (b"access-control-max-age", b"86400"),
]


class AnyOrigin:
    """Lets pages of every origin read: there are no cookies, so there is nothing that a foreign page could borrow."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight; mark every other answer."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in Headers(scope=scope):
            await send({"type": "http.response.start", "status": 204, "headers": _PREFLIGHT})
            return await send({"type": "http.response.body", "body": b""})

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *MARKS]
            await send(message)

        return await self.app(scope, receive, marked)


class Head:
    """Answers HEAD as GET, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for the whole answer, and keep its head."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            return await self.app(scope, receive, send)

        async def bodiless(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        return await self.app({**scope, "method": "GET", BODILESS: True}, receive, bodiless)


class Faults:
    """Answers what the application does not catch. A response that has begun cannot be mended: the server ends it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through; answer for it where it fails."""
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except ClientDisconnect:
            return  # nobody is there to be answered
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            await faulted(error, Request(scope))(scope, receive, send)


def faulted(error: Exception, request: Request) -> Response:
    """The answer to a request that failed so, whoever was to answer it."""
    return render(problem_of(error, request), request.scope["path"])


class BodyLimit:
    """Refuses a body of more than `most` bytes, whether it says its length or not."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a declared length at once, an undeclared one when it is passed."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and int(declared) > self.most:
            return await render(self._problem(), scope["path"])(scope, receive, send)
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.most:
                raise self._problem()
            return message

        return await self.app(scope, counted, send)

    def _problem(self) -> BodyTooLarge:
        return BodyTooLarge(f"The body is larger than {self.most} bytes, the most that is taken.")
