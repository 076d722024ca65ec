"""What may be reconciled to, as its record tells it: entities and events by their ids or numbers."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from app.domain.dates import parse_date, print_date
from app.domain.names import fold
from app.search.nouns import ENTITY, ENTITY_NOUN, EVENT, EVENT_NOUN, Noun
from app.search.reconcile.schema import EVENT as EVENT_NAME
from app.search.reconcile.schema import types_of

Json = dict[str, Any]
folded_form = lru_cache(maxsize=65_536)(fold)
"""Names and titles as they are compared; the same ones come up batch after batch."""


class Subject:
    """An entity or event, with its record as it is published."""

    def __init__(self, noun: Noun, number: int, record: str) -> None:
        self.noun = noun
        self.number = number
        self.record: Json = orjson.loads(record)

    @property
    def id(self) -> str:
        """The public id."""
        return str(self.record["id"])

    @property
    def name(self) -> str:
        """What is printed of it."""
        return str(self.record["title" if self.noun is EVENT_NOUN else "name"])

    @property
    def kind(self) -> str:
        """The narrowest type that it has."""
        return EVENT_NAME if self.noun is EVENT_NOUN else str(self.record["kind"])

    @property
    def names(self) -> list[str]:
        """Everything that it is called, the printed name first."""
        return list(dict.fromkeys([self.name, *(one["name"] for one in self.record.get("names", ()))]))

    @property
    def keys(self) -> list[str]:
        """What bundles call it."""
        return list(self.record["keys"]) if self.noun is ENTITY_NOUN else [str(self.record["key"])]

    @cached_property
    def folded(self) -> list[str]:
        """Its names as they are compared."""
        return [folded_form(name) for name in self.names]

    @property
    def description(self) -> str:
        """What tells it from its namesakes: what it is, or when it happened and inside what."""
        told = self.record["description"]
        if self.noun is ENTITY_NOUN:
            return told or types_of(self.kind)[0].name
        inside = self.record["part_of"]
        parts = [print_date(parse_date(self.record["date"]["edtf"])), inside and f"part of: {inside['title']}", told]
        return "; ".join(part for part in parts if part)

    def shown(self) -> Json:
        """As suggestions print it."""
        types = [one.shown() for one in types_of(self.kind)]
        return {"id": self.id, "name": self.name, "description": self.description, "notable": types}


def by_number(connection: Connection, noun: Noun, numbers: Iterable[int]) -> dict[int, Subject]:
    """The subjects of those numbers, in one statement."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    rows = connection.execute(select(noun.number, noun.table.c.record).where(noun.number.in_(wanted)))
    return {number: Subject(noun, number, record) for number, record in rows}


def by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Subject]:
    """The subjects of those ids, in two statements; a merged entity's id leads to the one it was merged into."""
    asked = sorted(set(ids))
    return {**_entities(connection, asked), **_events(connection, asked)}


def _entities(connection: Connection, ids: list[str]) -> dict[str, Subject]:
    asked = [one for one in ids if ENTITY_NOUN.is_id(one)]
    if not asked:
        return {}
    into = ENTITY.alias()
    joined = ENTITY.join(into, into.c.id == func.coalesce(ENTITY.c.merged_into, ENTITY.c.id))
    rows = connection.execute(
        select(ENTITY.c.public_id, into.c.id, into.c.record).select_from(joined).where(ENTITY.c.public_id.in_(asked))
    )
    return {public: Subject(ENTITY_NOUN, number, record) for public, number, record in rows}


def _events(connection: Connection, ids: list[str]) -> dict[str, Subject]:
    asked = [one for one in ids if EVENT_NOUN.is_id(one)]
    if not asked:
        return {}
    columns = (EVENT.c.public_id, EVENT.c.id, EVENT.c.record)
    rows = connection.execute(select(*columns).where(EVENT.c.public_id.in_(asked)))
    return {public: Subject(EVENT_NOUN, number, record) for public, number, record in rows}
