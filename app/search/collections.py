"""What can be listed: each collection with its filters, its sorts and how much of it one page holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.search.filter import Filter, Part
from app.search.filters import filters_of
from app.search.nouns import (
    ARTICLE_NOUN,
    CLAIM_NOUN,
    ENTITY_NOUN,
    EVENT,
    EVENT_NOUN,
    FIGURE,
    FIGURE_NOUN,
    MEASURE_NOUN,
    SOURCE_NOUN,
    TEXTS,
    Noun,
)
from app.search.page import Key, Sort
from app.search.values import COUNT_FLAG, CURSOR, MARK_FLAG, MOMENT, ValueType, choice, integer, several
from app.search.variants import base_of, filters_on

MAX_LIMIT = 1000
_FACETS = (
    "What to count all that match by, with commas between: `facets` has the values of each with how many there are, "
    "most frequent first, years in their order. What a facet's own filter asks for is left out of its counts. An event "
    "is counted without those that are part of it; what has no value counts under null"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as documentation shows it: a filter, or one of those that shape the page."""

    name: str
    type: ValueType
    description: str
    example: str


@dataclass(frozen=True, slots=True)
class Past(Parameter):
    """A parameter that asks what was: which others go with it, and in which orders it lists, the first unless asked."""

    goes_with: tuple[str, ...] = ()
    sorts: tuple[Sort, ...] = ()


@dataclass(frozen=True)
class Collection:
    """One list: what it walks, in which orders (the first unless asked otherwise), and how long its pages may be.

    `noun` is what each of its items is, where they are all of one; `past` are the parameters that ask what was,
    `facets` the names of those that it can be counted by, `own` those that no other list has, `required` those that it
    does not go without. A `tolerant` one passes over parameters that it does not know: its clients send some.
    """

    name: str
    parts: tuple[Part, ...]
    sorts: tuple[Sort, ...] = ()
    noun: Noun | None = None
    past: tuple[Past, ...] = ()
    default_limit: int = 50
    max_limit: int = MAX_LIMIT
    required: tuple[str, ...] = ()
    counts: bool = True
    paged: bool = True
    facets: tuple[str, ...] = ()
    own: tuple[Parameter, ...] = ()
    tolerant: bool = False

    @cached_property
    def filters(self) -> Mapping[str, Filter]:
        """Its filters and their variants by name, in the order declared."""
        return filters_on(self.parts)

    @property
    def declared(self) -> tuple[str, ...]:
        """The names of its filters as they are declared, without their variants."""
        return tuple(name for name in self.filters if base_of(name) not in self.filters)

    @cached_property
    def narrowing(self) -> frozenset[str]:
        """The names of the parameters that decide what is listed."""
        return frozenset((*self.filters, *(one.name for one in self.own)))

    @cached_property
    def paging(self) -> Mapping[str, Parameter]:
        """The parameters that shape its pages, by name."""
        if not self.paged:
            return {}
        found = [
            Parameter(
                "limit",
                integer(1, self.max_limit, self.default_limit),
                f"Most items on a page, {self.default_limit} unless told",
                "20",
            ),
            Parameter("cursor", CURSOR, "Where the page begins: `next` of the page before", ""),
        ]
        shapes = "Of JSON, what the answer is: a `page`, or an `array` of the items alone"
        found.append(Parameter("shape", choice(("page", "array"), default="page"), shapes, "page"))
        if self.noun is not None and self.noun.name in TEXTS:
            marks = "Whether to mark what `q` found, as `highlights`; a page without is answered several times as fast"
            found.append(Parameter("highlight", MARK_FLAG, marks, "false"))
        if self.counts:
            found.append(Parameter("count", COUNT_FLAG, "Whether to count all that match, as `total`", "true"))
        if self.facets:
            found.append(Parameter("facet", several(choice(self.facets)), _FACETS, self.facets[0]))
        if len(self.sorts) > 1:
            orders = "; ".join(f"`{sort.name}` {sort.description}" for sort in self.sorts)
            words = choice((sort.name for sort in self.sorts), default=self.sorts[0].name)
            found.insert(0, Parameter("sort", words, f"The order: {orders}", self.sorts[0].name))
        return {parameter.name: parameter for parameter in found}

    @cached_property
    def parameters(self) -> Mapping[str, Parameter | Filter]:
        """Every parameter by name: filters first."""
        return {**self.filters, **{one.name: one for one in (*self.own, *self.past)}, **self.paging}

    def sort(self, name: str) -> Sort:
        """Its sort of that name."""
        return next(sort for sort in self.sorts if sort.name == name)


def _by(column: Any, of: type, *, nullable: bool = False) -> Key:  # noqa: ANN401 - a column of any type
    return Key(of, column, nullable=nullable)


_MOMENT = (
    "a version (a whole number), or a time in EDTF such as 2024-08-14 or 2024-08-14T18:00Z, which stands for its end; "
    "a whole year is written 2024-12-31"
)


def _as_known(description: str, goes_with: tuple[str, ...] = (), sorts: tuple[Sort, ...] = ()) -> Past:
    return Past("known_at", MOMENT, description, "2024-08-16", goes_with, sorts)


_CLAIM_FILTERS = tuple(one.name for one in filters_of((Part.CLAIMS_THEN,)))
_THEN = (Key(int), Key(int))
"""The version, and a claim's number."""

CLAIMS_KNOWN = _as_known(
    f"Claims as they were known at this moment, flags included: {_MOMENT}. Goes with "
    f"{', '.join(_CLAIM_FILTERS)}, count and sort by date. Names are looked up as they are now; an entity that was "
    "merged or unmerged since is found as it stood. The page says which `version` the moment is",
    (*_CLAIM_FILTERS, "sort", "limit", "cursor", "count"),
    (
        Sort("-date", "latest first, by the date that the claim speaks of", _THEN, descending=True),
        Sort("date", "earliest first", _THEN),
    ),
)
CLAIMS_CHANGED = Past(
    "changed_since",
    MOMENT,
    "What to do to a copy of the list that was in step at this version, 0 for an empty one: each item replaces the "
    'claim of its id, or, where it has `"gone": true`, takes it away. After the last page the copy is the list as of '
    f"`version`, whatever was written meanwhile; ask next time what changed since that. Goes with "
    f"{', '.join(_CLAIM_FILTERS)}, entities, sources and origins by id. Here too a time stands for its end",
    "0",
    (*_CLAIM_FILTERS, "limit", "cursor"),
    (Sort("changes", "in the order of versions", (Key(int), Key(int), Key(int), Key(str))),),
)
_CONFLICT_FILTERS = tuple(one.name for one in filters_of((Part.CONFLICTS_THEN,)))
_FIGURE_OR_DISPUTE = (Key(int), Key(float), Key(int, nullable=True), Key(str, nullable=True), Key(str, nullable=True))
CONFLICTS_KNOWN = _as_known(
    f"Conflicts as they were known at this moment, by the policy in force then: {_MOMENT}. Goes with "
    f"{', '.join(_CONFLICT_FILTERS)}. How an editor explained a declared dispute is not shown of the past",
    (*_CONFLICT_FILTERS, "limit", "cursor"),
    (Sort("worst", "conflicts first, then tensions", (Key(int), *_FIGURE_OR_DISPUTE)),),
)
_NUMBER = _by(CLAIM_NOUN.number, int)
_CLAIM = CLAIM_NOUN.table.c

RELEVANCE = Sort(
    "relevance",
    "(with `q`) best first; of many that match the latest 1,000 are ranked so, and older ones follow, latest first",
    (Key(int), Key(int), Key(int)),
    descending=True,
)
"""The score, the number, and the number of the oldest that is ranked."""

CLAIMS = Collection(
    "claims",
    (Part.CLAIMS,),
    (
        Sort("-date", "latest first, by the date that the claim speaks of", (_NUMBER,), descending=True),
        Sort("date", "earliest first", (_NUMBER,)),
        Sort("-published", "last published first", (_by(_CLAIM.published, int), _NUMBER), descending=True),
        Sort("published", "first published first", (_by(_CLAIM.published, int), _NUMBER)),
        Sort(
            "-value",
            "largest number first, of a range its upper end",
            (_by(_CLAIM.value_to, float, nullable=True), _NUMBER),
            descending=True,
        ),
        Sort(
            "value",
            "smallest number first, of a range its lower end",
            (_by(_CLAIM.value_from, float, nullable=True), _NUMBER),
        ),
        Sort("-recorded", "last loaded or corrected first", (_by(_CLAIM.recorded_at, str), _NUMBER), descending=True),
        Sort("recorded", "first loaded first", (_by(_CLAIM.recorded_at, str), _NUMBER)),
        RELEVANCE,
    ),
    CLAIM_NOUN,
    (CLAIMS_KNOWN, CLAIMS_CHANGED),
    facets=("source", "speaker", "measure", "event", "origin", "kind", "status", "year"),
)
HISTORY = Collection("history", (), (Sort("newest", "newest first", (Key(int),), descending=True),), counts=False)


def _by_name(noun: Noun, column: str, name: str = "name") -> Sort:
    return Sort(name, f"by {name}", (_by(noun.table.c[column], str), _by(noun.number, int)))


ENTITIES = Collection("entities", (Part.ENTITIES,), (_by_name(ENTITY_NOUN, "sort_name"), RELEVANCE), ENTITY_NOUN)
SOURCES = Collection("sources", (Part.SOURCES,), (_by_name(SOURCE_NOUN, "sort_name"),), SOURCE_NOUN)
MEASURES = Collection("measures", (Part.MEASURES,), (_by_name(MEASURE_NOUN, "label", "label"),), MEASURE_NOUN)
EVENTS = Collection(
    "events",
    (Part.EVENTS,),
    (
        Sort("-date", "latest first", (_by(EVENT.c.number, int),), descending=True),
        Sort("date", "earliest first", (_by(EVENT.c.number, int),)),
        RELEVANCE,
    ),
    EVENT_NOUN,
)
ARTICLES = Collection(
    "articles",
    (Part.ARTICLES,),
    (
        Sort("-published", "last published first", (_by(ARTICLE_NOUN.number, int),), descending=True),
        Sort("published", "first published first", (_by(ARTICLE_NOUN.number, int),)),
        RELEVANCE,
    ),
    ARTICLE_NOUN,
)
FIGURES = Collection(
    "figures",
    (Part.FIGURES,),
    (
        Sort(
            "worst",
            "conflicts first, then tensions, each by how far the numbers are apart",
            (_by(FIGURE.c.rank, int), _by(FIGURE.c.severity, float), _by(FIGURE.c.id, int)),
            descending=True,
        ),
    ),
    FIGURE_NOUN,
    facets=("measure", "event", "kind", "status"),
)
_DAY_AND_ROW = (Key(int), Key(int), Key(int))
TIMELINE = Collection(
    "timeline",
    (Part.TIMELINE_EVENTS, Part.TIMELINE_CLAIMS),
    (
        Sort("date", "earliest first; of one day, events before claims", _DAY_AND_ROW),
        Sort("-date", "latest first", _DAY_AND_ROW, descending=True),
    ),
)
CONFLICTS = Collection(
    "conflicts",
    (Part.CONFLICTS, Part.DISPUTES),
    (Sort("worst", "conflicts first, then tensions, each by how far the numbers are apart", _FIGURE_OR_DISPUTE),),
    past=(CONFLICTS_KNOWN,),
    default_limit=20,
    max_limit=100,
    counts=False,
)
SEARCH = Collection(
    "search",
    (Part.FOUND_ENTITIES, Part.FOUND_EVENTS, Part.FOUND_ARTICLES, Part.FOUND_CLAIMS),
    (Sort("relevance", "best first", (Key(int),) * 7),),
    required=("q",),
    default_limit=20,
    max_limit=100,
    counts=False,
)
SUGGEST = Collection("suggest", (Part.NAMES,), required=("prefix",), counts=False, paged=False)
ROLLUP = Collection("rollup", (Part.ROLLUP,), counts=False, paged=False)
SERIES = Collection(
    "series",
    (),
    (Sort("date", "by the day that a claim speaks of", (Key(int),)),),
    default_limit=100,
)
RELATIONS = Collection("relations", (), (Sort("worst", "conflicts first, then tensions", (Key(int),)),), counts=False)
ALONE = Collection("alone", (), counts=False, paged=False)
"""A single resource, which takes no parameters."""
ALONE_THEN = Collection(
    "alone, as it stood",
    (),
    past=(_as_known(f"As it was known at this moment, flags included: {_MOMENT}"),),
    counts=False,
    paged=False,
)
"""A single resource whose past can be asked for."""

COLLECTIONS = (
    CLAIMS,
    ENTITIES,
    EVENTS,
    ARTICLES,
    SOURCES,
    MEASURES,
    FIGURES,
    TIMELINE,
    CONFLICTS,
    SEARCH,
    SUGGEST,
    ROLLUP,
    SERIES,
    RELATIONS,
    HISTORY,
)
"""Every list that is served."""
