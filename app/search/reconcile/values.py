"""What we know of subjects, property by property, as data extension prints it: in a constant number of statements."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, case, func, select

from app.domain.dates import date_of
from app.search.nouns import CLAIM, CLAIM_ENTITY, CLAIM_EVENT, ENTITY_NOUN, EVENT_NOUN, Noun
from app.search.reconcile.schema import Property
from app.search.reconcile.subjects import Subject

MOST_PARTICIPANTS = 50

Value = dict[str, Any]
Values = Mapping[tuple[str, int], Mapping[str, list[Value]]]
"""By noun and number of the subject, then by property."""
_CLAIMS = {ENTITY_NOUN: (CLAIM_ENTITY, CLAIM_ENTITY.c.entity_id), EVENT_NOUN: (CLAIM_EVENT, CLAIM_EVENT.c.event_id)}


class Claims(NamedTuple):
    """How many claims concern a subject, how many of those are in conflict, and the latest."""

    n_claims: int = 0
    n_conflicts: int = 0
    latest: str | None = None
    as_of: int | None = None


def values(connection: Connection, subjects: Iterable[Subject], properties: Iterable[Property]) -> Values:
    """The values of those properties of those subjects; an empty list where there is none."""
    asked, found = list(properties), list(subjects)
    claims: dict[tuple[str, int], Claims] = {}
    if any(one.id in _COUNTED for one in asked):
        for noun in _CLAIMS:
            numbers = sorted({one.number for one in found if one.noun is noun})
            claims |= {(noun.name, number): told for number, told in _claims(connection, noun, numbers).items()}
    return {
        place: {one.id: _of(subject, one, claims.get(place, Claims())) for one in asked}
        for subject in found
        for place in [(subject.noun.name, subject.number)]
    }


def _of(subject: Subject, asked: Property, claims: Claims) -> list[Value]:
    if subject.noun.name not in asked.of:
        return []
    return _COUNTED[asked.id](claims) if asked.id in _COUNTED else _TOLD[asked.id](subject)


def _claims(connection: Connection, noun: Noun, numbers: list[int]) -> dict[int, Claims]:
    if not numbers:
        return {}
    link, owner = _CLAIMS[noun]
    conflicts = func.sum(case((CLAIM.c.conflict, 1), else_=0))
    counted = select(owner, func.count(), conflicts, func.max(CLAIM.c.number))
    counted = counted.select_from(link.join(CLAIM, CLAIM.c.number == link.c.number))
    counted = counted.where(owner.in_(numbers), CLAIM.c.withdrawn_at.is_(None)).group_by(owner)
    rows = connection.execute(counted).all()
    columns = (CLAIM.c.number, CLAIM.c.statement, CLAIM.c.as_of_start)
    latest = connection.execute(select(*columns).where(CLAIM.c.number.in_(sorted({row[3] for row in rows}))))
    told = {number: (statement, start) for number, statement, start in latest}
    return {number: Claims(count, conflicting, *told[last]) for number, count, conflicting, last in rows}


def _texts(texts: Iterable[str | None]) -> list[Value]:
    return [{"str": text} for text in texts if text]


def _day(minute: int | None) -> list[Value]:
    return [] if minute is None else [{"date": f"{date_of(minute).isoformat()}T00:00:00Z"}]


def _moment(text: str | None) -> list[Value]:
    """A day or minute of a record as the time that the protocol wants of every date."""
    if text is None:
        return []
    day, _, clock = text.partition("T")
    return [{"date": f"{day}T{clock.removesuffix('Z') or '00:00'}:00Z"}]


def _references(*named: Mapping[str, Any] | None) -> list[Value]:
    found = [{"id": one["id"], "name": one.get("name") or one["title"]} for one in named if one]
    # Who took part in two roles is one value.
    return list({one["id"]: one for one in found}.values())[:MOST_PARTICIPANTS]


_TOLD: Mapping[str, Callable[[Subject], list[Value]]] = {
    "name": lambda one: _texts(one.names),
    "kind": lambda one: _texts([one.kind]),
    "key": lambda one: _texts(one.keys),
    "description": lambda one: _texts([one.record["description"]]),
    "date": lambda one: _texts([one.record["date"]["edtf"]]),
    "begin": lambda one: _moment(one.record["date"]["start"]),
    "end": lambda one: _moment(one.record["date"]["end"]),
    "place": lambda one: _references(one.record["place"]),
    "participant": lambda one: _references(*one.record["participants"]),
    "part_of": lambda one: _references(one.record["part_of"]),
}
_COUNTED: Mapping[str, Callable[[Claims], list[Value]]] = {
    "n_claims": lambda told: [{"int": told.n_claims}],
    "n_conflicts": lambda told: [{"int": told.n_conflicts}],
    "latest_claim": lambda told: _texts([told.latest]),
    "latest_date": lambda told: _day(told.as_of),
}
