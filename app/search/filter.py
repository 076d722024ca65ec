"""What a filter is: one declaration from which everything about it derives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import ColumnElement

from app.search.clauses import Clause
from app.search.values import ValueType


class Part(StrEnum):
    """What a request walks: the rows of one noun, or one of the two kinds of row that a mixed list is made of."""

    CLAIMS = "claims"
    ENTITIES = "entities"
    EVENTS = "events"
    ARTICLES = "articles"
    SOURCES = "sources"
    MEASURES = "measures"
    FIGURES = "figures"
    ROLLUP = "figures of an event and its parts"
    TIMELINE_EVENTS = "events of a timeline"
    TIMELINE_CLAIMS = "claims of a timeline"
    CONFLICTS = "figures in conflict"
    DISPUTES = "declared disputes"
    FOUND_CLAIMS = "claims of a search over everything"
    FOUND_ARTICLES = "articles of a search over everything"
    FOUND_EVENTS = "events of a search over everything"
    FOUND_ENTITIES = "entities of a search over everything"
    NAMES = "names that begin so"
    CLAIMS_THEN = "claims as they stood"
    CONFLICTS_THEN = "figures in conflict as they stood"


PAST = frozenset({Part.CLAIMS_THEN, Part.CONFLICTS_THEN})
"""The parts that history answers: it knows filters as they are declared, and no variants of them."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its name, how its text is read, what it means, and what it is in SQL on each part that has it.

    Of a reference, `refers` names the noun that the text is looked up in first; its clause takes the numbers found, or,
    of what stood once, the public ids.
    `absent` are conditions that hold on a part where the filter is not given; `missing` says on which parts what it
    asks for may be missing, and what is true of a row without it. `several`: it may be asked for any of several values.
    """

    name: str
    type: ValueType
    description: str
    example: str
    on: Mapping[Part, Clause]
    refers: str | None = None
    absent: Mapping[Part, ColumnElement[bool]] = field(default_factory=dict)
    missing: Mapping[Part, ColumnElement[bool]] = field(default_factory=dict)
    several: bool = True
