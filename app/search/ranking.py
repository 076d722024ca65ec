"""What a search found, best first: the newest that match are ranked, so that the work is bounded, and the rest follow.

A score depends on the record and the search alone, and a cursor carries which was the oldest that is ranked: so a walk
shows everything once, whatever is loaded meanwhile.
"""

from collections.abc import Iterable, Sequence

import orjson
from sqlalchemy import ColumnElement, Connection, select

from app.domain.passages import highlights
from app.domain.relevance import relevance
from app.domain.searches import Search
from app.search.compile import Walk, at_most
from app.search.nouns import TEXTS, Noun
from app.search.query import Query
from app.storage.records import stored

RANKED = 1000
"""How many of the newest that match are ranked."""
MOST_LOADED = 10_000
"""How many are ranked where more are loaded while a client goes from page to page."""
FIRST = 0
"""No number is lower."""

Place = tuple[int, int]
"""A score and a number; the score is below zero behind those that are ranked."""
_BEHIND = -1


def rows(connection: Connection, walked: Walk, noun: Noun, query: Query) -> tuple[list[str], str | None]:
    """The records of the query's page, best first, and the cursor of the page after."""
    assert query.search is not None
    score, number, oldest = query.after or (None, None, None)
    places: list[Place] = []
    if score != _BEHIND:
        ranked = candidates(connection, walked, noun, query.search, oldest)
        oldest = oldest_of(ranked) if oldest is None else oldest
        after = None if score is None else (score, number)
        places = sorted((place for place in ranked if after is None or place < after), reverse=True)
    missing = query.limit + 1 - len(places)
    if missing > 0 and oldest > FIRST:
        below = number if score == _BEHIND else oldest
        places += [(_BEHIND, one) for one in _older(connection, walked, noun, below, missing)]
    shown = places[: query.limit]
    cursor = query.cursor((*shown[-1], oldest)) if len(places) > query.limit else None
    found = records_of(connection, noun, [number for _, number in shown])
    return [found[number] for _, number in shown], cursor


def records_of(connection: Connection, noun: Noun, numbers: Iterable[int]) -> dict[int, str]:
    """The records of what was found, by the number of their words."""
    return stored(connection, noun.table, TEXTS[noun.name][1].name, numbers)


def candidates(connection: Connection, walked: Walk, noun: Noun, search: Search, oldest: int | None) -> list[Place]:
    """Those that are ranked: the newest that match or, on a later page, all from the oldest one of the first page."""
    texts, number = TEXTS[noun.name][0], _number(walked, noun)
    # Where the words are not what is walked, they are looked up.
    origin = walked.origin if number is texts.c.rowid else walked.origin.join(texts, texts.c.rowid == number)
    statement = select(number, texts.c.words).select_from(origin).where(*walked.conditions)
    if oldest is not None:
        statement = statement.where(number >= oldest)
    most = RANKED if oldest is None else MOST_LOADED
    found = connection.execute(statement.order_by(number.desc()).limit(at_most(most)))
    return [(relevance(search, words), one) for one, words in found]


def oldest_of(ranked: Sequence[Place]) -> int:
    """The number of the oldest one ranked; `FIRST` where all are."""
    return min(number for _, number in ranked) if len(ranked) >= RANKED else FIRST


def _older(connection: Connection, walked: Walk, noun: Noun, below: int, most: int) -> Iterable[int]:
    number = _number(walked, noun)
    statement = select(number).select_from(walked.origin).where(*walked.conditions, number < below)
    return connection.execute(statement.order_by(number.desc()).limit(at_most(most))).scalars()


def _number(walked: Walk, noun: Noun) -> ColumnElement[int]:
    number = TEXTS[noun.name][1]
    return walked.moved.get(number, number)


def highlighted(noun: str, records: Iterable[str], search: Search) -> dict[str, list[dict[str, str]]]:
    """What the search found in the texts of each record, by id."""
    read = [orjson.loads(record) for record in records]
    found = zip(read, highlights(noun, read, search), strict=True)
    return {record["id"]: [one._asdict() for one in marked] for record, marked in found}
