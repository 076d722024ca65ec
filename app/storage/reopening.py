"""Whether an editor's explanation still covers all that stands against each other."""

from collections.abc import Iterable, Iterator

import orjson
from sqlalchemy import Connection, func, or_, select, update

from app.domain.contradiction import contradicting_from_outside
from app.domain.flags import Status
from app.domain.policy import Policy
from app.domain.relation import Kind
from app.domain.scene import Scene, scene_of
from app.storage.explanations import note_reopened
from app.storage.figures import kin, members
from app.storage.records import AnyRow, chunks
from app.storage.tables import Claim, Explanation, Figure

MOST_NAMED = 20
"""How many of the claims that reopen an explanation are named: the first in order of id."""
_ID = len("clm_") + 16

Covered = dict[str, int]
"""Claims that stand against each other, by public id, with their revisions."""


def contradicting(connection: Connection, figure: int, policy: Policy) -> Covered:
    """The claims of a figure that are flagged, and those of its parts and wholes that contradict one of its own.

    Goes by the flags that are stored; pairs are looked for only where something outside is in conflict at all.
    """
    flagged = Claim.status.in_([Status.CONFLICT, Status.TENSION])
    own = select(Claim.public_id, Claim.revision).where(Claim.figure_id == figure, flagged)
    found: Covered = {row.public_id: row.revision for row in connection.execute(own)}
    if Status.CONFLICT in _statuses(connection, [figure]):
        scene = _scene(connection, figure, policy)
        found |= _revisions(connection, contradicting_from_outside(scene) if scene else ())
    return found


def _scene(connection: Connection, figure: int, policy: Policy) -> Scene | None:
    """The figure among its parts and wholes; None where none of these is in conflict with anything."""
    family = kin(connection, [figure])
    parts, wholes = family.parts(figure), family.wholes(figure)
    if Status.CONFLICT not in _statuses(connection, [*parts, *wholes]):
        return None
    found = members(connection, [figure, *parts, *wholes], policy)
    claims = {number: [(one.id, one.comparand) for one in them] for number, them in found.items()}
    return scene_of(
        claims[figure], (claims.get(part, []) for part in parts), (claims.get(whole, []) for whole in wholes), policy
    )


def _statuses(connection: Connection, figures: Iterable[int]) -> set[str]:
    """The statuses that claims of those figures have."""
    found: set[str] = set()
    for chunk in chunks(figures):
        distinct = select(Claim.status).distinct().where(Claim.figure_id.in_(chunk))
        found.update(connection.execute(distinct).scalars())
    return found


def _revisions(connection: Connection, claims: Iterable[str]) -> Covered:
    found: Covered = {}
    for chunk in chunks(claims):
        rows = connection.execute(select(Claim.public_id, Claim.revision).where(Claim.public_id.in_(chunk)))
        found.update((row.public_id, row.revision) for row in rows)
    return found


def uncovered(covered: str, found: Covered) -> str | None:
    """Of the claims found, as JSON, those that are new or were corrected since the others were covered; None: none."""
    known: Covered = orjson.loads(covered)
    fresh = sorted(claim for claim, revision in found.items() if known.get(claim) != revision)
    return orjson.dumps(fresh[:MOST_NAMED]).decode() if fresh else None


def review(connection: Connection, figures: Iterable[int], policy: Policy) -> set[int]:
    """Reopen explanations that do not cover what is flagged there now, close again those that do; which changed.

    The flags are to be stored by now. One statement where none of the figures is explained.
    """
    changed = set[int]()
    for row, by in _reviewed(connection, figures, policy):
        if by != row.reopened_by:
            note_reopened(connection, row.subject, by)
        if row.explained != (by is None):
            connection.execute(update(Figure).where(Figure.id == row.id).values(explained=by is None))
        if by != row.reopened_by or row.explained != (by is None):
            changed.add(row.id)
    return changed


def review_disputes(connection: Connection, numbers: Iterable[int]) -> None:
    """The same for the declared disputes of statements among those claims: a corrected one is not covered."""
    for row, by in _reviewed_disputes(connection, numbers):
        if by != row.reopened_by:
            note_reopened(connection, row.subject, by)


def differences(connection: Connection, figures: Iterable[int], policy: Policy) -> Iterator[str]:
    """A sentence for every one of those figures whose explanation is not as open as it should be."""
    explained = dict[int, bool]()
    for row, by in _reviewed(connection, figures, policy):
        explained[row.id] = by is None
        if by != row.reopened_by:
            yield _unequal(row.subject, row.reopened_by, by)
    for chunk in chunks(figures):
        columns = (Figure.id, Figure.public_id, Figure.explained)
        for row in connection.execute(select(*columns).where(Figure.id.in_(chunk))):
            if row.explained != explained.get(row.id, False):
                yield f"figure {row.public_id}: explained is {row.explained}, and its explanation says otherwise"


def dispute_differences(connection: Connection) -> Iterator[str]:
    """A sentence for every declared dispute whose explanation is not as open as it should be."""
    for row, by in _reviewed_disputes(connection):
        if by != row.reopened_by:
            yield _unequal(row.subject, row.reopened_by, by)


def _unequal(subject: str, kept: str | None, fresh: str | None) -> str:
    return f"explanation of {subject}: reopened_by is {kept or 'null'}, compared afresh {fresh or 'null'}"


def _reviewed(connection: Connection, figures: Iterable[int], policy: Policy) -> Iterator[tuple[AnyRow, str | None]]:
    """Those figures that are explained, with the claims that reopen them now."""
    columns = (Explanation.subject, Explanation.claims, Explanation.reopened_by, Figure.id, Figure.explained)
    joined = select(*columns).join(Figure, Figure.public_id == Explanation.subject)
    for chunk in chunks(figures):
        for row in connection.execute(joined.where(Figure.id.in_(chunk))).all():
            yield row, uncovered(row.claims, contradicting(connection, row.id, policy))


def _reviewed_disputes(
    connection: Connection, numbers: Iterable[int] | None = None
) -> Iterator[tuple[AnyRow, str | None]]:
    """Explained disputes, of those statements or all, with the statements that reopen them now."""
    ends = func.substr(Explanation.subject, 1, _ID), func.substr(Explanation.subject, _ID + 2)
    disputes = select(Explanation.__table__).where(ends[1] != "")
    for chunk in [None] if numbers is None else chunks(numbers):
        mine = select(Claim.public_id).where(Claim.number.in_(chunk or ()), Claim.kind == Kind.STATEMENT)
        wanted = disputes if chunk is None else disputes.where(or_(*(end.in_(mine) for end in ends)))
        for row in connection.execute(wanted).all():
            yield row, uncovered(row.claims, _revisions(connection, row.subject.split()))
