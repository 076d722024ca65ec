"""The one object that holds every width and limit of the comparison: they are policy, not fact."""

from dataclasses import dataclass
from fractions import Fraction


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


DEFAULT_POLICY = Policy()
