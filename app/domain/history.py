"""A figure through time: what was known of it by each as-of date."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from app.domain.interval import Interval, Number
from app.domain.least_tree import LeastTree
from app.domain.relation import DAY, Kind
from app.domain.row import Row, reach
from app.domain.scene import Scene


@dataclass(frozen=True, slots=True)
class Day:
    """The envelope of the claims that were current by the end of a day; `day` is its first minute since 1970.

    None is unbounded. A claim counts from the day on which its as-of range ends until its origin replaces it.
    """

    day: int
    low: Number | None
    high: Number | None
    n_claims: int


def history_of(scene: Scene) -> tuple[Day, ...]:
    """One entry for each day on which the as-of range of some claim of the frame ends, in order."""
    begun, ended = defaultdict[int, list[tuple[Row, int]]](list), Counter[int]()
    for row, until in zip(scene.rows, _days_of_replacement(scene), strict=True):
        day = row.end // DAY
        # A claim that was replaced on its own day was never current, but its day is a day all the same.
        begun[day] += [(row, until)] if until > day else []
        ended[until] += until > day
    lows, highs, n_claims, points = _Lowest(), _Lowest(), 0, list[Day]()
    for day in sorted(begun):
        for row, until in begun[day]:
            lows.add(row.least, until)
            highs.add(None if row.most is None else -row.most, until)
        n_claims += len(begun[day]) - ended[day]
        low, high = lows.on(day), highs.on(day)
        points.append(Day(day * DAY, scene.unscaled(low), scene.unscaled(None if high is None else -high), n_claims))
    return tuple(points)


def with_one_more(history: Sequence[Day], literal: Interval, end: int) -> tuple[Day, ...]:
    """The history once there is another claim, as of a range with that end, that neither replaces nor is replaced."""
    day = end // DAY * DAY
    place = bisect_left(history, day, key=lambda known: known.day)
    after = list(history[place:])
    if not after or after[0].day != day:
        # What was known the day before still was, on a day of which there has been no claim.
        after.insert(0, replace(history[place - 1], day=day) if place else Day(day, literal.low, literal.high, 0))
    return (*history[:place], *(_joined_by(known, literal) for known in after))


def _joined_by(known: Day, literal: Interval) -> Day:
    low = None if known.low is None or literal.low is None else min(known.low, literal.low)
    high = None if known.high is None or literal.high is None else max(known.high, literal.high)
    return Day(known.day, low, high, known.n_claims + 1)


def _days_of_replacement(scene: Scene) -> list[int]:
    """For each claim, the day on which its origin had first replaced it, or one after all others."""
    rows, last = scene.rows, max(row.end for row in scene.rows)
    origins, wordings = _numbered(row.origin for row in rows), _numbered(row.wording for row in rows)
    ordered = sorted(rows, key=lambda row: (origins[row.origin], row.start))
    starts = [(origins[row.origin], row.start) for row in ordered]
    tree = LeastTree([row.end // DAY for row in ordered], [wordings[row.wording] for row in ordered])

    def day(row: Row) -> int:
        limit = reach(row.end, scene.yardstick.drift_days) if scene.kind is Kind.STOCK else last
        origin = origins[row.origin]
        first, upto = bisect_right(starts, (origin, row.end)), bisect_right(starts, (origin, limit))
        found = tree.lowest(first, upto, wordings[row.wording])
        return last // DAY + 1 if found is None else found

    return [day(row) for row in rows]


def _numbered(names: Iterable[Hashable]) -> dict[Hashable, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


class _Lowest:
    """The lowest key among those that have not ended; None is below all."""

    def __init__(self) -> None:
        self._heap: list[tuple[bool, int, int]] = []

    def add(self, key: int | None, until: int) -> None:
        heappush(self._heap, (key is not None, key or 0, until))

    def on(self, day: int) -> int | None:
        while self._heap[0][2] <= day:
            heappop(self._heap)
        bounded, key, _ = self._heap[0]
        return key if bounded else None
