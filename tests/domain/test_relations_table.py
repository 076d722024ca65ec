"""The table of cases, end to end: texts are read, intervals checked, and the two claims related, from both sides."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.domain.dates import parse_date
from app.domain.interval import Interval, exact
from app.domain.reading import read
from app.domain.relation import Comparand, FrameRelation, Kind, Relation, relate
from app.domain.units import COUNT, unit_named

CASES = json.loads((Path(__file__).parent / "relations.json").read_text(encoding="utf-8"), parse_float=exact)["cases"]
MIRRORED = {
    FrameRelation.A_PART_OF_B: FrameRelation.B_PART_OF_A,
    FrameRelation.B_PART_OF_A: FrameRelation.A_PART_OF_B,
}
both = pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])


def comparand(side: dict[str, Any], kind: str) -> Comparand:
    value, as_of = read(side["text"]), parse_date(side["as_of"])
    assert as_of.start is not None
    assert as_of.end is not None
    unit = unit_named(value.unit or COUNT.name)
    return Comparand(
        kind=Kind(kind),
        origin=side["origin"],
        number=value.number,
        literal=value.literal,
        pragmatic=value.pragmatic(),
        start=as_of.start,
        end=as_of.end,
        ratio_scale=not unit.has_offset,
        discrete=unit.discrete,
    )


def sides(case: dict[str, Any]) -> tuple[Comparand, Comparand, FrameRelation]:
    return comparand(case["a"], case["kind"]), comparand(case["b"], case["kind"]), FrameRelation(case["frame"])


def assert_expected(relation: Relation, expected: dict[str, Any]) -> None:
    assert (relation.kind, relation.reason) == (expected["relation"], expected["reason"])
    if "ratio" in expected:
        assert relation.ratio is not None
        assert round(relation.ratio, 3) == Fraction(expected["ratio"])


@both
@pytest.mark.parametrize("name", ["a", "b"])
def test_what_the_words_admit(case: dict[str, Any], name: str) -> None:
    side = case[name]
    expected = Interval(side["low"], side["high"], side.get("low_open", False), side.get("high_open", False))
    assert read(side["text"]).literal == expected


@both
def test_relation(case: dict[str, Any]) -> None:
    a, b, frame = sides(case)
    assert_expected(relate(a, b, frame), case["expect"])


@both
def test_the_other_way_round(case: dict[str, Any]) -> None:
    a, b, frame = sides(case)
    there, back = relate(a, b, frame), relate(b, a, MIRRORED.get(frame, frame))
    assert_expected(back, case["expect"])
    assert back == there.reverse


@both
def test_names_of_origins_do_not_matter(case: dict[str, Any]) -> None:
    a, b, frame = sides(case)
    renamed = relate(replace(a, origin=b.origin), replace(b, origin=a.origin), frame)
    assert renamed == relate(a, b, frame)


def test_the_table_says_nothing_twice() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) >= 50
