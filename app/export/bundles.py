"""The database as the bundles that it came in: what loads into an empty one, to the same claims, figures and flags."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from pydantic import ValidationError
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from app.export.entities import Named, entities_of, parts
from app.export.explanations import explanations_of
from app.export.order import Group, needs, ordered
from app.export.unreadable import unreadable
from app.ingest.bundle import Bundle
from app.ingest.reader import pointer_of, problem_of
from app.problems import Invalid
from app.storage.records import AnyRow, chunks
from app.storage.tables import Article, Claim, Entity, Event, EventParticipant, Measure, Source, StoredBundle

Json = dict[str, Any]
MOST_BUNDLES = 200
MOST_CLAIMS = 5_000
"""Bundles that are read at once: no more than so many, nor with more claims than so many unless it is one alone."""


def groups(connection: Connection) -> list[Group]:
    """Every bundle's key, in the order in which they load."""
    return ordered(needs(connection))


def count(connection: Connection) -> int:
    """How many bundles there are."""
    return connection.execute(select(func.count()).select_from(StoredBundle)).scalar_one()


def read(connection: Connection, keys: Sequence[str]) -> Iterator[Bundle]:
    """Those bundles, in that order, without claims that would not load again. Memory holds a few at a time.

    Raises Invalid for a bundle that the format has no room for.
    """
    without = unreadable(connection).keys()
    for some in _portions(keys, _sizes(connection)):
        yield from map(_valid, _read(connection, some, without))


def _valid(given: Json) -> Bundle:
    try:
        return Bundle.model_validate(given)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_context=False)[0]
        place = "/".join(map(str, pointer_of(first)))
        raise Invalid(f"The bundle {given['bundle']!r} would not load: at /{place}: {problem_of(first)}") from None


def _sizes(connection: Connection) -> Mapping[str, int]:
    counted = select(Claim.bundle, func.count()).group_by(Claim.bundle)
    return {row[0]: row[1] for row in connection.execute(counted)}


def _portions(keys: Sequence[str], sizes: Mapping[str, int]) -> Iterator[list[str]]:
    portion: list[str] = []
    claims = 0
    for key in keys:
        size = sizes.get(key, 0)
        if portion and (len(portion) == MOST_BUNDLES or claims + size > MOST_CLAIMS):
            yield portion
            portion, claims = [], 0
        portion.append(key)
        claims += size
    if portion:
        yield portion


def _read(connection: Connection, keys: Sequence[str], without: Collection[str]) -> Iterator[Json]:
    """Those bundles, in a number of statements that does not grow with theirs."""
    entities = entities_of(connection, keys)
    measures = _by_owner(_measure(row) for row in _of(connection, select(Measure.__table__), Measure.owner, keys))
    events = _events(connection, keys)
    articles = _articles(connection, keys, without)
    explanations = explanations_of(connection, keys)
    rows = _of(connection, select(StoredBundle.key, StoredBundle.description), StoredBundle.key, keys)
    descriptions = {row.key: row.description for row in rows}
    for key in keys:
        own = entities.get(key, list[Named]())
        named, sources = parts(key, own)
        yield {
            "bundle": key,
            "description": descriptions[key],
            "sources": sources,
            "entities": named,
            "measures": measures.get(key, []),
            "events": events.get(key, []),
            "articles": articles.pop(key, []),
            "explanations": explanations.get(key, []),
        }


def _of(connection: Connection, statement: Any, column: Any, values: Iterable[Any]) -> list[AnyRow]:  # noqa: ANN401
    return [row for chunk in chunks(values) for row in connection.execute(statement.where(column.in_(chunk)))]


def _by_owner(made: Iterable[tuple[str, Json]]) -> dict[str, list[Json]]:
    """What bundles define, by bundle, each list by key."""
    found: dict[str, list[Json]] = {}
    for owner, one in made:
        found.setdefault(owner, []).append(one)
    return {owner: sorted(them, key=lambda one: str(one["key"])) for owner, them in found.items()}


def _measure(row: AnyRow) -> tuple[str, Json]:
    fields = ("key", "label", "unit", "additive", "signed", "volatile", "description")
    return row.owner, {name: getattr(row, name) for name in fields} | {"dimensions": orjson.loads(row.dimensions)}


def _dated(row: AnyRow) -> Json:
    return {"date": row.edtf, "basis": row.basis, "why": row.why}


def _events(connection: Connection, owners: Sequence[str]) -> dict[str, list[Json]]:
    parent = aliased(Event)
    statement = (
        select(Event.__table__, parent.key.label("parent"), Entity.key.label("place"))
        .outerjoin(parent, parent.id == Event.parent_id)
        .outerjoin(Entity, Entity.id == Event.place_id)
    )
    rows = _of(connection, statement, Event.owner, owners)
    participant = EventParticipant
    taking_part: dict[int, list[Json]] = {}
    with_names = select(participant.event_id, participant.position, Entity.key, participant.role)
    joined = with_names.join(Entity, Entity.id == participant.entity_id)
    for one in sorted(_of(connection, joined, participant.event_id, (row.id for row in rows)), key=lambda one: one[:2]):
        taking_part.setdefault(one.event_id, []).append({"entity": one.key, "role": one.role})
    return _by_owner((row.owner, _event(row, taking_part.get(row.id, []))) for row in rows)


def _event(row: AnyRow, participants: list[Json]) -> Json:
    where: Json = {"part_of": row.parent, "place": row.place, "participants": participants}
    return {"key": row.key, "title": row.title, "date": _dated(row), **where, "description": row.description}


def _articles(connection: Connection, owners: Sequence[str], without: Collection[str]) -> dict[str, list[Json]]:
    statement = select(Article.__table__, Source.key.label("source")).join(Source, Source.id == Article.source_id)
    rows = _of(connection, statement, Article.owner, owners)
    claims: dict[int, list[Json]] = {}
    claim = Claim
    standing = (claim.public_id, claim.withdrawn_at, claim.withdrawn_why, claim.pinned)
    for row in _of(connection, select(claim.article_id, claim.given, *standing), claim.bundle, owners):
        if row.public_id not in without:
            claims.setdefault(row.article_id, []).append(_claim(row))
    return _by_owner((row.owner, _article(row, claims.pop(row.id, []))) for row in rows)


def _article(row: AnyRow, claims: list[Json]) -> Json:
    fields = ("key", "source", "title", "title_basis", "source_basis", "url", "archive_url", "language", "note")
    made = {name: getattr(row, name) for name in fields}
    return {**made, "published": _dated(row), "claims": sorted(claims, key=lambda claim: str(claim["key"]))}


def _claim(row: AnyRow) -> Json:
    claim: Json = orjson.loads(row.given)
    if row.withdrawn_at is not None:
        claim["withdrawn"] = {"why": row.withdrawn_why, "at": row.withdrawn_at}
    return {**claim, "pinned": row.pinned}


def written(bundle: Bundle, *, indented: bool) -> bytes:
    """A bundle as JSON, without what goes without saying; a short form where there is one."""
    made = _shortened(bundle.model_dump(mode="json", exclude_defaults=True))
    return orjson.dumps(made, option=orjson.OPT_INDENT_2 if indented else None) + b"\n"


_SHORT: Mapping[str, str] = {
    "date": "date",
    "published": "date",
    "window": "date",
    "as_of": "date",
    "speaker": "entity",
}
"""Fields that may be written as one of their members alone."""


def _shortened(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, list):
        return [_shortened(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _short(name, _shortened(member)) for name, member in value.items()}


def _short(name: str, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    only = _SHORT.get(name)
    if only and isinstance(value, dict) and [*value] == [only]:
        return value[only]
    if name == "via":
        return [step["source"] if [*step] == ["source"] else step for step in value]
    if name == "aliases":
        return [alias["name"] if isinstance(alias, dict) and [*alias] == ["name"] else alias for alias in value]
    return value
