"""From a query string to a query: every parameter known, given once, and read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from rapidfuzz import fuzz, process

from app.domain.policy import InvalidPolicy
from app.domain.searches import Search
from app.domain.text import UnusableText, clean
from app.domain.units import UnknownUnit
from app.problems import InvalidParameter, QueryTooLong, RepeatedParameter, UndecodableQuery, UnknownParameter
from app.search.collections import RELEVANCE, Collection, Parameter, Past
from app.search.filter import Filter
from app.search.page import Sort, decode, encode
from app.search.values import Moment, WrongItem
from app.search.variants import base_of, is_variant

MAX_QUERY_BYTES = 60 * 1024
"""Longest query string that is read: 10,000 Cyrillic letters to search for fit. The server itself ends at 64 KiB."""

MOST_MARKED = 100
"""Records in which a search's words are marked while others wait: a millisecond for fifty."""

SOUGHT = "q"
"""The filter whose value is a search."""

FORM = "_form"
"""The parameter by which a web page says that it sends a whole form: empty fields are then not given."""

_NORMAL = re.compile(rb"[A-Za-z0-9_.~+-]+=(?:[A-Za-z0-9_.~+-]|%[89A-F][0-9A-F])*")
"""A field of a query string as `urlencode` would write it: most are, and need not be read and written again."""
_STRAY = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_ESCAPED = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")

NEAR = 80
"""Of 100: how like a known word another has to be for it to be meant. `entiti` is, `page` is like none."""


@dataclass(slots=True)  # to make one that is frozen takes three times as long, and each request makes one
class Query:
    """What a request asks of a collection. Nobody changes one: `replace` makes another.

    `texts` are the filters as given, `values` as read; `after` are the keys of the row after which the page begins.
    `asked` is what its cursors go with: the list, what else the address says, and what narrows it.
    `limited`: the request itself says how long the page may be. `array`: of JSON, the items alone. `highlight`: what
    a search finds is to be marked.
    """

    texts: Mapping[str, str]
    values: Mapping[str, Any]
    sort: Sort | None
    limit: int
    limited: bool
    after: tuple[Any, ...] | None
    count: bool
    asked: tuple[str, str, Mapping[str, str]]
    array: bool = False
    known_at: Moment | None = None
    changed_since: Moment | None = None
    facets: tuple[str, ...] = ()
    highlight: bool = True

    @property
    def is_quick(self) -> bool:
        """Whether it is answered by a walk along an index, as far as one can tell."""
        if self.count or self.past or self.facets or any(map(is_variant, self.values)):
            return False
        if self.search is None:
            return True
        # Of a single word the index has the rows in the order of their numbers.
        ordered = self.sort is not None and len(self.sort.keys) == 1
        is_short = self.marked is None or self.limit <= MOST_MARKED
        return ordered and self.search.is_word and len(self.values) == 1 and is_short

    @property
    def marked(self) -> Search | None:
        """The search whose finds are marked in each item; None where nothing is. An array has no place for marks."""
        return self.search if self.highlight and not self.array else None

    @property
    def search(self) -> Search | None:
        """What it searches for; None where it only lists."""
        found: Search | None = self.values.get(SOUGHT)
        return found

    @property
    def past(self) -> bool:
        """Whether it asks what was."""
        return self.known_at is not None or self.changed_since is not None

    def cursor(self, last: Iterable[Any]) -> str:
        """The cursor of the page after a row with those keys."""
        assert self.sort is not None
        return encode(self.sort, _digest(self.asked), tuple(last))

    def continued(self, cursor: str) -> "Query":
        """The same query from that cursor on. Raises InvalidCursor."""
        assert self.sort is not None
        return replace(self, after=decode(cursor, self.sort, _digest(self.asked)))


def read_query(raw: bytes, collection: Collection, about: str = "", order: str | None = None) -> Query:
    """The query of a raw query string. `about` is what else the address says, such as whose timeline it is.

    `order` is the name of the sort where the string asks for none, and for nothing past.

    Raises a kind of Invalid, or QueryTooLong.
    """
    return make_query(_pairs(raw), collection, about, order)


def read_form(body: bytes, collection: Collection) -> Query:
    """The query of a form-encoded body, however long. Raises a kind of Invalid."""
    return make_query(_split(body), collection)


def make_query(
    pairs: Iterable[tuple[str, str]], collection: Collection, about: str = "", order: str | None = None
) -> Query:
    """The query of names and texts. Those that begin with an underscore are passed over. Raises a kind of Invalid."""
    texts: dict[str, str] = {}
    for name, text in pairs:
        if name.startswith("_"):
            continue
        if name not in collection.parameters:
            if collection.tolerant:
                continue
            raise _unknown(name, collection)
        if name in texts:
            raise RepeatedParameter(f"The parameter {name!r} stands twice; give it once.", parameter=name)
        texts[name] = text
    values = {name: _read(collection.parameters[name], text) for name, text in texts.items()}
    _check_given(collection, values)
    past = next((one for one in collection.past if one.name in texts), None)
    if past is not None:
        _check_goes_with(past, texts)
    if order is not None:
        values.setdefault("sort", order)
    return _query(collection, past, (texts, values), about)


def _check_given(collection: Collection, values: Mapping[str, Any]) -> None:
    """Raises InvalidParameter where something is not there that the collection, or the order, does not go without."""
    for name in collection.required:
        if name not in values:
            raise InvalidParameter(f"Give {name!r}: it says what to find.", parameter=name)
    if values.get("sort") == RELEVANCE.name and SOUGHT not in values:
        first = collection.sorts[0].name
        raise InvalidParameter(
            f"sort: relevance is how well something answers a search: give {SOUGHT!r} too, or sort by {first}.",
            parameter="sort",
            nearest=first,
        )


def _check_goes_with(past: Past, texts: Mapping[str, str]) -> None:
    """Raises InvalidParameter for one that history does not answer exactly."""
    for name in texts:
        if name not in (past.name, "shape", *past.goes_with):
            go = f"only {', '.join(past.goes_with)} go with it" if past.goes_with else "nothing goes with it"
            raise InvalidParameter(f"{name} does not go with {past.name}: {go}.", parameter=name)
    orders = [sort.name for sort in past.sorts]
    if "sort" in texts and texts["sort"] not in orders:
        advice = f"with {past.name} the orders are {', '.join(orders)}"
        raise InvalidParameter(f"sort: {advice}.", parameter="sort", nearest=orders[0])


def _query(
    collection: Collection, past: Past | None, given: tuple[dict[str, str], dict[str, Any]], about: str
) -> Query:
    texts, values = given
    filters = {name: text for name, text in sorted(texts.items()) if name in collection.narrowing}
    asked = (collection.name, about, filters if past is None else {**filters, past.name: texts[past.name]})
    sorts = collection.sorts if past is None else past.sorts
    sort = next((sort for sort in sorts if sort.name == values.get("sort")), sorts[0]) if sorts else None
    after = decode(values["cursor"], sort, _digest(asked)) if sort and "cursor" in values else None
    return Query(
        texts=filters,
        values={name: values[name] for name in filters},
        sort=sort,
        limit=values.get("limit", collection.default_limit),
        limited="limit" in values,
        after=after,
        count=values.get("count", False),
        asked=asked,
        array=values.get("shape") == "array",
        known_at=values.get("known_at"),
        changed_since=values.get("changed_since"),
        facets=values.get("facet", ()),
        highlight=values.get("highlight", True),
    )


def with_cursor(raw: bytes, cursor: str) -> str:
    """The query string of the page that begins at the cursor, parameters for nobody left out."""
    fields = [field.decode() if _NORMAL.fullmatch(field) else urlencode(_pairs(field)) for field in raw.split(b"&")]
    kept = [field for field in fields if field and not field.startswith(("_", "cursor="))]
    return "&".join([*kept, f"cursor={cursor}"])


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    if len(raw) > MAX_QUERY_BYTES:
        raise QueryTooLong(f"The query string has {len(raw)} bytes; at most {MAX_QUERY_BYTES} are read.")
    return _split(raw)


def _split(raw: bytes) -> list[tuple[str, str]]:
    fields = (field.partition(b"=") for field in raw.split(b"&") if field)
    pairs = [(_decoded(name), _decoded(text)) for name, _, text in fields]
    # A browser sends every field of a form, those that nobody filled in too.
    return [(name, text) for name, text in pairs if text] if any(name == FORM for name, _ in pairs) else pairs


def _decoded(raw: bytes) -> str:
    if b"%" not in raw and b"+" not in raw and raw.isascii():
        return _usable(raw.decode())
    # A stray % would be left as it is, which nobody can have meant.
    if b"%" in raw and _STRAY.search(raw):
        raise UndecodableQuery("A % in the query string is not followed by two hexadecimal digits; write % as %25.")
    try:
        return _usable(_ESCAPED.sub(_unescaped, raw.replace(b"+", b" ")).decode())
    except UnicodeDecodeError:
        raise UndecodableQuery("The query string is not UTF-8; encode it as percent-encoded UTF-8.") from None


def _unescaped(run: re.Match[bytes]) -> bytes:
    return bytes.fromhex(run[0].replace(b"%", b"").decode())


def _usable(text: str) -> str:
    try:
        clean(text)
    except UnusableText as unusable:
        raise UndecodableQuery(f"In the query string, {unusable}.") from None
    return text


def _read(parameter: Parameter | Filter, text: str) -> Any:  # noqa: ANN401 - as its type reads it
    if not text and not parameter.type.may_be_empty:
        problem = f"The parameter {parameter.name!r} is empty; give it a value or leave it out."
        raise InvalidParameter(problem, parameter=parameter.name)
    try:
        return parameter.type.parse(text)
    except ValueError as error:
        wrong, cause = (error.item, error.cause) if isinstance(error, WrongItem) else (text, error)
        near = _nearest(wrong, parameter.type.words)
        nearest = cause.nearest if isinstance(cause, InvalidPolicy | UnknownUnit) else near
        raise InvalidParameter(f"{parameter.name}: {error}.", parameter=parameter.name, nearest=nearest) from None


def _unknown(name: str, collection: Collection) -> UnknownParameter:
    shown = name if len(name) <= 100 else f"{name[:100]}…"
    nearest = _nearest(name[:100], tuple(collection.parameters))
    names = [one for one in collection.parameters if base_of(one) not in collection.parameters]
    known = f"it takes {', '.join(names)}." if names else "this address takes none."
    advice = f"did you mean {nearest!r}?" if nearest else known
    return UnknownParameter(f"There is no parameter {shown!r} here; {advice}", parameter=shown, nearest=nearest)


def _nearest(text: str, words: tuple[str, ...]) -> str | None:
    """The word most like the text; None where none is much like it."""
    found = process.extractOne(text.lower(), words, scorer=fuzz.WRatio, score_cutoff=NEAR)
    return found[0] if found else None


def _digest(asked: tuple[str, str, Mapping[str, str]]) -> str:
    return blake2b(repr(asked).encode(), digest_size=6).hexdigest()
