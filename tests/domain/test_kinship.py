"""Parts and wholes of many frames are those that comparing every frame with every other finds."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.frame import Frame, is_part
from app.domain.kinship import Kinship
from app.domain.relation import Kind

EVENTS = {None: (), "war": (), "battle": ("war",), "day": ("battle", "war")}
PAIRS = [("by", "a"), ("by", "b"), ("side", "x"), ("stage", "s")]


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    kind = draw(st.sampled_from([Kind.FLOW, Kind.CUMULATIVE, Kind.STOCK]))
    event = draw(st.sampled_from([*EVENTS]))
    start, length = draw(st.integers(0, 4)), draw(st.sampled_from([0, 1, 2, 3, None]))
    return Frame(
        measure=draw(st.sampled_from(["m", "m", "n"])),
        additive=draw(st.sampled_from([True, True, True, False])),
        kind=kind,
        event=event,
        events=frozenset(EVENTS[event]) | ({event} if event and draw(st.booleans()) else set()),
        dimensions=frozenset(draw(st.sets(st.sampled_from(PAIRS), max_size=3))),
        start=None if kind is Kind.STOCK else start,
        end=start + length if kind is Kind.FLOW and length is not None else None,
    )


@given(st.lists(frames(), max_size=25, unique_by=lambda frame: frame.key))
def test_parts_and_wholes(drawn: list[Frame]) -> None:
    numbered = {number * 7 % 101: frame for number, frame in enumerate(drawn)}
    found = Kinship(numbered)
    for number, frame in numbered.items():
        others = [(other, numbered[other]) for other in sorted(numbered) if other != number]
        parts = [other for other, there in others if is_part(there, frame)]
        wholes = [other for other, there in others if is_part(frame, there)]
        assert found.parts(number) == parts
        assert found.wholes(number) == wholes
        assert found.with_near([number]) == {number, *parts, *wholes}
