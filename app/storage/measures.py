"""Measures: what is counted."""

from collections.abc import Iterable

import orjson
from sqlalchemy import Connection, select

from app.storage.records import chunks, dump
from app.storage.tables import Measure


def render(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The records of those measures."""
    rendered: dict[int, str] = {}
    for chunk in chunks(ids):
        for row in connection.execute(select(Measure.__table__).where(Measure.id.in_(chunk))):
            rendered[row.id] = dump(
                {
                    "id": row.public_id,
                    "key": row.key,
                    "label": row.label,
                    "unit": row.unit,
                    "additive": row.additive,
                    "signed": row.signed,
                    "volatile": row.volatile,
                    "dimensions": orjson.loads(row.dimensions),
                    "description": row.description,
                }
            )
    return rendered
