"""Figures as the claims up to a date made them: compared anew, without the claims that speak of a later day."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from app.domain.dates import Span
from app.problems import InvalidParameter
from app.search.collections import FIGURES
from app.search.compile import walk
from app.search.filter import Part
from app.search.find import nothing
from app.search.nouns import FIGURE, FIGURE_NOUN
from app.search.page import Page
from app.search.query import Query
from app.search.references import resolve
from app.search.variants import asks_for_any, family
from app.storage import policies
from app.storage.comparison import TooManyClaims, compute_until
from app.storage.figures import render

MOST_CLAIMS = 5000
"""How many claims are compared for one page; it takes seconds."""
_NARROWING = ("event", "measure", "entity")
_ADVICE = "`event`, `measure` or `entity`"
_END_OF_TIME = 2**62


def asks(query: Query) -> bool:
    """Whether the query is about figures as they were."""
    return "as_of" in query.values


def page(connection: Connection, query: Query) -> Page:
    """The page of figures as of the date that the query gives, in the order in which they are listed now.

    Raises InvalidParameter where the query does not narrow them enough, or asks for what is known of the present only.
    """
    _check(query.values)
    if query.facets:
        raise InvalidParameter("facet does not go with as_of: it counts what figures are now.", parameter="facet")
    resolution = resolve(connection, query.values, FIGURES.filters)
    if resolution.missing:
        return nothing(query, resolution)
    walked = walk(Part.FIGURES, FIGURE, FIGURE_NOUN.number, resolution.values)
    rows = connection.execute(walked.rows(FIGURE.c.id, query)).all()
    shown = [row[0] for row in rows[: query.limit]]
    items = _rendered(connection, shown, query.values["as_of"])
    cursor = query.cursor(rows[query.limit - 1][1:]) if len(rows) > query.limit else None
    total = connection.execute(walked.count()).scalar_one() if query.count else None
    return Page([items[number] for number in shown], cursor, total, **resolution.told)


def _check(values: Mapping[str, Any]) -> None:
    if not any(asks_for_any(name, values) for name in _NARROWING):
        advice = f"as_of: give {_ADVICE} too, because all claims of what it names are compared anew."
        raise InvalidParameter(advice, parameter="as_of")
    status = next((name for name in family("status") if name in values), None)
    if status is not None:
        advice = f"{status}: with as_of, leave it out: it is what figures have now. Figures tell what they had."
        raise InvalidParameter(advice, parameter=status)


def _rendered(connection: Connection, figures: list[int], date: Span) -> dict[int, str]:
    until = _END_OF_TIME if date.end is None else date.end
    try:
        found = compute_until(connection, set(figures), policies.in_force(connection), until, MOST_CLAIMS)
    except TooManyClaims as many:
        raise InvalidParameter(
            f"as_of: this page rests on {many.number} claims, those of parts and wholes included, and at most "
            f"{MOST_CLAIMS} are compared on request. Give a smaller limit, or narrow with {_ADVICE}.",
            parameter="as_of",
        ) from None
    return render(connection, found.figures)
