"""Two numbers set against each other: in which unit, and what is shown of it."""

from fractions import Fraction
from typing import Any

import orjson
import pytest

from app.domain.compare import Printed, Stated, compare, compare_texts, read_beside, readable
from app.domain.dates import DAY, parse_date
from app.domain.interval import Interval
from app.domain.policy import Policy
from app.domain.reading import UnreadableNumber, read
from app.domain.relation import FrameRelation, Kind, Reason, RelationKind


def shown(a: str, b: str, **more: Any) -> dict[str, Any]:
    """As JSON shows it."""
    found: dict[str, Any] = orjson.loads(orjson.dumps(compare_texts(a, b, **more)))
    return found


def stated(text: str, origin: str, kind: Kind = Kind.FLOW, **more: Any) -> Stated:
    return Stated(read(text), kind, origin, f"{origin}'s desk", **more)


def test_all_that_an_answer_rests_on_is_shown() -> None:
    assert shown("about 2,000 soldiers", "hundreds", kind="cumulative") == {
        "relation": "conflict",
        "reason": "disjoint",
        "direction": None,
        "ratio": 1.502,
        "notes": [],
        "sentence": "One origin's “about 2,000 soldiers” (1,500–2,500) cannot be squared with another origin's "
        "“hundreds” (100–999): even allowing for rounding, no number fits both, "
        "and the higher is at least 1.5 times the lower.",
        "policy": "default-1",
        "frame": "equal",
        "a": {
            "text": "about 2,000 soldiers",
            "qualifier": "about",
            "number": 2000,
            "low": 1500,
            "high": 2500,
            "low_open": False,
            "high_open": False,
            "unit": None,
            "kind": "cumulative",
            "origin": "one origin",
            "as_of": None,
            "pragmatic": {"low": 1500, "high": 2500, "low_open": False, "high_open": False},
        },
        "b": {
            "text": "hundreds",
            "qualifier": "magnitude",
            "number": None,
            "low": 100,
            "high": 999,
            "low_open": False,
            "high_open": False,
            "unit": None,
            "kind": "cumulative",
            "origin": "another origin",
            "as_of": None,
            "pragmatic": {"low": 100, "high": 1098, "low_open": False, "high_open": False},
        },
    }


def test_open_ends_and_directions_are_shown() -> None:
    found = shown("over four months", "5 months")
    assert (found["relation"], found["reason"], found["direction"]) == ("refines", "contained", "refined_by")
    assert (found["a"]["low"], found["a"]["low_open"], found["a"]["high"]) == (4, True, None)
    assert found["ratio"] is None
    assert shown("less than 5 km", "3 km")["a"]["high_open"] is True


def test_exact_numbers_keep_their_digits() -> None:
    text = orjson.dumps(compare_texts("50.40%", "0.1%"))
    assert b'"number":50.4,' in text
    assert b'"number":0.1,' in text


@pytest.mark.parametrize(
    ("a", "b", "units", "relation"),
    [
        ("50.4", "52%", ("percent", "percent"), "conflict"),
        ("52%", "50.4", ("percent", "percent"), "conflict"),
        ("5 km", "5,000 metres", ("kilometre", "metre"), "agrees"),
        ("5 km", "3 months", ("kilometre", "month"), "not_comparable"),
        ("5 soldiers", "5", (None, None), "agrees"),
        ("5", "5", (None, None), "agrees"),
        ("30 degrees Celsius", "86 degrees Fahrenheit", ("degree_celsius", "degree_fahrenheit"), "agrees"),
    ],
)
def test_each_is_read_in_the_unit_of_the_other(a: str, b: str, units: tuple[str, str], relation: str) -> None:
    found = shown(a, b)
    assert (found["a"]["unit"], found["b"]["unit"]) == units
    assert found["relation"] == relation


def test_units_convert_as_the_policy_says() -> None:
    assert shown("2 months", "60 days")["reason"] == "units_differ"
    assert shown("2 months", "60 days", policy=Policy(days_per_month=Fraction(30)))["relation"] == "agrees"


def test_hedges_are_as_wide_as_the_policy_says() -> None:
    wide = Policy("wide", 3, about_width=Fraction(1, 2))
    found = shown("about 100", "149", policy=wide)
    assert (found["relation"], found["policy"], found["a"]["high"]) == ("refines", "wide-3", 150)
    assert shown("149", "about 100", policy=wide)["b"]["high"] == 150
    assert shown("about 100", "149")["relation"] == "conflict"
    rough = Policy(rounding_width=Fraction(1, 4))
    assert shown("1,000", "1,100", policy=rough)["reason"] == "rounding"
    assert shown("1,000", "1,100", policy=rough)["a"]["pragmatic"]["high"] == 1250


@pytest.mark.parametrize(("a", "b"), [("many", "3"), ("3", "many"), ("5.5", "3")])
def test_what_is_no_number_is_refused(a: str, b: str) -> None:
    with pytest.raises(UnreadableNumber):
        compare_texts(a, b)


def test_a_printed_number_is_read_alone_where_it_can_be() -> None:
    assert readable(Printed("50.4")) is None
    found = readable(Printed("50.4", unit="percent"))
    assert found is not None
    assert (found.unit, found.number) == ("percent", Fraction(504, 10))
    assert readable(Printed("-5", unit="degree_celsius", signed=True)) is not None
    below = readable(Printed("up to 5", unit="degree_celsius", signed=True))
    assert below is not None
    assert below.literal == Interval(None, 5)


def test_beside_another_a_number_keeps_the_unit_that_it_names() -> None:
    share, months = read("52%"), read("5 months")
    assert read_beside(Printed("50.4"), share).unit == "percent"
    assert read_beside(Printed("4 months"), share).unit == "month"
    assert read_beside(Printed("4", unit="month"), share).unit == "month"
    assert read_beside(Printed("4"), months).unit == "month"
    assert read_beside(Printed("4"), None).unit is None
    signed = read_beside(Printed("up to 5", signed=True), read("3 degrees Celsius"))
    assert signed.literal == Interval(None, 5)


def test_a_conversion_reaches_every_part_of_a_number() -> None:
    a, b = stated("about 5 km", "one"), stated("about 5,000 metres", "another")
    here, there = compare(a, b).comparands
    assert (here.number, here.literal, here.pragmatic) == (there.number, there.literal, there.pragmatic)
    assert (here.discrete, here.ratio_scale) == (False, True)
    warm = compare(stated("30 degrees Celsius", "one"), stated("86 degrees Fahrenheit", "two")).comparands
    assert warm[1].number == 30
    assert [one.ratio_scale for one in warm] == [False, False]
    counts = compare(stated("5", "one"), stated("6 soldiers", "two")).comparands
    assert [one.discrete for one in counts] == [True, True]


def test_dates_origins_and_frames_are_gone_by() -> None:
    early, late = parse_date("2024-08-14"), parse_date("2024-08-16")
    a = stated("100", "one", Kind.CUMULATIVE, as_of=early)
    b = stated("200", "another", Kind.CUMULATIVE, as_of=late)
    found = compare(a, b)
    assert (found.relation.kind, found.relation.reason) == (RelationKind.UPDATE, Reason.LATER_TOTAL)
    assert found.comparands[0].start == early.start
    assert found.comparands[1].end == late.end
    assert found.shown()["a"]["as_of"] == "2024-08-14"
    again = compare(a, stated("100", "one", Kind.CUMULATIVE, as_of=early))
    assert again.relation.kind is RelationKind.DUPLICATE
    inside = compare(a, b, FrameRelation.B_PART_OF_A)
    assert (inside.relation.reason, inside.shown()["frame"]) == (Reason.PART_EXCEEDS_WHOLE, "b_part_of_a")


def test_an_undated_number_may_hold_on_any_date() -> None:
    a = stated("100", "one", Kind.CUMULATIVE)
    b = stated("50", "another", Kind.CUMULATIVE, as_of=parse_date("2024-08-16"))
    for first, second in ((a, b), (b, a)):
        assert compare(first, second).relation.reason is Reason.DISJOINT
    span = parse_date("../2024-08-16")
    assert compare(a, stated("50", "x", Kind.CUMULATIVE, as_of=span)).comparands[1].start == -DAY * 2**50
    assert compare(a, b).comparands[0].end == DAY * 2**50 - 1


def test_a_sentence_dates_a_flow_by_its_window_and_others_by_their_date() -> None:
    day, window = parse_date("2024-08-16"), parse_date("2024-08-14")
    flow = stated("100", "one", as_of=day, window=window)
    total = stated("100", "one", Kind.CUMULATIVE, as_of=day, window=window)
    assert "14 August" in compare(flow, stated("500", "another", as_of=day)).sentence
    assert "16 August" in compare(total, stated("50", "another", Kind.CUMULATIVE, as_of=day)).sentence
    undated = compare(stated("100", "one"), stated("500", "another")).sentence
    assert "August" not in undated
    assert "“500” from another's desk" in undated
