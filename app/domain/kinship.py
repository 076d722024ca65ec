"""Which of many frames are part of which, found without comparing every frame with every other."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from app.domain.frame import Frame
from app.domain.least_tree import LeastTree
from app.domain.relation import Kind

Dimensions = frozenset[tuple[str, str]]


class Kinship:
    """The parts and wholes of frames, by number, as `is_part` has them; takes O(n log n) and what there is to find."""

    def __init__(self, frames: Mapping[int, Frame]) -> None:
        self.frames = frames
        held = defaultdict[tuple[str, str | None], dict[Dimensions, dict[int, Frame]]](lambda: defaultdict(dict))
        for number, frame in frames.items():
            held[frame.measure, frame.event][frame.dimensions][number] = frame
        self._shelves = {
            place: {dimensions: _Shelf(those) for dimensions, those in shelves.items()}
            for place, shelves in held.items()
        }
        self._parts = defaultdict[int, list[int]](list)
        self._wholes = defaultdict[int, list[int]](list)
        for number in sorted(frames):
            for whole in sorted(self._wholes_of(frames[number])):
                if whole != number:
                    self._wholes[number].append(whole)
                    self._parts[whole].append(number)

    def parts(self, number: int) -> list[int]:
        """The frames that are part of this one, in order."""
        return self._parts.get(number, [])

    def wholes(self, number: int) -> list[int]:
        """The frames that this one is part of, in order."""
        return self._wholes.get(number, [])

    def with_near(self, numbers: Iterable[int]) -> set[int]:
        """Those frames, with the parts and wholes of each."""
        return {one for number in numbers for one in (number, *self.parts(number), *self.wholes(number))}

    def _wholes_of(self, part: Frame) -> Iterator[int]:
        """Its own frame among them."""
        if not part.additive:
            return
        for event in {part.event, *part.events}:
            shelves = self._shelves.get((part.measure, event), {})
            for dimensions in _within(part.dimensions, shelves):
                yield from shelves[dimensions].around(part)


def _within(dimensions: Dimensions, shelves: Mapping[Dimensions, object]) -> Iterator[Dimensions]:
    """The keys that contain none but these dimensions."""
    if len(shelves) < 2 ** len(dimensions):
        yield from (key for key in shelves if key <= dimensions)
        return
    for size in range(len(dimensions) + 1):
        yield from (key for some in combinations(dimensions, size) if (key := frozenset(some)) in shelves)


class _Shelf:
    """Frames that differ in kind and window alone."""

    def __init__(self, frames: Mapping[int, Frame]) -> None:
        self._stocks = [number for number, frame in frames.items() if frame.kind is Kind.STOCK]
        self._totals, self._total_starts = _by_start(frames, Kind.CUMULATIVE)
        self._flows, self._flow_starts = _by_start(frames, Kind.FLOW)
        # Of those that begin early enough, the ones that end late enough.
        self._ends = LeastTree([-(frames[flow].end or 0) for flow in self._flows], [0] * len(self._flows))

    def around(self, part: Frame) -> Iterator[int]:
        """Those whose window holds that of the part."""
        if part.kind is Kind.STOCK:
            yield from self._stocks
        elif part.start is not None:
            yield from self._totals[: bisect_right(self._total_starts, part.start)]
            if part.kind is Kind.FLOW and part.end is not None:
                upto = bisect_right(self._flow_starts, part.start)
                yield from (self._flows[place] for place in self._ends.find(0, upto, -part.end, -1))


def _by_start(frames: Mapping[int, Frame], kind: Kind) -> tuple[list[int], list[int]]:
    """The frames of a kind in the order in which they start, and when; a flow has an end too."""
    endless = kind is not Kind.FLOW
    starts = sorted(
        (frame.start, number)
        for number, frame in frames.items()
        if frame.kind is kind and frame.start is not None and (endless or frame.end is not None)
    )
    return [number for _, number in starts], [start for start, _ in starts]
