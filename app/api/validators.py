"""What lets a client keep an answer: tags and times, and whether the one it has still holds (RFC 9110, 13)."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from hashlib import blake2b

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.api.negotiation import field_of
from app.storage.versions import Stamp, stamp

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_MOST = 8192
"""Characters of the headers that are read."""

Make = Callable[[Connection, Stamp, Mapping[str, str]], Response]


def conditional(request: Request, media_type: str, base: str, make: Make) -> Callable[[Connection], Response]:
    """Reads the answer that `make` gives, or only that the client has it already.

    The stamp is read first and in the same snapshot as the rows, so a tag never stands for more than what it came with.
    """

    def answer(connection: Connection) -> Response:
        now = stamp(connection)
        tag = _tag(now, request, media_type, base)
        headers = {"etag": f'W/"{tag}"', "cache-control": "no-cache"}
        if now.at is not None:
            headers["last-modified"] = _http_date(now.at)
        wanted = field_of(request, b"if-none-match")
        if wanted is not None and tag in _TAG.findall(wanted[:_MOST]):
            return Response(status_code=304, headers=headers)
        response = make(connection, now, headers)
        return Response(status_code=304, headers=headers) if _holds(request, wanted, now) else response

    return answer


def _tag(now: Stamp, request: Request, media_type: str, base: str) -> str:
    """Stands for all that an answer depends on. The path, because an entity may be asked for by several names."""
    digest = _common(now, media_type, base).copy()
    path: str = request.scope["path"]
    digest.update(path.encode("utf-8", "replace"))
    digest.update(b"?" + request.scope["query_string"])
    return f"{now.version}-{digest.hexdigest()}"


@lru_cache(maxsize=64)
def _common(now: Stamp, media_type: str, base: str) -> blake2b:
    """What the tags of many answers begin with."""
    return blake2b(repr((now, __version__, media_type, base)).encode("utf-8", "replace"), digest_size=9)


def _holds(request: Request, wanted: str | None, now: Stamp) -> bool:
    """Whether the client has what there is, where only that there is something at all tells."""
    if wanted is not None:
        return wanted.strip() == "*"
    since = field_of(request, b"if-modified-since")
    return since is not None and now.at is not None and _is_since(since[:_MOST], now.at)


def _is_since(since: str, at: str) -> bool:
    try:
        return parsedate_to_datetime(since).astimezone(UTC) >= datetime.fromisoformat(at)
    except ValueError:
        return False  # no date that anybody can read, and so no condition


@lru_cache(maxsize=64)
def _http_date(at: str) -> str:
    return format_datetime(datetime.fromisoformat(at).astimezone(UTC), usegmt=True)
