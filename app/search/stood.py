"""Figures in conflict or tension, and the claims of each that are set side by side, as they stood at a version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Connection, select, tuple_

from app.domain.dates import parse_date
from app.domain.policy import Policy
from app.search.camps import CLAIM_RANKS, OTHER_RANK, Place, Shown, extremes_of
from app.search.compile import conditions_of, walk
from app.search.filter import Part
from app.search.nouns import CLAIM, CLAIM_HISTORY, FIGURE, FIGURE_HISTORY
from app.search.then import stood
from app.storage.figures import RANKS
from app.storage.outward import outward
from app.storage.records import Json, chunks
from app.storage.relations import MOST_SHOWN
from app.storage.told import comparand_of, parsed

_THEN = FIGURE_HISTORY.c
_LEAST = min(RANKS.values())


class _Candidate(NamedTuple):
    """A claim that may be shown: where it stands from below and from above, and what is shown of it."""

    rank: int
    low: float
    high: float
    number: int
    shown: Shown


@dataclass(frozen=True)
class StoodCamps:
    """As they stood at a version, by the policy in force then; `ids` are the filters with public ids."""

    connection: Connection
    policy: Policy
    version: int
    ids: Mapping[str, Any]
    known: dict[int, str] = field(default_factory=dict)
    """The public ids of figures by the numbers that they had."""

    def figures(self, values: Mapping[str, Any], last: Place | None, limit: int) -> list[tuple[Place, str]]:
        """The records of the first figures after a place, worst first."""
        now = walk(Part.CONFLICTS, FIGURE, FIGURE.c.id, values, FIGURE.c.version <= self.version).conditions
        closed = [one for one in conditions_of(Part.CONFLICTS_THEN, self.ids) if isinstance(one, ColumnElement)]
        then = [_THEN.from_version <= self.version, _THEN.to_version > self.version, *closed]
        found = self._ranked(FIGURE.c, FIGURE.c.id, FIGURE.c.public_id, now, last, limit)
        found += self._ranked(_THEN, _THEN.number, _THEN.figure, then, last, limit)
        found.sort(key=lambda pair: pair[0].order)
        return found[:limit]

    def _ranked(
        self,
        columns: Any,  # noqa: ANN401 - of either table
        number: ColumnElement[int],
        public: ColumnElement[str],
        conditions: Sequence[ColumnElement[bool]],
        last: Place | None,
        limit: int,
    ) -> list[tuple[Place, str]]:
        keys = (columns.rank, columns.severity, number)
        statement = select(*keys, public, columns.record).where(columns.rank >= _LEAST, *conditions)
        if last is not None:
            past: ColumnElement[bool] = columns.rank < last.rank
            if last.figure is not None:
                past = tuple_(*keys) < tuple_(last.rank, last.severity, last.figure)
            statement = statement.where(past)
        ordered = statement.order_by(*(key.desc() for key in keys)).limit(limit)
        rows = [tuple(row) for row in self.connection.execute(ordered)]
        self.known.update((figure, name) for _, _, figure, name, _ in rows)
        return [(Place(rank, severity, figure, None, None), record) for rank, severity, figure, _, record in rows]

    def extremes(self, figures: Sequence[int]) -> dict[int, list[Shown]]:
        """Claims of each figure: those in conflict before those in tension before the rest, the lowest and highest."""
        found: dict[int, list[_Candidate]] = {figure: [] for figure in figures}
        for row in self.connection.execute(extremes_of(figures, CLAIM.c.version <= self.version)):
            low = -inf if row.value_from is None else row.value_from
            high = inf if row.value_to is None else row.value_to
            shown = Shown(row.public_id, row.rank, row.conflicts_with, row.record)
            found[row.figure_id].append(_Candidate(row.rank, low, high, row.number, shown))
        numbers = {self.known[figure]: figure for figure in figures}
        columns = CLAIM_HISTORY.c
        wanted = select(columns.figure, columns.number, columns.record).where(stood(self.version))
        for chunk in chunks(numbers):
            for row in self.connection.execute(wanted.where(columns.figure.in_(chunk))):
                found[numbers[row.figure]].append(self._candidate(row.number, row.record))
        return {figure: _chosen(candidates) for figure, candidates in found.items()}

    def _candidate(self, number: int, record: str) -> _Candidate:
        claim = parsed(record)
        one = comparand_of(claim, parse_date(claim["as_of"]["edtf"]), self.policy)
        low = outward(one.literal.low if one.number is None else one.number, up=False)
        high = outward(one.literal.high if one.number is None else one.number, up=True)
        rank = CLAIM_RANKS.get(claim["status"], OTHER_RANK)
        shown = Shown(claim["id"], rank, orjson.dumps(claim["conflicts_with"]).decode(), record)
        return _Candidate(rank, -inf if low is None else low, inf if high is None else high, number, shown)

    def records(self, claims: Iterable[str]) -> dict[str, str]:
        """The records of claims."""
        found: dict[str, str] = {}
        for chunk in chunks(claims):
            now = select(CLAIM.c.public_id, CLAIM.c.record).where(CLAIM.c.version <= self.version)
            then = select(CLAIM_HISTORY.c.claim, CLAIM_HISTORY.c.record).where(stood(self.version))
            for statement in (now.where(CLAIM.c.public_id.in_(chunk)), then.where(CLAIM_HISTORY.c.claim.in_(chunk))):
                found.update((public, record) for public, record in self.connection.execute(statement))
        return found

    def figures_of(self, figures: Iterable[str]) -> dict[str, Json]:
        """The parsed records of figures."""
        found: dict[str, Json] = {}
        for chunk in chunks(figures):
            now = select(FIGURE.c.public_id, FIGURE.c.record).where(FIGURE.c.version <= self.version)
            then = select(_THEN.figure, _THEN.record).where(
                _THEN.from_version <= self.version, _THEN.to_version > self.version
            )
            for statement in (now.where(FIGURE.c.public_id.in_(chunk)), then.where(_THEN.figure.in_(chunk))):
                found.update((public, parsed(record)) for public, record in self.connection.execute(statement))
        return found


def _chosen(candidates: Sequence[_Candidate]) -> list[Shown]:
    lowest = sorted(candidates, key=lambda one: (one.rank, one.low, one.number))
    highest = sorted(candidates, key=lambda one: (one.rank, -one.high, one.number))
    chosen = {one.number: one for half in (lowest, highest) for one in half[: MOST_SHOWN // 2]}
    return [one.shown for one in sorted(chosen.values(), key=lambda one: (one.rank, one.number))]
