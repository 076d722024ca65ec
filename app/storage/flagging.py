"""Flags as the columns of a claim."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, update

from app.domain.flags import MOST_COUNTED, Flags
from app.storage.records import table_of
from app.storage.tables import Claim

COLUMNS = (
    *(Claim.status, Claim.conflict, Claim.n_conflicts, Claim.conflicts_with, Claim.listed_upto),
    *(Claim.notes, Claim.possible_copy_of),
)
"""All that the comparison decides."""


def columns_of(flags: Flags) -> dict[str, Any]:
    """All but what may be a copy."""
    return {
        "status": flags.status,
        **counted(flags.n_conflicts, flags.conflicts_with),
        "notes": orjson.dumps(flags.notes).decode(),
    }


def counted(number: int, listed: Sequence[str]) -> dict[str, Any]:
    """The columns of so many conflicts, the first of which are listed."""
    return {
        "conflict": number > 0,
        "n_conflicts": min(number, MOST_COUNTED),
        "conflicts_with": orjson.dumps(listed).decode(),
        "listed_upto": listed[-1] if number >= MOST_COUNTED else None,
    }


def store(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Store the columns of claims, the same of each; `row` is the claim's number."""
    if rows:
        table = table_of(Claim)
        names = [name for name in rows[0] if name != "row"]
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        statement = update(table).where(table.c.number == bindparam("row")).values(values)
        connection.execute(
            statement, [{"row": row["row"], **{f"new_{name}": row[name] for name in names}} for row in rows]
        )
