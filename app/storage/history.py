"""Records that others replace, kept with the versions between which they stood."""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import Connection, insert, select

from app.domain.dates import parse_date
from app.domain.ids import number_at
from app.storage.records import AnyRow, Json, chunks, table_of
from app.storage.roles import ROLES
from app.storage.tables import Claim, ClaimHistory, ClaimHistoryEntity, Figure, FigureHistory


def close_claims(connection: Connection, numbers: Iterable[int], version: int) -> None:
    """Keep the records that those claims still have; what one transaction writes twice was never seen."""
    for chunk in chunks(numbers):
        rows = select(Claim.public_id, Claim.version, Claim.record).where(
            Claim.number.in_(chunk), Claim.version < version, Claim.record != ""
        )
        closed = [(row, orjson.loads(row.record)) for row in connection.execute(rows)]
        if not closed:
            continue
        kept = [{**_filtered_by(record), **_between(row, version, "claim")} for row, record in closed]
        connection.execute(insert(table_of(ClaimHistory)), kept)
        links = [
            {"entity": one["id"], "claim": row.public_id, "from_version": row.version, "roles": _bits(one["roles"])}
            for row, record in closed
            for one in record["entities"]
        ]
        if links:
            connection.execute(insert(table_of(ClaimHistoryEntity)), links)


def close_figures(connection: Connection, ids: Iterable[int], version: int) -> None:
    """Keep the records that those figures still have. Call it before what they are sorted by is changed."""
    for chunk in chunks(ids):
        rows = select(Figure.public_id, Figure.id, Figure.version, Figure.record, Figure.rank, Figure.severity).where(
            Figure.id.in_(chunk), Figure.version < version, Figure.record != ""
        )
        closed = [
            {**_of_figure(row, orjson.loads(row.record)), **_between(row, version, "figure")}
            for row in connection.execute(rows)
        ]
        if closed:
            connection.execute(insert(table_of(FigureHistory)), closed)


def _between(row: AnyRow, version: int, noun: str) -> Json:
    return {noun: row.public_id, "from_version": row.version, "to_version": version, "record": row.record}


def _filtered_by(record: Json) -> Json:
    return {
        # As the loader numbers claims, but for clashes of one day's: there are none among a million.
        "number": number_at(parse_date(record["as_of"]["edtf"]).end, record["id"]),
        "kind": record["kind"],
        "status": record["status"],
        "conflict": record["conflict"],
        "article": record["article"]["id"],
        "source": record["article"]["source"]["id"],
        "measure": _id(record["measure"]),
        "event": _id(record["event"]),
        "figure": record["figure"],
        "speaker": _id(record["speaker"]),
        "origin": record["origin"]["id"],
    }


def _of_figure(row: AnyRow, record: Json) -> Json:
    return {
        "kind": record["kind"],
        "status": record["status"],
        "measure": record["measure"]["id"],
        "event": _id(record["event"]),
        "number": row.id,
        "rank": row.rank,
        "severity": row.severity,
    }


def _id(thing: Json | None) -> Any:  # noqa: ANN401 - an id or nothing
    return None if thing is None else thing["id"]


def _bits(roles: Iterable[str]) -> int:
    return sum(ROLES[role] for role in roles)
