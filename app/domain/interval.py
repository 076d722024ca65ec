"""Exact intervals of numbers: what a printed number admits."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

Number = int | Fraction
"""Exact: an int where the number is whole, a Fraction otherwise; never a binary float."""


def exact(value: "int | str | Fraction") -> Number:
    """The exact number of a decimal text ("2.5", "-0.10"), an int or a Fraction. Raises ValueError."""
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.removeprefix("-").isdecimal():
        return int(value)
    fraction = Fraction(value)
    return fraction.numerator if fraction.denominator == 1 else fraction


def decimal_text(number: Number) -> str:
    """The exact decimal literal: `2500000`, `50.4`. Raises ValueError where no finite one exists, as for 1/3."""
    numerator, denominator = number.numerator, number.denominator
    places = 0
    while denominator % 10 == 0:
        denominator //= 10
        places += 1
    for factor, other in ((2, 5), (5, 2)):
        while denominator % factor == 0:
            denominator //= factor
            numerator *= other
            places += 1
    if denominator != 1:
        raise ValueError(f"{number} has no finite decimal form")
    if not places:
        return str(numerator)
    digits = str(abs(numerator)).rjust(places + 1, "0")
    whole, decimals = digits[:-places], digits[-places:].rstrip("0")
    return ("-" if numerator < 0 else "") + whole + (f".{decimals}" if decimals else "")


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from `low` to `high`; None is unbounded; an end is part of the interval unless marked open."""

    low: Number | None
    high: Number | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")

    def is_below(self, other: "Interval") -> bool:
        """Whether every number here is less than every number there."""
        if self.high is None or other.low is None:
            return False
        if self.high == other.low:
            return self.high_open or other.low_open
        return self.high < other.low

    def meets(self, other: "Interval") -> bool:
        """Whether the two have a number in common."""
        return not self.is_below(other) and not other.is_below(self)

    def contains(self, other: "Interval") -> bool:
        """Whether every number there is also here."""
        if self.low is not None:
            if other.low is None or other.low < self.low:
                return False
            if other.low == self.low and self.low_open and not other.low_open:
                return False
        if self.high is not None:
            if other.high is None or other.high > self.high:
                return False
            if other.high == self.high and self.high_open and not other.high_open:
                return False
        return True

    def admits(self, number: Number) -> bool:
        """Whether the number lies within."""
        return self.contains(Interval(number, number))

    def closed(self, other: "Interval") -> "Interval":
        """With the other's end, which is included, wherever this one is without bound."""
        low = other.low if self.low is None else self.low
        high = other.high if self.high is None else self.high
        return Interval(low, high, self.low_open and self.low is not None, self.high_open and self.high is not None)

    def converted(self, factor: Number, offset: Number = 0) -> "Interval":
        """Every end times `factor` (positive) plus `offset`: the same interval in another unit."""
        low = None if self.low is None else exact(Fraction(self.low) * factor + offset)
        high = None if self.high is None else exact(Fraction(self.high) * factor + offset)
        return Interval(low, high, self.low_open, self.high_open)

    def whole(self) -> "Interval":
        """The whole numbers within, ends closed: what a count admits. Raises ValueError where there are none."""
        low, high = self.low, self.high
        if low is not None:
            low = ceil(low) + (1 if self.low_open and ceil(low) == low else 0)
        if high is not None:
            high = floor(high) - (1 if self.high_open and floor(high) == high else 0)
        return Interval(low, high)
