"""The types and properties of the reconciliation service, each declared once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.search.nouns import ENTITY_NOUN, EVENT_NOUN

ENTITY, EVENT = ENTITY_NOUN.name, EVENT_NOUN.name


@dataclass(frozen=True, slots=True)
class Type:
    """What a candidate may be; an entity is one of the kinds, and an entity besides."""

    id: str
    name: str
    description: str
    broader: str | None = None

    def shown(self) -> dict[str, str]:
        """As a candidate bears it."""
        return {"id": self.id, "name": self.name}


class Reads(StrEnum):
    """How a value that a client gives is compared with ours."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Property:
    """What can be fetched of a candidate, or be given to narrow a query.

    `of` are the nouns that have it; `type` is that of its values, where those can be reconciled themselves.
    """

    id: str
    name: str
    description: str
    of: tuple[str, ...]
    reads: Reads = Reads.TEXT
    type: str | None = None


_BOTH = (ENTITY, EVENT)

TYPES: Mapping[str, Type] = {
    one.id: one
    for one in (
        Type(ENTITY, "Entity", "A person, organization, place, military unit or other"),
        Type("person", "Person", "A person", ENTITY),
        Type("organization", "Organization", "A body, a company, an outlet, a state's service", ENTITY),
        Type("place", "Place", "A country, a region, a town", ENTITY),
        Type("unit", "Military unit", "A brigade, a regiment, an army", ENTITY),
        Type("other", "Other entity", "An entity of no other kind", ENTITY),
        Type(EVENT, "Event", "Something that happened, at a date and with participants"),
    )
}

PROPERTIES: Mapping[str, Property] = {
    one.id: one
    for one in (
        Property("name", "Name", "Every name, the one that is printed first; of an event its title", _BOTH),
        Property("kind", "Kind", "person, organization, place, unit, other or event", _BOTH),
        Property("key", "Key", "What bundles call it", _BOTH),
        Property("description", "Description", "What it is, in a sentence", _BOTH),
        Property("date", "Date", "When it happened, as EDTF", (EVENT,), Reads.DATE),
        Property("begin", "First day", "The first day of its date", (EVENT,), Reads.DATE),
        Property("end", "Last day", "The last day of its date", (EVENT,), Reads.DATE),
        Property("place", "Place", "Where it happened", (EVENT,), Reads.REFERENCE, "place"),
        Property("participant", "Participant", "Who took part, at most 50", (EVENT,), Reads.REFERENCE, ENTITY),
        Property("part_of", "Part of", "The event that it lies inside", (EVENT,), Reads.REFERENCE, EVENT),
        Property("n_claims", "Number of claims", "How many claims concern it", _BOTH, Reads.NUMBER),
        Property("n_conflicts", "Claims in conflict", "How many of those are in conflict", _BOTH, Reads.NUMBER),
        Property("latest_claim", "Latest claim", "What the claim of the latest date states", _BOTH),
        Property("latest_date", "Date of the latest claim", "The first day that it speaks of", _BOTH, Reads.DATE),
    )
}


def types_of(kind: str) -> tuple[Type, ...]:
    """The types of what is of that kind, the narrowest first."""
    own = TYPES[kind]
    return (own,) if own.broader is None else (own, TYPES[own.broader])


def properties_of(type_: str | None) -> list[Property]:
    """The properties that candidates of a type may have; of no type known, all."""
    noun = type_ and (EVENT if type_ == EVENT else ENTITY if type_ in TYPES else None)
    return [one for one in PROPERTIES.values() if noun is None or noun in one.of]
