"""The version: one counter, advanced as the last statement of every writing transaction."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import aliased

from app.domain.dates import Span, date_of
from app.domain.policy import DEFAULT_POLICY, Policy
from app.storage import prepared
from app.storage.records import chunks
from app.storage.tables import State, Version


class Stamp(NamedTuple):
    """What every stored answer rests on: the version, the policy (as `state` has it), and when both came to be.

    `at` is None where that time alone does not tell this state from others: before the first version, where two
    versions came within one second, and while everything is recomputed.
    """

    version: int
    policy: str
    at: str | None


_BEFORE = aliased(Version)
_STAMP: Any = (
    select(State.version, State.policy, State.recomputed_to, Version.at, _BEFORE.at.label("before"))
    .outerjoin(Version, Version.number == State.version)
    .outerjoin(_BEFORE, _BEFORE.number == State.version - 1)
)


def stamp(connection: Connection) -> Stamp:
    """The stamp of this transaction's snapshot, in one statement."""
    ((version, policy, recomputed_to, at, before),) = prepared.rows(connection, _STAMP, {})
    alone = at is not None and at != before and recomputed_to is None
    return Stamp(version, policy, at if alone else None)


def current(connection: Connection) -> int:
    """The version as this transaction sees it."""
    return connection.execute(select(State.version)).scalar_one()


def newest_by(connection: Connection, moment: Span) -> int:
    """The newest version when the moment (a day, a minute, a second) was over; 0 where there was none yet."""
    statement = select(Version.number).where(Version.at <= _last_second(moment))
    newest = connection.execute(statement.order_by(Version.at.desc(), Version.number.desc()).limit(1)).scalar()
    return newest or 0


def _last_second(moment: Span) -> str:
    last = moment.edtf.rpartition("/")[2]
    assert moment.end is not None
    return last if "T" in last else f"{date_of(moment.end).isoformat()}T23:59:59Z"


def times(connection: Connection, versions: Iterable[int]) -> dict[int, str]:
    """When those versions came to be."""
    found: dict[int, str] = {}
    for chunk in chunks(versions):
        rows = connection.execute(select(Version.number, Version.at).where(Version.number.in_(chunk)))
        found.update((row.number, row.at) for row in rows)
    return found


def policy_at(connection: Connection, version: int) -> Policy:
    """The policy that was in force at a version; the built-in one before the first."""
    changes = connection.execute(select(Version.policy).where(Version.number == version)).scalar()
    return DEFAULT_POLICY.with_changes(orjson.loads(changes or "{}"))


def advance(connection: Connection, version: int, now: str) -> None:
    """Set the counter, at that time. The writer is alone, so the next version is known from the transaction's start.

    Where the clock was set back, the version has the time of the one before: times never run against the versions.
    """
    policy = select(State.policy).scalar_subquery()
    before = connection.execute(select(Version.at).where(Version.number == version - 1)).scalar()
    connection.execute(insert(Version).values(number=version, at=max(now, before or ""), policy=policy))
    connection.execute(update(State).values(version=version))
