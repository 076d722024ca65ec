"""A number as printed, the interval that its words admit, and the one that a reader takes them to mean."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from app.domain.interval import Interval, Number, decimal_text, exact
from app.domain.policy import DEFAULT_POLICY, Policy


class Qualifier(StrEnum):
    """How the words around a number narrow it."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    BETWEEN = "between"
    MAGNITUDE = "magnitude"


@dataclass(frozen=True, slots=True)
class Scale:
    """What kind of numbers a unit takes."""

    discrete: bool = True
    """Counts: only whole numbers."""
    percent: bool = False
    """Percentages and rates: rounding is by the last printed digit alone."""
    signed: bool = False
    """Whether numbers below zero make sense."""


COUNT = Scale()
KEPT = 1 << 13
"""How many readings of numbers are kept: the news prints the same few thousand numbers again and again."""


def grain_of(number: Number) -> Number:
    """Place value of the last non-zero digit: 1,150 → 10; 2,000 → 1,000; 102 → 1; 2.5 → 0.1; of zero 1.

    Raises ValueError for what has no finite decimal form.
    """
    if number == 0:
        return 1
    digits = decimal_text(number)
    places = len(digits.partition(".")[2])
    return Fraction(1, 10**places) if places else 10 ** (len(digits) - len(digits.rstrip("0")))


@dataclass(frozen=True, slots=True)
class Value:
    """A printed number: text, qualifier, number (None for a range or a magnitude), literal interval, all in `unit`.

    `low_grain` and `high_grain` are the place values to which the two ends are printed (equal but for ranges).
    """

    text: str
    qualifier: Qualifier
    number: Number | None
    literal: Interval
    unit: str | None
    scale: Scale = COUNT
    low_grain: Number = 1
    high_grain: Number = 1

    def pragmatic(self, policy: Policy = DEFAULT_POLICY) -> Interval:
        """What a reader takes the words to mean: rounding allowed for, open ends closed, every end included."""
        return _pragmatic(self, policy)

    def _pragmatic(self, policy: Policy) -> Interval:
        low, high = self.literal.low, self.literal.high
        rounds = self.qualifier in (Qualifier.EXACT, Qualifier.BETWEEN)
        if low is None and high is None:
            return self.literal
        if low is None:
            assert high is not None
            wide_low: Number = high - self._close(high, self.high_grain, policy)
        elif rounds or self.qualifier is Qualifier.AT_LEAST:
            wide_low = low - self._down(low, self.low_grain, policy)
        else:
            wide_low = low
        if high is None:
            assert low is not None
            base = low if self.number is None else self.number
            wide_high: Number = base + self._close(base, self.low_grain, policy)
        elif rounds or self.qualifier is Qualifier.AT_MOST:
            wide_high = high + self._up(high, self.high_grain, policy)
        elif self.qualifier is Qualifier.MAGNITUDE:
            wide_high = high + _size(high) * policy.magnitude_slack
        else:
            wide_high = high
        return self._fit(Interval(exact(Fraction(wide_low)), exact(Fraction(wide_high))))

    def _fit(self, interval: Interval) -> Interval:
        return interval.whole() if self.scale.discrete else interval

    def _down(self, number: Number, grain: Number, policy: Policy) -> Number:
        half = Fraction(grain) / 2
        return half if self.scale.percent else min(half, _size(number) * policy.rounding_width)

    def _up(self, number: Number, grain: Number, policy: Policy) -> Number:
        # Long numbers are cut short as often as rounded (9,473,298 is printed 9.4 million), so a whole grain upward;
        # a short count is neither, and a short measured quantity (8 km) is rounded as often up as down.
        if self.scale.percent:
            return Fraction(grain) / 2
        cap = _size(number) * policy.rounding_width
        if grain >= 10:
            return min(grain, cap)
        return 0 if self.scale.discrete else min(Fraction(grain) / 2, cap)

    def _close(self, number: Number, grain: Number, policy: Policy) -> Number:
        return max(grain, _size(number) * policy.open_end_share, policy.open_end_count if self.scale.discrete else 0)


@lru_cache(maxsize=KEPT)
def _pragmatic(value: Value, policy: Policy) -> Interval:
    return value._pragmatic(policy)  # noqa: SLF001 - the method that is kept


def _size(number: Number) -> Number:
    return number if number >= 0 else -number


def about(number: Number, grain: Number, policy: Policy = DEFAULT_POLICY) -> Interval:
    """What "about n" admits: n ± max(10 %, min(half a grain, 25 %))."""
    size = _size(number)
    width = max(size * policy.about_width, min(Fraction(grain) / 2, size * policy.about_grain_cap))
    return Interval(exact(Fraction(number - width)), exact(Fraction(number + width)))


def literal_interval(
    qualifier: Qualifier, number: Number, grain: Number, scale: Scale, policy: Policy = DEFAULT_POLICY
) -> Interval:
    """The literal interval of one qualified number (not `between` or `magnitude`, which carry their own ends).

    Raises ValueError where nothing is left, as for "fewer than 0" of a count.
    """
    floor: Number | None = None if scale.signed or number < 0 else 0
    match qualifier:
        case Qualifier.EXACT:
            interval = Interval(number, number)
        case Qualifier.ABOUT:
            wide = about(number, grain, policy)
            low = wide.low if floor is None or wide.low is None else max(wide.low, floor)
            interval = Interval(low, wide.high)
        case Qualifier.AT_LEAST:
            interval = Interval(number, None)
        case Qualifier.MORE_THAN:
            interval = Interval(number, None, low_open=True)
        case Qualifier.AT_MOST:
            interval = Interval(floor, number)
        case Qualifier.LESS_THAN:
            interval = Interval(floor, number, high_open=True)
        case _:
            raise ValueError(f"{qualifier} needs a low and a high, not one number")
    return interval.whole() if scale.discrete else interval
