"""Keeps the words that searches look into in step with the records."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from app.domain.names import fold
from app.domain.passages import indexed
from app.storage.records import chunks, stored, table_of
from app.storage.tables import (
    Article,
    ArticleText,
    Base,
    Claim,
    ClaimText,
    Entity,
    EntityText,
    Event,
    EventText,
    EventWord,
    Measure,
    MeasureWord,
)


class Searched(NamedTuple):
    """A noun whose records are searched: its table, the column that numbers it, and the table of its words."""

    noun: str
    table: Table
    number: str
    texts: Table


SEARCHED: Mapping[type[Base], Searched] = {
    Claim: Searched("claim", table_of(Claim), "number", table_of(ClaimText)),
    Article: Searched("article", table_of(Article), "id", table_of(ArticleText)),
    Event: Searched("event", table_of(Event), "number", table_of(EventText)),
    Entity: Searched("entity", table_of(Entity), "id", table_of(EntityText)),
}
_WORDS: Mapping[type[Base], tuple[Table, str, str]] = {
    Event: (table_of(EventWord), "event_id", "title"),
    Measure: (table_of(MeasureWord), "measure_id", "label"),
}
"""Nouns that are suggested by words of their own: where those are, and what of the record they are from."""


def keep(connection: Connection, model: type[Base], records: Mapping[int, str]) -> None:
    """Store the words of those records, by the noun's key. A number of statements that grows with chunks alone."""
    read = {key: orjson.loads(record) for key, record in records.items()}
    searched = SEARCHED.get(model)
    if searched is not None:
        fresh = {key: indexed(searched.noun, record) for key, record in read.items()}
        _store(connection, searched.texts, _by_number(connection, searched, fresh))
    if model in _WORDS:
        _store_words(connection, *_WORDS[model], read)


def differences(connection: Connection, model: type[Base], records: Mapping[int, str]) -> Iterable[str]:
    """A sentence for each of those records whose words are not as they should be."""
    read = {key: orjson.loads(record) for key, record in records.items()}
    if model in _WORDS:
        yield from _other_words(connection, *_WORDS[model], read)
    searched = SEARCHED.get(model)
    if searched is None:
        return
    fresh = {key: indexed(searched.noun, record) for key, record in read.items()}
    wanted = _by_number(connection, searched, fresh)
    kept = _kept(connection, searched.texts, wanted)
    for number, words in wanted.items():
        if kept.get(number) != words:
            yield f"{searched.texts.name} {number}: the words to search are not those of the record"


def fill(connection: Connection) -> None:
    """Store the words of every record that there is."""
    for model, key in ((Claim, "number"), (Article, "id"), (Event, "id"), (Entity, "id"), (Measure, "id")):
        table = table_of(model)
        for chunk in chunks(connection.execute(select(table.c[key])).scalars()):
            keep(connection, model, stored(connection, table, key, chunk))


def _by_number(connection: Connection, searched: Searched, words: Mapping[int, str]) -> dict[int, str]:
    if searched.number in ("id", *searched.table.primary_key.columns.keys()):
        return dict(words)
    number, found = searched.table.c[searched.number], {}
    for chunk in chunks(words):
        rows = connection.execute(select(searched.table.c.id, number).where(searched.table.c.id.in_(chunk)))
        found.update({row[1]: words[row[0]] for row in rows})
    return found


def _kept(connection: Connection, texts: Table, numbers: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for chunk in chunks(numbers):
        found.update(map(tuple, connection.execute(select(texts).where(texts.c.rowid.in_(chunk)))))
    return found


def _store(connection: Connection, texts: Table, words: Mapping[int, str]) -> None:
    kept = _kept(connection, texts, words)
    new = [{"rowid": number, "words": text} for number, text in words.items() if number not in kept]
    if new:
        connection.execute(insert(texts), new)
    changed = [{"row": number, "text": text} for number, text in words.items() if kept.get(number, text) != text]
    if changed:
        statement = update(texts).where(texts.c.rowid == bindparam("row")).values(words=bindparam("text"))
        connection.execute(statement, changed)


def _store_words(connection: Connection, table: Table, key: str, field: str, records: Mapping[int, Any]) -> None:
    for chunk in chunks(records):
        connection.execute(delete(table).where(table.c[key].in_(chunk)))
    words = [{key: number, "word": word} for number in records for word in sorted(_folded(records[number][field]))]
    if words:
        connection.execute(insert(table), words)


def _other_words(
    connection: Connection, table: Table, key: str, field: str, records: Mapping[int, Any]
) -> Iterable[str]:
    kept: dict[int, set[str]] = {}
    for chunk in chunks(records):
        for number, word in connection.execute(select(table.c[key], table.c.word).where(table.c[key].in_(chunk))):
            kept.setdefault(number, set()).add(word)
    for number, record in records.items():
        if kept.get(number, set()) != _folded(record[field]):
            yield f"{table.name} {number}: the words to suggest it by are not those of its {field}"


def _folded(name: str) -> set[str]:
    return set(fold(name).split())
