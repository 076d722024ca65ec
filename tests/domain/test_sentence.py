"""Every sentence as a reader sees it, in `sentences.json`; then what holds of all sentences."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.compare import Comparison, Stated, compare
from app.domain.dates import Span, parse_date, print_date
from app.domain.interval import Interval, decimal_text
from app.domain.mention import PAUSE, About, Side
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.reading import read
from app.domain.relation import Comparand, FrameRelation, Kind, Reason, Relation, RelationKind, relate
from app.domain.sentence import sentence
from app.domain.spelling import (
    as_of,
    counted,
    during,
    holding,
    interval_text,
    number_text,
    rounded_down,
    times_text,
)
from app.domain.value import Value
from tests.domain.strategies import shares, values

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))
NUMBERS = [case for case in CASES if case["reason"] != Reason.DECLARED]
DISPUTES = [case for case in CASES if case["reason"] == Reason.DECLARED]
MIRRORED = {
    FrameRelation.A_PART_OF_B: FrameRelation.B_PART_OF_A,
    FrameRelation.B_PART_OF_A: FrameRelation.A_PART_OF_B,
}
DISPUTE = Relation(RelationKind.CONFLICT, Reason.DECLARED)


def span(text: str | None) -> Span | None:
    return None if text is None else parse_date(text)


def stated(side: dict[str, Any], kind: str) -> Stated:
    about = About(side["measure"], side.get("event"), side.get("narrowed", "")) if "measure" in side else None
    as_of, window = span(side.get("as_of")), span(side.get("window"))
    return Stated(read(side["text"]), Kind(kind), side["origin"], side["origin"], as_of, window, about)


def policy_of(case: dict[str, Any]) -> Policy:
    given = case["policy"].items()
    changes: dict[str, Any] = {name: value if isinstance(value, int) else Fraction(value) for name, value in given}
    return replace(DEFAULT_POLICY, name="custom", **changes)


def compared(case: dict[str, Any], *, swapped: bool = False) -> Comparison:
    kinds = case["kind"] if isinstance(case["kind"], list) else [case["kind"]] * 2
    sides = [stated(case[name], kind) for name, kind in zip("ab", kinds, strict=True)]
    frame = FrameRelation(case["frame"])
    policy = policy_of(case) if "policy" in case else DEFAULT_POLICY
    if swapped:
        return compare(sides[1], sides[0], MIRRORED.get(frame, frame), policy)
    return compare(sides[0], sides[1], frame, policy)


def account(side: dict[str, Any]) -> Side:
    return Side(side["text"], None, side["origin"], parse_date(side["as_of"]))


def named(cases: list[dict[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case["name"] for case in cases])


@named(NUMBERS)
def test_of_two_numbers(case: dict[str, Any]) -> None:
    comparison = compared(case)
    assert (comparison.relation.reason, comparison.relation.kind) == (case["reason"], case["relation"])
    assert comparison.sentence == case["sentence"]


@named(NUMBERS)
def test_it_reads_the_same_from_the_other_side(case: dict[str, Any]) -> None:
    assert compared(case, swapped=True).sentence == case["sentence"]


@named(DISPUTES)
def test_of_two_accounts(case: dict[str, Any]) -> None:
    a, b = account(case["a"]), account(case["b"])
    assert sentence(DISPUTE, a, b) == sentence(DISPUTE, b, a) == case["sentence"]
    assert "“" not in case["sentence"]


FLOW, TOTAL, LEVEL = ("flow", "flow"), ("cumulative", "cumulative"), ("stock", "stock")
ALIKE = (FLOW, TOTAL, LEVEL)
OF_KINDS = {
    Reason.FRAMES_DIFFER: ALIKE,
    Reason.UNITS_DIFFER: ALIKE,
    Reason.SCOPE_UNKNOWN: ALIKE,
    Reason.DIFFERENT_DATES: (LEVEL,),
    Reason.PART_EXCEEDS_WHOLE: (*ALIKE, ("flow", "cumulative")),
    Reason.PART_OF_WHOLE: (*ALIKE, ("flow", "cumulative")),
    Reason.SAME_ORIGIN: ALIKE,
    Reason.REVISED: ALIKE,
    Reason.REVISED_DOWN: ALIKE,
    Reason.ORDER_UNKNOWN: (TOTAL,),
    Reason.CUMULATIVE_FELL: (TOTAL,),
    Reason.LATER_TOTAL: (TOTAL,),
    Reason.IMPLAUSIBLE_GROWTH: (TOTAL,),
    Reason.DRIFT: (LEVEL,),
    Reason.STRETCHED: ALIKE,
    Reason.CONTAINED: ALIKE,
    Reason.OVERLAP: ALIKE,
    Reason.ROUNDING: ALIKE,
    Reason.DISJOINT: ALIKE,
}
"""What kinds of numbers each rule is for; declared disputes are of statements."""


def kinds_of(case: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(case["kind"], reverse=True)) if isinstance(case["kind"], list) else (case["kind"],) * 2


def test_every_rule_has_a_case_of_every_kind_that_it_is_for() -> None:
    assert {*OF_KINDS, Reason.DECLARED} == set(Reason)
    wanted = {(reason, kinds) for reason, them in OF_KINDS.items() for kinds in them}
    assert {(case["reason"], kinds_of(case)) for case in NUMBERS} == {
        (reason, tuple(sorted(kinds, reverse=True))) for reason, kinds in wanted
    }
    assert {case["relation"] for case in CASES} == set(RelationKind)
    assert DISPUTES


def test_no_two_cases_share_a_name() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES)


ORIGINS = (
    "The Independent",
    "Reuters",
    "an SBU official, to the Financial Times",
    "officials, soldiers and others, to a publication that the article does not name",
    "videos that emerged on 15 August, through the New York Sun",
    "Unnamed outlet (article on the larger negotiation group)",
    "Служба безпеки України",
    "eBay",
    "brackets {} and %s",
    "a letter, to be published",
)
ABOUTS = (
    None,
    About("prisoners captured"),
    About("prisoners captured", "Ukraine's incursion into the Kursk region"),
    About("prisoners captured", "Fall of the town (second day), as told", "by Ukraine, of Russia"),
    About("deaths, all causes", None, "in Old Town"),
)
DATES = ("2024-08-14", "2024-08-15", "2024-08-14/2024-08-16", "2024-08", "2024-08-15T18:00Z", "2024-08~", "2024-09-20?")

policies = st.builds(
    Policy,
    tension_ratio=shares.filter(lambda share: share >= 1),
    growth_per_day=shares.filter(lambda share: share >= 1),
    drift_days=st.integers(0, 5),
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Relation, Side, Side, Policy]:
    """Two claims of one unit, related as they should be."""
    policy = draw(policies)
    kind, discrete, ratio_scale = draw(st.sampled_from(list(Kind)[:3])), draw(st.booleans()), draw(st.booleans())
    alike = values().filter(lambda value: value.scale.discrete == discrete)
    a, b = (_side(draw, draw(alike), kind, policy, ratio_scale=ratio_scale) for _ in "ab")
    assert a.claim is not None
    assert b.claim is not None
    frame = draw(st.sampled_from(FrameRelation))
    relation = relate(a.claim, b.claim, frame, convertible=draw(st.booleans()), policy=policy)
    return relation, a, b, policy


def _side(draw: st.DrawFn, value: Value, kind: Kind, policy: Policy, *, ratio_scale: bool) -> Side:
    date = parse_date(draw(st.sampled_from(DATES)))
    assert date.start is not None
    assert date.end is not None
    origin = draw(st.sampled_from(ORIGINS))
    claim = Comparand(
        kind=kind,
        origin=origin,
        number=value.number,
        literal=value.literal,
        pragmatic=value.pragmatic(policy),
        start=date.start,
        end=date.end,
        ratio_scale=ratio_scale,
        discrete=value.scale.discrete,
    )
    text = f"{value.qualifier} {'' if value.number is None else decimal_text(value.number)}".strip()
    about = draw(st.sampled_from(ABOUTS))
    return Side(text, value.literal, origin, date, window=kind is Kind.FLOW, about=about, claim=claim)


class TestEverySentence:
    @given(pairs())
    def test_reads_the_same_from_either_side(self, pair: tuple[Relation, Side, Side, Policy]) -> None:
        relation, a, b, policy = pair
        assert sentence(relation, a, b, policy) == sentence(relation.reverse, b, a, policy)

    @given(pairs())
    def test_names_both_numbers_origins_and_dates(self, pair: tuple[Relation, Side, Side, Policy]) -> None:
        relation, a, b, policy = pair
        text = sentence(relation, a, b, policy)
        for side in (a, b):
            assert f"“{side.text}”" in text
            assert side.literal is not None
            assert interval_text(side.literal) in text or side.literal.low == side.literal.high
            assert side.date is not None
            assert print_date(side.date).removesuffix(")") in text
            assert all(name in text or _capital(name) in text for name in _names(side.origin))
            assert side.measure in text
            assert side.event in text

    @given(pairs())
    def test_names_one_origin_once(self, pair: tuple[Relation, Side, Side, Policy]) -> None:
        relation, a, b, policy = pair
        assert b.claim is not None
        other = replace(b, origin=a.origin, claim=replace(b.claim, origin=a.origin))
        text = sentence(relation, a, other, policy)
        assert [text.lower().count(name.lower()) for name in _names(a.origin)[:1]] == [1]

    @given(pairs())
    def test_is_well_formed(self, pair: tuple[Relation, Side, Side, Policy]) -> None:
        text = sentence(*pair)
        for wrong in (PAUSE, "  ", " ,", ",,", ",.", ",:", ";;", "()", "( ", " )", ") (", "None", "..", " .", " 's"):
            assert wrong not in text
        assert _is_balanced(text)
        assert text.endswith(".")
        assert not re.search(r"\b(?:1|one) (?:days|times)\b|\b0 days\b|[0-9]e[+-]?[0-9]", text)
        assert text[0] in "“О" or text[0].isupper() or text.startswith("eBay")
        assert text.replace("brackets {}", "").count("{") == 0

    @given(pairs())
    def test_never_states_a_ratio_above_what_it_is(self, pair: tuple[Relation, Side, Side, Policy]) -> None:
        relation, a, b, policy = pair
        found = re.search(r"(?:is|grown to) (?:at least )?([0-9,.]+) times", sentence(relation, a, b, policy))
        if found and relation.ratio is not None:
            said = Fraction(found.group(1).replace(",", ""))
            assert relation.ratio * Fraction(9, 10) < said <= relation.ratio

    @given(pairs())
    def test_quotes_nothing_but_what_is_printed(self, pair: tuple[Relation, Side, Side, Policy]) -> None:
        relation, a, b, policy = pair
        text = sentence(relation, a, b, policy)
        assert set(re.findall("“(.*?)”", text)) <= {a.text, b.text}


def _names(origin: str) -> list[str]:
    """The names in an origin: a told number names who told it and whom."""
    speaker, told, outlet = origin.rpartition(", to ")
    return [speaker, outlet] if told and not outlet.startswith("be ") else [origin]


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [("1.502", "1.5"), ("1.999", "1.99"), ("2", "2"), ("2.99", "2.9"), ("14.7", "14"), ("1.001", "1")],
)
def test_ratios_are_rounded_down(ratio: str, expected: str) -> None:
    assert rounded_down(Fraction(ratio)) == Fraction(expected)


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [(1, "one time"), (2, "twice"), (3, "three times"), (Fraction("1.25"), "1.25 times"), (1200, "1,200 times")],
)
def test_times_in_words(ratio: int | Fraction, expected: str) -> None:
    assert times_text(ratio) == expected


@pytest.mark.parametrize(("number", "expected"), [(1, "one day"), (2, "two days"), (10, "10 days"), (0, "0 days")])
def test_days_in_words(number: int, expected: str) -> None:
    assert counted(number, "day") == expected


@pytest.mark.parametrize(
    ("date", "behind_noun", "behind_number"),
    [
        ("2024-08-14", "on 14 August 2024", "for 14 August 2024"),
        ("2024-08", "in August 2024", "for August 2024"),
        ("2024", "in 2024", "for 2024"),
        ("2024-08~", "in about August 2024", "for about August 2024"),
        ("2024-08-14/2024-08-16", "over 14–16 August 2024", "for 14–16 August 2024"),
        ("2024-08-06/..", "since 6 August 2024", "since 6 August 2024"),
        ("../2024-08-06", "until 6 August 2024", "until 6 August 2024"),
    ],
)
def test_windows_in_words(date: str, behind_noun: str, behind_number: str) -> None:
    assert during(parse_date(date)) == behind_noun
    assert holding(parse_date(date)) == behind_number


def test_an_open_date_is_not_as_of_since() -> None:
    assert as_of(parse_date("2024-08-06/..")) == "since 6 August 2024"
    assert as_of(parse_date("2024-08-06")) == "as of 6 August 2024"


def test_thirds_are_rounded_to_three_places() -> None:
    assert number_text(Fraction(10_000, 3)) == "3,333.333"


def test_a_range_below_zero_is_no_row_of_dashes() -> None:
    assert interval_text(Interval(-5, -3)) == "-5 to -3"
