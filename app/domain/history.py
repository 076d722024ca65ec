"""A figure through time: what was known of it by each as-of date."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush

from app.domain.interval import Number, exact
from app.domain.least_tree import LeastTree
from app.domain.relation import DAY, Kind
from app.domain.row import Row, reach
from app.domain.scene import Scene


@dataclass(frozen=True, slots=True)
class Known:
    """The envelope of the claims that were current by the end of a day; `day` is its first minute since 1970.

    None is unbounded. A claim counts from the day on which its as-of range ends until its origin replaces it.
    """

    day: int
    low: Number | None
    high: Number | None
    n_claims: int


def history_of(scene: Scene) -> tuple[Known, ...]:
    """One entry for each day on which the as-of range of some claim of the frame ends, in order."""
    begins = defaultdict[int, list[_Life]](list)
    for row, end in zip(scene.rows, _replaced(scene), strict=True):
        begins[row.end // DAY].append(_Life(row, end))
    lows, highs = _Extreme(lambda row: row.least), _Extreme(lambda row: None if row.most is None else -row.most)
    return ()
