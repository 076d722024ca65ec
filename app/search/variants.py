"""What derives from every filter: any of several values (`__in`), none of them (`__not`), nothing (`__isnull`)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, not_

from app.search.clauses import Clause, any_of, negation
from app.search.filter import PAST, Filter, Part
from app.search.filters import FILTERS
from app.search.values import FLAG, MOST_VALUES, several

IN, NOT, ISNULL = "__in", "__not", "__isnull"
_LIST = f"a list with commas between, at most {MOST_VALUES}; what has a comma in it stands in double quotes"


def variants(one: Filter) -> Iterator[Filter]:
    """The variants of a filter, as filters."""
    present = {part: clause for part, clause in one.on.items() if part not in PAST}
    base = replace(one, on=present, absent={}, missing={})
    # Of a reference, the clause takes the numbers of however many.
    either = {part: clause if one.refers else any_of(clause) for part, clause in present.items()}
    if present and one.several and one.type.lists and "__" not in one.name:
        listed = replace(base, type=several(one.type), on=either)
        yield replace(listed, name=one.name + IN, description=f"As `{one.name}`, for any of several values: {_LIST}")
        none = {part: _none(clause) for part, clause in either.items()}
        description = f"All but what `{one.name}` would find for one of these: {_LIST}"
        yield replace(listed, name=one.name + NOT, on=none, description=description)
    if one.missing:
        yield _emptiness(one, base)


def _none(either: Clause) -> Clause:
    return lambda values: negation(either(values))


def _emptiness(one: Filter, base: Filter) -> Filter:
    """Whether there is anything that the filter could ask for."""
    on = {part: _is_missing(condition) for part, condition in one.missing.items()}
    description = f"What has nothing that `{one.name}` could ask for (true), or what has it (false)"
    named = replace(base, name=one.name + ISNULL, type=FLAG, description=description, example="false")
    return replace(named, on=on, refers=None)


def _is_missing(condition: ColumnElement[bool]) -> Clause:
    return lambda wanted: condition if wanted else not_(condition)


def asks_for_any(name: str, values: Collection[str] | Mapping[str, object]) -> bool:
    """Whether the filter of that name says which values there may be, alone or in a list."""
    return name in values or name + IN in values


def allows(name: str, values: Mapping[str, Any], word: str) -> bool:
    """Whether a filter and its variants let through what has that word."""
    wanted = word == values.get(name, word) and word in values.get(name + IN, (word,))
    return wanted and word not in values.get(name + NOT, ())


def is_variant(name: str) -> bool:
    """Whether that is the name of a variant, and not of a filter as it is declared."""
    return name.endswith((IN, NOT, ISNULL))


def base_of(name: str) -> str:
    """The name of the filter that a variant is made of; "" of what is none."""
    return name.rpartition("__")[0] if is_variant(name) else ""


def family(name: str) -> tuple[str, ...]:
    """The names of a filter and of all its variants."""
    return name, name + IN, name + NOT, name + ISNULL


def _all() -> Iterator[Filter]:
    for one in FILTERS:
        yield one
        yield from variants(one)


ALL: tuple[Filter, ...] = tuple(_all())
"""Every filter, each followed by its variants."""


def filters_on(parts: tuple[Part, ...]) -> dict[str, Filter]:
    """The filters and variants that those parts have by name, in the order declared."""
    return {one.name: one for one in ALL if any(part in one.on for part in parts)}
