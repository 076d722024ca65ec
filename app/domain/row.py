"""Claims laid out for sorting: every number of several frames as a whole number of one common, small enough unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import lcm

from app.domain.interval import Number
from app.domain.relation import DAY, Comparand, Kind

Member = tuple[str, Comparand]
"""A claim's public id and the claim as the comparison sees it."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A claim; its numbers are exact multiples of 1/scale, None where unbounded or absent.

    `least` and `most` are the literal ends, `low` and `high` the pragmatic ones, `hull_low` and `hull_high` those of
    the hull: all that either interval admits. `frame` tells apart the frames that one comparison spans; 0 is the asked.
    """

    id: str
    frame: int
    comparand: Comparand
    number: int | None
    least: int | None
    most: int | None
    low: int | None
    high: int | None
    hull_low: int | None
    hull_high: int | None

    @property
    def kind(self) -> Kind:
        """What the number is."""
        return self.comparand.kind

    @property
    def origin(self) -> tuple[int, str]:
        """The origin within its frame."""
        return self.frame, self.comparand.origin

    @property
    def wording(self) -> tuple[object, ...]:
        """Origin and literal interval: equal for what repeats."""
        literal = self.comparand.literal
        return self.origin, self.least, self.most, literal.low_open, literal.high_open

    @property
    def numbered(self) -> tuple[object, ...] | None:
        """Origin and number; None without a number."""
        return None if self.number is None else (self.origin, self.number)

    @property
    def start(self) -> int:
        """First minute of the as-of range."""
        return self.comparand.start

    @property
    def end(self) -> int:
        """Last minute of the as-of range."""
        return self.comparand.end


def rows_of(frames: Sequence[Iterable[Member]]) -> tuple[list[Row], int]:
    """The members of all frames, in order, and the scale that makes their numbers whole.

    Raises ValueError where a pragmatic interval is none: it closes the open ends of the literal one, meets it, and
    reaches at least as far as its finite ends. Conflicts could not be counted by sorting otherwise.
    """
    members = [(number, member) for number, frame in enumerate(frames) for member in frame]
    scale = lcm(*{number.denominator for _, (_, comparand) in members for number in _numbers(comparand)})
    return [_row(frame, member, scale) for frame, member in members], scale


def reach(end: int, days: int) -> int:
    """The last minute at which something starts at most that many days after `end`; `end` itself for 0 days."""
    return end if days == 0 else (end // DAY + days + 1) * DAY - 1


def back(start: int, days: int) -> int:
    """The first minute at which something ends at most that many days before `start`; `start` itself for 0 days."""
    return start if days == 0 else (start // DAY - days) * DAY


def _numbers(comparand: Comparand) -> list[Number]:
    literal, pragmatic = comparand.literal, comparand.pragmatic
    all_of_them = (comparand.number, literal.low, literal.high, pragmatic.low, pragmatic.high)
    return [number for number in all_of_them if number is not None]


def _row(frame: int, member: Member, scale: int) -> Row:
    identifier, comparand = member
    if not _is_sound(comparand):
        raise ValueError(
            f"{identifier}: {comparand.pragmatic} cannot be what a reader takes {comparand.literal} to mean"
        )
    literal, pragmatic = comparand.literal, comparand.pragmatic
    low, high = _scaled(pragmatic.low, scale), _scaled(pragmatic.high, scale)
    least, most = _scaled(literal.low, scale), _scaled(literal.high, scale)
    hull_low, hull_high = None if least is None else low, None if most is None else high
    number = _scaled(comparand.number, scale)
    return Row(identifier, frame, comparand, number, least, most, low, high, hull_low, hull_high)


def _is_sound(comparand: Comparand) -> bool:
    literal, pragmatic = comparand.literal, comparand.pragmatic
    if pragmatic.low_open or pragmatic.high_open or not pragmatic.meets(literal):
        return False
    covers_low = literal.low is None or (pragmatic.low is not None and pragmatic.low <= literal.low)
    covers_high = literal.high is None or (pragmatic.high is not None and pragmatic.high >= literal.high)
    return covers_low and covers_high


def _scaled(number: Number | None, scale: int) -> int | None:
    return None if number is None else number.numerator * (scale // number.denominator)
