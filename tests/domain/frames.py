"""Frames of claims for laws, and what flags and figures mean pair by pair: the slow way, which the fast one must equal.

Numbers and dates come from small ranges, so that ties and boundaries are met often.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count
from math import prod
from typing import Any

from hypothesis import strategies as st

from app.domain.flags import MOST_LISTED, Flags, pair_frame
from app.domain.history import Day
from app.domain.interval import Interval, Number, exact
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.relation import (
    DAY,
    WORDING_DIFFERS,
    Comparand,
    Direction,
    FrameRelation,
    Kind,
    Relation,
    RelationKind,
    relate,
)
from app.domain.row import Member
from app.domain.worst import Worst

KINDS = (Kind.FLOW, Kind.CUMULATIVE, Kind.STOCK)
POLICIES = (
    DEFAULT_POLICY,
    Policy(tension_ratio=Fraction(1), drift_days=0, growth_per_day=Fraction(1)),
    Policy(
        tension_ratio=Fraction(6, 5), drift_days=1, growth_floor=2, growth_per_day=Fraction(2), growth_cap=Fraction(5)
    ),
)
NUMBERS = [*range(-3, 14), 15, 16, 18, 19, 20, 24, 25, 30, 31, 36, 60, 100, 101]
PALETTES = [
    [-3, -1, 0, 1, 2],
    [1, 2, 3, 4, 6, 9],
    [4, 5, 6, 8, 10],
    [10, 12, 13, 15, 16, 18, 19],
    [9, 10, 30, 31, 90, 91, 100, 101],
    NUMBERS,
]
"""Numbers of one frame: few, so that claims often share theirs, and around the ratios at which relations change."""


@dataclass(frozen=True)
class Unit:
    """What all numbers of a measure share."""

    ratio_scale: bool
    discrete: bool
    volatile: bool


@dataclass(frozen=True)
class Shape:
    """A number with its intervals."""

    number: Number | None
    literal: Interval
    pragmatic: Interval


@dataclass(frozen=True)
class Setting:
    """A frame with those that are part of it and whole to it, and the policy to compare them by."""

    members: list[Member]
    parts: list[list[Member]]
    wholes: list[list[Member]]
    policy: Policy


units = st.builds(
    Unit,
    ratio_scale=st.sampled_from([True, True, False]),
    discrete=st.booleans(),
    volatile=st.sampled_from([False, False, False, False, True]),
)
kinds = st.sampled_from(KINDS)
policies = st.sampled_from(POLICIES)


def choices(*options: Sequence[Any]) -> st.SearchStrategy[list[Any]]:
    """One of each: from a single number, because drawing each of hundreds by itself would take all the time."""

    n_choices = prod(len(option) for option in options)

    def pick(code: int) -> list[Any]:
        # Codes near zero are drawn more often than others; what they stand for should not be.
        code = code * 1_000_003 % n_choices
        picked = []
        for option in options:
            code, index = divmod(code, len(option))
            picked.append(option[index])
        return picked

    return st.integers(0, n_choices - 1).map(pick)


def shape(unit: Unit, picked: list[Any]) -> Shape:
    """A number whose intervals have some shape that printed numbers may give them."""
    one, other, ends, ajar, down, up, unbounded, mark = picked
    if not unit.discrete:
        one, other = exact(Fraction(one, 2)), exact(Fraction(other, 2))
    low, high = min(one, other), one if ends == "point" else max(one, other)
    low = high if ends == "point" else low
    opens = () if unit.discrete or low == high else ajar
    literal = Interval(
        low if ends in {"point", "both", "low"} else None,
        high if ends in {"point", "both", "high"} else None,
        low_open="low" in opens and ends in {"both", "low"},
        high_open="high" in opens and ends in {"both", "high"},
    )
    # What closes an open end lies inside the literal interval; what widens a given end lies outside.
    pragmatic = Interval(
        None if literal.low is None and unbounded else (high - 1 if ends == "high" else low) - down,
        None if literal.high is None and unbounded else (low + 1 if ends == "low" else high) + up,
    )
    number = low if ends == "low" else high
    # "More than 100" has a number that lies outside its intervals.
    beside = number + 1 if ends == "high" else number - 1
    return Shape({"none": None, "own": number, "beside": beside, "other": other}[mark], literal, pragmatic)


def shapes(unit: Unit, numbers: Sequence[int] = NUMBERS) -> st.SearchStrategy[Shape]:
    """Shapes of all kinds, hedges above all, made of those numbers."""
    ends = ["point", "point", "point", "both", "both", "low", "low", "high", "none"]
    ajar = [(), (), ("low",), ("high",), ("low", "high")]
    marks = ["none", "own", "own", "own", "beside", "beside", "other"]
    picked = choices(numbers, numbers, ends, ajar, [0, 0, 1, 3], [0, 0, 0, 1, 2, 5], [False] * 5 + [True], marks)
    return picked.map(lambda picked: shape(unit, picked))


def claims(unit: Unit, kind: Kind, pool: Sequence[Shape] | None = None) -> st.SearchStrategy[Comparand]:
    """Claims of a kind and unit, of several origins, in a pool of shapes where one is given.

    As of instants, half days, whole days and longer times, which begin at the start, in the middle and at the end of a
    few days.
    """
    when = ("abc", range(6), [0, 0, DAY // 2, DAY - 1], [0, 0, DAY // 2, DAY - 1, DAY - 1, 2 * DAY - 1, 2 * DAY])

    def claim(form: Shape, picked: list[Any]) -> Comparand:
        origin, day, minute, length = picked
        start = day * DAY + minute
        return Comparand(
            kind,
            origin,
            form.number,
            form.literal,
            form.pragmatic,
            start,
            start + length,
            unit.ratio_scale,
            unit.discrete,
            unit.volatile,
        )

    if pool is None:
        return st.builds(claim, shapes(unit), choices(*when))
    return choices(pool, *when).map(lambda picked: claim(picked[0], picked[1:]))


@st.composite
def settings_of_frames(draw: st.DrawFn, most: int = 9, *, alone: bool = False) -> Setting:
    """A frame of up to `most` claims, many of which are alike; unless `alone`, with frames around it of any kind."""
    unit, kind = draw(units), draw(kinds)
    pool = draw(st.lists(shapes(unit, draw(st.sampled_from(PALETTES))), min_size=2, max_size=6))
    groups = [draw(st.lists(claims(unit, kind, pool), min_size=2, max_size=most))]
    n_parts, n_wholes = (0, 0) if alone else draw(st.tuples(st.integers(0, 2), st.integers(0, 2)))
    around = [draw(kinds) for _ in range(n_parts + n_wholes)]
    groups += [draw(st.lists(claims(unit, other, pool), max_size=4)) for other in around]
    # Ids that do not follow the order of drawing, and whose order as text is not that of their numbers.
    serial = count()
    named = [[(f"clm_{next(serial) * 37 % 101}", claim) for claim in group] for group in groups]
    return Setting(named[0], named[1 : 1 + n_parts], named[1 + n_parts :], draw(policies))


def converted(one: Comparand, factor: Number) -> Comparand:
    """The same claim in another unit."""
    return replace(
        one,
        number=None if one.number is None else exact(Fraction(one.number) * factor),
        literal=one.literal.converted(factor),
        pragmatic=one.pragmatic.converted(factor),
    )


def superseded(frame: Sequence[Member], policy: Policy) -> set[str]:
    """Whom a later claim of the same origin replaces, by looking at all pairs."""
    found = set()
    for a, one in frame:
        for b, other in frame:
            relation = relate(one, other, FrameRelation.EQUAL, policy=policy)
            if a != b and one.origin == other.origin and relation.kind is RelationKind.UPDATE:
                found.add(a if relation.direction is Direction.UPDATED_BY else b)
    return found


def relations(setting: Setting) -> list[tuple[str, str, Relation]]:
    """Every ordered pair of a current claim of the frame and another current one, there or around it."""
    around = [(setting.members, FrameRelation.EQUAL)]
    around += [(frame, FrameRelation.B_PART_OF_A) for frame in setting.parts]
    around += [(frame, FrameRelation.A_PART_OF_B) for frame in setting.wholes]
    gone = superseded(setting.members, setting.policy)
    current = [(identifier, one) for identifier, one in setting.members if identifier not in gone]
    found = []
    for frame, standing in around:
        replaced = superseded(frame, setting.policy)
        for a, one in current:
            for b, other in frame:
                if b not in replaced and a != b:
                    pair = pair_frame(one, other, standing)
                    found.append((a, b, relate(one, other, pair, policy=setting.policy)))
    return found


def flags_by_pairs(setting: Setting) -> dict[str, Flags]:
    """What `flag_frame` must give."""
    gone, found = superseded(setting.members, setting.policy), relations(setting)
    origins = {identifier: one.origin for identifier, one in setting.members}
    flags = {}
    for identifier, one in setting.members:
        mine = [(b, relation.kind) for a, b, relation in found if a == identifier]
        conflicts = sorted(b for b, kind in mine if kind is RelationKind.CONFLICT)
        alike = {RelationKind.AGREES, RelationKind.REFINES}
        notes = {
            note
            for b, other in setting.members
            for note in relate(one, other, FrameRelation.EQUAL, policy=setting.policy).notes
            if b != identifier
        }
        assert notes <= {WORDING_DIFFERS}
        flags[identifier] = Flags(
            superseded=identifier in gone,
            n_conflicts=len(conflicts),
            conflicts_with=tuple(conflicts[:MOST_LISTED]),
            tension=any(kind is RelationKind.TENSION for _, kind in mine),
            agreed=any(kind in alike and origins.get(b, one.origin) != one.origin for b, kind in mine),
            notes=tuple(notes),
            n_across=sum(b not in origins for b in conflicts),
        )
    return flags


def worst_by_pairs(setting: Setting) -> Worst | None:
    """What `worst_of` must give."""
    apart = {RelationKind.CONFLICT, RelationKind.TENSION}
    pairs = [
        Worst((a, b) if a < b else (b, a), relation if a < b else relation.reverse)
        for a, b, relation in relations(setting)
        if relation.kind in apart
    ]
    return min(
        pairs,
        key=lambda pair: (pair.relation.ratio is None, -(pair.relation.ratio or 0), pair.ids),
        default=None,
    )


def history_by_days(setting: Setting) -> tuple[Day, ...]:
    """What `history_of` must give."""
    points = []
    for day in sorted({one.end // DAY for _, one in setting.members}):
        known = [(identifier, one) for identifier, one in setting.members if one.end // DAY <= day]
        gone = superseded(known, setting.policy)
        literals = [one.literal for identifier, one in known if identifier not in gone]
        lows = [literal.low for literal in literals if literal.low is not None]
        highs = [literal.high for literal in literals if literal.high is not None]
        low = min(lows) if len(lows) == len(literals) else None
        high = max(highs) if len(highs) == len(literals) else None
        points.append(Day(day * DAY, low, high, len(literals)))
    return tuple(points)
