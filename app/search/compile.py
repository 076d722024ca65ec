"""From filter values to SQL."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, func, select

from app.search.clauses import Condition, Link, Linked, number_in
from app.search.filter import Part
from app.search.filters import FILTERS
from app.search.query import Query


@dataclass(frozen=True, slots=True)
class Walk:
    """The rows of a part that match: where they come from, under which conditions.

    Where a link table lists them in order it is what is walked, and `moved` says which of its columns stands for which
    of the part's own: ordering by the claim's own number would sort all of an entity's claims for every page.
    """

    origin: FromClause
    conditions: list[ColumnElement[bool]]
    moved: dict[ColumnElement[Any], ColumnElement[Any]]

    def rows(self, record: ColumnElement[str], query: Query) -> Select[Any]:
        """The records of the query's page and of one row more, in order, each with its keys."""
        assert query.sort is not None
        keys = query.sort.columns(self.moved)
        statement = select(record, *keys).select_from(self.origin).where(*self.conditions)
        if query.after is not None:
            statement = statement.where(query.sort.after(keys, query.after))
        return statement.order_by(*query.sort.order(keys)).limit(query.limit + 1)

    def count(self) -> Select[Any]:
        """How many there are."""
        return select(func.count()).select_from(self.origin).where(*self.conditions)


def walk(
    part: Part, origin: FromClause, number: ColumnElement[int], values: Mapping[str, Any], *also: Condition
) -> Walk:
    """The rows of `origin`, numbered by `number`, that the values and `also` leave. References are ids by now."""
    conditions: list[ColumnElement[bool]] = []
    links: dict[Link, list[Linked]] = {}
    for condition in (*also, *conditions_of(part, values)):
        if isinstance(condition, Linked):
            links.setdefault(condition.link, []).append(condition)
        else:
            conditions.append(condition)
    unique = (link for link, linked in links.items() if any(one.unique for one in linked))
    led = next((link for link in unique if not link.alone or len(values) == 1), None)
    for link, linked in links.items():
        together = [one.condition for one in linked]
        conditions += together if link is led else [number_in(_of(link, number), link, together)]
    if led is None:
        return Walk(origin, conditions, {})
    walked = _of(led, number)
    return Walk(led.table.join(origin, walked == led.number), conditions, {walked: led.number})


def _of(link: Link, number: ColumnElement[int]) -> ColumnElement[int]:
    return number if link.of is None else link.of


def conditions_of(part: Part, values: Mapping[str, Any]) -> Iterator[Condition]:
    """The conditions that the values set on a part, and those that hold where some are not given."""
    for one in FILTERS:
        if part in one.on and one.name in values:
            yield one.on[part](values[one.name])
        elif part in one.absent:
            yield one.absent[part]
