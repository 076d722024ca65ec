"""The one object that holds every width and limit of the comparison: they are policy, not fact."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any

from app.domain.interval import decimal_text


@dataclass(frozen=True, slots=True)
class Policy:
    """Named, versioned widths and limits. Shares are fractions of a number's size; every relation carries `label`."""

    name: str = "default"
    version: int = 1

    about_width: Fraction = Fraction(1, 10)
    """Half-width of "about n", as a share of n."""
    about_grain_cap: Fraction = Fraction(1, 4)
    """Half a grain may widen "about n" up to this share of n."""
    rounding_width: Fraction = Fraction(1, 20)
    """How far a round number may stand from what it rounds, as a share of it."""
    open_end_share: Fraction = Fraction(1, 2)
    """An open end is taken to close this share of the number away."""
    open_end_count: int = 5
    """For counts, an open end closes at least this far away."""
    magnitude_slack: Fraction = Fraction(1, 10)
    """How far "hundreds" reaches beyond 999, as a share of it."""
    tension_ratio: Fraction = Fraction(3, 2)
    """From this ratio on, two numbers that meet only through a hedge are in tension."""
    growth_per_day: Fraction = Fraction(3)
    """How many times a running total may grow in a day before another origin's is doubted."""
    growth_cap: Fraction = Fraction(10)
    """How many times it may grow however many days lie between."""
    growth_floor: int = 10
    """A running total below this grows from here."""
    drift_per_day: Fraction = Fraction(5, 4)
    """How many times a level may change in a day."""
    drift_days: int = 3
    """Levels further apart than this many days are not compared."""
    days_per_month: Fraction | None = None
    """How many days make a month; null: months and days do not convert."""

    @property
    def label(self) -> str:
        """Name and version as relations print them, such as `default-1`."""
        return f"{self.name}-{self.version}"

    def with_changes(self, changes: Mapping[str, str | int | None]) -> "Policy":
        """The policy with other widths and limits, given as decimal text or whole numbers.

        Raises InvalidPolicy for a field that there is not, and for a value out of bounds.
        """
        values: dict[str, Any] = {name: _value(name, value) for name, value in changes.items()}
        return replace(self, **values)

    def as_text(self) -> dict[str, str | int | None]:
        """Every field, shares and factors as decimal text: what `with_changes` takes."""
        return {
            name: decimal_text(value) if isinstance(value, Fraction) else value for name, value in asdict(self).items()
        }


class InvalidPolicy(ValueError):
    """A policy field that there is not, or a value that it cannot have."""


BOUNDS: dict[str, tuple[int | Fraction, int | Fraction]] = {
    "about_width": (0, Fraction(1, 2)),
    "about_grain_cap": (0, Fraction(1, 2)),
    "rounding_width": (0, Fraction(1, 4)),
    "open_end_share": (0, 10),
    "open_end_count": (0, 1000),
    "magnitude_slack": (0, 1),
    "tension_ratio": (1, 100),
    "growth_per_day": (1, 100),
    "growth_cap": (1, 1000),
    "growth_floor": (0, 1000),
    "drift_per_day": (1, 10),
    "drift_days": (0, 30),
    "days_per_month": (28, 31),
    "version": (1, 1_000_000),
}
"""Between which values each number of a policy may lie, both included."""


def _value(name: str, value: str | int | None) -> str | int | Fraction | None:
    if name == "name":
        if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", value):
            raise InvalidPolicy("a policy's name has lower-case letters, digits and hyphens, 40 at most")
        return value
    if name not in BOUNDS:
        raise InvalidPolicy(f"a policy has no {name!r}; it has: {', '.join(BOUNDS)}")
    if value is None and name == "days_per_month":
        return None
    low, high = BOUNDS[name]
    whole = name in {"open_end_count", "growth_floor", "drift_days", "version"}
    if not re.fullmatch(r"-?[0-9]{1,9}" if whole else r"-?[0-9]{1,9}(\.[0-9]{1,9})?", str(value)):
        raise InvalidPolicy(f"{name} is a {'whole' if whole else 'decimal'} number, not {value!r}")
    number = int(str(value)) if whole else Fraction(str(value))
    if not low <= number <= high:
        raise InvalidPolicy(f"{name} lies from {decimal_text(low)} to {decimal_text(high)}, not at {value}")
    return number


DEFAULT_POLICY = Policy()
