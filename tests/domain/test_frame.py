"""Frames: when two numbers count the same, and when what one counts is part of what the other does."""

from dataclasses import replace

import pytest

from app.domain.frame import Frame, frame_relation, is_part
from app.domain.relation import FrameRelation, Kind

EQUAL, DISJOINT, OVERLAPPING = FrameRelation.EQUAL, FrameRelation.DISJOINT, FrameRelation.OVERLAPPING
A_IN_B, B_IN_A = FrameRelation.A_PART_OF_B, FrameRelation.B_PART_OF_A

DAY = Frame("msr", additive=True, kind=Kind.FLOW, event="day", events=frozenset({"day", "war"}), start=100, end=200)
"""What was captured on a day of a war."""
NIGHT = replace(DAY, event="night", events=frozenset({"night", "war"}))
WAR = replace(DAY, event="war", events=frozenset({"war"}), start=0, end=900)
TOTAL = replace(WAR, kind=Kind.CUMULATIVE, end=None)
LEVEL = replace(WAR, kind=Kind.STOCK, start=None, end=None)
BY = frozenset({("by", "ent_1")})
SIDE = frozenset({("side", "ent_2")})


def test_a_frame_equals_itself_whatever_lies_around_its_event() -> None:
    assert frame_relation(DAY, replace(DAY, events=frozenset({"day"}))) is EQUAL


@pytest.mark.parametrize(
    "change",
    [
        {"measure": "other"},
        {"kind": Kind.CUMULATIVE},
        {"event": "war"},
        {"event": None},
        {"dimensions": BY},
        {"start": 101},
        {"start": None},
        {"end": 201},
        {"end": None},
    ],
    ids="-".join,
)
def test_each_of_the_five_makes_another_frame(change: dict[str, object]) -> None:
    other = replace(DAY, **change)  # type: ignore[arg-type]
    assert other.key != DAY.key
    assert frame_relation(DAY, other) is not EQUAL


def test_the_order_of_dimensions_makes_no_other_frame() -> None:
    pairs = [("side", "x"), ("by", "y")]
    keys = {replace(DAY, dimensions=frozenset(order)).key for order in (pairs, pairs[::-1])}
    assert keys == {("msr", "day", "flow", "100", "200", "by=y", "side=x")}
    assert replace(LEVEL, event=None).key == ("msr", "", "stock", "", "")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param(DAY, WAR, A_IN_B, id="an event inside another"),
        pytest.param(WAR, DAY, B_IN_A, id="from the other side"),
        pytest.param(DAY, replace(WAR, start=100, end=200), A_IN_B, id="in the same window"),
        pytest.param(DAY, replace(WAR, start=101), OVERLAPPING, id="begun before the whole"),
        pytest.param(DAY, replace(WAR, end=199), OVERLAPPING, id="ended after the whole"),
        pytest.param(DAY, replace(WAR, end=None), OVERLAPPING, id="a whole without an end"),
        pytest.param(replace(DAY, end=None), WAR, OVERLAPPING, id="a part without an end"),
        pytest.param(replace(DAY, start=None), WAR, OVERLAPPING, id="a part without a start"),
        pytest.param(DAY, replace(WAR, start=None), OVERLAPPING, id="a whole without a start"),
        pytest.param(replace(DAY, additive=False), replace(WAR, additive=False), OVERLAPPING, id="no sums"),
        pytest.param(replace(DAY, dimensions=BY), DAY, A_IN_B, id="a narrower count"),
        pytest.param(replace(DAY, dimensions=BY | SIDE), replace(DAY, dimensions=BY), A_IN_B, id="narrower still"),
        pytest.param(replace(DAY, dimensions=BY), replace(DAY, dimensions=SIDE), OVERLAPPING, id="narrower elsewhere"),
        pytest.param(replace(DAY, dimensions=BY), WAR, A_IN_B, id="narrower and inside"),
        pytest.param(DAY, replace(WAR, dimensions=BY), OVERLAPPING, id="inside but wider"),
        pytest.param(DAY, TOTAL, A_IN_B, id="a flow in a running total"),
        pytest.param(DAY, replace(TOTAL, start=100), A_IN_B, id="a flow from the start of a total"),
        pytest.param(DAY, replace(TOTAL, start=101), OVERLAPPING, id="a flow before the start of a total"),
        pytest.param(replace(DAY, end=None), TOTAL, A_IN_B, id="a flow without an end in a total"),
        pytest.param(replace(TOTAL, start=50, event="day", events=DAY.events), TOTAL, A_IN_B, id="two totals"),
        pytest.param(replace(TOTAL, event="day", events=DAY.events), WAR, OVERLAPPING, id="a total in a flow"),
        pytest.param(replace(LEVEL, dimensions=BY), LEVEL, A_IN_B, id="a level in a level"),
        pytest.param(replace(LEVEL, dimensions=BY), TOTAL, OVERLAPPING, id="a level in a total"),
        pytest.param(replace(DAY, dimensions=BY), replace(LEVEL, event="day"), OVERLAPPING, id="a flow in a level"),
        pytest.param(DAY, replace(DAY, measure="other"), DISJOINT, id="another measure"),
        pytest.param(DAY, NIGHT, DISJOINT, id="another event"),
        pytest.param(DAY, replace(DAY, start=201, end=300), DISJOINT, id="a later window"),
        pytest.param(DAY, replace(DAY, start=200, end=300), OVERLAPPING, id="windows that share a minute"),
        pytest.param(DAY, replace(DAY, start=0, end=99), DISJOINT, id="an earlier window"),
        pytest.param(DAY, replace(DAY, start=0, end=100), OVERLAPPING, id="windows that touch"),
        pytest.param(
            replace(DAY, dimensions=BY), replace(DAY, dimensions=frozenset({("by", "x")})), DISJOINT, id="another value"
        ),
        pytest.param(DAY, replace(DAY, event=None, events=frozenset()), DISJOINT, id="of no event"),
    ],
)
def test_how_frames_stand(a: Frame, b: Frame, expected: FrameRelation) -> None:
    mirrored = {A_IN_B: B_IN_A, B_IN_A: A_IN_B}
    assert frame_relation(a, b) is expected
    assert frame_relation(b, a) is mirrored.get(expected, expected)
    assert is_part(a, b) is (expected is A_IN_B)
