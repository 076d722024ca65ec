"""The first few partners of each of many claims, in any order of arrival, in time that grows with what is found.

Claims wait, each with a key; others arrive one by one and find the waiting ones that they pair with: in strips of time,
up to a bound of the key, and not of the arriving one's group. Those that have found enough stop waiting. Each find takes
O(log n), or O(log² n) where a strip asks who spans a moment.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
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

    `key` and `group` are those of a claim, `lines` what the strips will pick by, `moments` all that `SPAN` strips ask for.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        key: Callable[[Row], int],
        group: Callable[[Row], Hashable],
        lines: Iterable[Line],
        moments: Iterable[int] = (),
    ) -> None:
        self._rows = rows
        self._waits = {row.id: place for place, row in enumerate(rows)}
        # Numbers, because they are compared at every step.
        self._numbers: dict[Hashable, int] = {}
        groups = [self._numbers.setdefault(group(row), len(self._numbers)) for row in rows]
        keys = [key(row) for row in rows]

        def tree(places: Sequence[int]) -> LeastTree:
            return LeastTree([keys[place] for place in places], [groups[place] for place in places])

        self._lines: dict[Line, _Line | _Spans] = {}
        for line in lines:
            if line is Line.SPAN:
                self._lines[line] = _Spans(rows, sorted(set(moments)), tree)
            else:
                self._lines[line] = _Line([row.start if line is Line.START else row.end for row in rows], tree)

    def __bool__(self) -> bool:
        return bool(self._waits)

    def may_find(self, bound: int) -> bool:
        """Whether, as far as is known, anybody waits with a key of at most that."""
        return all(line.least <= bound for line in self._lines.values() if isinstance(line, _Line))

    def find(self, strips: Iterable[Strip], group: Hashable) -> list[Row]:
        """The waiting claims in any of the strips (which must not overlap), less those of the group."""
        number, found = self._numbers.get(group, -1), []
        for strip in strips:
            for place, tree, position in self._lines[strip.line].find(strip, number):
                row = self._rows[place]
                if row.id in self._waits:
                    found.append(row)
                else:
                    # Only now, because most of the trees never come across it again.
                    tree.remove(position)
        return found

    def stop(self, row: Row) -> None:
        """Ends the waiting of one claim, if it waits."""
        self._waits.pop(row.id, None)


_Found = tuple[int, LeastTree, int]
"""The place of a claim among all, and where it stands in which tree."""


class _Line:
    """Claims by one moment of theirs."""

    def __init__(self, moments: Sequence[int], tree: Callable[[Sequence[int]], LeastTree]) -> None:
        self._places = sorted(range(len(moments)), key=moments.__getitem__)
        self._moments = [moments[place] for place in self._places]
        self._tree = tree(self._places)

    @property
    def least(self) -> int:
        return self._tree.least

    def find(self, strip: Strip, group: int) -> list[_Found]:
        first = 0 if strip.first is None else bisect_left(self._moments, strip.first)
        upto = len(self._moments) if strip.last is None else bisect_right(self._moments, strip.last)
        found = self._tree.find(first, upto, strip.bound, group)
        return [(self._places[position], self._tree, position) for position in found]


class _Spans:
    """Claims by the moments that they span: a segment tree, each in the nodes that make up its as-of range."""

    def __init__(
        self, rows: Sequence[Row], moments: list[int], tree: Callable[[Sequence[int]], LeastTree]
    ) -> None:
        self._moments = moments
        self._held: dict[int, list[int]] = {}
        for place, row in enumerate(rows):
            for node in range_nodes(bisect_right(moments, row.start), bisect_right(moments, row.end), len(moments)):
                self._held.setdefault(node, []).append(place)
        self._trees = {node: tree(places) for node, places in self._held.items()}

    def find(self, strip: Strip, group: int) -> list[_Found]:
        found: list[_Found] = []
        node = len(self._moments) + bisect_left(self._moments, strip.first or 0)
        while node:
            if node in self._trees:
                held, tree = self._held[node], self._trees[node]
                found += ((held[seat], tree, seat) for seat in tree.find(0, len(held), strip.bound, group))
            node >>= 1
        return found
