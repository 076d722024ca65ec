"""What the texts of a batch may stand for, before it is weighed: a few statements for each text, a few for all."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from app.search.nouns import ENTITY_NOUN, EVENT_NOUN, Noun
from app.search.reconcile.asked import Question, is_id
from app.search.reconcile.schema import EVENT, TYPES
from app.search.reconcile.titles import Titles, named, titles
from app.search.reconcile.words import sharing
from app.search.references import find, suggest

NEAR = 50.0
"""Of 100: what is less like the text is no candidate."""
_LOOKED_UP = 60.0
"""The least of 100 for what the look-up of names finds: its ways (scripts, sounds) are more than letters show."""
_MOST_SUGGESTED = 4
"""How many words a text may have to be compared with names that share none: a misspelt name has no more."""
_KINDS = tuple(one for one in TYPES if one != EVENT)


class Hit(NamedTuple):
    """A row that a text may stand for; its likeness, of 100, is `at_least` that."""

    noun: Noun
    number: int
    at_least: float = 0.0


def look_up(connection: Connection, batch: Sequence[Question]) -> dict[Question, list[Hit]]:
    """The hits of each question; one that stands twice in the batch is looked up once."""
    asked = [one for one in dict.fromkeys(batch) if one.text]
    entities = _entities(connection, [one for one in asked if any(map(one.admits, _KINDS))])
    events = _events(connection, [one for one in asked if one.admits(EVENT)])
    return {one: [*entities.get(one, ()), *events.get(one, ())] for one in batch}


def _entities(connection: Connection, asked: Iterable[Question]) -> dict[Question, list[Hit]]:
    """Entities that a text stands for; else those that share words with it; else those that are spelled like it."""
    found = {one: [Hit(ENTITY_NOUN, number, _LOOKED_UP) for number in _named(connection, one)] for one in asked}
    missed = [one for one, hits in found.items() if not hits and not is_id(one.text)]
    shared = sharing(connection, {one.text for one in missed})
    for one in missed:
        numbers = shared[one.text]
        if not numbers and len(one.text.split()) <= _MOST_SUGGESTED:
            numbers = [match.number for match in suggest(connection, ENTITY_NOUN, one.text)]
        found[one] = [Hit(ENTITY_NOUN, number) for number in numbers]
    return found


def _named(connection: Connection, question: Question) -> list[int]:
    return [one.number for one in find(connection, ENTITY_NOUN, question.text) if question.admits(one.kind)]


def _events(connection: Connection, asked: Sequence[Question]) -> dict[Question, list[Hit]]:
    if not asked:
        return {}
    called, listed = named(connection, sorted({one.text for one in asked})), titles(connection)
    return {one: [Hit(EVENT_NOUN, number) for number in _titled(one.text, called, listed)] for one in asked}


def _titled(text: str, called: dict[str, int], listed: Titles) -> list[int]:
    if text in called:
        return [called[text]]
    return [] if is_id(text) else listed.like(text, NEAR)
