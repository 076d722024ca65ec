"""What a reader who is typing may mean: an entity or event, a type, or a property."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, or_, select

from app.domain.names import fold
from app.search.nouns import ENTITY, ENTITY_NOUN, ENTITY_WORD, EVENT_NOUN
from app.search.reconcile.asked import PAGE, is_id
from app.search.reconcile.schema import EVENT, PROPERTIES, TYPES, Property, Type, types_of
from app.search.reconcile.subjects import Subject, by_id, by_number
from app.search.reconcile.titles import MOST_WORDS, titles
from app.search.references import LAST_CHARACTER

Suggestions = list[dict[str, Any]]


def subjects(connection: Connection, prefix: str, skipped: int, type_: str | None) -> Suggestions:
    """Entities and events that the prefix begins, whose whole name it begins first."""
    if is_id(prefix):
        return [one.shown() for one in by_id(connection, [prefix]).values()][skipped:]
    folded = fold(prefix)
    found = [*_entities(connection, folded, skipped + PAGE, type_), *_events(connection, folded, type_)]
    found.sort(key=lambda one: (not one.folded[0].startswith(folded), one.folded[0], one.id))
    return [one.shown() for one in found[skipped : skipped + PAGE]]


def types(prefix: str, skipped: int) -> Suggestions:
    """Types whose name or id the prefix begins."""
    return _declared(TYPES.values(), prefix, skipped)


def properties(prefix: str, skipped: int) -> Suggestions:
    """Properties whose name or id the prefix begins."""
    return _declared(PROPERTIES.values(), prefix, skipped)


def _declared(ours: Iterable[Type | Property], prefix: str, skipped: int) -> Suggestions:
    folded = fold(prefix)
    found = [
        {"id": one.id, "name": one.name, "description": one.description}
        for one in ours
        if folded and any(text.startswith(folded) for text in (fold(one.id), fold(one.name)))
    ]
    return found[skipped : skipped + PAGE]


def _entities(connection: Connection, folded: str, most: int, type_: str | None) -> list[Subject]:
    words = folded.split()[:MOST_WORDS]
    if not words or type_ == EVENT:
        return []
    named = and_(*(ENTITY.c.id.in_(_having(word)) for word in words))
    whole = and_(ENTITY.c.sort_name >= folded, ENTITY.c.sort_name <= folded + LAST_CHARACTER)
    columns = select(ENTITY.c.id, ENTITY.c.record).where(ENTITY.c.merged_into.is_(None), named, _of_type(type_))
    ordered = columns.order_by(case((whole, 0), else_=1), ENTITY.c.sort_name, ENTITY.c.public_id).limit(most)
    return [Subject(ENTITY_NOUN, number, record) for number, record in connection.execute(ordered)]


def _having(word: str) -> Any:  # noqa: ANN401 - a select
    begins = and_(ENTITY_WORD.c.word >= word, ENTITY_WORD.c.word <= word + LAST_CHARACTER)
    return select(ENTITY_WORD.c.entity_id).where(begins)


def _of_type(type_: str | None) -> ColumnElement[bool]:
    kinds = [kind for kind in TYPES if type_ not in TYPES or type_ in {one.id for one in types_of(kind)}]
    return or_(ENTITY.c.kind.in_(kinds))


def _events(connection: Connection, folded: str, type_: str | None) -> list[Subject]:
    if type_ in TYPES and type_ != EVENT:
        return []
    return list(by_number(connection, EVENT_NOUN, titles(connection).beginning(folded)).values())
