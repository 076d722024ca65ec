"""What another policy makes of a number must be what reading it afresh by that policy gives."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.interval import Interval
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.reading import UnreadableNumber, read, value_from_parts
from app.domain.rereading import reread
from app.domain.value import Qualifier
from tests.domain.strategies import shares

WIDE = DEFAULT_POLICY.with_changes({"about_width": "0.4"})
policies = st.builds(
    Policy, about_width=shares.filter(lambda share: share <= 1), about_grain_cap=shares.filter(lambda share: share <= 1)
)
hedges = st.sampled_from(
    (
        *("{}", "about {}", "nearly {} or so", "more than {}", "at least {}", "at least about {}", "about {} so far"),
        *("up to {}", "up to about {}", "fewer than {}", "~{}", "some {} to 9,000,000", "about {}-9,000,000"),
        *("between {} and 9,000,000", "{} (including about 20 children)", "about {} (including 3 children)"),
    )
)
amounts = st.one_of(
    st.integers(0, 3000).map(str),
    st.integers(1, 9).map(lambda digit: f"{digit}00,000"),
    st.sampled_from(["a dozen", "two dozen", "2.5 million", "twenty", "a hundred", "dozens", "several hundred"]),
)
units = st.sampled_from([None, "person", "square_kilometre", "percent", "degree_celsius", "month", "USD"])


@st.composite
def readings(draw: st.DrawFn) -> dict[str, Any]:
    """A text that some policy can read, with its unit and whether that may be negative."""
    text, unit, signed = draw(hedges).format(draw(amounts)), draw(units), draw(st.booleans())
    return {"text": text, "unit": unit, "signed": signed}


@given(readings(), policies, policies)
def test_it_equals_reading_afresh(found: dict[str, Any], old: Policy, new: Policy) -> None:
    try:
        before, after = read(**found, policy=old), read(**found, policy=new)
    except UnreadableNumber:
        return
    assert reread(before, old, new) == after
    assert reread(reread(before, old, new), new, old) == before


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("about 2,000", (1200, 2800)),
        ("some 40 to 50", (24, 70)),
        ("at least about 100", (60, None)),
        ("up to about 30", (0, 42)),
    ],
)
def test_a_wider_policy_widens_what_is_hedged(text: str, literal: tuple[int, int | None]) -> None:
    assert reread(read(text), DEFAULT_POLICY, WIDE).literal == Interval(*literal)


@pytest.mark.parametrize("text", ["102", "more than 100", "40 to 50", "hundreds", "at least 1,200", "fewer than 30"])
def test_what_is_not_hedged_stays(text: str) -> None:
    assert reread(read(text), DEFAULT_POLICY, WIDE) == read(text)


@pytest.mark.parametrize(
    ("fields", "literal"),
    [
        ({"number": 2000, "qualifier": Qualifier.ABOUT}, (1200, 2800)),
        ({"text": "many", "number": 60, "qualifier": Qualifier.ABOUT}, (36, 84)),
        ({"text": "about 2,000", "number": 1900}, (1140, 2660)),
        ({"text": "about 2,000", "low": 1800, "high": 2200}, (1800, 2200)),
        ({"text": "2,000", "number": 2000, "low": 1990, "high": 2010, "qualifier": Qualifier.ABOUT}, (1990, 2010)),
        ({"text": "40 to 50", "qualifier": Qualifier.AT_MOST}, (0, 50)),
    ],
)
def test_what_was_given_in_figures_stays(fields: dict[str, Any], literal: tuple[int, int]) -> None:
    value = value_from_parts(**fields)
    assert reread(value, DEFAULT_POLICY, WIDE).literal == Interval(*literal)


def test_what_no_number_is_left_of_stays() -> None:
    narrow = DEFAULT_POLICY.with_changes({"about_width": "0", "about_grain_cap": "0"})
    for text in ("about 2", "up to about 30", "some 4 to 5"):
        assert reread(read(text), DEFAULT_POLICY, narrow) == read(text, policy=narrow)
