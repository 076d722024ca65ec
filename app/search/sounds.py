"""Who is meant by a name that nobody has as written: looked up by how it sounds, and compared letter by letter."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, bindparam, func, literal, select, union_all

from app.domain.likeness import Alike, Given, Likeness, given
from app.domain.sound import keys_of_whole, keys_of_word
from app.search.nouns import ENTITY, ENTITY_NAME, ENTITY_SOUND
from app.storage.records import AnyRow

MOST_WORDS = 6
"""Words of a name that are looked up by their sound; the longest say most."""
MOST_OF_A_WORD = 1000
"""Entities that are looked at for one word, those first that share most of its letters."""
MOST_COMPARED = 200
"""Entities whose names are compared with the one given, those first that share most of its words."""
MOST_NAMES = 3000
_MARGIN = 8
"""Of 100: how much less close than the closest another may be and still be meant."""

BY = {Likeness.WORD: "word", Likeness.SOUND: "sound", Likeness.SPELLING: "spelling"}
"""How `resolved` calls each likeness."""


def sounding(connection: Connection, owner: ColumnElement[int], asked: Mapping[int, str]) -> dict[int, dict[int, str]]:
    """By position, the entities that a folded name may mean, best first, and what they are found by. One statement.

    `owner` is the column of the entities that are asked about.
    """
    meant = {at: given(folded) for at, folded in asked.items()}
    looked_up = {at: keys for at, one in meant.items() if (keys := _looked_up(one))}
    if not looked_up:
        return {}
    statement = _named_like_each(owner, tuple(len(keys) for keys in looked_up.values()))
    bound = {f"keys_{at}_{word}": keys for at, some in enumerate(looked_up.values()) for word, keys in enumerate(some)}
    called: dict[int, list[tuple[int, str, str]]] = {}
    for row in connection.execute(statement, bound):
        called.setdefault(row[0], []).append(tuple(row[1:]))
    return {position: closest(meant[position], called.get(at, [])) for at, position in enumerate(looked_up)}


def closest(meant: Given, called: Iterable[AnyRow | tuple[int, str, str]]) -> dict[int, str]:
    """Of entities with their kinds and folded names those that the name may mean, and what they are found by."""
    found: dict[int, Alike] = {}
    for number, kind, name in called:
        like = meant.like(name, person=kind == "person")
        if like.likeness:
            found[number] = max(like, found.get(number, like))
    best = max(found.values(), default=None)
    if best is None:
        return {}
    near = [(-like.closeness, number) for number, like in found.items() if _is_near(like, best)]
    return {number: BY[best.likeness] for _, number in sorted(near)}


def _is_near(like: Alike, best: Alike) -> bool:
    return like.likeness is best.likeness and like.closeness >= best.closeness - _MARGIN


def _looked_up(meant: Given) -> list[list[str]]:
    """The keys of each word, and of all of them as one, with titles and without."""
    words = sorted(dict.fromkeys(meant.name.split()), key=len, reverse=True)[:MOST_WORDS]
    wholes = dict.fromkeys(name.replace(" ", "") for name in meant if " " in name)
    keys = [*(keys_of_word(word) for word in words), *(keys_of_whole(whole) for whole in wholes)]
    return [sorted(some) for some in keys if some]


@lru_cache
def _named_like_each(owner: ColumnElement[int], words: tuple[int, ...]) -> CompoundSelect[Any]:
    """The same for several names, each with the number of its words, and with its place in front."""
    each = (_named_like(owner, count, at).subquery() for at, count in enumerate(words))
    return union_all(*(select(literal(at), *named.c) for at, named in enumerate(each)))


def _named_like(owner: ColumnElement[int], words: int, at: int) -> Select[Any]:
    """Number, kind and folded names of the entities that share most words: each walks a bounded part of an index."""
    shared = union_all(*(_sharing(owner, f"keys_{at}_{word}") for word in range(words))).subquery()
    number = shared.c.entity_id
    most = select(number).group_by(number).order_by(func.count().desc(), number).limit(MOST_COMPARED)
    names = select(ENTITY.c.id, ENTITY.c.kind, ENTITY_NAME.c.folded).join_from(ENTITY, ENTITY_NAME)
    names = names.where(ENTITY.c.id.in_(most)).order_by(ENTITY.c.id, ENTITY_NAME.c.folded)
    return names.limit(MOST_NAMES)


def _sharing(owner: ColumnElement[int], keys: str) -> Select[Any]:
    # Keys that hold more of a word sort first, so a common sound does not crowd them out.
    key, number = ENTITY_SOUND.c.key, ENTITY_SOUND.c.entity_id
    some = select(number).where(key.in_(bindparam(keys, expanding=True)))
    if owner.table is not ENTITY:
        some = some.where(number.in_(select(owner)))
    return select(some.order_by(key, number).limit(MOST_OF_A_WORD).subquery().c.entity_id).distinct()
