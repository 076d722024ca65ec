"""The rules of the relations as formulas, so that the pairs they make can be counted without being looked at.

`relate` says what two claims are to each other; the formulas here are 1 for exactly the pairs of current claims (those
that their own origin has not replaced) for which it gives a certain relation, and 0 for the others. They rest on what
`rows_of` makes sure of: literal and pragmatic intervals are both disjoint exactly where the hulls are; and where the
pragmatic ones are disjoint, the literal ones meet exactly if the lower is open upward or the higher open downward.

"above", "below", "later" and "earlier" speak of the other claim, as seen from the one asked about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from app.domain.counting import Formula, always, where
from app.domain.relation import Kind
from app.domain.row import Row, back, reach
from app.domain.yardstick import Yardstick

Pairs = Formula[Row]
Funnel = tuple[Pairs, ...]
"""Formulas from cheap to dear. The last describes the pairs; who has none by an earlier one has none by the last."""

ALWAYS: Pairs = always()
NEVER: Pairs = ALWAYS - ALWAYS


def pairs_where(name: str, key: Callable[[Row], int | None], cut: Callable[[Row], int | None]) -> Pairs:
    """Pairs in which the other's key is below this one's cut."""
    return where(name, key, cut)


def later(days: int = 0) -> Pairs:
    """The other's as-of range begins more than that many days after this one's has ended."""
    return pairs_where(f"later than {days} days", lambda row: -row.start, lambda row: -reach(row.end, days))


def earlier(days: int = 0) -> Pairs:
    """The other's as-of range has ended more than that many days before this one's begins."""
    return pairs_where(f"earlier than {days} days", lambda row: row.end, lambda row: back(row.start, days))


def overlapping() -> Pairs:
    """The as-of ranges have a minute in common."""
    return ALWAYS - later() - earlier()


def settled() -> Pairs:
    """Neither as-of date is a stretch of hours. It holds of a row and itself, so it stands beside what does not."""
    return pairs_where("settled", lambda row: int(row.comparand.in_hours), lambda row: 1 - row.comparand.in_hours)


@dataclass(frozen=True)
class Rules:
    """The pairs within frames of one kind, and of a part with its whole where that is of this kind."""

    kind: Kind
    yardstick: Yardstick

    @cached_property
    def conflict(self) -> Pairs:
        """Conflicts within a frame, and the duplicates that `own_conflict` takes off again."""
        return self.conflict_above + self.conflict_below

    @cached_property
    def conflict_above(self) -> Pairs:
        """Those of a lower claim with higher ones, and those of a whole with its parts."""
        if self.kind is Kind.STOCK:
            return self._drifting(self._above)
        return self._above() * (earlier() + self._one_date) if self.kind is Kind.CUMULATIVE else self._above()

    @cached_property
    def conflict_below(self) -> Pairs:
        """Those of a higher claim with lower ones, and those of a part with its wholes."""
        if self.kind is Kind.STOCK:
            return self._drifting(self._below)
        return self._below() * (later() + self._one_date) if self.kind is Kind.CUMULATIVE else self._below()

    @cached_property
    def own_conflict(self) -> Pairs:
        """What `conflict` counts within one origin: duplicates where the number is one, updates of unknown order."""
        return self.conflict if self._is_moving else (self._above() + self._below()) * self._comparable

    @cached_property
    def own_tension(self) -> Pairs:
        """Tension within one origin, and the duplicates that look like it."""
        dated = self._one_date if self._is_moving else self._comparable
        return (self._stretched_above + self._stretched_below) * dated

    @cached_property
    def tension(self) -> list[Funnel]:
        """Tension between origins: where any of these lets something through."""
        above, below = self._stretched_above, self._stretched_below
        if self.kind is not Kind.CUMULATIVE:
            return [(self.own_tension,)]
        return [
            ((above + below) * self._one_date + self._grown,),
            (later() * below, later() * below * (ALWAYS - _larger())),
            (earlier() * above, earlier() * above * (ALWAYS - _smaller())),
        ]

    @cached_property
    def agreement(self) -> list[Funnel]:
        """`agrees` and `refines` between origins: where any of these lets something through."""
        above, below = self._above() + self._stretched_above, self._below() + self._stretched_below
        if self.kind is not Kind.CUMULATIVE:
            return [((ALWAYS - above - below) * self._comparable,)]
        late = later() * (ALWAYS - _pragmatic_above() - below)
        early = earlier() * (ALWAYS - _pragmatic_below() - above)
        not_larger, not_smaller = ALWAYS - _larger(), ALWAYS - _smaller()
        return [
            ((ALWAYS - above - below) * overlapping(),),
            (later() * not_larger, late, late * not_larger),
            (earlier() * not_smaller, early, early * not_smaller),
        ]

    @cached_property
    def _comparable(self) -> Pairs:
        # Of one origin, current claims of a flow or a total overlap in time or repeat each other: dates decide nothing.
        if self.kind is not Kind.STOCK:
            return ALWAYS
        days = self.yardstick.drift_days
        return ALWAYS - later(days) - earlier(days)

    @property
    def _is_moving(self) -> bool:
        return self.kind is Kind.CUMULATIVE or (self.kind is Kind.STOCK and self.yardstick.volatile)

    @cached_property
    def _one_date(self) -> Pairs:
        """The as-of dates overlap; of what moves neither is a stretch of hours, or the order would not be known."""
        return overlapping() * settled() if self._is_moving else overlapping()

    def _drifting(self, side: Callable[[int], Pairs]) -> Pairs:
        """Conflicts to one side at 0, 1, … days: farther apart than a level drifts in that time."""
        total = side(0) * self._one_date
        for days in range(1, len(self.yardstick.drifts)):
            total += side(days) * (later(days - 1) - later(days) + earlier(days - 1) - earlier(days))
        return total

    def _above(self, days: int = 0) -> Pairs:
        """The hulls are disjoint, farther apart than a level drifts in that many days."""
        factor, yardstick = self.yardstick.drifts[days], self.yardstick

        def cut(row: Row) -> int | None:
            return None if row.hull_high is None else 1 - yardstick.lowest_beyond(row.hull_high, factor)

        return pairs_where(f"above by {factor}", lambda row: _minus(row.hull_low), cut)

    def _below(self, days: int = 0) -> Pairs:
        factor, yardstick = self.yardstick.drifts[days], self.yardstick

        def cut(row: Row) -> int | None:
            return None if row.hull_low is None else 1 + yardstick.highest_short_of(row.hull_low, factor)

        return pairs_where(f"below by {factor}", lambda row: row.hull_high, cut)

    @cached_property
    def _stretched_above(self) -> Pairs:
        """Rule 9's tension with a hedge: this one is open upward or, if not, the other downward."""

        def cut(row: Row) -> int | None:
            lowest = self.yardstick.lowest_stretched(row.high)
            return None if lowest is None else 1 - lowest

        def open_key(row: Row) -> int | None:
            return _minus(row.low) if row.least is None else None

        ours = pairs_where(
            "above this hedge", lambda row: _minus(row.low), lambda row: None if row.most is not None else cut(row)
        )
        theirs = pairs_where("hedged above", open_key, lambda row: None if row.most is None else cut(row))
        return ours + theirs

    @cached_property
    def _stretched_below(self) -> Pairs:
        """The same from the other side: this one is open downward or, if not, the other upward."""

        def cut(row: Row) -> int | None:
            highest = self.yardstick.highest_stretched(row.low)
            return None if highest is None else 1 + highest

        def key(row: Row) -> int | None:
            return row.high if row.high is not None and row.high > 0 else None

        ours = pairs_where("below this hedge", key, lambda row: None if row.least is not None else cut(row))
        theirs = pairs_where(
            "hedged below",
            lambda row: key(row) if row.most is None else None,
            lambda row: None if row.least is None else cut(row),
        )
        return ours + theirs

    @cached_property
    def _grown(self) -> Pairs:
        """Rule 7's tension: a total beyond what another can have grown to by its date."""
        total, factors = NEVER, self.yardstick.growths
        for days, factor in enumerate(factors, start=1):
            lasts = days == len(factors)
            total += self._grown_above(factor) * (later(days - 1) if lasts else later(days - 1) - later(days))
            total += self._grown_below(factor) * (earlier(days - 1) if lasts else earlier(days - 1) - earlier(days))
        return total

    def _grown_above(self, factor: Fraction) -> Pairs:
        """The other is more than that many times as high as this one."""
        yardstick = self.yardstick
        return pairs_where(
            f"above {factor} times",
            lambda row: _minus(row.low),
            lambda row: _minus(yardstick.growth_limit(row, factor)),
        )

    def _grown_below(self, factor: Fraction) -> Pairs:
        yardstick = self.yardstick
        return pairs_where(
            f"below by {factor} times", lambda row: yardstick.growth_limit(row, factor), lambda row: row.low
        )


@lru_cache(maxsize=256)
def rules_for(kind: Kind, yardstick: Yardstick) -> Rules:
    """The rules, kept for the next frame: most frames are small, and multiplying formulas out would take longest."""
    return Rules(kind, yardstick)


def _larger() -> Pairs:
    return pairs_where("larger number", lambda row: _minus(row.number), lambda row: _minus(row.number))


def _smaller() -> Pairs:
    return pairs_where("smaller number", lambda row: row.number, lambda row: row.number)


def _pragmatic_above() -> Pairs:
    return pairs_where("pragmatic above", lambda row: _minus(row.low), lambda row: _minus(row.high))


def _pragmatic_below() -> Pairs:
    return pairs_where("pragmatic below", lambda row: row.high, lambda row: row.low)


def _minus(number: int | None) -> int | None:
    return None if number is None else -number
