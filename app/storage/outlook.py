"""What one claim may be to stored ones, as SQL: which it surely contradicts, and which a closer look could change.

Numbers are stored as doubles that are rounded outward, so a condition is either `sure` (it holds of no pair for which
`relate` says otherwise) or not (it holds of every pair for which `relate` says so, and of some others). Everything else
is left to `relate`. Counts are whole, and doubles hold them exactly up to 2**53: there the two are the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, true

from app.domain.interval import Number
from app.domain.policy import Policy
from app.domain.relation import DAY, Comparand, Kind
from app.domain.row import back, reach
from app.domain.yardstick import Yardstick
from app.storage.outward import outward
from app.storage.records import table_of
from app.storage.tables import Claim

WHOLE = 2**53
"""Up to here doubles hold every whole number."""

Condition = ColumnElement[bool]
CLAIM = table_of(Claim).c
_HULL_LOW, _HULL_HIGH = CLAIM.pragmatic_from, CLAIM.pragmatic_to
STANCE = (
    func.coalesce(CLAIM.admits_from, CLAIM.pragmatic_from).label("admits_from"),
    func.coalesce(CLAIM.admits_to, CLAIM.pragmatic_to).label("admits_to"),
)
"""The ends of what a claim admits, an end without bound closed where readers close it; rounded outward."""


@dataclass(frozen=True)
class Outlook:
    """A claim's outlook on others. "Above", "later" speak of the others, as seen from it."""

    claim: Comparand
    policy: Policy

    @cached_property
    def yardstick(self) -> Yardstick:
        """In the unit itself."""
        return Yardstick(1, self.claim.ratio_scale, self.claim.discrete, self.policy, self.claim.volatile)

    def conflict_above(self, kind: Kind, *, sure: bool) -> Condition:
        """Those in conflict that lie above; `kind` is that of the frame, or of the whole where the others are parts."""
        high = self.claim.hull_high
        if high is None:
            return false()
        bounds = [high * factor if high > 0 else high for factor in self._drifts(kind)]
        earlier = CLAIM.as_of_end < self.claim.start
        dated = [or_(earlier, self._one_date)] if kind is Kind.CUMULATIVE else [*self._apart(kind)]
        beyond = (
            and_(date, self._over(_HULL_LOW, bound, sure=sure)) for date, bound in zip(dated, bounds, strict=True)
        )
        return and_(CLAIM.admits_from.is_not(None), or_(*beyond))

    def conflict_below(self, kind: Kind, *, sure: bool) -> Condition:
        """Those in conflict that lie below; `kind` is that of the frame, or of the others where they are wholes."""
        low = self.claim.hull_low
        if low is None:
            return false()
        bounds = [Fraction(low) / factor if low > 0 else low for factor in self._drifts(kind)]
        later = CLAIM.as_of_start > self.claim.end
        dated = [or_(later, self._one_date)] if kind is Kind.CUMULATIVE else [*self._apart(kind)]
        short = (
            and_(date, self._under(_HULL_HIGH, bound, sure=sure)) for date, bound in zip(dated, bounds, strict=True)
        )
        return and_(CLAIM.admits_to.is_not(None), or_(*short))

    def tension_above(self) -> Condition:
        """Those in the same frame that may be in tension with it and lie above."""
        high, kind = self.claim.pragmatic.high, self.claim.kind
        if high is None or not self.claim.ratio_scale:
            return false()
        conditions: list[Condition] = [false()]
        if high > 0:
            hedged = true() if self.claim.literal.high is None else CLAIM.admits_from.is_(None)
            dated = CLAIM.as_of_start <= self.claim.end if kind is Kind.CUMULATIVE else self._comparable
            stretched = self._over(_HULL_LOW, high * self.policy.tension_ratio, sure=False, included=True)
            conditions.append(and_(hedged, dated, stretched))
        base = max(high, self.policy.growth_floor) if self.claim.discrete else high
        if kind is Kind.CUMULATIVE and base > 0 and self.claim.literal.high is not None:
            for later, factor in zip(self._later(), self.yardstick.growths, strict=True):
                conditions.append(and_(later, self._over(_HULL_LOW, base * factor, sure=False)))
        return or_(*conditions)

    def tension_below(self) -> Condition:
        """Those in the same frame that may be in tension with it and lie below."""
        low, kind = self.claim.pragmatic.low, self.claim.kind
        if low is None or low <= 0 or not self.claim.ratio_scale:
            return false()
        hedged = true() if self.claim.literal.low is None else CLAIM.admits_to.is_(None)
        dated = CLAIM.as_of_end >= self.claim.start if kind is Kind.CUMULATIVE else self._comparable
        stretched = self._under(_HULL_HIGH, Fraction(low) / self.policy.tension_ratio, sure=False, included=True)
        conditions = [and_(hedged, dated, stretched)]
        if kind is Kind.CUMULATIVE:
            bounded = CLAIM.admits_to.is_not(None)
            for earlier, factor in zip(self._earlier(), self.yardstick.growths, strict=True):
                if not self.claim.discrete or low > self.policy.growth_floor * factor:
                    conditions.append(
                        and_(bounded, earlier, self._under(_HULL_HIGH, Fraction(low) / factor, sure=False))
                    )
        return or_(*conditions)

    def agreement(self) -> Condition:
        """Those in the same frame that may agree with it, or refine it, or it them."""
        literal, pragmatic = self.claim.literal, self.claim.pragmatic
        admitted = _meets(CLAIM.admits_from, CLAIM.admits_to, literal.low, literal.high)
        taken = _meets(CLAIM.pragmatic_from, CLAIM.pragmatic_to, pragmatic.low, pragmatic.high)
        return and_(self._comparable, or_(admitted, taken))

    def meeting(self) -> Condition:
        """Those that may admit a number that it admits, as far as readers take either to reach."""
        stance = self.claim.stance
        return _meets(*STANCE, stance.low, stance.high)

    def _drifts(self, kind: Kind) -> list[Fraction]:
        return self.yardstick.drifts if kind is Kind.STOCK else [Fraction(1)]

    def _apart(self, kind: Kind) -> Iterator[Condition]:
        """As of dates that are 0, 1, … days apart, as far as levels are compared; of a flow whatever the date."""
        if kind is not Kind.STOCK:
            yield true()
            return
        overlapping = and_(CLAIM.as_of_start <= self.claim.end, CLAIM.as_of_end >= self.claim.start)
        yield self._one_date if self.claim.volatile else overlapping
        for days in range(1, self.yardstick.drift_days + 1):
            yield or_(self._later_by(days), self._earlier_by(days))

    @property
    def _one_date(self) -> Condition:
        """As of dates that overlap, neither of them a stretch of hours."""
        if self.claim.in_hours:
            return false()
        start, end = CLAIM.as_of_start, CLAIM.as_of_end
        settled = or_(start == end, and_(start % DAY == 0, (end + 1) % DAY == 0))
        return and_(start <= self.claim.end, end >= self.claim.start, settled)

    @property
    def _comparable(self) -> Condition:
        if self.claim.kind is not Kind.STOCK:
            return true()
        days = self.yardstick.drift_days
        soon = CLAIM.as_of_start <= reach(self.claim.end, days)
        return and_(soon, CLAIM.as_of_end >= back(self.claim.start, days))

    def _later(self) -> Iterator[Condition]:
        """As of 1, 2, … days later; the last: so many or more."""
        days = len(self.yardstick.growths)
        yield from (self._later_by(day) for day in range(1, days))
        yield CLAIM.as_of_start > reach(self.claim.end, days - 1)

    def _earlier(self) -> Iterator[Condition]:
        days = len(self.yardstick.growths)
        yield from (self._earlier_by(day) for day in range(1, days))
        yield CLAIM.as_of_end < back(self.claim.start, days - 1)

    def _later_by(self, days: int) -> Condition:
        end = self.claim.end
        return and_(CLAIM.as_of_start > reach(end, days - 1), CLAIM.as_of_start <= reach(end, days))

    def _earlier_by(self, days: int) -> Condition:
        start = self.claim.start
        return and_(CLAIM.as_of_end < back(start, days - 1), CLAIM.as_of_end >= back(start, days))

    def _over(self, column: Any, bound: Number, *, sure: bool, included: bool = False) -> Condition:  # noqa: ANN401
        """Of low ends: whether what is stored, rounded down, lies above the bound (or, if included, on it)."""
        if self.claim.discrete:
            whole = ceil(bound) - 1 if included else floor(bound)
            if abs(whole) < WHOLE:
                return _is(column > float(whole))
        return _is(column > outward(bound, up=True) if sure else column >= outward(bound, up=False))

    def _under(self, column: Any, bound: Number, *, sure: bool, included: bool = False) -> Condition:  # noqa: ANN401
        if self.claim.discrete:
            whole = floor(bound) + 1 if included else ceil(bound)
            if abs(whole) < WHOLE:
                return _is(column < float(whole))
        return _is(column < outward(bound, up=False) if sure else column <= outward(bound, up=True))


def _meets(column_from: Any, column_to: Any, low: Number | None, high: Number | None) -> Condition:  # noqa: ANN401
    """Whether the interval that the columns hold may have a number in common with the one given."""
    conditions: list[Condition] = [true()]
    if high is not None:
        conditions.append(or_(column_from.is_(None), column_from <= outward(high, up=True)))
    if low is not None:
        conditions.append(or_(column_to.is_(None), column_to >= outward(low, up=False)))
    return and_(*conditions)


def _is(condition: Any) -> Condition:  # noqa: ANN401 - a comparison, whose type says nothing
    found: Condition = condition
    return found
