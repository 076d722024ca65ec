"""Everything that can go wrong for a caller, each kind declared once, with its HTTP status and its RFC 9457 form.

Problem
├── NotFound                  404  no such resource, or no such address
├── MethodNotAllowed          405  the address does not take this method
├── BodyTooLarge              413  more bytes than the service takes
├── QueryTooLong              414  a query string beyond the limit
├── UnsupportedMediaType      415  a body that is not JSON
├── Refused                   400  what the server's own HTTP layer refuses
├── Invalid                   422  understood, and not acceptable
│   ├── UndecodableQuery           a query string that is not UTF-8, or has characters nobody can store
│   ├── UnknownParameter           with `parameter`, and `nearest`: the known one that looks like it
│   ├── RepeatedParameter          with `parameter`
│   ├── InvalidParameter           with `parameter`
│   ├── InvalidCursor              with `parameter`: malformed, or made for another request
│   └── InvalidBody                with `pointer`: where in the body
├── InternalError             500  our fault
└── Unavailable               503  with Retry-After
    ├── DatabaseUnavailable        away, full or restarting
    ├── TooSlow                    the query took longer than it may
    └── NotReady                   the tables are not those that this version needs
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """What went wrong, told to the caller: `detail` says what to do; `members` are further members of the rendering."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"
    headers: Mapping[str, str] = {}

    def __init__(self, detail: str, **members: Any) -> None:  # noqa: ANN401 - any JSON value
        super().__init__(detail)
        self.detail = detail
        self.members = {name: value for name, value in members.items() if value is not None}

    @classmethod
    def slug(cls) -> str:
        """The kind's name as addresses write it: `unknown-parameter`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def type(cls) -> str:
        """The kind's identifier, an address that describes it: `/problems/unknown-parameter`."""
        return f"/problems/{cls.slug()}"

    def body(self, instance: str | None = None) -> dict[str, Any]:
        """The members of the RFC 9457 object; `instance` is the path that was asked for."""
        body: dict[str, Any] = {"type": self.type(), "title": self.title, "status": self.status, "detail": self.detail}
        if instance is not None:
            body["instance"] = instance
        return body | self.members


class NotFound(Problem):
    """No such resource, or no such address."""

    status = 404
    title = "Not found"


class MethodNotAllowed(Problem):
    """The address does not take this method; the `Allow` header says which it takes."""

    status = 405
    title = "Method not allowed"

    def __init__(self, detail: str, *, allow: str | None = None) -> None:
        super().__init__(detail)
        self.headers = {"allow": allow} if allow else {}


class BodyTooLarge(Problem):
    """The body has more bytes than the service takes."""

    status = 413
    title = "Body too large"


class QueryTooLong(Problem):
    """The query string is longer than the service reads."""

    status = 414
    title = "Query too long"


class UnsupportedMediaType(Problem):
    """The body is not of a media type that this address reads."""

    status = 415
    title = "Unsupported media type"


class Refused(Problem):
    """The request is malformed below the level of its content."""

    status = 400
    title = "Bad request"


class Invalid(Problem):
    """The request was understood, and what it asks for is not acceptable."""

    status = 422
    title = "Invalid request"


class UndecodableQuery(Invalid):
    """The query string is not percent-encoded UTF-8, or holds characters that cannot be stored."""

    title = "Undecodable query"


class UnknownParameter(Invalid):
    """The address has no such parameter; `nearest` names one that looks like it, or `detail` those that there are."""

    title = "Unknown parameter"


class RepeatedParameter(Invalid):
    """A parameter stands more than once."""

    title = "Repeated parameter"


class InvalidParameter(Invalid):
    """A parameter's value is not one that it takes; `detail` says which it takes."""

    title = "Invalid parameter"


class InvalidCursor(Invalid):
    """The cursor is malformed, or was made for a request with other filters or another sort."""

    title = "Invalid cursor"


class InvalidBody(Invalid):
    """The body is not what this address takes; `pointer` (RFC 6901) leads to the place."""

    title = "Invalid body"


class InternalError(Problem):
    """A fault of the service, which has been logged."""

    title = "Internal error"


class Unavailable(Problem):
    """The service cannot answer now; the same request may succeed after `Retry-After` seconds."""

    status = 503
    title = "Unavailable"
    retry_after_seconds: ClassVar[int] = 1

    def __init__(self, detail: str, **members: Any) -> None:  # noqa: ANN401 - any JSON value
        super().__init__(detail, **members)
        self.headers = {"retry-after": str(self.retry_after_seconds)}


class DatabaseUnavailable(Unavailable):
    """The database cannot be reached, or has no connection to spare."""

    title = "Database unavailable"


class TooSlow(Unavailable):
    """The query took longer than one request may; narrow it."""

    title = "Query too slow"
    retry_after_seconds = 5


class NotReady(Unavailable):
    """The database's tables are not those that this version needs: migrations have not run."""

    title = "Not ready"
    retry_after_seconds = 5


def kinds(root: type[Problem] = Problem) -> Iterator[type[Problem]]:
    """Every kind below `root`, in the order of the tree."""
    for kind in root.__subclasses__():
        yield kind
        yield from kinds(kind)
