"""Pages: the order of a list, the cursor that says where the next page begins, and what a page holds."""

import math
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, and_, or_, tuple_

from app.domain.text import UnusableText, clean
from app.problems import InvalidCursor

VERSION = 1
_MAX_KEY_TEXT = 8000


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that a list is ordered by: the type of its values, and the column that holds them.

    Where it may be NULL, NULL comes last in either direction.
    """

    of: type
    column: ColumnElement[Any] | None = None
    nullable: bool = False

    def takes(self, value: object) -> bool:
        """Whether a cursor may carry the value here."""
        if value is None:
            return self.nullable
        if self.of is int:
            return type(value) is int and -(2**63) <= value < 2**63
        if self.of is float:
            return type(value) is float and math.isfinite(value)
        return isinstance(value, str) and len(value) <= _MAX_KEY_TEXT and _is_storable(value)


def _is_storable(text: str) -> bool:
    try:
        clean(text)
    except UnusableText:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Sort:
    """An order: by the keys, all up or all down. The last is unique, so no two rows tie; only the first may be NULL."""

    name: str
    description: str
    keys: tuple[Key, ...]
    descending: bool = False

    def columns(self, moved: dict[ColumnElement[Any], ColumnElement[Any]]) -> list[ColumnElement[Any]]:
        """Its columns, those that are keys of `moved` replaced."""
        columns = [key.column for key in self.keys if key.column is not None]
        return [moved.get(column, column) for column in columns]

    def order(self, columns: list[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
        """The ORDER BY. NULLS LAST is spelled out only where it says something, or an index could not be walked."""
        ordered = [column.desc() if self.descending else column.asc() for column in columns]
        return [one.nulls_last() if key.nullable else one for key, one in zip(self.keys, ordered, strict=True)]

    def after(self, columns: list[ColumnElement[Any]], last: tuple[Any, ...]) -> ColumnElement[bool]:
        """The rows that come after the one with those values."""
        if not self.keys[0].nullable:
            return self._beyond(columns, last)
        if last[0] is None:
            return and_(columns[0].is_(None), self._beyond(columns[1:], last[1:]))
        return or_(self._beyond(columns, last), columns[0].is_(None))

    def _beyond(self, columns: list[ColumnElement[Any]], last: tuple[Any, ...]) -> ColumnElement[bool]:
        if len(columns) == 1:
            (row,), (bound,) = columns, last
        else:
            row, bound = tuple_(*columns), tuple_(*last)
        beyond: ColumnElement[bool] = row < bound if self.descending else row > bound
        return beyond


class Page(NamedTuple):
    """One page: records as they are stored, in order.

    `next` is the cursor of the page after, `total` how many match in all, where that was asked. `resolved` says what
    each id, key or name in the request was taken for, None where it had none; `suggestions` are the nearest to what is
    not known, None where all is; `unknown` are the names in lists that stand for nothing, which the others answer for.
    `version` is the one that a page about what was speaks of; `facets` count what matches by what was asked.
    `highlights` are what a search found in the texts of each item, by id; None where nothing was searched for.
    `joined` are the items with commas between them, as UTF-8, where that was asked for and `items` is empty.
    """

    items: list[str]
    next: str | None = None
    total: int | None = None
    resolved: list[dict[str, str | None]] | None = None
    suggestions: list[dict[str, str | None]] | None = None
    version: int | None = None
    joined: bytes | None = None
    unknown: list[dict[str, str]] | None = None
    facets: dict[str, Any] | None = None
    highlights: dict[str, list[dict[str, str]]] | None = None


def encode(sort: Sort, digest: str, last: tuple[Any, ...]) -> str:
    """The cursor after a row with those keys, for the request that `digest` stands for."""
    content = orjson.dumps({"v": VERSION, "s": sort.name, "f": digest, "k": last})
    return urlsafe_b64encode(content).decode().rstrip("=")


def decode(text: str, sort: Sort, digest: str) -> tuple[Any, ...]:
    """The keys that the cursor carries. Raises InvalidCursor where it is malformed or made for another request."""
    content = _content(text)
    if content.get("v") != VERSION:
        raise _invalid("it was made by another version of this service")
    if content.get("s") != sort.name:
        raise _invalid(f"it was made with sort={content.get('s')}, and this request has sort={sort.name}")
    if content.get("f") != digest:
        raise _invalid("it was made with other filters")
    last = content.get("k")
    if not isinstance(last, list) or len(last) != len(sort.keys):
        raise _invalid("it is damaged")
    if not all(key.takes(value) for key, value in zip(sort.keys, last, strict=True)):
        raise _invalid("it is damaged")
    return tuple(last)


def _content(text: str) -> dict[str, Any]:
    try:
        content = orjson.loads(b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except ValueError:
        raise _invalid("it is damaged") from None
    if not isinstance(content, dict):
        raise _invalid("it is damaged")
    return content


def _invalid(why: str) -> InvalidCursor:
    return InvalidCursor(
        f"This cursor cannot be used here: {why}. Take `next` as the page before gave it, or leave the cursor out.",
        parameter="cursor",
    )
