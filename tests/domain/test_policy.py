"""The policy: what it may be, and what is said of what it may not."""

from dataclasses import fields
from fractions import Fraction
from typing import Any

import pytest

from app.domain.policy import BOUNDS, DEFAULT_POLICY, OPTIONAL, WHOLE, InvalidPolicy, Policy


def test_every_number_of_it_has_bounds_around_the_built_in_one() -> None:
    assert {one.name for one in fields(Policy)} == {"name", *BOUNDS}
    for name, (low, high) in BOUNDS.items():
        value = getattr(DEFAULT_POLICY, name)
        assert low < high
        assert (value is None and name in OPTIONAL) or low <= value <= high


@pytest.mark.parametrize("name", BOUNDS)
def test_both_bounds_are_included_and_nothing_beyond(name: str) -> None:
    low, high = BOUNDS[name]
    step = 1 if name in WHOLE else Fraction(1, 1000)
    for bound in (low, high):
        changed = getattr(DEFAULT_POLICY.with_changes({name: str(float(bound)) if bound % 1 else str(bound)}), name)
        assert changed == bound
        assert type(changed) is (int if name in WHOLE else Fraction)
    for beyond in (low - step, high + step):
        with pytest.raises(InvalidPolicy, match=rf"^{name} lies from \S+ to \S+, not at "):
            DEFAULT_POLICY.with_changes({name: str(float(beyond)) if beyond % 1 else str(beyond)})


def test_changes_leave_the_rest_as_it_is() -> None:
    wide = DEFAULT_POLICY.with_changes({"name": "wide", "version": 2, "about_width": "0.2", "days_per_month": "30.5"})
    assert (wide.name, wide.version, wide.label) == ("wide", 2, "wide-2")
    assert (wide.about_width, wide.days_per_month) == (Fraction(1, 5), Fraction(61, 2))
    assert wide.with_changes({"days_per_month": None}).days_per_month is None
    assert wide.with_changes(DEFAULT_POLICY.as_text()) == DEFAULT_POLICY


def test_as_text_it_comes_back() -> None:
    text = DEFAULT_POLICY.as_text()
    assert (text["about_width"], text["drift_per_day"], text["open_end_count"]) == ("0.1", "1.25", 5)
    assert (text["name"], text["version"], text["days_per_month"]) == ("default", 1, None)
    assert Policy(about_width=Fraction(1, 3).limit_denominator(2)).as_text()["about_width"] == "0.5"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"about": "1"}, "'about'"),
        ({"label": "1"}, "'label'"),
        ({"about_width": None}, "about_width is a decimal number, not 'None'"),
        ({"about_width": "wide"}, "about_width is a decimal number, not 'wide'"),
        ({"about_width": ""}, "about_width is a decimal number, not ''"),
        ({"about_width": "1e-1"}, "about_width is a decimal number, not '1e-1'"),
        ({"about_width": ".1"}, "about_width is a decimal number, not '.1'"),
        ({"about_width": "0.1234567890"}, "about_width is a decimal number, not '0.1234567890'"),
        ({"about_width": "x" * 200}, "not '" + "x" * 100 + "'"),
        ({"open_end_count": "1.5"}, "open_end_count is a whole number, not '1.5'"),
        ({"about_width": "0.51"}, "about_width lies from 0 to 0.5, not at 0.51"),
        ({"about_width": "-0.1"}, "about_width lies from 0 to 0.5, not at -0.1"),
        ({"drift_days": 31}, "drift_days lies from 0 to 30, not at 31"),
        ({"name": "A b"}, "lower-case letters"),
        ({"name": "a" * 41}, "40 at most"),
        ({"name": "1a"}, "lower-case letters"),
        ({"name": ""}, "lower-case letters"),
        ({"name": 5}, "lower-case letters"),
    ],
)
def test_what_it_cannot_be(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidPolicy) as raised:
        DEFAULT_POLICY.with_changes(changes)
    assert said in str(raised.value)


def test_a_name_may_be_as_long_as_it_may() -> None:
    name = "a" + "b-9" * 13
    assert DEFAULT_POLICY.with_changes({"name": name}).label == f"{name}-1"


def test_a_custom_policy_says_so_and_takes_only_widths() -> None:
    custom = DEFAULT_POLICY.custom({"tension_ratio": "2"})
    assert (custom.name, custom.tension_ratio) == ("custom", Fraction(2))
    for name in ("name", "version", "tension_rate"):
        with pytest.raises(InvalidPolicy, match=repr(name)):
            DEFAULT_POLICY.custom({name: "2"})


def test_a_field_misspelt_is_answered_with_the_one_meant() -> None:
    with pytest.raises(InvalidPolicy) as raised:
        DEFAULT_POLICY.custom({"tension_rato": "2"})
    assert raised.value.nearest == "tension_ratio"
