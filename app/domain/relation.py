"""What two claims are to each other: the first rule that fits, with its reason."""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from app.domain.interval import Interval, Number
from app.domain.policy import DEFAULT_POLICY, Policy

DAY = 24 * 60


class Kind(StrEnum):
    """What a claim is: an amount in a window, a running total since a start, a level at an instant, or no number."""

    FLOW = "flow"
    CUMULATIVE = "cumulative"
    STOCK = "stock"
    STATEMENT = "statement"


class FrameRelation(StrEnum):
    """How the frame of a stands to the frame of b."""

    EQUAL = "equal"
    A_PART_OF_B = "a_part_of_b"
    B_PART_OF_A = "b_part_of_a"
    DISJOINT = "disjoint"
    OVERLAPPING = "overlapping"
    UNKNOWN = "unknown"


class RelationKind(StrEnum):
    """What two claims are to each other."""

    NOT_COMPARABLE = "not_comparable"
    UNDETERMINED = "undetermined"
    COMPATIBLE = "compatible"
    DUPLICATE = "duplicate"
    UPDATE = "update"
    AGREES = "agrees"
    REFINES = "refines"
    TENSION = "tension"
    CONFLICT = "conflict"


class Reason(StrEnum):
    """Why two claims are what they are to each other."""

    FRAMES_DIFFER = "frames_differ"
    UNITS_DIFFER = "units_differ"
    SCOPE_UNKNOWN = "scope_unknown"
    ORDER_UNKNOWN = "order_unknown"
    DIFFERENT_DATES = "different_dates"
    PART_EXCEEDS_WHOLE = "part_exceeds_whole"
    PART_OF_WHOLE = "part_of_whole"
    SAME_ORIGIN = "same_origin"
    REVISED = "revised"
    REVISED_DOWN = "revised_down"
    CUMULATIVE_FELL = "cumulative_fell"
    LATER_TOTAL = "later_total"
    IMPLAUSIBLE_GROWTH = "implausible_growth"
    DRIFT = "drift"
    STRETCHED = "stretched"
    CONTAINED = "contained"
    OVERLAP = "overlap"
    ROUNDING = "rounding"
    DISJOINT = "disjoint"
    DECLARED = "declared"


class Direction(StrEnum):
    """How a stands to b, where the relation has two ends: a <direction> b."""

    REFINES = "refines"
    REFINED_BY = "refined_by"
    PART_OF = "part_of"
    HAS_PART = "has_part"
    UPDATES = "updates"
    UPDATED_BY = "updated_by"

    @property
    def reverse(self) -> "Direction":
        """The same seen from b."""
        return _REVERSE[self]


_REVERSE = {
    Direction.REFINES: Direction.REFINED_BY,
    Direction.REFINED_BY: Direction.REFINES,
    Direction.PART_OF: Direction.HAS_PART,
    Direction.HAS_PART: Direction.PART_OF,
    Direction.UPDATES: Direction.UPDATED_BY,
    Direction.UPDATED_BY: Direction.UPDATES,
}

WORDING_DIFFERS = "wording_differs"


@dataclass(frozen=True, slots=True)
class Comparand:
    """A claim as the comparison sees it: both intervals and the number in a unit shared with the other side.

    `start` and `end` bound the as-of date, in whole minutes since 1970-01-01T00:00Z, both included.
    `ratio_scale` is False for a unit with an offset (degrees Celsius), of which ratios mean nothing;
    `discrete` tells counts from measured quantities; `volatile` marks a level that may be any other on another day.
    """

    kind: Kind
    origin: str
    number: Number | None
    literal: Interval
    pragmatic: Interval
    start: int
    end: int
    ratio_scale: bool = True
    discrete: bool = True
    volatile: bool = False

    @property
    def is_moving(self) -> bool:
        """Whether it may be another number an hour later: a running total, a volatile level."""
        return self.kind is Kind.CUMULATIVE or (self.kind is Kind.STOCK and self.volatile)

    @property
    def in_hours(self) -> bool:
        """Whether its as-of date is a stretch of hours, neither whole days nor a moment."""
        return self.start != self.end and bool(self.start % DAY or (self.end + 1) % DAY)

    @property
    def stance(self) -> Interval:
        """The literal interval, an end without bound closed where readers close it."""
        return self.literal.closed(self.pragmatic)

    @property
    def hull_low(self) -> Number | None:
        """The lower of both lows."""
        if self.literal.low is None or self.pragmatic.low is None:
            return None
        return min(self.literal.low, self.pragmatic.low)

    @property
    def hull_high(self) -> Number | None:
        """The higher of both highs."""
        if self.literal.high is None or self.pragmatic.high is None:
            return None
        return max(self.literal.high, self.pragmatic.high)


@dataclass(frozen=True, slots=True)
class Relation:
    """The relation of a to b, its reason, its direction as seen from a, and the ratio of a disagreement."""

    kind: RelationKind
    reason: Reason
    direction: Direction | None = None
    ratio: Fraction | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def reverse(self) -> "Relation":
        """The relation of b to a."""
        direction = self.direction.reverse if self.direction else None
        return Relation(self.kind, self.reason, direction, self.ratio, self.notes)


def days_apart(a: Comparand, b: Comparand) -> int:
    """Whole days, rounded up, between two as-of dates at their nearest; 0 where they overlap."""
    gap = max(b.start // DAY - a.end // DAY, a.start // DAY - b.end // DAY, 0)
    return max(gap, 1) if is_later(a, b) or is_later(b, a) else 0


def is_later(a: Comparand, b: Comparand) -> bool:
    """Whether the whole as-of range of a lies after that of b."""
    return a.start > b.end


def drift_days(policy: Policy, *, volatile: bool) -> int:
    """How many days apart levels are still compared; volatile ones only as of one date."""
    return 0 if volatile else policy.drift_days


def drift(days: int, policy: Policy) -> Fraction:
    """How many times a level may change in that many days."""
    return policy.drift_per_day**days


def growth_limit(earlier: Comparand, days: int, policy: Policy) -> Number | None:
    """How high a running total may be that many days later; None: without limit.

    "More than 50" is no ground to grow from. The floor holds for counts only: ten of what would depend on the unit.
    """
    high = None if earlier.literal.high is None else earlier.pragmatic.high
    if high is not None and earlier.discrete:
        high = max(high, policy.growth_floor)
    if high is None or high <= 0 or not earlier.ratio_scale:
        return None
    return high * min(policy.growth_per_day ** min(days, 64), policy.growth_cap)


def ratio_between(lower: Interval, higher: Interval) -> Fraction | None:
    """low(higher) / high(lower) of two disjoint intervals; None where that is not positive."""
    if higher.low is None or lower.high is None or higher.low <= 0 or lower.high <= 0:
        return None
    return Fraction(higher.low) / Fraction(lower.high)


def relate(
    a: Comparand,
    b: Comparand,
    frame: FrameRelation,
    *,
    convertible: bool = True,
    policy: Policy = DEFAULT_POLICY,
) -> Relation:
    """The relation of a to b where a's frame stands to b's as `frame` says. `convertible`: the units convert."""
    match frame:
        case FrameRelation.DISJOINT | FrameRelation.OVERLAPPING:
            return Relation(RelationKind.NOT_COMPARABLE, Reason.FRAMES_DIFFER)
        case _ if not convertible:
            return Relation(RelationKind.NOT_COMPARABLE, Reason.UNITS_DIFFER)
        case FrameRelation.UNKNOWN:
            return Relation(RelationKind.UNDETERMINED, Reason.SCOPE_UNKNOWN)
    found = _comparable(a, b, frame, policy)
    doubtful = found.kind in (RelationKind.CONFLICT, RelationKind.TENSION)
    if doubtful and is_unordered(a, b, whole=b if frame is FrameRelation.A_PART_OF_B else a):
        return Relation(RelationKind.UNDETERMINED, Reason.ORDER_UNKNOWN)
    return found


def is_unordered(a: Comparand, b: Comparand, *, whole: Comparand) -> bool:
    """Whether what is moving (of a part and its whole: the whole) may be later or earlier than the other, for all that
    is known: their as-of dates overlap, and either is a stretch of hours. Whole days that overlap count as one date.
    """
    return whole.is_moving and (a.in_hours or b.in_hours) and a.start <= b.end and b.start <= a.end


def _comparable(a: Comparand, b: Comparand, frame: FrameRelation, policy: Policy) -> Relation:
    both_stock = a.kind is Kind.STOCK and b.kind is Kind.STOCK
    if both_stock and days_apart(a, b) > drift_days(policy, volatile=a.volatile or b.volatile):
        return Relation(RelationKind.NOT_COMPARABLE, Reason.DIFFERENT_DATES)
    if frame is FrameRelation.A_PART_OF_B:
        return _part_and_whole(a, b, policy)
    if frame is FrameRelation.B_PART_OF_A:
        return _part_and_whole(b, a, policy).reverse
    if is_later(b, a):
        return _in_order(b, a, policy).reverse
    return _in_order(a, b, policy)


def _part_and_whole(part: Comparand, whole: Comparand, policy: Policy) -> Relation:
    low, high = part.hull_low, whole.hull_high
    if low is not None and high is not None:
        stocks = part.kind is Kind.STOCK and whole.kind is Kind.STOCK
        drifts = stocks and high > 0 and whole.ratio_scale
        allowed = high * drift(days_apart(part, whole), policy) if drifts else high
        if low > allowed:
            ratio = _ratio(whole.literal, part.literal, part)
            return Relation(RelationKind.CONFLICT, Reason.PART_EXCEEDS_WHOLE, Direction.PART_OF, ratio)
    return Relation(RelationKind.COMPATIBLE, Reason.PART_OF_WHOLE, Direction.PART_OF)


def _in_order(a: Comparand, b: Comparand, policy: Policy) -> Relation:
    """Equal frames; a is the later one where either is."""
    later = is_later(a, b)
    if a.origin == b.origin:
        if a.literal == b.literal or (not later and a.number is not None and a.number == b.number):
            notes = () if a.literal == b.literal else (WORDING_DIFFERS,)
            return Relation(RelationKind.DUPLICATE, Reason.SAME_ORIGIN, notes=notes)
        if later:
            down = a.literal.is_below(b.literal)
            reason = Reason.REVISED_DOWN if down else Reason.REVISED
            return Relation(RelationKind.UPDATE, reason, Direction.UPDATES)
        found = _on_one_date(a, b, policy)
        if a.is_moving and found.kind in (RelationKind.CONFLICT, RelationKind.TENSION):
            return Relation(RelationKind.UNDETERMINED, Reason.ORDER_UNKNOWN)
        return found
    if later:
        dated = _later_total(a, b, policy) if a.kind is Kind.CUMULATIVE else _drifted(a, b, policy)
        if dated is not None:
            return dated
    return _on_one_date(a, b, policy)


def _later_total(later: Comparand, earlier: Comparand, policy: Policy) -> Relation | None:
    if later.literal.is_below(earlier.literal) and later.pragmatic.is_below(earlier.pragmatic):
        return Relation(
            RelationKind.CONFLICT, Reason.CUMULATIVE_FELL, ratio=_ratio(later.literal, earlier.literal, later)
        )
    above = earlier.pragmatic.is_below(later.pragmatic)
    if above:
        limit = growth_limit(earlier, days_apart(later, earlier), policy)
        if limit is not None and later.pragmatic.low is not None and later.pragmatic.low > limit:
            ratio = _ratio(earlier.pragmatic, later.pragmatic, later)
            return Relation(RelationKind.TENSION, Reason.IMPLAUSIBLE_GROWTH, ratio=ratio)
    larger = later.number is not None and earlier.number is not None and later.number > earlier.number
    if above or larger:
        return Relation(RelationKind.UPDATE, Reason.LATER_TOTAL, Direction.UPDATES)
    return None


def _drifted(later: Comparand, earlier: Comparand, policy: Policy) -> Relation | None:
    if later.kind is not Kind.STOCK or later.literal.meets(earlier.literal):
        return None
    ratio = _pragmatic_ratio(later, earlier)
    if ratio is not None and ratio <= drift(days_apart(later, earlier), policy):
        return Relation(RelationKind.UPDATE, Reason.DRIFT, Direction.UPDATES)
    return None


def _on_one_date(a: Comparand, b: Comparand, policy: Policy) -> Relation:
    if a.literal.meets(b.literal):
        ratio = _pragmatic_ratio(a, b)
        if ratio is not None and ratio >= policy.tension_ratio:
            return Relation(RelationKind.TENSION, Reason.STRETCHED, ratio=ratio)
        if a.literal != b.literal and b.literal.contains(a.literal):
            return Relation(RelationKind.REFINES, Reason.CONTAINED, Direction.REFINES)
        if a.literal != b.literal and a.literal.contains(b.literal):
            return Relation(RelationKind.REFINES, Reason.CONTAINED, Direction.REFINED_BY)
        return Relation(RelationKind.AGREES, Reason.OVERLAP)
    if a.pragmatic.meets(b.pragmatic):
        return Relation(RelationKind.AGREES, Reason.ROUNDING)
    lower, higher = (a, b) if a.literal.is_below(b.literal) else (b, a)
    return Relation(RelationKind.CONFLICT, Reason.DISJOINT, ratio=_ratio(lower.literal, higher.literal, a))


def _pragmatic_ratio(a: Comparand, b: Comparand) -> Fraction | None:
    """The ratio between what readers take the two for; None where that meets, or where ratios mean nothing."""
    if a.pragmatic.is_below(b.pragmatic):
        return _ratio(a.pragmatic, b.pragmatic, a)
    if b.pragmatic.is_below(a.pragmatic):
        return _ratio(b.pragmatic, a.pragmatic, a)
    return None


def _ratio(lower: Interval, higher: Interval, either: Comparand) -> Fraction | None:
    return ratio_between(lower, higher) if either.ratio_scale else None
