"""Public ids and the numbers that rows are sorted by."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import number_at, public_id

DAY = 24 * 60
LAST = (2**21 - 719_164) * DAY
"""The day that is the last to have numbers of its own, in the year 5742."""
moments = st.integers(-700_000 * DAY, LAST - 1)


def test_the_same_key_has_the_same_id_in_every_database() -> None:
    assert public_id("clm", "article", "claim") == "clm_upomgwobjvdwhuut"
    assert number_at(0, "clm_a") >> 42 == 719_163


def test_parts_of_a_key_do_not_run_together() -> None:
    ids = {public_id("clm", *key) for key in (("ab", "c"), ("a", "bc"), ("abc",), ("a", "b", "c"))}
    assert len(ids | {public_id("ent", "abc")}) == 5


@given(moments, st.text(), st.text())
def test_numbers_sort_by_day_and_fit_sixty_three_bits(moment: int, one: str, other: str) -> None:
    here = moment - moment % DAY
    assert 0 < number_at(moment, one) < 2**63
    assert number_at(here, one) == number_at(here + DAY - 1, one)
    assert number_at(here - 1, other) < number_at(here, one) < number_at(here + DAY, other)
    assert 0 <= number_at(None, other) < number_at(here, one)


@given(st.integers(LAST, 2_932_896 * DAY), st.text())
def test_what_lies_too_far_ahead_counts_as_one_day(moment: int, one: str) -> None:
    assert number_at(LAST - 1, one) < number_at(moment, one) == number_at(LAST, one) < 2**63


def test_claims_of_a_day_are_told_apart() -> None:
    numbers = {number_at(0, f"clm_{serial}") for serial in range(10_000)}
    assert len(numbers) == 10_000
    assert min(numbers) - (719_163 << 42) < 2**32
    assert max(number & ((1 << 42) - 1) for number in numbers) > 2**41
