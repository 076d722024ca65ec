"""What the texts of a batch may stand for, before it is weighed: a few statements for each text, a few for all."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from app.search.nouns import ENTITY_NOUN, EVENT_NOUN, Noun
from app.search.reconcile.asked import Question, is_id
from app.search.reconcile.schema import EVENT, TYPES
from app.search.reconcile.titles import Titles, named, titles
from app.search.references import find, suggest

NEAR = 50.0
"""Of 100: what is less like the text is no candidate."""
_LOOKED_UP = 60.0
"""The least of 100 for what the look-up of names finds: its ways (scripts, sounds) are more than letters show."""
_KINDS = tuple(one for one in TYPES if one != EVENT)


class Hit(NamedTuple):
    """A row that a text may stand for; its likeness, of 100, is `at_least` that."""

    noun: Noun
    number: int
    at_least: float = 0.0


def look_up(connection: Connection, batch: Sequence[Question]) -> dict[Question, list[Hit]]:
    """The hits of each question; one that stands twice in the batch is looked up once."""
    entities = {one: _entities(connection, one) for one in dict.fromkeys(batch) if one.text}
    of_events = [one for one in entities if one.admits(EVENT)]
    called = named(connection, sorted({one.text for one in of_events}))
    listed = titles(connection) if of_events else Titles(())
    events = {one: [Hit(EVENT_NOUN, number) for number in _events(one.text, called, listed)] for one in of_events}
    return {one: [*entities.get(one, ()), *events.get(one, ())] for one in batch}


def _entities(connection: Connection, question: Question) -> list[Hit]:
    """Entities that the text stands for; else those that are spelled like it."""
    if not any(question.admits(kind) for kind in _KINDS):
        return []
    found = [match for match in find(connection, ENTITY_NOUN, question.text) if question.admits(match.kind)]
    if found or is_id(question.text):
        return [Hit(ENTITY_NOUN, match.number, _LOOKED_UP) for match in found]
    near = suggest(connection, ENTITY_NOUN, question.text)
    return [Hit(ENTITY_NOUN, match.number) for match in near if question.admits(match.kind)]


def _events(text: str, called: dict[str, int], listed: Titles) -> list[int]:
    if text in called:
        return [called[text]]
    return [] if is_id(text) else listed.like(text, NEAR)
