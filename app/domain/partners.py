"""The first few partners of each of many claims, in any order of arrival, in time that grows with what is found.

Claims wait, each with a key; others arrive one by one and find the waiting ones that they pair with: in strips of
time, up to a bound of the key, and not of the arriving one's group. Those that have found enough stop waiting. Each
find takes O(log n), or O(log² n) where a strip asks who spans a moment.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from app.domain.least_tree import LeastTree, range_nodes
from app.domain.row import Row


class Line(Enum):
    """By what a strip picks the waiting: the first or the last minute of their as-of range, or a moment inside it."""

    START = auto()
    END = auto()
    SPAN = auto()


class Strip(NamedTuple):
    """Waiting claims from `first` to `last` (minutes, both included, None: without end) whose key is at most `bound`.

    Of a `SPAN` strip, those that begin before `first` and end there or later.
    """

    line: Line
    first: int | None
    last: int | None
    bound: int


class Waiting:
    """Claims that wait for partners.

    `key` and `group` are those of a claim, `lines` what strips will pick by, `moments` all that `SPAN` strips ask for.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        key: Callable[[Row], int],
        group: Callable[[Row], Hashable],
        lines: Iterable[Line],
        moments: Iterable[int] = (),
    ) -> None:
        self._waits = set(rows)
        # Numbers, because they are compared at every step.
        self._numbers: dict[Hashable, int] = {}
        for row in rows:
            self._numbers.setdefault(group(row), len(self._numbers))

        def tree(them: Sequence[Row]) -> LeastTree:
            return LeastTree([key(row) for row in them], [self._numbers[group(row)] for row in them])

        self._lines: dict[Line, _Line | _Spans] = {}
        for line in lines:
            if line is Line.SPAN:
                self._lines[line] = _Spans(rows, sorted(set(moments)), tree)
            else:
                self._lines[line] = _Line(rows, _start if line is Line.START else _end, tree)

    def __bool__(self) -> bool:
        return bool(self._waits)

    def may_find(self, bound: int) -> bool:
        """Whether, as far as is known, anybody waits with a key of at most that."""
        return all(line.least <= bound for line in self._lines.values() if isinstance(line, _Line))

    def find(self, strips: Iterable[Strip], group: Hashable) -> list[Row]:
        """The waiting claims in any of the strips (which must not overlap), less those of the group."""
        number, found, waits = self._numbers.get(group, -1), list[Row](), self._waits
        for strip in strips:
            for rows, tree, positions in self._lines[strip.line].find(strip, number):
                for position in positions:
                    if rows[position] in waits:
                        found.append(rows[position])
                    else:
                        # Only now, because most of the trees never come across it again.
                        tree.remove(position)
        return found

    def stop(self, row: Row) -> None:
        """Ends the waiting of one claim, if it waits."""
        self._waits.discard(row)


_Found = tuple[Sequence[Row], LeastTree, list[int]]
"""The claims of a tree, the tree, and the positions in both of what was found."""
_Grow = Callable[[Sequence[Row]], LeastTree]


class _Line:
    """Claims by one moment of theirs."""

    def __init__(self, rows: Sequence[Row], moment: Callable[[Row], int], grow: _Grow) -> None:
        self._rows = sorted(rows, key=moment)
        self._moments = [moment(row) for row in self._rows]
        self._tree = grow(self._rows)

    @property
    def least(self) -> int:
        return self._tree.least

    def find(self, strip: Strip, group: int) -> Iterator[_Found]:
        first = 0 if strip.first is None else bisect_left(self._moments, strip.first)
        upto = len(self._moments) if strip.last is None else bisect_right(self._moments, strip.last)
        yield self._rows, self._tree, self._tree.find(first, upto, strip.bound, group)


class _Spans:
    """Claims by the moments that they span: a segment tree, each in the nodes that make up its as-of range."""

    def __init__(self, rows: Sequence[Row], moments: list[int], grow: _Grow) -> None:
        self._moments = moments
        held = defaultdict[int, list[Row]](list)
        for row in rows:
            for node in range_nodes(bisect_right(moments, row.start), bisect_right(moments, row.end), len(moments)):
                held[node].append(row)
        self._nodes = {node: (them, grow(them)) for node, them in held.items()}

    def find(self, strip: Strip, group: int) -> Iterator[_Found]:
        node = len(self._moments) + bisect_left(self._moments, strip.first or 0)
        while node:
            if node in self._nodes:
                rows, tree = self._nodes[node]
                yield rows, tree, tree.find(0, len(rows), strip.bound, group)
            node >>= 1


def _start(row: Row) -> int:
    return row.start


def _end(row: Row) -> int:
    return row.end
