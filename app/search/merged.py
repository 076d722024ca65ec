"""Entities that were merged or unmerged since a version: who was called what then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, or_, select

from app.domain.likeness import given
from app.domain.names import fold
from app.search.nouns import ENTITY, ENTITY_KEY, ENTITY_MERGE, ENTITY_NAME, ENTITY_NOUN
from app.search.sounds import closest
from app.storage.records import AnyRow

_MERGE = ENTITY_MERGE.c


@dataclass(slots=True)
class _Called:
    """What an entity is called by: its keys, and its names folded, of which `own` is the one that it prints."""

    own: str
    keys: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def is_exactly(self, text: str) -> bool:
        return text in self.keys or fold(text) in self.names

    def has_words_of(self, text: str) -> bool:
        words = set(fold(text).split())
        return bool(words) and words <= {word for name in self.names for word in name.split()}


def holders(connection: Connection, found: set[int], text: str, version: int) -> dict[int, str] | None:
    """The entities that `text` stood for at a version, by number, and what they were found by, given those now.

    None where nothing concerns them that was merged or unmerged since.
    """
    merges = _merges_around(connection, found)
    if ENTITY_NOUN.is_id(text):
        return dict.fromkeys(_by_id(connection, text, merges, version), "id")
    changed = [merge for merge in merges if _held(merge, version) != (merge.to_version is None)]
    if not changed:
        return None
    concerned = {end for merge in changed for end in (merge.entity_id, merge.into_id)}
    then = _called_then(connection, concerned, changed, version)
    return dict.fromkeys(found - concerned, "name") | _called_so(then, text)


def _called_so(then: Mapping[int, _Called], text: str) -> dict[int, str]:
    """Those that were called so, and what they were found by."""
    if exactly := [number for number, called in then.items() if called.is_exactly(text)]:
        return dict.fromkeys(exactly, "name")
    if by_words := [number for number, called in then.items() if called.has_words_of(text)]:
        return dict.fromkeys(by_words, "word")
    names = [(number, "person", name) for number, called in then.items() for name in called.names]
    return closest(given(fold(text)), names)


def _by_id(connection: Connection, text: str, merges: Iterable[AnyRow], version: int) -> set[int]:
    number = connection.execute(select(ENTITY.c.id).where(ENTITY.c.public_id == text)).scalar()
    into = {merge.into_id for merge in merges if merge.entity_id == number and _held(merge, version)}
    return into or (set() if number is None else {number})


def _merges_around(connection: Connection, numbers: Iterable[int]) -> list[AnyRow]:
    """All merges of those entities, and of those that they were merged with."""
    near, found = set(numbers), list[AnyRow]()
    for _ in range(2):
        either = or_(_MERGE.entity_id.in_(sorted(near)), _MERGE.into_id.in_(sorted(near)))
        found = list(connection.execute(select(ENTITY_MERGE).where(either)))
        near |= {end for merge in found for end in (merge.entity_id, merge.into_id)}
    return found


def _held(merge: AnyRow, version: int) -> bool:
    return bool(merge.from_version <= version and (merge.to_version is None or version < merge.to_version))


def _called_then(
    connection: Connection, concerned: set[int], changed: Iterable[AnyRow], version: int
) -> Mapping[int, _Called]:
    """What those entities were called, less those that were merged into another then."""
    called = _called_now(connection, concerned)
    gone: set[int] = set()
    # What has been merged since is taken apart before what was merged then is put together.
    for merge in sorted(changed, key=lambda merge: _held(merge, version)):
        moved: dict[str, Any] = orjson.loads(merge.moved)
        old, into = called[merge.entity_id], called[merge.into_id]
        names = {name[2] for name in moved["names"]}
        if _held(merge, version):
            gone.add(merge.entity_id)
            into.keys.update(moved["keys"])
            into.names |= names
        else:
            # Bundles that were loaded since gave these names to the other.
            into.keys.difference_update(moved["keys"])
            into.names -= names - {into.own}
            old.keys.update(moved["keys"])
            old.names |= names
    return {number: one for number, one in called.items() if number not in gone}


def _called_now(connection: Connection, numbers: Iterable[int]) -> dict[int, _Called]:
    own = select(ENTITY.c.id, ENTITY.c.name).where(ENTITY.c.id.in_(sorted(numbers)))
    called = {number: _Called(fold(name)) for number, name in connection.execute(own)}
    keys = select(ENTITY_KEY.c.entity_id, ENTITY_KEY.c.key).where(ENTITY_KEY.c.entity_id.in_(sorted(called)))
    for number, key in connection.execute(keys):
        called[number].keys.add(key)
    names = select(ENTITY_NAME.c.entity_id, ENTITY_NAME.c.folded).where(ENTITY_NAME.c.entity_id.in_(sorted(called)))
    for number, folded in connection.execute(names):
        called[number].names.add(folded)
    return called
