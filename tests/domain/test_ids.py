"""Public ids and the numbers that rows are sorted by."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import number_at, public_id

DAY = 24 * 60
moments = st.integers(-700_000 * DAY, 2_000_000 * DAY)


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


def test_claims_of_a_day_are_told_apart() -> None:
    numbers = {number_at(0, f"clm_{serial}") for serial in range(10_000)}
    assert len(numbers) == 10_000
    assert min(numbers) - (719_163 << 42) < 2**32
    assert max(number & ((1 << 42) - 1) for number in numbers) > 2**41
