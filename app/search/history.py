"""A page of what a claim's record was, newest first."""

from typing import Any

import orjson
from sqlalchemy import Connection, Integer, cast, null, select, type_coerce, union_all

from app.search.nouns import CLAIM, CLAIM_HISTORY, CLAIM_NOUN
from app.search.page import Page
from app.search.query import Query
from app.storage.packed import Packed
from app.storage.records import AnyRow
from app.storage.versions import times

_THEN = CLAIM_HISTORY.c


def page(connection: Connection, claim: str, query: Query) -> Page | None:
    """The page of a claim's records that the query asks for; None where no claim has that id."""
    if not CLAIM_NOUN.is_id(claim):
        return None
    rows = connection.execute(_rows(claim, query)).all()
    if not rows and query.after is None:
        return None
    shown = rows[: query.limit]
    at = times(connection, {version for row in shown for version in (row.since, row.until) if version is not None})
    cursor = query.cursor((shown[-1].since,)) if len(rows) > query.limit else None
    return Page([_item(row, at) for row in shown], cursor)


def _rows(claim: str, query: Query) -> Any:  # noqa: ANN401 - a union that is ordered and limited
    since = CLAIM.c.version.label("since")
    record = type_coerce(CLAIM.c.record, Packed).label("record")
    now = select(since, cast(null(), Integer).label("until"), record).where(CLAIM.c.public_id == claim)
    then = select(_THEN.from_version, _THEN.to_version, _THEN.record).where(_THEN.claim == claim)
    both = union_all(now, then).subquery()
    rows = select(both).order_by(both.c.since.desc()).limit(query.limit + 1)
    return rows if query.after is None else rows.where(both.c.since < query.after[0])


def _item(row: AnyRow, at: dict[int, str]) -> str:
    until = None if row.until is None else at[row.until]
    head = {"from_version": row.since, "to_version": row.until, "from": at[row.since], "to": until}
    return f'{orjson.dumps(head).decode().removesuffix("}")},"claim":{row.record}}}'
