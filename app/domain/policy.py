"""The one object that holds every width and limit of the comparison: they are policy, not fact."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any

from rapidfuzz import fuzz, process

from app.domain.interval import decimal_text

Changes = Mapping[str, str | int | Fraction | None]
"""Fields of a policy by name, numbers exact or as decimal text."""
CUSTOM = "custom"
"""The name of a policy that was made for one request."""


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

    def __hash__(self) -> int:
        # It is part of the key of all that is kept of numbers; policies that differ nearly always do so in these.
        return hash((self.name, self.version))

    @property
    def label(self) -> str:
        """Name and version as relations print them, such as `default-1`."""
        return f"{self.name}-{self.version}"

    def with_changes(self, changes: Changes) -> "Policy":
        """The policy with other widths and limits, given as numbers or decimal text.

        Raises InvalidPolicy for a field that there is not, and for a value out of bounds.
        """
        values: dict[str, Any] = {name: _value(name, value) for name, value in changes.items()}
        return replace(self, **values)

    def custom(self, changes: Changes) -> "Policy":
        """The policy with other widths and limits that somebody asks for: its name says so. Raises InvalidPolicy."""
        for name in changes:
            if name not in WIDTHS:
                raise _no_such(name, WIDTHS)
        return self.with_changes({**changes, "name": CUSTOM})

    def as_text(self) -> dict[str, str | int | None]:
        """Every field, shares and factors as decimal text: what `with_changes` takes."""
        return {
            name: decimal_text(value) if isinstance(value, Fraction) else value for name, value in asdict(self).items()
        }


class InvalidPolicy(ValueError):
    """A policy field that there is not, or a value that it cannot have; `nearest` is the field probably meant."""

    def __init__(self, wrong: str, nearest: str | None = None) -> None:
        super().__init__(wrong)
        self.nearest = nearest


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

WIDTHS = tuple(name for name in BOUNDS if name != "version")
"""The widths and limits, in which policies differ."""
WHOLE = frozenset({"open_end_count", "growth_floor", "drift_days", "version"})
"""Those that are whole numbers."""
OPTIONAL = frozenset({"days_per_month"})
"""Those that may be null."""


def _no_such(name: str, known: tuple[str, ...]) -> InvalidPolicy:
    nearest = process.extractOne(name[:100], known, scorer=fuzz.WRatio)[0]
    return InvalidPolicy(f"a policy has no {name[:100]!r}; it has: {', '.join(known)}", nearest)


def _value(name: str, value: str | int | Fraction | None) -> str | int | Fraction | None:
    if name == "name":
        if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", value):
            raise InvalidPolicy("a policy's name has lower-case letters, digits and hyphens, 40 at most")
        return value
    if name not in BOUNDS:
        raise _no_such(name, tuple(BOUNDS))
    if value is None and name in OPTIONAL:
        return None
    number = value if isinstance(value, int | Fraction) else _number(str(value))
    whole = name in WHOLE
    if number is None or (whole and Fraction(number).denominator != 1):
        given = decimal_text(value) if isinstance(value, Fraction) else str(value)
        raise InvalidPolicy(f"{name} is a {'whole' if whole else 'decimal'} number, not {given[:100]!r}")
    low, high = BOUNDS[name]
    if not low <= number <= high:
        bounds = f"from {decimal_text(low)} to {decimal_text(high)}"
        raise InvalidPolicy(f"{name} lies {bounds}, not at {decimal_text(number)[:100]}")
    return int(number) if whole else Fraction(number)


def _number(text: str) -> int | Fraction | None:
    return Fraction(text) if re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", text) else None


DEFAULT_POLICY = Policy()
