"""From which number on two claims are in conflict or in tension: the policy's ratios on exact whole numbers."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from app.domain.policy import Policy
from app.domain.relation import drift_days
from app.domain.row import Row


@dataclass(frozen=True)
class Yardstick:
    """What the numbers of a measure are compared by.

    `scale` as in `rows_of`, the natures of unit and measure, the policy.
    """

    scale: int
    ratio_scale: bool
    discrete: bool
    policy: Policy
    volatile: bool = False

    @property
    def drift_days(self) -> int:
        """How many days apart levels are still compared."""
        return drift_days(self.policy, volatile=self.volatile)

    @cached_property
    def drifts(self) -> list[Fraction]:
        """How many times a level may change in 0, 1, … days, as long as they are compared at all."""
        per_day = self.policy.drift_per_day if self.ratio_scale else Fraction(1)
        return [per_day**days for days in range(self.drift_days + 1)]

    @cached_property
    def growths(self) -> list[Fraction]:
        """How many times a total may grow in 1, 2, … days; the last holds for all longer times."""
        grown = [min(self.policy.growth_per_day**days, self.policy.growth_cap) for days in range(1, 65)]
        constant = next((days for days, (a, b) in enumerate(pairwise(grown)) if a == b), 63)
        return grown[: constant + 1]

    def lowest_beyond(self, high: int, factor: Fraction) -> int:
        """The lowest number above `high` times a drift, which carries only positive numbers."""
        return high * factor.numerator // factor.denominator + 1 if high > 0 else high + 1

    def highest_short_of(self, low: int, factor: Fraction) -> int:
        """The highest number that stays below `low` even after a drift."""
        return -(-low * factor.denominator // factor.numerator) - 1 if low > 0 else low - 1

    def lowest_stretched(self, high: int | None) -> int | None:
        """The lowest number that is in tension with a hedge which readers take to end at `high`."""
        if high is None or high <= 0 or not self.ratio_scale:
            return None
        ratio = self.policy.tension_ratio
        return max(-(-high * ratio.numerator // ratio.denominator), high + 1)

    def highest_stretched(self, low: int | None) -> int | None:
        """The highest number that is in tension with a hedge which readers take to begin at `low`."""
        if low is None or not self.ratio_scale:
            return None
        ratio = self.policy.tension_ratio
        return min(low * ratio.denominator // ratio.numerator, low - 1)

    def growth_base(self, row: Row) -> int | None:
        """From what a total grows; None: without limit."""
        if row.most is None or row.high is None or not self.ratio_scale:
            return None
        base = max(row.high, self.policy.growth_floor * self.scale) if self.discrete else row.high
        return base if base > 0 else None

    def growth_limit(self, row: Row, factor: Fraction) -> int | None:
        """Above which number a later total of another origin is in tension with this one."""
        base = self.growth_base(row)
        if base is None or row.high is None:
            return None
        return max(base * factor.numerator // factor.denominator, row.high)
