"""Look-ups of several texts at once: a list of names takes as many statements as one name."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    column,
    func,
    literal,
    select,
    union_all,
    values,
)

from app.storage.dialect import TEXT

Asked = Iterable[tuple[int, str]]
"""Texts, each with the position of what it is asked for."""


def called(
    asked: Asked, where: FromClause, name: ColumnElement[str], number: ColumnElement[int], by: str
) -> Select[Any]:
    """Position and number of what is called by one of the texts; `where` lists names with numbers, `by` says what."""
    columns = (column("position", Integer), column("text", TEXT))
    wanted = values(*columns, name="wanted").data(list(asked)).cte()
    hit = (wanted.c.position, number.label("number"), literal(by).label("by"))
    return select(*hit).join_from(wanted, where, name == wanted.c.text)


def called_by_all(
    asked: Iterable[tuple[int, Sequence[str]]], where: FromClause, word: ColumnElement[str], number: ColumnElement[int]
) -> Select[Any]:
    """Position and number of what is called by all of the words that are asked for together."""
    columns = (column("position", Integer), column("word", TEXT), column("count", Integer))
    data = [(position, one, len(words)) for position, words in asked for one in words]
    wanted = values(*columns, name="wanted").data(data).cte()
    hit = (wanted.c.position, number.label("number"), literal("word").label("by"))
    found = select(*hit).join_from(wanted, where, word == wanted.c.word)
    return found.group_by(wanted.c.position, number).having(func.count() == func.max(wanted.c.count))


def rows_at(
    connection: Connection, hits: Sequence[Select[Any]], shown: Select[Any], number: ColumnElement[int], most: int
) -> dict[int, list[tuple[Any, ...]]]:
    """By position, the columns of `shown` for each row that was hit there, and what by; in order, at most so many."""
    columns = [one.label(f"shown{at}") for at, one in enumerate(shown.selected_columns)]
    hit = union_all(*hits).subquery()
    order = (columns[2].element, columns[1].element)
    # What a text is called by first is the first of the alphabet too: id, key, name, word.
    by = func.min(hit.c.by).label("by")
    once = select(hit.c.position, hit.c.number, by).group_by(hit.c.position, hit.c.number).subquery()
    place = func.row_number().over(partition_by=once.c.position, order_by=order).label("place")
    ranked = (
        select(once.c.position, place, *columns, once.c.by)
        .join_from(once, number.table, number == once.c.number)
        .subquery()
    )
    rows: dict[int, list[tuple[Any, ...]]] = {}
    statement = select(ranked).where(ranked.c.place <= most).order_by(ranked.c.position, ranked.c.place)
    for position, _, *row in connection.execute(statement):
        rows.setdefault(position, []).append(tuple(row))
    return rows
