"""Figures: all that is known of one frame, without ever choosing a best value."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from operator import itemgetter

from app.domain.flags import Flags, pair_frame
from app.domain.interval import Interval, Number
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.relation import DAY, Comparand, FrameRelation, Relation, RelationKind, relate
from app.domain.row import Member, rows_of
from app.domain.scene import not_superseded

EXTREMES = 20
"""How many of the lowest and of the highest flagged claims the worst pair is sought among."""

_FLAGGED = (RelationKind.CONFLICT, RelationKind.TENSION)
_Position = tuple[int, Number, int]
"""A place on the line of numbers: before, on or after all of them; the number; just below it, at it, just above it."""


@dataclass(frozen=True, slots=True)
class Band:
    """Numbers that the same many origins admit."""

    interval: Interval
    n_origins: int


@dataclass(frozen=True, slots=True)
class Worst:
    """The pair of claims furthest apart, by ids, lower id first."""

    a: str
    b: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Day:
    """What was claimed for one day: `start` is its first minute, as in `Comparand`."""

    start: int
    low: Number | None
    high: Number | None
    n_claims: int


@dataclass(frozen=True, slots=True)
class Figure:
    """What the claims of a frame amount to; counts are of current claims, those that their origin has not replaced.

    `envelope` reaches from the lowest low to the highest high, `agreement` lists the numbers that most origins admit,
    all ties, `history` is by as-of date and has replaced claims too. `n_conflicts` counts pairs, those with claims of
    parts and wholes included.
    """

    status: str
    n_claims: int
    n_origins: int
    n_superseded: int
    envelope: Interval
    agreement: tuple[Band, ...]
    latest: str
    n_conflicts: int
    worst: Worst | None
    history: tuple[Day, ...]


def figure_of(
    members: Sequence[Member],
    flags: Mapping[str, Flags],
    across: Iterable[tuple[FrameRelation, Sequence[Member]]] = (),
    policy: Policy = DEFAULT_POLICY,
) -> Figure:
    """The figure of a frame; `across` are the claims of each part and whole, with how the frame stands to theirs.

    Raises ValueError where there is no claim.
    """
    current = [(name, claim) for name, claim in members if not flags[name].superseded]
    if not current:
        raise ValueError("a figure has at least one current claim")
    raised = [flags[name] for name, _ in current]
    across_pairs = sum(flag.n_across for flag in raised)
    return Figure(
        status=_status(raised),
        n_claims=len(current),
        n_origins=len({claim.origin for _, claim in current}),
        n_superseded=len(members) - len(current),
        envelope=_envelope([claim.literal for _, claim in current]),
        agreement=agreement([(claim.origin, claim.literal) for _, claim in current]),
        latest=min(current, key=lambda member: (-member[1].end, -member[1].start, member[0]))[0],
        n_conflicts=(sum(flag.n_conflicts for flag in raised) - across_pairs) // 2 + across_pairs,
        worst=_worst(current, flags, across, policy),
        history=_history(members),
    )


def _status(flags: Iterable[Flags]) -> str:
    """The strongest of its claims'; without any, `single_origin`: at no date do two origins speak to the same."""
    raised = list(flags)
    if any(flag.n_conflicts for flag in raised):
        return "conflict"
    if any(flag.tension for flag in raised):
        return "tension"
    return "agreed" if any(flag.agreed for flag in raised) else "single_origin"


def _envelope(intervals: Sequence[Interval]) -> Interval:
    lows = [(_low(interval), interval) for interval in intervals]
    highs = [(_high(interval), interval) for interval in intervals]
    lowest, highest = min(lows, key=itemgetter(0))[1], max(highs, key=itemgetter(0))[1]
    return Interval(lowest.low, highest.high, lowest.low_open, highest.high_open)


def agreement(admitted: Iterable[tuple[str, Interval]]) -> tuple[Band, ...]:
    """The numbers that most origins admit (Marzullo's algorithm); an origin admits what any of its intervals does."""
    pairs = list(admitted)
    begins = [(_low(interval), 0, origin, interval) for origin, interval in pairs]
    ends = [(_high(interval), 1, origin, interval) for origin, interval in pairs]
    open_now: Counter[str] = Counter()
    most, found = 0, list[tuple[Interval, Interval]]()
    begun: Interval | None = None
    for _, is_end, origin, interval in sorted([*begins, *ends], key=itemgetter(0, 1)):
        if not is_end:
            open_now[origin] += 1
            if open_now[origin] == 1 and len(open_now) >= most:
                found = found if len(open_now) == most else []
                most, begun = len(open_now), interval
            continue
        open_now[origin] -= 1
        if not open_now[origin]:
            del open_now[origin]
            if begun is not None:
                found.append((begun, interval))
                begun = None
    return tuple(Band(Interval(a.low, b.high, a.low_open, b.high_open), most) for a, b in found)


def _low(interval: Interval) -> _Position:
    return (-1, 0, 0) if interval.low is None else (0, interval.low, int(interval.low_open))


def _high(interval: Interval) -> _Position:
    return (1, 0, 0) if interval.high is None else (0, interval.high, -int(interval.high_open))


def _worst(
    current: Sequence[Member],
    flags: Mapping[str, Flags],
    across: Iterable[tuple[FrameRelation, Sequence[Member]]],
    policy: Policy,
) -> Worst | None:
    flagged = [member for member in current if flags[member[0]].n_conflicts or flags[member[0]].tension]
    mine = _extremes(flagged)
    others = [(FrameRelation.EQUAL, mine)]
    if any(flags[name].n_across for name, _ in mine):
        others += [(frame, _extremes(_current(claims, policy))) for frame, claims in across]
    pairs = [
        (a, b, relate(one, other, pair_frame(one, other, frame), policy=policy))
        for frame, theirs in others
        for (a, one), (b, other) in product(mine, theirs)
        if a != b
    ]
    worst = min((pair for pair in pairs if pair[2].kind in _FLAGGED), key=_badness, default=None)
    if worst is None:
        return None
    a, b, relation = worst
    return Worst(a, b, relation) if a < b else Worst(b, a, relation.reverse)


def _current(members: Sequence[Member], policy: Policy) -> list[Member]:
    kept = {row.id for row in not_superseded(rows_of([members])[0], policy)}
    return [member for member in members if member[0] in kept]


def _badness(pair: tuple[str, str, Relation]) -> tuple[bool, Fraction, list[str]]:
    a, b, relation = pair
    return relation.kind is not RelationKind.CONFLICT, -(relation.ratio or Fraction(0)), sorted((a, b))


def _extremes(members: Sequence[Member]) -> list[Member]:
    """Those that end lowest and those that begin highest, each once."""

    def ends(member: Member) -> tuple[_Position, str]:
        return _high(Interval(None, member[1].hull_high)), member[0]

    def begins(member: Member) -> tuple[_Position, str]:
        return _low(Interval(member[1].hull_low, None)), member[0]

    found = dict([*sorted(members, key=ends)[:EXTREMES], *sorted(members, key=begins)[-EXTREMES:]])
    return sorted(found.items())


def _history(members: Iterable[Member]) -> tuple[Day, ...]:
    by_day: dict[int, list[Comparand]] = {}
    for _, claim in members:
        by_day.setdefault(claim.end // DAY * DAY, []).append(claim)
    days = []
    for start, claims in sorted(by_day.items()):
        envelope = _envelope([claim.literal for claim in claims])
        days.append(Day(start, envelope.low, envelope.high, len(claims)))
    return tuple(days)
