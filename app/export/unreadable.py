"""Withdrawn claims that would not load again: what they rest on has changed since, and nobody has read them anew."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from app.domain.policy import Policy
from app.ingest.errors import BundleError
from app.ingest.given import claim_rows
from app.ingest.restate import drafted
from app.storage import policies
from app.storage.records import AnyRow, chunks
from app.storage.tables import Claim


def unreadable(connection: Connection) -> dict[str, str]:
    """Those claims by public id, with the reason."""
    policy = policies.in_force(connection)
    withdrawn = connection.execute(select(Claim.number).where(Claim.withdrawn_at.is_not(None))).scalars().all()
    found: dict[str, str] = {}
    for chunk in chunks(withdrawn):
        rows = claim_rows(connection, Claim.number, chunk)
        if _problem(connection, rows, policy) is not None:
            found.update(_each(connection, rows, policy))
    return found


def _each(connection: Connection, rows: list[AnyRow], policy: Policy) -> Iterator[tuple[str, str]]:
    for row in rows:
        problem = _problem(connection, [row], policy)
        if problem is not None:
            yield row.public_id, problem


def _problem(connection: Connection, rows: list[AnyRow], policy: Policy) -> str | None:
    """Why not all of the claims can be read; None where they can."""
    try:
        drafted(connection, rows, policy)
    except BundleError as error:
        return error.problem
    return None
