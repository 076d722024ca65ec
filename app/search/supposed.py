"""Figures in conflict or tension as another policy would have them, and the claims of each set side by side."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import Any

import orjson
from sqlalchemy import Connection, select

from app.domain.flags import MOST_COUNTED, Flags
from app.domain.policy import Policy
from app.problems import InvalidParameter
from app.search.camps import CLAIM_RANKS, OTHER_RANK, Place, Shown
from app.search.compile import walk
from app.search.filter import Part
from app.search.nouns import CLAIM, FIGURE
from app.search.variants import allows, family
from app.storage.claims import value_json
from app.storage.comparison import Computed, TooManyClaims
from app.storage.figures import RANKS, Member, render, severity
from app.storage.outward import outward
from app.storage.records import AnyRow, dump
from app.storage.relations import MOST_SHOWN
from app.storage.supposed import Supposition

MOST_COMPARED = 5000
"""How many claims are compared for one request."""


@dataclass(frozen=True)
class SupposedCamps:
    """As they would be; `values` are the filters, which say what is compared at all. Raises InvalidParameter."""

    connection: Connection
    supposition: Supposition
    values: Mapping[str, Any]
    _around: dict[str, tuple[Member, Flags]] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        """What they are compared by."""
        return self.supposition.policy

    @cached_property
    def _supposed(self) -> Computed:
        """All figures that the filters leave, whatever the policy in force says of them."""
        by_policy = ("policy", *family("status"))
        values = {name: value for name, value in self.values.items() if name not in by_policy}
        walked = walk(Part.CONFLICTS, FIGURE, FIGURE.c.id, values)
        # A figure has a claim at least.
        wanted = select(FIGURE.c.id).where(*walked.conditions).limit(MOST_COMPARED + 1)
        return self._compute(self.connection.execute(wanted).scalars())

    def _compute(self, figures: Iterable[int]) -> Computed:
        try:
            found = self.supposition.compute(self.connection, figures, MOST_COMPARED)
        except TooManyClaims as many:
            raise InvalidParameter(
                f"policy: {many.number} claims or more would have to be compared, parts and wholes included; at most "
                f"{MOST_COMPARED} are. Narrow them with `event`, `entity`, `measure` or `kind`.",
                parameter="policy",
            ) from None
        for number, flags in found.flags.items():
            self._around.update((one.id, (one, flags[one.id])) for one in found.members[number])
        return found

    def figures(self, values: Mapping[str, Any], last: Place | None, limit: int) -> list[tuple[Place, str]]:
        """The records of the first figures after a place, worst first."""
        places = [
            Place(RANKS[known.status], severity(known), number, None, None)
            for number, known in self._supposed.figures.items()
            if known.status in RANKS and allows("status", values, known.status)
        ]
        places = sorted((place for place in places if _is_past(place, last)), key=lambda place: place.order)[:limit]
        known = {number: self._supposed.figures[number] for _, _, number, _, _ in places if number is not None}
        records = render(self.connection, known)
        return [(place, records[place.figure]) for place in places if place.figure is not None]

    def extremes(self, figures: Sequence[int]) -> dict[int, list[Shown]]:
        """Claims of each figure: those in conflict before those in tension before the rest, the lowest and highest."""
        supposed = self._supposed
        chosen = {figure: _extremes(supposed.members[figure], supposed.flags[figure]) for figure in figures}
        records = self.records(one.id for found in chosen.values() for one in found)
        return {figure: [self._shown(one.id, records[one.id]) for one in found] for figure, found in chosen.items()}

    def _shown(self, claim: str, record: str) -> Shown:
        _, flags = self._around[claim]
        return Shown(claim, _rank(flags), orjson.dumps(flags.conflicts_with).decode(), record)

    def records(self, claims: Iterable[str]) -> dict[str, str]:
        """The records of claims."""
        wanted = select(CLAIM.c.public_id, CLAIM.c.figure_id, CLAIM.c.record)
        rows = self.connection.execute(wanted.where(CLAIM.c.public_id.in_(sorted(claims)))).all()
        beyond = {row.figure_id for row in rows if row.public_id not in self._around}
        if beyond:
            # Claims of parts and wholes that the filters leave out.
            self._compute(beyond)
        return {row.public_id: self._record(row.record, *self._around[row.public_id]) for row in rows}

    def _record(self, stored: str, member: Member, flags: Flags) -> str:
        # Numbers keep their own digits: the exact ones are no doubles.
        record = json.loads(stored, parse_int=orjson.Fragment, parse_float=orjson.Fragment)
        changed = {
            "value": value_json(member.row, self.policy),
            "conflict": flags.n_conflicts > 0,
            "status": flags.status,
            "n_conflicts": min(flags.n_conflicts, MOST_COUNTED),
            "conflicts_with": flags.conflicts_with,
            "notes": flags.notes,
        }
        return dump(record | changed)

    def row(self, row: AnyRow) -> AnyRow:
        """A claim's row as it is compared."""
        return self.supposition.row(row)


def _is_past(place: Place, last: Place | None) -> bool:
    """Whether the place comes after the last one shown. A dispute stands after all figures in conflict."""
    if last is None:
        return True
    if last.figure is None:
        return place.rank < last.rank
    return place.order > last.order


def _extremes(members: Iterable[Member], flags: Mapping[str, Flags]) -> list[Member]:
    """Some of each end, in the order in which stored claims are shown."""
    by_rank = {one.id: _rank(flags[one.id]) for one in members}
    lowest = sorted(members, key=lambda one: (by_rank[one.id], _least(one), one.row.number))
    highest = sorted(members, key=lambda one: (by_rank[one.id], -_most(one), one.row.number))
    chosen = {one.id: one for half in (lowest, highest) for one in half[: MOST_SHOWN // 2]}
    return sorted(chosen.values(), key=lambda one: (by_rank[one.id], one.row.number))


def _rank(flags: Flags) -> int:
    return CLAIM_RANKS.get(flags.status, OTHER_RANK)


def _least(one: Member) -> float:
    """As `value_from` stores it; unbounded comes first."""
    point, literal = one.comparand.number, one.comparand.literal
    found = outward(literal.low if point is None else point, up=False)
    return -inf if found is None else found


def _most(one: Member) -> float:
    point, literal = one.comparand.number, one.comparand.literal
    found = outward(literal.high if point is None else point, up=True)
    return inf if found is None else found
