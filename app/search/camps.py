"""Figures in conflict or tension, and the claims of each that are set side by side, as they are stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select, tuple_

from app.domain.policy import Policy
from app.search.compile import walk
from app.search.filter import Part
from app.search.nouns import CLAIM, FIGURE
from app.storage.figures import RANKS
from app.storage.records import AnyRow
from app.storage.relations import MOST_SHOWN

CLAIM_RANKS = {"conflict": 0, "tension": 1, "superseded": 3}
"""In which order claims of a figure are shown."""
OTHER_RANK = 2


class Place(NamedTuple):
    """Where an item stands. A declared dispute has no ratio: it stands after the conflicts, before the tensions."""

    rank: int
    severity: float
    figure: int | None
    claim: str | None
    disputed: str | None

    @property
    def order(self) -> tuple[Any, ...]:
        """What items are sorted by."""
        number = 1 if self.figure is None else -self.figure
        return (-self.rank, -self.severity, number, self.claim or "", self.disputed or "")


class Shown(NamedTuple):
    """A claim of a figure that may be shown: its rank among those, and what it is in conflict with."""

    id: str
    rank: int
    conflicts_with: str
    record: str


class Camps(Protocol):
    """Where figures and claims come from: as they are stored, as another policy would have them, or as they stood."""

    @property
    def policy(self) -> Policy:
        """What they are compared by."""

    def figures(self, values: Mapping[str, Any], last: Place | None, limit: int) -> Sequence[tuple[Place, str]]:
        """The records of the first figures after a place, worst first."""

    def extremes(self, figures: Sequence[int]) -> dict[int, list[Shown]]:
        """Claims of each figure: those in conflict before those in tension before the rest, the lowest and highest."""

    def records(self, claims: Iterable[str]) -> dict[str, str]:
        """The records of claims."""


class PresentCamps(Camps, Protocol):
    """Those whose claims have rows to be compared by."""

    def row(self, row: AnyRow) -> AnyRow:
        """A claim's row as it is compared."""


@dataclass(frozen=True, slots=True)
class Stored:
    """As they are stored, by the policy in force."""

    connection: Connection
    policy: Policy

    def figures(self, values: Mapping[str, Any], last: Place | None, limit: int) -> list[tuple[Place, str]]:
        """The records of the first figures after a place, worst first."""
        columns = FIGURE.c
        walked = walk(Part.CONFLICTS, FIGURE, columns.id, values, columns.rank >= min(RANKS.values()))
        keys = (columns.rank, columns.severity, columns.id)
        statement = select(*keys, columns.record).where(*walked.conditions)
        if last is not None:
            past: ColumnElement[bool] = columns.rank < last.rank
            if last.figure is not None:
                past = tuple_(*keys) < tuple_(last.rank, last.severity, last.figure)
            statement = statement.where(past)
        rows = self.connection.execute(statement.order_by(*(key.desc() for key in keys)).limit(limit))
        return [(Place(row.rank, row.severity, row.id, None, None), row.record) for row in rows]

    def extremes(self, figures: Sequence[int]) -> dict[int, list[Shown]]:
        """Claims of each figure: those in conflict before those in tension before the rest, the lowest and highest."""
        found: dict[int, list[Shown]] = {figure: [] for figure in figures}
        for row in self.connection.execute(extremes_of(figures)):
            found[row.figure_id].append(Shown(row.public_id, row.rank, row.conflicts_with, row.record))
        return found

    def records(self, claims: Iterable[str]) -> dict[str, str]:
        """The records of claims."""
        wanted = select(CLAIM.c.public_id, CLAIM.c.record).where(CLAIM.c.public_id.in_(sorted(claims)))
        return {row.public_id: row.record for row in self.connection.execute(wanted)}

    def row(self, row: AnyRow) -> AnyRow:
        """A claim's row as it is compared."""
        return row


def extremes_of(figures: Sequence[int], *also: ColumnElement[bool]) -> Select[Any]:
    """Claims of each figure that stand now: the lowest and the highest of each rank."""
    columns = CLAIM.c
    rank = case(CLAIM_RANKS, value=columns.status, else_=OTHER_RANK).label("rank")
    low = (rank, columns.value_from.asc().nulls_first(), columns.number)
    high = (rank, columns.value_to.desc().nulls_first(), columns.number)
    lowest = func.row_number().over(partition_by=columns.figure_id, order_by=low).label("lowest")
    highest = func.row_number().over(partition_by=columns.figure_id, order_by=high).label("highest")
    wanted = (columns.figure_id, columns.number, columns.public_id, columns.conflicts_with, columns.record)
    ends = (columns.value_from, columns.value_to)
    alive = and_(columns.figure_id.in_(figures), columns.withdrawn_at.is_(None), *also)
    ranked = select(*wanted, *ends, rank, lowest, highest).where(alive).subquery().c
    chosen = or_(ranked.lowest <= MOST_SHOWN // 2, ranked.highest <= MOST_SHOWN // 2)
    return select(*ranked).where(chosen).order_by(ranked.figure_id, ranked.rank, ranked.number)
