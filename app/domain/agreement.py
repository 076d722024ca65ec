"""Where most origins agree: Marzullo's algorithm, with exact ends, over what each origin admits.

K. Marzullo, "Maintaining the Time in a Distributed System" (1984): the interval that most of several clocks admit.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil, floor

from app.domain.interval import Interval, Number

Cut = tuple[int, Number, int]
"""A place between numbers: just before one (0, number, 0), just after it (0, number, 1), below or above all."""

_BELOW_ALL: Cut = (-1, 0, 0)
_ABOVE_ALL: Cut = (1, 0, 0)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Numbers that as many as `n_origins` origins admit, and no number is admitted by more."""

    interval: Interval
    n_origins: int


def agreements(admitted: Iterable[tuple[str, Interval]], *, discrete: bool) -> tuple[Agreement, ...]:
    """The stretches that most origins admit, lowest first, each as long as the same origins admit it.

    `admitted`: origins with intervals; an origin admits what any of its intervals does. Of counts (`discrete`) only
    whole numbers are looked at, so that 1 to 2 and 3 to 4 follow each other without a gap. Empty where nothing is
    admitted.
    """
    return _most(_stretches(admitted, discrete=discrete), discrete=discrete)


def joined(admitted: Iterable[tuple[str, Interval]], *, discrete: bool) -> list[tuple[Interval, int]]:
    """What origins admit, as intervals with the number of origins; those of one origin have nothing in common."""
    stretches = _stretches(admitted, discrete=discrete)
    return [(_between(low, high, discrete=discrete), number) for (low, high), number in stretches.items()]


def with_one_more(
    known: Sequence[Agreement], literal: Interval, met: Iterable[tuple[Interval, int]], *, discrete: bool
) -> tuple[Agreement, ...]:
    """What most origins admit once another one admits `literal`, given what most have admitted until now.

    `met`: the intervals that others admit, each with the number of origins, none twice for a number (see `joined`).
    Those that do not meet `literal` may be missing.
    """
    low, high = _ends(literal, discrete=discrete)
    if low >= high:
        return tuple(known)
    within = Counter({(low, high): 1})
    for interval, number in met:
        first, last = _ends(interval, discrete=discrete)
        if max(low, first) < min(high, last):
            within[max(low, first), min(high, last)] += number
    found = _most(within, discrete=discrete)
    before = known[0].n_origins if known else 0
    if found[0].n_origins > before:
        return found
    if found[0].n_origins < before:
        return tuple(known)
    return tuple(sorted([*known, *found], key=lambda band: _ends(band.interval, discrete=discrete)))


def shared(known: Sequence[Agreement], literal: Interval, *, discrete: bool) -> tuple[Agreement, ...]:
    """What most origins admit once another one admits `literal` too, where it admits any of what most have: else empty.

    Nothing else has to be known then: nowhere else can be more origins than there were here.
    """
    low, high = _ends(literal, discrete=discrete)
    ends = ((_ends(band.interval, discrete=discrete), band.n_origins) for band in known)
    cut = ((max(low, first), min(high, last), number) for (first, last), number in ends)
    return tuple(
        Agreement(_between(first, last, discrete=discrete), number + 1) for first, last, number in cut if first < last
    )


def _stretches(admitted: Iterable[tuple[str, Interval]], *, discrete: bool) -> Counter[tuple[Cut, Cut]]:
    """How many origins admit each stretch."""
    stretches = defaultdict[str, list[tuple[Cut, Cut]]](list)
    for origin, interval in admitted:
        low, high = _ends(interval, discrete=discrete)
        if low < high:
            stretches[origin].append((low, high))
    return Counter(stretch for of_origin in stretches.values() for stretch in _joined(of_origin))


def _most(stretches: Mapping[tuple[Cut, Cut], int], *, discrete: bool) -> tuple[Agreement, ...]:
    """Where most of so many of each stretch lie on each other."""
    steps = defaultdict[Cut, int](int)
    for (low, high), number in stretches.items():
        steps[low] += number
        steps[high] -= number
    # A step of nothing ends a stretch too: there one origin takes over from another.
    cuts = sorted(steps)
    counts = list(accumulate(steps[cut] for cut in cuts))
    most = max(counts, default=0)
    return tuple(
        Agreement(_between(low, high, discrete=discrete), number)
        for (low, high), number in zip(pairwise(cuts), counts, strict=False)
        if number == most
    )


def _ends(interval: Interval, *, discrete: bool) -> tuple[Cut, Cut]:
    return _whole_cuts(interval) if discrete else _cuts(interval)


def _cuts(interval: Interval) -> tuple[Cut, Cut]:
    low = _BELOW_ALL if interval.low is None else (0, interval.low, int(interval.low_open))
    high = _ABOVE_ALL if interval.high is None else (0, interval.high, int(not interval.high_open))
    return low, high


def _whole_cuts(interval: Interval) -> tuple[Cut, Cut]:
    """From just before the first whole number within to just before the first beyond."""
    low, high = _BELOW_ALL, _ABOVE_ALL
    if interval.low is not None:
        low = (0, floor(interval.low) + 1 if interval.low_open else ceil(interval.low), 0)
    if interval.high is not None:
        high = (0, ceil(interval.high) if interval.high_open else floor(interval.high) + 1, 0)
    return low, high


def _joined(stretches: list[tuple[Cut, Cut]]) -> Iterator[tuple[Cut, Cut]]:
    """The union, as stretches that do not touch."""
    stretches.sort()
    start, end = stretches[0]
    for low, high in stretches[1:]:
        if low > end:
            yield start, end
            start, end = low, high
        end = max(end, high)
    yield start, end


def _between(low: Cut, high: Cut, *, discrete: bool) -> Interval:
    first = None if low == _BELOW_ALL else low[1]
    last = None if high == _ABOVE_ALL else high[1]
    if discrete:
        return Interval(first, None if last is None else last - 1)
    return Interval(first, last, low_open=low[0] == 0 and low[2] == 1, high_open=high[0] == 0 and high[2] == 0)
