"""What the ids, keys and names in a request stand for: looked up first, so that lists are walked by number alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from rapidfuzz import fuzz
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    bindparam,
    func,
    literal,
    null,
    or_,
    select,
    true,
)

from app.domain.names import fold
from app.domain.origin import key_of_entity
from app.problems import InvalidParameter
from app.search import several
from app.search.filter import Filter
from app.search.merged import holders
from app.search.nouns import (
    ARTICLE_NOUN,
    ENTITY,
    ENTITY_NAME,
    ENTITY_NOUN,
    ENTITY_WORD,
    EVENT_NOUN,
    MEASURE_NOUN,
    ORIGIN,
    ORIGIN_NOUN,
    SOURCE,
    SOURCE_NOUN,
    TEXT,
    Noun,
)
from app.search.sounds import sounding
from app.search.variants import NOT
from app.storage import prepared

MOST_MATCHES = 100
"""How many entities one name may stand for before it is too vague to answer."""
MOST_TOGETHER = 1000
"""How many the names of one list may stand for together."""
MOST_HEARD = 10
"""How many names of one list that nobody has are looked up by their sound."""
MOST_ADVISED = 3
"""For how many unknown names of one list the nearest are looked for."""
MOST_WORDS = 10
MOST_CANDIDATES = 2000
MOST_SUGGESTIONS = 5
LAST_CHARACTER = "\U0010ffff"
_NEAR = 70  # of 100: two letters of seven wrong

_ID, _UNSAID = literal("id"), null()
_NOUNS = {noun.name: noun for noun in (ENTITY_NOUN, SOURCE_NOUN, EVENT_NOUN, ARTICLE_NOUN, MEASURE_NOUN, ORIGIN_NOUN)}
_NAMED = {"entity": ENTITY_NOUN.number, "source": SOURCE.c.entity_id}
"""The nouns that have names, and the column that says whose names those are."""


class Match(NamedTuple):
    """A row that a reference stands for: what it is to a reader, and the number of what bears its names."""

    number: int
    id: str
    name: str
    kind: str
    owner: int
    by: str | None = None
    """What it was found by: `id`, `key`, `name`, `word`, `sound` or `spelling`; None where it is but suggested."""

    def shown(self, parameter: str) -> dict[str, str | None]:
        """As `resolved` and `suggestions` print it."""
        shown: dict[str, str | None] = {"parameter": parameter, "id": self.id, "name": self.name, "kind": self.kind}
        return shown if self.by is None else {**shown, "by": self.by}


@dataclass(slots=True)
class Resolution:
    """The values of a query with numbers for references; `missing` where one of them stands for nothing.

    `ids` are the public ids of what the references stand for; `unknown` are the texts in lists that stand for nothing,
    which the others answer for.
    """

    values: dict[str, Any]
    ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    resolved: list[dict[str, str | None]] | None = None
    suggestions: list[dict[str, str | None]] = field(default_factory=list)
    unknown: list[dict[str, str]] = field(default_factory=list)
    missing: bool = False

    @property
    def told(self) -> dict[str, Any]:
        """What a page tells of the names in the request."""
        suggestions = self.suggestions if self.missing or self.unknown else None
        return {"resolved": self.resolved, "suggestions": suggestions, "unknown": self.unknown or None}


def resolve(
    connection: Connection, values: Mapping[str, Any], filters: Mapping[str, Filter], version: int | None = None
) -> Resolution:
    """Look up every reference among the values; entities as they stood at the version, if one is given.

    Raises InvalidParameter for a name that stands for too many.
    """
    resolution = Resolution(dict(values))
    for name, text in values.items():
        noun = _NOUNS.get(filters[name].refers or "")
        if noun is None:
            continue
        if isinstance(text, tuple):
            _resolve_several(connection, noun, name, text, resolution)
            continue
        matches = find(connection, noun, text) if version is None else find_then(connection, noun, text, version)
        _refuse_too_many(name, text, matches)
        resolution.values[name] = tuple(match.number for match in matches)
        resolution.ids[name] = tuple(match.id for match in matches)
        resolution.resolved = [*(resolution.resolved or []), *(match.shown(name) for match in matches)]
        if not matches:
            resolution.missing = True
            resolution.suggestions += [match.shown(name) for match in suggest(connection, noun, text)]
    return resolution


def _resolve_several(
    connection: Connection, noun: Noun, name: str, texts: Sequence[str], resolution: Resolution
) -> None:
    """The same for a list of references: those that stand for nothing are told, and the others answered."""
    each = find_each(connection, noun, texts)
    for text, matches in zip(texts, each, strict=True):
        _refuse_too_many(name, text, matches)
    found = {match.number: match for matches in each for match in matches}
    if len(found) > MOST_TOGETHER:
        advice = f"{name}: these names stand for {len(found)} together, and at most {MOST_TOGETHER} are looked up."
        raise InvalidParameter(f"{advice} Give more of the names, or ids.", parameter=name)
    resolution.values[name] = tuple(sorted(found))
    resolution.resolved = [*(resolution.resolved or []), *(match.shown(name) for match in found.values())]
    unknown = [text for text, matches in zip(texts, each, strict=True) if not matches]
    resolution.unknown += [{"parameter": name, "text": text} for text in unknown]
    resolution.missing |= not found and not name.endswith(NOT)
    for text in unknown[:MOST_ADVISED]:
        resolution.suggestions += [match.shown(name) for match in suggest(connection, noun, text)]


def find(connection: Connection, noun: Noun, text: str) -> list[Match]:
    """What the text stands for: an id or a key; else a whole name; else what has all its words in its names.

    Where nothing has, what sounds so or is spelled almost so, best first.
    """
    if noun is ORIGIN_NOUN:
        return _origins(connection, text, find(connection, ENTITY_NOUN, text))
    if noun.is_id(text) or noun.name not in _NAMED:
        return _matches(connection, _look_up(noun, is_id=noun.is_id(text)), text=text)
    folded = fold(text)
    found = _once(_matches(connection, _look_up_called(noun), text=text, folded=folded))
    if found or not folded:
        return found
    words = sorted(set(folded.split()))[:MOST_WORDS]
    return _matches(connection, _look_up_words(noun), words=words, count=len(words)) or _alike(
        connection, noun, {0: folded}
    ).get(0, [])


def _alike(connection: Connection, noun: Noun, asked: Mapping[int, str]) -> dict[int, list[Match]]:
    """What has a name that is like each of those folded ones, the closest first; two statements for all of them."""
    found = sounding(connection, _NAMED[noun.name], asked)
    numbers = sorted({number for one in found.values() for number in one})
    if not numbers:
        return {}
    _, public, label, _, owner = bare = _bare(noun).selected_columns
    statement = select(*bare, _UNSAID).where(owner.in_(numbers)).order_by(label, public)
    matches = _matches(connection, statement.limit(len(asked) * (MOST_MATCHES + 1)))
    return {at: _closest(one, matches) for at, one in found.items()}


def _closest(found: Mapping[int, str], matches: Iterable[Match]) -> list[Match]:
    """Those of the matches that were found, in the order found, with what they were found by."""
    places = {number: place for place, number in enumerate(found)}
    own = [one._replace(by=found[one.owner]) for one in matches if one.owner in found]
    return sorted(own, key=lambda one: places[one.owner])


def find_then(connection: Connection, noun: Noun, text: str, version: int) -> list[Match]:
    """The same, but for entities that were merged or unmerged since a version: what it stood for then."""
    if noun is ORIGIN_NOUN:
        return _origins(connection, text, find_then(connection, ENTITY_NOUN, text, version))
    found = find(connection, noun, text)
    if noun is not ENTITY_NOUN:
        return found
    then = holders(connection, {match.number for match in found}, text, version)
    if then is None:
        return found
    by = {match.number: match.by for match in found}
    matches = _matches(connection, _shown(noun).where(ENTITY.c.id.in_(sorted(then))))
    return [match._replace(by=by.get(match.number, then[match.number])) for match in matches]


def _origins(connection: Connection, text: str, entities: list[Match]) -> list[Match]:
    """The origin of that id or key; else those of that label, and those that are one of the entities."""
    found = _matches(connection, _look_up(ORIGIN_NOUN, is_id=ORIGIN_NOUN.is_id(text)), text=text)
    if found:
        return found
    keys = [key_of_entity(match.id) for match in entities]
    found = _matches(connection, _shown(ORIGIN_NOUN).where(or_(ORIGIN.c.label == text, ORIGIN.c.key.in_(keys))))
    return _found_as(text, found, entities)


def _found_as(text: str, origins: Iterable[Match], entities: Sequence[Match]) -> list[Match]:
    """The origins of that label, found by it; others by what the entities were found by that they are."""
    by = entities[0].by if entities else None
    return [match._replace(by="name" if match.name == text else by) for match in origins]


@cache
def _look_up(noun: Noun, *, is_id: bool = False) -> Select[Any]:
    """By the id or key `text`. Built once: building takes longer than asking."""
    if is_id:
        return _by_id(noun)
    assert noun.by_key is not None
    return _shown(noun, literal("key")).where(noun.by_key)


@cache
def _look_up_called(noun: Noun) -> CompoundSelect[Any]:
    """By the key `text` or a name that folds to `folded`: each walked by itself, so that neither makes a list first."""
    key, number = _keys(noun)
    table = noun.table if key.table is noun.table else key.table.join(noun.table, noun.number == number)
    by_key = select(*_bare(noun).selected_columns, literal("key").label("by")).select_from(table).where(key == TEXT)
    bearers = ENTITY_NAME.join(noun.table, _NAMED[noun.name] == ENTITY_NAME.c.entity_id)
    by_name = select(*_bare(noun).selected_columns, literal("name").label("by")).select_from(bearers)
    both = by_key.union_all(by_name.where(ENTITY_NAME.c.folded == bindparam("folded")))
    _, public, label, *_ = both.selected_columns
    return both.order_by(label, public).limit(2 * (MOST_MATCHES + 1))


def _once(matches: Sequence[Match]) -> list[Match]:
    """The matches, each once: what has both a key and a name that is so was found by its key."""
    once: dict[int, Match] = {}
    for match in matches:
        if match.number not in once or match.by == "key":
            once[match.number] = match
    return list(once.values())


def _by_id(noun: Noun) -> Select[Any]:
    """By the id `text`; a merged entity's leads to the one that it was merged into. Keys and names have moved there."""
    if noun is not ENTITY_NOUN:
        return _shown(noun, _ID).where(noun.by_id)
    merged = ENTITY.alias()
    into = select(merged.c.merged_into).where(merged.c.public_id == TEXT).scalar_subquery()
    return _shown(noun, _ID).where(ENTITY.c.merged_into.is_(None), or_(noun.by_id, noun.number == into))


@cache
def _look_up_words(noun: Noun) -> Select[Any]:
    """By having all of `words`, of which there are `count`."""
    having = select(ENTITY_WORD.c.entity_id).where(ENTITY_WORD.c.word.in_(bindparam("words", expanding=True)))
    having = having.group_by(ENTITY_WORD.c.entity_id).having(func.count() == bindparam("count"))
    return _shown(noun, literal("word")).where(_NAMED[noun.name].in_(having))


@cache
def _shown(noun: Noun, by: ColumnElement[Any] = _UNSAID) -> Select[Any]:
    _, public, label, *_ = bare = _bare(noun).selected_columns
    return select(*bare, by).order_by(label, public).limit(MOST_MATCHES + 1)


@cache
def _bare(noun: Noun) -> Select[Any]:
    """The columns of a match, but for what it was found by."""
    label = literal("") if noun.label is None else noun.label
    kind = literal(noun.name) if noun.kind is None else noun.kind
    owner = _NAMED.get(noun.name, noun.number)
    return select(noun.number, noun.table.c.public_id, label, kind, owner)


def _matches(connection: Connection, statement: prepared.Statement, **bound: object) -> list[Match]:
    return [Match(*row) for row in prepared.rows(connection, statement, bound)]


def _refuse_too_many(parameter: str, text: str, matches: list[Match]) -> None:
    if len(matches) > MOST_MATCHES:
        raise InvalidParameter(
            f"{parameter}: more than {MOST_MATCHES} have {text!r} in their names; give more of the name, or an id.",
            parameter=parameter,
        )


def suggest(connection: Connection, noun: Noun, text: str) -> list[Match]:
    """The nearest to a text that stands for nothing, nearest first: by its words, or by its key."""
    folded = fold(text)
    beginnings = sorted({word[:2] for word in folded.split()})[:MOST_WORDS]
    if not beginnings:
        return []
    near = _near(folded, connection.execute(_spellings(noun, beginnings)))
    near = near or _near(folded, connection.execute(_spellings(noun, [])))
    owner = _NAMED.get(noun.name, noun.number)
    matches = _matches(connection, _shown(noun).where(owner.in_(near))) if near else []
    return sorted(matches, key=lambda match: near.index(match.owner))


def _spellings(noun: Noun, beginnings: list[str]) -> Select[Any]:
    """Some of what the noun's rows are called, with the number of what is called so; those that begin so, if given."""
    called, number = (ENTITY_WORD.c.word, ENTITY_WORD.c.entity_id) if noun.name in _NAMED else _keys(noun)
    candidates = select(called, number)
    if noun.name in _NAMED:
        candidates = candidates.where(number.in_(select(_NAMED[noun.name])))
    ranges = [and_(called >= beginning, called <= beginning + LAST_CHARACTER) for beginning in beginnings]
    return candidates.where(or_(*ranges) if ranges else true()).order_by(called, number).limit(MOST_CANDIDATES)


def _keys(noun: Noun) -> tuple[ColumnElement[str], ColumnElement[int]]:
    assert noun.keys is not None
    return noun.keys


def _near(folded: str, spellings: Iterable[Any]) -> list[int]:
    """The numbers of what is spelled most like the text, nearest first."""
    scores: dict[int, float] = {}
    for called, number in spellings:
        score = _likeness(folded, fold(called)) if len(called) > 2 else 0
        scores[number] = max(score, scores.get(number, 0))
    ranked = sorted((-score, number) for number, score in scores.items() if score)
    return [number for _, number in ranked[:MOST_SUGGESTIONS]]


def _likeness(folded: str, called: str) -> float:
    """Of 100; 0 for what is too far off. A word is compared with words: as part of another, `nin` is all of Putin."""
    if " " in called:
        return fuzz.WRatio(folded, called, score_cutoff=_NEAR)
    return max(fuzz.ratio(word, called, score_cutoff=_NEAR) for word in (folded, *folded.split()))


def find_each(connection: Connection, noun: Noun, texts: Sequence[str]) -> list[list[Match]]:
    """What `find` finds for each of the texts, in as many statements as it takes for one.

    The first few that nobody is called are looked up by their sound, each by itself.
    """
    asked = dict(enumerate(texts))
    if noun is ORIGIN_NOUN:
        return _origins_each(connection, asked)
    found = _rows(connection, noun, _exactly(noun, asked))
    left = {at: text for at, text in asked.items() if at not in found and noun.name in _NAMED and not noun.is_id(text)}
    words = {at: sorted(set(fold(text).split()))[:MOST_WORDS] for at, text in left.items()}
    if any(words.values()):
        where, number = _bearers(noun, ENTITY_WORD, ENTITY_WORD.c.entity_id)
        by_words = several.called_by_all(words.items(), where, ENTITY_WORD.c.word, number)
        found |= _rows(connection, noun, [by_words])
    unheard = [at for at in left if at not in found and words[at]]
    if unheard:
        found |= _alike(connection, noun, {at: fold(left[at]) for at in unheard[:MOST_HEARD]})
    return [found.get(at, []) for at in asked]


def _exactly(noun: Noun, asked: Mapping[int, str]) -> list[Select[Any]]:
    """What has one of those ids, keys or whole names."""
    ids = [(at, text) for at, text in asked.items() if noun.is_id(text)]
    others = [(at, text) for at, text in asked.items() if not noun.is_id(text)]
    hits = []
    if ids:
        number = func.coalesce(ENTITY.c.merged_into, ENTITY.c.id) if noun is ENTITY_NOUN else noun.number
        hits.append(several.called(ids, noun.table, noun.table.c.public_id, number, "id"))
    if others:
        key, number = _keys(noun)
        prefixed = [(at, noun.key_prefix + text) for at, text in others] if noun.key_prefix else []
        hits.append(several.called([*others, *prefixed], key.table, key, number, "key"))
    folded = [(at, name) for at, text in others if (name := fold(text))] if noun.name in _NAMED else []
    if folded:
        where, number = _bearers(noun, ENTITY_NAME, ENTITY_NAME.c.entity_id)
        hits.append(several.called(folded, where, ENTITY_NAME.c.folded, number, "name"))
    return hits


def _bearers(noun: Noun, names: Table, entity: ColumnElement[int]) -> tuple[FromClause, ColumnElement[int]]:
    """Where the noun's names are listed, and the number of what bears them."""
    owner = _NAMED[noun.name]
    return (names, entity) if owner is noun.number else (names.join(noun.table, owner == entity), noun.number)


def _rows(connection: Connection, noun: Noun, hits: Sequence[Select[Any]]) -> dict[int, list[Match]]:
    rows = several.rows_at(connection, hits, _bare(noun), noun.number, MOST_MATCHES + 1)
    return {at: [Match(*row) for row in found] for at, found in rows.items()}


def _origins_each(connection: Connection, asked: Mapping[int, str]) -> list[list[Match]]:
    found = _rows(connection, ORIGIN_NOUN, _exactly(ORIGIN_NOUN, asked))
    entities = find_each(connection, ENTITY_NOUN, list(asked.values()))
    left = [(at, text, matches) for (at, text), matches in zip(asked.items(), entities, strict=True) if at not in found]
    if left:
        labels = several.called([(at, text) for at, text, _ in left], ORIGIN, ORIGIN.c.label, ORIGIN.c.id, "name")
        keys = [(at, key_of_entity(match.id)) for at, _, matches in left for match in matches]
        by_key = [several.called(keys, ORIGIN, ORIGIN.c.key, ORIGIN.c.id, "name")] if keys else []
        rows = _rows(connection, ORIGIN_NOUN, [labels, *by_key])
        found |= {at: _found_as(text, rows.get(at, []), matches) for at, text, matches in left}
    return [found.get(at, []) for at in asked]
