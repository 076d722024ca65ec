"""In which order bundles are loaded: each after those that define what it names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Select, select
from sqlalchemy.orm import aliased

from app.storage.tables import (
    Article,
    Claim,
    ClaimDispute,
    Entity,
    EntityKey,
    EntityName,
    Event,
    EventParticipant,
    Measure,
    Source,
    StoredBundle,
)

Graph = dict[str, set[str]]
"""Bundles by key, with the keys of those that each of them needs."""


class Group(NamedTuple):
    """Bundles that load at once, since each needs the others; most often one. `depth` counts what comes before."""

    depth: int
    bundles: list[str]


def ordered(graph: Mapping[str, set[str]]) -> list[Group]:
    """All bundles in groups, each after those that it needs; of one depth by key."""
    depths: dict[str, int] = {}
    groups: list[Group] = []
    for members in _circles(graph):
        inside = set(members)
        needed = {one for member in members for one in graph[member]} - inside
        depth = 1 + max((depths[one] for one in needed), default=-1)
        depths.update(dict.fromkeys(members, depth))
        groups.append(Group(depth, sorted(members)))
    return sorted(groups)


def _circles(graph: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """The strongly connected parts, each after those that it leads to: Tarjan's algorithm, without recursion."""
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for root in sorted(graph):
        work = [] if root in index else [(root, iter(sorted(graph[root])))]
        while work:
            node, following = work[-1]
            if node not in index:
                index[node] = lowest[node] = len(index)
                path.append(node)
                on_path.add(node)
            further = next((one for one in following if one not in index or one in on_path), None)
            if further is None:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[node])
                if lowest[node] == index[node]:
                    yield _cut(path, on_path, node)
            elif further in index:
                lowest[node] = min(lowest[node], index[further])
            else:
                work.append((further, iter(sorted(graph[further]))))


def _cut(path: list[str], on_path: set[str], node: str) -> list[str]:
    members: list[str] = []
    while not members or members[-1] != node:
        members.append(path.pop())
    on_path.difference_update(members)
    return members


def needs(connection: Connection) -> Graph:
    """Which bundles each bundle needs: of all that it names, those that define it."""
    graph: Graph = {key: set() for key in connection.execute(select(StoredBundle.key)).scalars()}
    for statement in _owners():
        for needing, needed in connection.execute(statement):
            graph[needing].add(needed)
    owners = _owners_of_keys(connection)
    rows = connection.execute(select(Claim.bundle, Claim.given).execution_options(yield_per=1000))
    for bundle, given in rows:
        for key in _entity_keys(orjson.loads(given)):
            graph[bundle].update(owners.get(key, ()))
    for bundle, needed in graph.items():
        needed.discard(bundle)
    return graph


def _owners() -> list[Select[Any]]:
    """Pairs of bundles, the first of which names what the second defines."""
    parent, disputed = aliased(Event), aliased(Claim)
    pairs: list[Any] = [
        select(EntityName.bundle, Entity.owner).join(Entity, Entity.id == EntityName.entity_id),
        select(Source.owner, Entity.owner).join(Entity, Entity.id == Source.entity_id),
        select(Event.owner, parent.owner).join(parent, parent.id == Event.parent_id),
        select(Event.owner, Entity.owner).join(Entity, Entity.id == Event.place_id),
        select(Event.owner, Entity.owner)
        .join(EventParticipant, EventParticipant.event_id == Event.id)
        .join(Entity, Entity.id == EventParticipant.entity_id),
        select(Article.owner, Source.owner).join(Source, Source.id == Article.source_id),
        select(Claim.bundle, Measure.owner).join(Measure, Measure.id == Claim.measure_id),
        select(Claim.bundle, Event.owner).join(Event, Event.id == Claim.event_id),
        select(Claim.bundle, disputed.bundle)
        .join(ClaimDispute, ClaimDispute.claim == Claim.public_id)
        .join(disputed, disputed.public_id == ClaimDispute.disputed),
    ]
    return [pair.distinct() for pair in pairs]


def _owners_of_keys(connection: Connection) -> dict[str, tuple[str, ...]]:
    """The bundles that define the entity, and where it publishes the source, that a key stands for."""
    statement = (
        select(EntityKey.key, Entity.owner, Source.owner)
        .join(Entity, Entity.id == EntityKey.entity_id)
        .outerjoin(Source, Source.entity_id == Entity.id)
    )
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    found: dict[str, tuple[str, ...]] = {}
    for key, *owners in connection.execute(statement):
        pair = tuple(str(owner) for owner in owners if owner)
        found[key] = shared.setdefault(pair, pair)
    return found


def _entity_keys(given: Mapping[str, Any]) -> Iterable[str]:
    """The keys by which a claim, as given, names entities; and the words among its dimensions."""
    speaker, origin = given.get("speaker") or {}, given.get("origin") or {}
    named = [speaker.get("entity"), speaker.get("of"), origin.get("entity"), *given.get("subjects", ())]
    for step in given.get("via", ()):
        named += [step.get("source"), step.get("entity")]
    return [key for key in (*named, *given.get("dimensions", {}).values()) if key]
