"""The types of value that a parameter takes: how its text is read and bounded, and the JSON Schema that says it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from app.domain.dates import MAX_TEXT as MAX_DATE
from app.domain.dates import Span, parse_date
from app.domain.policy import DEFAULT_POLICY
from app.domain.searches import LONGEST_TEXT, Search, parse_search
from app.domain.text import clean
from app.domain.units import MAX_NAME, unit_named

MAX_TEXT = 300
MAX_CURSOR = 12_000
"""Room for the longest name that a list can be sorted by, folded."""
MAX_POLICY = 600
MAX_NUMBER = 40
LARGEST_NUMBER = 10**30

_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")
_INTEGER = re.compile(r"-?[0-9]{1,19}")
_VERSION = re.compile(r"[0-9]{1,18}")
_ITEM = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"\s*(?=,|$)|(?P<plain>[^,]*))(?:,|$)')
LISTABLE = (
    r'^(?:[^",\s\u0000-\u001f\u007f][^,\u0000-\u001f\u007f]*|"[^",\s\u0000-\u001f\u007f][^"\u0000-\u001f\u007f]*")$'
)
"""What an item of a list may look like."""
MOST_VALUES = 100
MOST_SHOWN = 100
STORABLE = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$"


Moment = int | Span
"""A version of the database, or a time."""


@dataclass(frozen=True, slots=True)
class ValueType:
    """How the text of a parameter is read.

    `parse` raises ValueError with a sentence that says what the value must be; `schema` is JSON Schema; `words` are
    all the values, where they can be listed; `lists`: several such values may stand in a list. A
    parameter is refused where it is empty, unless that says something too.
    """

    parse: Callable[[str], Any]
    schema: Mapping[str, Any]
    words: tuple[str, ...] = ()
    lists: bool = False
    may_be_empty: bool = False


class WrongItem(ValueError):
    """One of several values cannot be read; `item` is its text, and the cause says what it must be."""

    def __init__(self, item: str, cause: ValueError) -> None:
        shown = item if len(item) <= MOST_SHOWN else f"{item[:MOST_SHOWN]}…"
        super().__init__(f"{shown!r} {cause}")
        self.item = item
        self.cause = cause


def _text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise ValueError(f"must have at most {MAX_TEXT} characters")
    return clean(text)


def _search(text: str) -> Search:
    """What was typed, as terms. All that was typed means something."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"must have at most {LONGEST_TEXT} characters")
    return parse_search(clean(text))


def _cursor(text: str) -> str:
    if len(text) > MAX_CURSOR:
        raise ValueError(f"must have at most {MAX_CURSOR} characters")
    return text


def _policy(text: str) -> dict[str, str]:
    """Other widths and limits by name. Raises InvalidPolicy too, which is a ValueError."""
    if len(text) > MAX_POLICY:
        raise ValueError(f"must have at most {MAX_POLICY} characters")
    pairs = [pair.partition(":") for pair in text.split(",")]
    if not all(colon for _, colon, _ in pairs):
        raise ValueError("must be names and numbers, such as about_width:0.2,tension_ratio:2")
    found = {name.strip(): number.strip() for name, _, number in pairs}
    if len(found) < len(pairs):
        raise ValueError("must name a width or limit once")
    DEFAULT_POLICY.custom(found)
    return found


def _number(text: str) -> float:
    """A double, as range filters compare; what no claim can hold is refused."""
    if len(text) > MAX_NUMBER or not _DECIMAL.fullmatch(text):
        raise ValueError(f"must be a decimal number of at most {MAX_NUMBER} characters, such as 1500 or -2.5")
    number = Decimal(text)
    if abs(number) > LARGEST_NUMBER:
        raise ValueError("must lie between -1e30 and 1e30")
    return float(number)


def _date(text: str) -> Span:
    return parse_date(clean(text))


def _moment(text: str) -> Moment:
    """A version, or a stretch of time that ends."""
    if _VERSION.fullmatch(text):
        return int(text)
    try:
        moment = _date(text)
    except ValueError as error:
        raise ValueError(f"{error}; or a version, a whole number") from None
    if moment.end is None:
        raise ValueError("must end: a version, or a time such as 2024-08-14")
    return moment


def _unit(text: str) -> str:
    """The unit's canonical name. Raises UnknownUnit too, which is a ValueError."""
    return unit_named(_text(text)).name


def _flag(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError("must be true or false")
    return text == "true"


def integer(low: int, high: int, default: int) -> ValueType:
    """Whole numbers from `low` to `high`."""

    def parse(text: str) -> int:
        number = int(text) if _INTEGER.fullmatch(text) else None
        if number is None or not low <= number <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return number

    return ValueType(parse, {"type": "integer", "minimum": low, "maximum": high, "default": default})


def choice(words: Iterable[str], default: str | None = None) -> ValueType:
    """One of a few words."""
    known = tuple(words)

    def parse(text: str) -> str:
        if text not in known:
            raise ValueError(f"must be one of {', '.join(known)}")
        return text

    schema: dict[str, Any] = {"type": "string", "enum": list(known)}
    return ValueType(parse, schema if default is None else {**schema, "default": default}, known, lists=True)


def several(one: ValueType) -> ValueType:
    """A list of values: with commas between, those that have a comma or begin with a quote in double quotes."""

    def parse(text: str) -> tuple[Any, ...]:
        # The last one found is the empty end of the text.
        found = list(islice(_ITEM.finditer(text), MOST_VALUES + 2))
        if len(found) > MOST_VALUES + 1:
            raise ValueError(f"must be at most {MOST_VALUES} with commas between; ask for the others by themselves")
        given = [item for item in map(_unquoted, found) if item]
        if not given:
            raise ValueError("must name one at least, with commas between several")
        return tuple(dict.fromkeys(_item(one, item) for item in given))

    items = {**one.schema, "pattern": LISTABLE} if "pattern" in one.schema else one.schema
    schema = {"type": "array", "items": items, "minItems": 1, "maxItems": MOST_VALUES}
    return ValueType(parse, schema, one.words)


def _unquoted(found: re.Match[str]) -> str:
    quoted = found["quoted"]
    return found["plain"].strip() if quoted is None else quoted.replace('""', '"').strip()


def _item(one: ValueType, item: str) -> Any:  # noqa: ANN401 - as its type reads it
    try:
        return one.parse(item)
    except ValueError as error:
        raise WrongItem(item, error) from error


TEXT = ValueType(_text, {"type": "string", "minLength": 1, "maxLength": MAX_TEXT, "pattern": STORABLE}, lists=True)
"""Free text: a name, an id, a key."""

SEARCH = ValueType(_search, {"type": "string", "maxLength": LONGEST_TEXT, "pattern": STORABLE}, may_be_empty=True)
"""What a person types to search: anything."""

BEGINNING = ValueType(_text, {"type": "string", "maxLength": MAX_TEXT, "pattern": STORABLE}, may_be_empty=True)
"""What a person has typed of a name."""

UNIT = ValueType(_unit, {"type": "string", "format": "unit", "minLength": 1, "maxLength": MAX_NAME}, lists=True)
NUMBER = ValueType(_number, {"type": "number", "minimum": -1e30, "maximum": 1e30}, lists=True)
DATE = ValueType(_date, {"type": "string", "format": "edtf", "minLength": 1, "maxLength": MAX_DATE})
MOMENT = ValueType(_moment, {"type": "string", "format": "moment", "minLength": 1, "maxLength": MAX_DATE})
POLICY = ValueType(_policy, {"type": "string", "format": "policy", "minLength": 1, "maxLength": MAX_POLICY})
FLAG = ValueType(_flag, {"type": "boolean"})
COUNT_FLAG = ValueType(_flag, {"type": "boolean", "default": False})
MARK_FLAG = ValueType(_flag, {"type": "boolean", "default": True})
CURSOR = ValueType(_cursor, {"type": "string", "format": "cursor", "minLength": 1, "maxLength": MAX_CURSOR})
