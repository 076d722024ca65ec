"""Which entities and events the texts of a batch may stand for, best first, and which of them are sure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.domain.names import fold
from app.domain.resemblance import SAME, date_likeness, name_likeness, number_likeness, text_likeness
from app.search.nouns import ENTITY_NOUN, EVENT_NOUN, Noun
from app.search.reconcile.asked import Given, Question, Reference, is_id
from app.search.reconcile.lookup import NEAR, Hit, look_up
from app.search.reconcile.schema import Property, Reads, types_of
from app.search.reconcile.subjects import Subject, by_number
from app.search.reconcile.values import Value, Values, values

_PROPERTIES = 0.3
"""How much of the score the properties make, where any is known."""
_AGREES = 80.0
"""Of 100: from here on a property does not speak against a candidate."""
_OTHER_TYPE = 0.7
"""What the score of a candidate is multiplied by that is not of the type which it should be."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a text may stand for; scores and likenesses are of 100.

    `tells`: were its name the same, that would be enough to tell it from what we have not.
    """

    subject: Subject
    score: float
    name: float
    is_of_type: bool
    tells: bool
    properties: dict[str, float]

    @property
    def fits(self) -> bool:
        """Whether its very name, alias, key or id was given, and nothing speaks against it."""
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


def reconcile(connection: Connection, batch: Sequence[Question]) -> list[list[dict[str, Any]]]:
    """The candidates of each question of the batch, best first."""
    hits = look_up(connection, batch)
    subjects = {
        (noun.name, number): subject
        for noun in (ENTITY_NOUN, EVENT_NOUN)
        for number, subject in by_number(connection, noun, _numbers(hits, noun)).items()
    }
    asked = {one.id: one for question in batch for one, _ in question.properties}
    known = values(connection, subjects.values(), asked.values())
    candidates = {
        one: [_candidate(one, subjects[hit.noun.name, hit.number], hit.at_least, known) for hit in hits[one]]
        for one in hits
    }
    return [_ranked(one, candidates[one]) for one in batch]


def _numbers(hits: Mapping[Question, list[Hit]], noun: Noun) -> Iterable[int]:
    return (hit.number for found in hits.values() for hit in found if hit.noun is noun)


def _ranked(question: Question, found: Iterable[Candidate]) -> list[dict[str, Any]]:
    candidates = [one for one in found if one.name >= NEAR and question.admits(one.subject.kind)]
    candidates.sort(key=lambda one: (-one.score, one.subject.name, one.subject.id))
    fitting = [one for one in candidates if one.fits]
    sure = fitting[0] if len(fitting) == 1 and fitting[0].tells else None
    return [one.shown(match=one is sure) for one in candidates[: question.limit]]


def _candidate(question: Question, subject: Subject, at_least: float, known: Values) -> Candidate:
    name = round(max(at_least, _name_likeness(question.text, subject)), 1)
    told = known[subject.noun.name, subject.number]
    compared = [(one.id, _best(one, given, told[one.id])) for one, given in question.properties]
    properties = {property_: likeness for property_, likeness in compared if likeness is not None}
    score = name
    if properties:
        score = (1 - _PROPERTIES) * name + _PROPERTIES * sum(properties.values()) / len(properties)
    is_of_type = question.is_of_type(subject.kind)
    score = round(score * (1 if is_of_type else _OTHER_TYPE), 1)
    return Candidate(subject, score, name, is_of_type, _tells(question, subject), properties)


def _name_likeness(text: str, subject: Subject) -> float:
    if is_id(text) or _is_key(text, subject):
        return SAME
    return name_likeness(fold(text), subject.folded)


def _is_key(text: str, subject: Subject) -> bool:
    """Whether it is a key that nobody writes by chance: of one word, it may be anybody's name."""
    return "-" in text and text in subject.keys


def _tells(question: Question, subject: Subject) -> bool:
    """Whether the text is more than an alias of one word: without a type, Moscow is a government's, or any place's."""
    folded = fold(question.text)
    named = " " in folded or folded == subject.folded[0]
    return bool(question.types) or named or is_id(question.text) or _is_key(question.text, subject)


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
