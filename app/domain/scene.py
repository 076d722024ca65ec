"""A frame's claims, with those of its parts and wholes, laid out to be compared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from app.domain.counting import Census
from app.domain.interval import Number, exact
from app.domain.pairing import Rules, later, rules_for
from app.domain.policy import Policy
from app.domain.relation import Kind, drift_days
from app.domain.row import Member, Row, rows_of
from app.domain.yardstick import Yardstick

WHOLE_KINDS = {
    Kind.FLOW: {Kind.FLOW, Kind.CUMULATIVE},
    Kind.CUMULATIVE: {Kind.CUMULATIVE},
    Kind.STOCK: {Kind.STOCK},
}
"""Of what kind a whole may be, by the kind of its part."""


@dataclass(frozen=True, eq=False)
class Scene:
    """`rows`: all claims of the frame; `current`: those not superseded; `parts`, `wholes`: current ones there."""

    rows: list[Row]
    current: list[Row]
    parts: list[Row]
    wholes: list[Row]
    rules: Rules
    """For pairs in the frame, and for the frame as a whole with its parts."""
    first_whole: int
    """The number of the first whole among the frames; those from 1 to before it are parts."""

    @property
    def yardstick(self) -> Yardstick:
        """What the numbers are compared by."""
        return self.rules.yardstick

    @cached_property
    def census(self) -> Census[Row]:
        """Of the current claims among themselves."""
        return Census(self.current, self.current)

    @cached_property
    def census_by_origin(self) -> Census[Row]:
        """Of the current claims of each origin among themselves."""
        return Census(self.current, self.current, lambda row: row.origin)

    @property
    def kind(self) -> Kind:
        """What the frame's numbers are."""
        return self.rules.kind

    @property
    def is_moving(self) -> bool:
        """Whether its numbers may be others an hour later, so that an origin's own of one date raise no flag."""
        return self.rows[0].comparand.is_moving

    @property
    def around(self) -> list[Row]:
        """All current claims of frame, parts and wholes."""
        return [*self.current, *self.parts, *self.wholes]

    def unscaled(self, number: int | None) -> Number | None:
        """A row's number as the claims have it."""
        return None if number is None else exact(Fraction(number, self.yardstick.scale))

    def is_part(self, row: Row) -> bool:
        """Whether the row is of a part of the frame."""
        return 0 < row.frame < self.first_whole

    def is_whole(self, row: Row) -> bool:
        """Whether the row is of a whole that the frame is part of."""
        return row.frame >= self.first_whole


def scene_of(
    members: Iterable[Member], parts: Iterable[Sequence[Member]], wholes: Iterable[Sequence[Member]], policy: Policy
) -> Scene:
    """Raises ValueError without members, or where they are not of one kind and unit, or an interval is unsound."""
    members, parts, wholes = list(members), list(parts), list(wholes)
    rows, scale = rows_of([members, *parts, *wholes])
    own = rows[: len(members)]
    natures = {(row.kind, row.comparand.ratio_scale, row.comparand.discrete, row.comparand.volatile) for row in own}
    if len(natures) != 1:
        raise ValueError(f"a frame is of one kind and one unit, not of {len(natures)}")
    [(kind, ratio_scale, discrete, volatile)] = natures
    first_whole = len(parts) + 1
    related = [row for row in rows[len(members) :] if _may_pair(row, kind, is_part=row.frame < first_whole)]
    current = not_superseded(own + related, policy)
    return Scene(
        rows=own,
        current=[row for row in current if row.frame == 0],
        parts=[row for row in current if 0 < row.frame < first_whole],
        wholes=[row for row in current if row.frame >= first_whole],
        rules=rules_for(kind, Yardstick(scale, ratio_scale, discrete, policy, volatile)),
        first_whole=first_whole,
    )


def not_superseded(rows: Sequence[Row], policy: Policy) -> list[Row]:
    """The rows, of one kind as to time, whose own origin has said nothing else in their frame at a later date.

    Levels that are too far apart in time to be compared do not replace each other.
    """
    replacing = later()
    if rows and rows[0].kind is Kind.STOCK:
        replacing -= later(drift_days(policy, volatile=rows[0].comparand.volatile))
    later_ones = Census(rows, rows, lambda row: row.origin).count(replacing)
    repeats = Census(rows, rows, lambda row: row.wording).count(replacing)
    return [row for row, number, same in zip(rows, later_ones, repeats, strict=True) if number == same]


def _may_pair(row: Row, kind: Kind, *, is_part: bool) -> bool:
    part, whole = (row.kind, kind) if is_part else (kind, row.kind)
    return whole in WHOLE_KINDS.get(part, set())
