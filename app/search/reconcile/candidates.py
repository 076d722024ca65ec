"""Which entities and events the texts of a batch may stand for, best first, and which of them are sure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.domain.likeness import SAME, date_likeness, name_likeness, number_likeness, text_likeness
from app.domain.names import fold
from app.search.nouns import ENTITY_NOUN, EVENT_NOUN
from app.search.reconcile.asked import Given, Question, Reference, is_id
from app.search.reconcile.schema import EVENT, Property, Reads, types_of
from app.search.reconcile.subjects import Subject, by_number
from app.search.reconcile.titles import Titles, named, titles
from app.search.reconcile.values import Value, Values, values
from app.search.references import Match, find, suggest

_LOOKED_UP = 60.0
"""The least of 100 for what the look-up of names finds: its ways (scripts, sounds) are more than letters show."""
_PROPERTIES = 0.3
"""How much of the score the properties make, where any is known."""
_AGREES = 80.0
"""Of 100: from here on a property does not speak against a candidate."""
_OTHER_TYPE = 0.7
"""What the score of a candidate is multiplied by that is not of the type which it should be."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a text may stand for; scores and likenesses are of 100."""

    subject: Subject
    score: float
    name: float
    is_of_type: bool
    properties: dict[str, float]
    match: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether its very name (or alias, key or id) was given, and nothing speaks against it."""
        agreed = all(likeness >= _AGREES for likeness in self.properties.values())
        return self.name == SAME and self.is_of_type and agreed

    def shown(self, *, match: bool) -> dict[str, Any]:
        """As the answer to a query prints it."""
        features: list[dict[str, Any]] = [{"id": "name", "value": self.name}, {"id": "type", "value": self.is_of_type}]
        features += [{"id": f"property:{name}", "value": value} for name, value in self.properties.items()]
        return {
            "id": self.subject.id,
            "name": self.subject.name,
            "description": self.subject.description,
            "type": [one.shown() for one in types_of(self.subject.kind)],
            "score": self.score,
            "match": match,
            "features": features,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """The numbers of what the texts of a batch may stand for, by text."""

    entities: dict[Question, list[int]]
    events: dict[Question, list[int]]


def reconcile(connection: Connection, batch: Sequence[Question]) -> list[list[dict[str, Any]]]:
    """The candidates of each question of the batch, best first."""
    found = _found(connection, batch)
    entities = by_number(connection, ENTITY_NOUN, _all(found.entities))
    events = by_number(connection, EVENT_NOUN, _all(found.events))
    asked = {one.id: one for question in batch for one, _ in question.properties}
    known = values(connection, [*entities.values(), *events.values()], asked.values())
    return [
        _ranked(
            question,
            [entities[one] for one in found.entities[question]] + [events[one] for one in found.events[question]],
            known,
        )
        for question in batch
    ]


def _all(numbers: dict[Question, list[int]]) -> Iterable[int]:
    return (number for found in numbers.values() for number in found)


def _found(connection: Connection, batch: Sequence[Question]) -> Found:
    entities = {one: [match.number for match in _matches(connection, one)] for one in dict.fromkeys(batch)}
    wanted = [one for one in entities if one.text and one.admits(EVENT)]
    called = named(connection, sorted({one.text for one in wanted}))
    listed = titles(connection) if wanted else Titles(())
    events = {one: _events(one.text, called, listed) if one in wanted else [] for one in entities}
    return Found(entities, events)


def _matches(connection: Connection, question: Question) -> list[Match]:
    """Entities that the text stands for; else those that are spelled like it."""
    if not question.text or not any(question.admits(kind) for kind in _KINDS):
        return []
    found = [match for match in find(connection, ENTITY_NOUN, question.text) if question.admits(match.kind)]
    if found or is_id(question.text):
        return found
    return [match for match in suggest(connection, ENTITY_NOUN, question.text) if question.admits(match.kind)]


def _events(text: str, called: dict[str, int], listed: Titles) -> list[int]:
    return [called[text]] if text in called else [] if is_id(text) else listed.like(text)


def _ranked(question: Question, subjects: Iterable[Subject], known: Values) -> list[dict[str, Any]]:
    candidates = [_candidate(question, subject, known) for subject in subjects]
    candidates.sort(key=lambda one: (-one.score, one.subject.name, one.subject.id))
    sure = [one for one in candidates if one.is_sure]
    return [one.shown(match=sure == [one]) for one in candidates[: question.limit]]


def _candidate(question: Question, subject: Subject, known: Values) -> Candidate:
    name = round(_name_likeness(question.text, subject), 1)
    told = known[subject.noun.name, subject.number]
    compared = [(one.id, _best(one, given, told[one.id])) for one, given in question.properties]
    properties = {property_: likeness for property_, likeness in compared if likeness is not None}
    score = name
    if properties:
        score = (1 - _PROPERTIES) * name + _PROPERTIES * sum(properties.values()) / len(properties)
    is_of_type = question.is_of_type(subject.kind)
    return Candidate(subject, round(score * (1 if is_of_type else _OTHER_TYPE), 1), name, is_of_type, properties)


def _name_likeness(text: str, subject: Subject) -> float:
    if text in subject.keys or is_id(text):
        return SAME
    likeness = name_likeness(fold(text), subject.folded)
    return max(likeness, _LOOKED_UP) if subject.noun is ENTITY_NOUN else likeness


def _best(asked: Property, given: Iterable[Given], ours: Iterable[Value]) -> float | None:
    """How like the nearest of our values is to the nearest of those given; None where nothing can be compared."""
    likenesses = [_likeness(asked, one, other) for one in given for other in ours]
    known = [likeness for likeness in likenesses if likeness is not None]
    return round(max(known), 1) if known else None


def _likeness(asked: Property, given: Given, ours: Value) -> float | None:
    text = given.id if isinstance(given, Reference) else str(given)
    if asked.reads is Reads.NUMBER:
        return number_likeness(text, ours["int"])
    if asked.reads is Reads.DATE:
        return date_likeness(text, ours["date"][:10] if "date" in ours else ours["str"])
    if asked.reads is Reads.TEXT:
        return text_likeness(text, ours["str"])
    if text == ours["id"]:
        return SAME
    name = given.name if isinstance(given, Reference) else text
    return 0.0 if is_id(text) else text_likeness(name, ours["name"])


_KINDS = ("person", "organization", "place", "unit", "other")
