"""From filter values to SQL."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, FromClause, Integer, Select, bindparam, func, select

from app.search.clauses import Condition, Link, Linked, none_in, number_in
from app.search.filter import Filter, Part
from app.search.nouns import CLAIM
from app.search.page import Sort
from app.search.query import Query
from app.search.variants import ALL, asks_for_any, base_of
from app.storage.dialect import looked_up_by
from app.storage.tables.claims import COUNTED

_UNINDEXED = {"kind", "qualifier", "unit", "as_of__gte", "as_of__lte", "published__gte", "published__lte"}
"""The filters that leave a large part of all claims, and to which no index leads in a list's own order; one has all."""

_LARGE = frozenset({*_UNINDEXED, "status", "conflict"})
"""With those that have an index, but leave too many to sort them by anything else."""

_COUNTED = "ix_claim_counted"


def at_most(rows: int) -> BindParameter[int]:
    """A limit that is written into the statement: a planner that does not know it takes it for a tenth of all rows."""
    return bindparam(None, rows, Integer, literal_execute=True)


@dataclass(frozen=True, slots=True)
class Walk:
    """The rows of a part that match: where they come from, under which conditions.

    Where a link table lists them in order it is what is walked, and `moved` says which of its columns stands for which
    of the part's own: ordering by the claim's own number would sort all of an entity's claims for every page. `names`
    are those of the filters.
    """

    origin: FromClause
    conditions: list[ColumnElement[bool]]
    moved: dict[ColumnElement[Any], ColumnElement[Any]]
    names: frozenset[str] = frozenset()

    def rows(self, record: ColumnElement[str], query: Query) -> Select[Any]:
        """The records of the query's page and of one row more, in order, each with its keys."""
        assert query.sort is not None
        return self.ordered((record,), query.sort, query.after, at_most(query.limit + 1))

    def ordered(
        self,
        columns: Sequence[ColumnElement[Any]],
        sort: Sort,
        last: tuple[Any, ...] | None,
        limit: BindParameter[int],
    ) -> Select[Any]:
        """Columns and keys of the first rows in an order, of those after the one that has the keys `last`."""
        keys = sort.columns(self.moved)
        conditions = self.conditions if last is None else [*self.conditions, sort.after(keys, last)]

        def first(*wanted: ColumnElement[Any]) -> Select[Any]:
            found = select(*wanted).select_from(self.origin).where(*conditions)
            return found.order_by(*sort.order(keys)).limit(limit)

        if not self._is_found_first(sort):
            return first(*columns, *keys)
        # Found along the index of what is counted, and only then read: the few may lie far apart.
        own = sort.columns({})
        numbers = looked_up_by(first(CLAIM.c.number).correlate(None), CLAIM, _COUNTED)
        return select(*columns, *own).where(CLAIM.c.number.in_(numbers)).order_by(*sort.order(own))

    def _is_found_first(self, sort: Sort) -> bool:
        """Whether a page of claims is found by a look at all that match, or at all: none is to be read for that."""
        key = sort.keys[0].column
        if len(sort.keys) == 1:
            return self.origin is CLAIM and bool(self.names) and is_wide(self.names)
        if key is None or key.name not in COUNTED:
            return False
        # What bounds the key itself is part of a walk along its index.
        others = {name for name in self.names if not name.startswith(f"{key.name}__")}
        return CLAIM.c.number in self.moved or (self.origin is CLAIM and bool(others) and others <= _LARGE)

    def count(self) -> Select[Any]:
        """How many there are."""
        return self.counting(func.count())

    def counting(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """A statement over all of them, for what takes their number and not their records."""
        statement = select(*columns).select_from(self.origin).where(*self.conditions)
        is_listed = CLAIM.c.number in self.moved or (self.origin is CLAIM and is_wide(self.names))
        return looked_up_by(statement, CLAIM, _COUNTED) if is_listed else statement


@dataclass(frozen=True, slots=True)
class _Looked:
    """Rows of a link table that a claim must have, or must not have: all of the conditions hold on one of them."""

    link: Link
    conditions: list[ColumnElement[bool]]
    unique: bool = False
    negated: bool = False

    def condition(self, number: ColumnElement[int]) -> ColumnElement[bool]:
        """As a condition on the claim's number."""
        return (none_in if self.negated else number_in)(self.stands_for(number), self.link, self.conditions)

    def stands_for(self, number: ColumnElement[int]) -> ColumnElement[int]:
        """The column that the link's own stands for: `number`, unless the link says another."""
        return number if self.link.of is None else self.link.of


def walk(
    part: Part, origin: FromClause, number: ColumnElement[int], values: Mapping[str, Any], *also: Condition
) -> Walk:
    """The rows of `origin`, numbered by `number`, that the values and `also` leave. References are ids by now."""
    found = [*also, *conditions_of(part, values)]
    conditions = [one for one in found if not isinstance(one, Linked)]
    looked = list(_looked([one for one in found if isinstance(one, Linked)]))
    led = next((one for one in looked if one.unique and (not one.link.alone or len(values) == 1)), None)
    conditions += [one.condition(number) for one in looked if one is not led]
    if led is None:
        return Walk(origin, conditions, {}, frozenset(values))
    walked = led.stands_for(number)
    joined = led.link.table.join(origin, walked == led.link.number)
    return Walk(joined, [*conditions, *led.conditions], {walked: led.link.number}, frozenset(values))


def is_wide(names: Iterable[str]) -> bool:
    """Whether no index leads to the few claims that filters of those names leave, if they are few."""
    return all((base_of(name) or name) in _UNINDEXED for name in names)


def _looked(linked: list[Linked]) -> Iterator[_Looked]:
    """What is looked up in link tables. What narrows says more of the row that the first other condition leads to."""
    for link in dict.fromkeys(one.link for one in linked):
        leads = [one for one in linked if one.link == link and not one.narrows]
        first = [one.condition for one in leads if not one.negated][:1]
        narrowing = [one for one in linked if one.link == link and one.narrows]
        more = [one.condition for one in narrowing if not one.negated]
        if more and not first:
            yield _Looked(link, more)
        for lead in leads:
            narrowed = more if first and lead.condition is first[0] else []
            yield _Looked(link, [lead.condition, *narrowed], lead.unique, lead.negated)
        yield from (_Looked(link, [*first, one.condition], negated=True) for one in narrowing if one.negated)


def conditions_of(part: Part, values: Mapping[str, Any]) -> Iterator[Condition]:
    """The conditions that the values set on a part, and those that hold where some are not given."""
    for one in _filters_of(part):
        if part in one.on and one.name in values:
            yield one.on[part](values[one.name])
        elif part in one.absent and not asks_for_any(one.name, values):
            yield one.absent[part]


@cache
def _filters_of(part: Part) -> tuple[Filter, ...]:
    return tuple(one for one in ALL if part in one.on or part in one.absent)
