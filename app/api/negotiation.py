"""Which of several media types a request would rather have, by its `Accept` header (RFC 9110)."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.types import Scope

_MOST = 4096
"""Characters of the header that are read."""
_FIELDS = "counterclaim.fields"
"""The member of a scope that keeps the fields of its headers: to look through them for each takes longer."""


def fields_of(scope: Scope) -> Mapping[bytes, bytes]:
    """The fields of a request's headers by their names in lower case, the lines of each together (RFC 9110, 5.3)."""
    fields: dict[bytes, bytes] | None = scope.get(_FIELDS)
    if fields is None:
        fields = scope[_FIELDS] = {}
        for name, line in scope["headers"]:
            fields[name] = line if name not in fields else fields[name] + b", " + line
    return fields


def field_of(request: Request, name: bytes) -> str | None:
    """One of those fields; None where the request has it not."""
    field = fields_of(request.scope).get(name)
    return None if field is None else field.decode("latin-1")


def preferred(accept: str, media_types: Sequence[str]) -> str | None:
    """The media type with the greatest weight; None where none is accepted.

    Of equal weights the one that is named most exactly wins, then the one that stands first in the header, then the
    first of `media_types`: a browser, which accepts anything, is given that.
    """
    ranges = [_weighed(part) for part in accept[:_MOST].lower().split(",") if part.strip()]
    best: tuple[float, int, int] | None = None
    chosen = None
    for media_type in media_types:
        rank = _rank(media_type, ranges)
        if rank[0] > 0 and (best is None or rank > best):
            best, chosen = rank, media_type
    return chosen


def _rank(media_type: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int, int]:
    """Weight, exactness and (backwards) place of the most exact range that matches."""
    wide = f"{media_type.partition('/')[0]}/*"
    for exactness, name in ((2, media_type), (1, wide), (0, "*/*")):
        found = [(weight, exactness, -place) for place, (range_, weight) in enumerate(ranges) if range_ == name]
        if found:
            return max(found) if exactness == 2 else (max(found)[0], exactness, 0)
    return 0.0, 0, 0


def _weighed(accepted: str) -> tuple[str, float]:
    name, *parameters = (part.strip() for part in accepted.split(";"))
    weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
    try:
        return name, min(1.0, max(0.0, float(weight)))
    except ValueError:
        return name, 0.0
