"""Data extension: the values of some properties of what was reconciled."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.search.reconcile.schema import TYPES, Property
from app.search.reconcile.subjects import by_id
from app.search.reconcile.values import values


@dataclass(frozen=True, slots=True)
class Extension:
    """What is asked: properties of what has those ids."""

    ids: tuple[str, ...]
    properties: tuple[Property, ...]


def extend(connection: Connection, asked: Extension) -> dict[str, Any]:
    """The values, by id and property; `[{}]` where there is none, or no such id."""
    found = by_id(connection, asked.ids)
    known = values(connection, found.values(), asked.properties)
    rows = {}
    for one in asked.ids:
        subject = found.get(one)
        told = known[subject.noun.name, subject.number] if subject else {}
        rows[one] = {property_.id: told.get(property_.id) or [{}] for property_ in asked.properties}
    return {"meta": [_meta(one) for one in asked.properties], "rows": rows}


def proposed(type_: str | None, properties: Sequence[Property], limit: int) -> dict[str, Any]:
    """Properties that may be fetched, as the protocol proposes them."""
    shown = [{"id": one.id, "name": one.name, "description": one.description} for one in properties[:limit]]
    return {"properties": shown, "limit": limit, **({} if type_ is None else {"type": type_})}


def _meta(one: Property) -> dict[str, Any]:
    told = {"id": one.id, "name": one.name}
    return told if one.type is None else {**told, "type": TYPES[one.type].shown()}
