"""How editors explain conflicts: the rows, and how records print them."""

from collections.abc import Iterable

import orjson
from sqlalchemy import Connection, delete, select, update

from app.storage.records import AnyRow, Json, chunks
from app.storage.tables import Explanation


def subject_of(a: str, b: str) -> str:
    """What stands for the declared dispute of two statements, whichever declares it."""
    return " ".join(sorted((a, b)))


def shown(connection: Connection, subjects: Iterable[str]) -> dict[str, Json]:
    """The explanations of those subjects that have one, as records print them."""
    found: dict[str, Json] = {}
    for chunk in chunks(subjects):
        rows = connection.execute(select(Explanation.__table__).where(Explanation.subject.in_(chunk)))
        found.update((row.subject, printed(row, reopened_by=row.reopened_by)) for row in rows)
    return found


def printed(row: AnyRow, *, reopened_by: str | None) -> Json:
    """An explanation's row as records print it."""
    reopening = orjson.loads(reopened_by or "[]")
    return {"why": row.why, "by": row.by, "at": row.at, "url": row.url, "reopened_by": reopening}


def note_reopened(connection: Connection, subject: str, reopened_by: str | None) -> None:
    """Remember the claims, as JSON, that an explanation does not cover; None: it covers all that stands there."""
    connection.execute(update(Explanation).where(Explanation.subject == subject).values(reopened_by=reopened_by))


def remove(connection: Connection, subject: str) -> bool:
    """Take an explanation back; whether there was one."""
    return connection.execute(delete(Explanation).where(Explanation.subject == subject)).rowcount > 0
