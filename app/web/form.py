"""A search form as data: a field for each filter of a list, derived from its declaration."""

from dataclasses import dataclass

from app.search.collections import Collection, Parameter
from app.search.filter import Filter
from app.search.query import SOUGHT
from app.search.values import FLAG, ValueType

_YES_OR_NO = (("true", "yes"), ("false", "no"))
_BOUNDS = {"gte": "from", "lte": "up to", "isnull": "missing"}
_CONTROLS = {"string": "text", "number": "number", "integer": "number"}
_ORDER = ("sort", "limit")
"""What shapes the page and may be chosen; a cursor is nothing to fill in."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `control` is `select`, `number`, `date` or `text`; `options` are values with what they are called.

    `low` and `high` bound a whole number.
    """

    name: str
    label: str
    hint: str
    control: str
    options: tuple[tuple[str, str], ...]
    example: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together; `first` is shown at once, the others when they are opened."""

    title: str
    fields: tuple[Field, ...]
    first: bool = False


def groups(collection: Collection) -> tuple[Group, ...]:
    """The fields of a list's form: those of its filters by what they ask, and the order of its pages."""
    found: dict[str, list[Field]] = {"Who and what": [], "Kind and standing": [], "Number": [], "Date": []}
    # Variants are for those who write requests.
    for one in map(collection.filters.__getitem__, collection.declared):
        found[_title(one)].append(field(one))
    found["Order"] = [field(collection.paging[name]) for name in _ORDER if name in collection.paging]
    return tuple(Group(title, tuple(fields), title == "Who and what") for title, fields in found.items() if fields)


def _title(one: Filter) -> str:
    if one.refers or one.name in (SOUGHT, "role"):
        return "Who and what"
    if one.type.words or one.type is FLAG:
        return "Kind and standing"
    return "Date" if one.type.schema.get("format") == "edtf" else "Number"


def field(one: Filter | Parameter) -> Field:
    """The field in which a filter, or what shapes the page, is filled in."""
    options = _YES_OR_NO if one.type is FLAG else tuple((word, _plain(word)) for word in one.type.words)
    control = "select" if options else _control(one.type)
    low, high = one.type.schema.get("minimum"), one.type.schema.get("maximum")
    bounds = (low, high) if one.type.schema["type"] == "integer" else (None, None)
    return Field(one.name, _label(one.name), one.description, control, options, one.example, *bounds)


def _control(given: ValueType) -> str:
    return "date" if given.schema.get("format") == "edtf" else _CONTROLS[given.schema["type"]]


def _label(name: str) -> str:
    if name == SOUGHT:
        return "Words"
    base, _, bound = name.partition("__")
    label = _plain(base).capitalize()
    return f"{label}, {_BOUNDS[bound]}" if bound else label


def _plain(word: str) -> str:
    return word.replace("_", " ")
