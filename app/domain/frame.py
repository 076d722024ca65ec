"""Frames: what must be equal for two numbers to be comparable, and which frame is part of which."""

from dataclasses import dataclass
from functools import cached_property

from app.domain.relation import FrameRelation, Kind


@dataclass(frozen=True)
class Frame:
    """What a number counts. `start` and `end` bound a flow's window; a total has only its start, a stock neither.

    Measure, events and dimensions are named by public ids (a dimension by id or word); `events` holds the frame's
    own event and all that it lies inside. Moments are minutes since 1970-01-01T00:00Z. The as-of date is no part of
    it: where it matters to part and whole, it is judged claim by claim. `additive` and `volatile` are the measure's.
    """

    measure: str
    additive: bool
    kind: Kind
    event: str | None = None
    events: frozenset[str] = frozenset()
    dimensions: frozenset[tuple[str, str]] = frozenset()
    start: int | None = None
    end: int | None = None
    volatile: bool = False

    @cached_property
    def key(self) -> tuple[str, ...]:
        """What identifies the frame."""
        dimensions = (f"{name}={value}" for name, value in sorted(self.dimensions))
        window = ("" if self.start is None else str(self.start), "" if self.end is None else str(self.end))
        return (self.measure, self.event or "", self.kind, *window, *dimensions)


def frame_relation(a: Frame, b: Frame) -> FrameRelation:
    """How a's frame stands to b's."""
    if a.key == b.key:
        return FrameRelation.EQUAL
    if is_part(a, b):
        return FrameRelation.A_PART_OF_B
    if is_part(b, a):
        return FrameRelation.B_PART_OF_A
    return FrameRelation.DISJOINT if _apart(a, b) else FrameRelation.OVERLAPPING


def is_part(a: Frame, b: Frame) -> bool:
    """Whether a's frame, which is not b's, is part of it."""
    return (
        a.measure == b.measure
        and a.additive
        and (a.event == b.event or b.event in a.events)
        and a.dimensions >= b.dimensions
        and _lies_inside(a, b)
    )


def _lies_inside(a: Frame, b: Frame) -> bool:
    """Whether a's window lies in b's, as far as the frames tell."""
    if Kind.STOCK in (a.kind, b.kind):
        return a.kind is b.kind
    if a.start is None or b.start is None or a.start < b.start:
        return False
    if b.kind is Kind.CUMULATIVE:
        return True
    return a.kind is Kind.FLOW and a.end is not None and b.end is not None and a.end <= b.end


def _apart(a: Frame, b: Frame) -> bool:
    if a.measure != b.measure:
        return True
    if a.event != b.event and a.event not in b.events and b.event not in a.events:
        return True
    there = dict(b.dimensions)
    if any(there.get(name, value) != value for name, value in a.dimensions):
        return True
    windows = (a.start, a.end, b.start, b.end)
    return None not in windows and (a.end < b.start or b.end < a.start)  # type: ignore[operator]
