"""Everything read and compared anew, by the policy in force or by a new one. Can be interrupted and run again."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select

from app.domain.policy import CUSTOM, InvalidPolicy, Policy
from app.ingest.refresh import refresh
from app.ingest.restate import restate
from app.storage import policies
from app.storage.engine import Database
from app.storage.records import CHUNK
from app.storage.tables import Claim, ClaimHistory, Figure, FigureHistory
from app.storage.versions import advance, current


def size(database: Database, policy: Policy | None = None) -> int:
    """How many claims `recompute` would do: those that are left of an interrupted one, unless the policy changes."""
    with database.read() as connection:
        after = None if policy is not None else policies.recomputed_to(connection)
        counted = select(func.count()).select_from(Claim)
        return connection.execute(counted if after is None else counted.where(Claim.number > after)).scalar_one()


class Recomputed(NamedTuple):
    """What a recomputation came to: by which policy, and how many claims and figures it flagged otherwise."""

    policy: str
    claims: int
    figures: int


def changed_policy(database: Database, changes: Mapping[str, str | None]) -> Policy | None:
    """The policy in force with those changes, of the next version unless told; None where that is the one in force.

    Raises InvalidPolicy, also for a label that another policy has had: what carries it could not be told apart.
    """
    with database.read() as connection:
        before = policies.in_force(connection)
        known = {one.label: one for one in policies.had(connection)}
    policy = before.with_changes(changes)
    if policy == before:
        return None
    if "version" not in changes:
        policy = policy.with_changes({"version": before.version + 1})
    if policy.name == CUSTOM:
        raise InvalidPolicy(f"{CUSTOM!r} is what policies of single requests are called: choose another name")
    if known.get(policy.label, policy) != policy:
        raise InvalidPolicy(f"another policy was called {policy.label}: give a higher version, or another name")
    return policy


def recompute(
    database: Database,
    policy: Policy | None = None,
    *,
    now: Callable[[], str],
    done: Callable[[int], object] = lambda _: None,
) -> Recomputed:
    """Recompute every claim and figure, a chunk of claims a transaction; `done` is told how many each had.

    Without a policy, one that was interrupted goes on where it stopped; otherwise all begins anew. Loads may come in
    between: they already go by the new policy.
    """
    with database.write() as connection:
        before = current(connection)
        if policy is not None:
            policies.put_in_force(connection, policy)
        elif policies.recomputed_to(connection) is None:
            policies.note_recomputed(connection, -1)
    while count := _recompute_some(database, now()):
        done(count)
    with database.read() as connection:
        return Recomputed(policies.in_force(connection).label, *_flagged_otherwise(connection, before))


def _flagged_otherwise(connection: Connection, version: int) -> tuple[int, int]:
    """How many claims and figures have another status than at that version."""
    claim, figure = ClaimHistory, FigureHistory
    claims = (
        select(func.count())
        .join_from(claim, Claim, Claim.public_id == claim.claim)
        .where(claim.from_version <= version, claim.to_version > version)
        .where(or_(Claim.status != claim.status, Claim.conflict != claim.conflict))
    )
    figures = (
        select(func.count())
        .join_from(figure, Figure, Figure.public_id == figure.figure)
        .where(figure.from_version <= version, figure.to_version > version, Figure.status != figure.status)
    )
    return connection.execute(claims).scalar_one(), connection.execute(figures).scalar_one()


def _recompute_some(database: Database, now: str) -> int:
    """The next chunk; 0 where nothing is left."""
    with database.write() as connection:
        after = policies.recomputed_to(connection)
        if after is None:
            return 0
        numbers = select(Claim.number, Claim.figure_id).where(Claim.number > after).order_by(Claim.number).limit(CHUNK)
        rows = connection.execute(numbers).all()
        policy = policies.in_force(connection)
        dirty = restate(connection, [row.number for row in rows], policy)
        dirty.figures |= {row.figure_id for row in rows}
        dirty.claims |= {row.number for row in rows}  # every record shows what its number is taken to mean
        version = current(connection) + 1
        refresh(connection, dirty, version, policy)
        policies.note_recomputed(connection, rows[-1].number if rows else None)
        advance(connection, version, now)
        return len(rows)
