from collections.abc import Callable
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.counting import Census, Formula, always, where

Thing = tuple[int | None, int | None, int | None, int | None]
"""Three measures and a group; any may be missing."""

measures = st.none() | st.integers(-3, 3)
groups = st.sampled_from([None, 0, 1, 2])
things = st.lists(st.tuples(measures, measures, measures, groups), max_size=8)

ANY: Formula[Thing] = always()


def minus(number: int | None) -> int | None:
    return None if number is None else -number


def measure(place: int) -> Callable[[Thing], int | None]:
    return lambda thing: thing[place]


def minus_measure(place: int) -> Callable[[Thing], int | None]:
    return lambda thing: minus(thing[place])


def below(place: int) -> Formula[Thing]:
    return where(f"below {place}", measure(place), measure(place))


def above(place: int) -> Formula[Thing]:
    return where(f"above {place}", minus_measure(place), minus_measure(place))


conditions = st.sampled_from([side(place) for side in (below, above) for place in range(3)])
products = st.lists(conditions, max_size=3).map(lambda chosen: reduce(lambda a, b: a * b, chosen, ANY))
formulas = st.builds(lambda a, b, c: a + b - c, products, products, products)


@settings(max_examples=300)
@given(things, formulas)
def test_everybody_is_counted_among_the_others(them: list[Thing], formula: Formula[Thing]) -> None:
    counted = Census(them, them).count(formula)
    assert counted == [
        sum(formula.value(asked, other) for j, other in enumerate(them) if i != j) for i, asked in enumerate(them)
    ]


@settings(max_examples=300)
@given(things, formulas)
def test_within_groups(them: list[Thing], formula: Formula[Thing]) -> None:
    counted = Census(them, them, lambda thing: thing[3]).count(formula)
    assert counted == [
        sum(
            formula.value(asked, other)
            for j, other in enumerate(them)
            if i != j and asked[3] is not None and asked[3] == other[3]
        )
        for i, asked in enumerate(them)
    ]


@given(things, things, formulas)
def test_others_than_those_asked_about(them: list[Thing], asked: list[Thing], formula: Formula[Thing]) -> None:
    counted = Census(them, asked).count(formula)
    assert counted == [sum(formula.value(one, other) for other in them) for one in asked]


@given(things, things, formulas)
def test_groups_of_others(them: list[Thing], asked: list[Thing], formula: Formula[Thing]) -> None:
    counted = Census(them, asked, lambda thing: thing[3]).count(formula)
    assert counted == [
        sum(formula.value(one, other) for other in them if one[3] is not None and one[3] == other[3]) for one in asked
    ]


@given(things, formulas, st.data())
def test_only_some_are_asked_about(them: list[Thing], formula: Formula[Thing], data: st.DataObject) -> None:
    census = Census(them, them)
    among = data.draw(st.sets(st.sampled_from(range(len(them))))) if them else set()
    everybody = census.count(formula)
    assert census.count(formula, among) == [number if i in among else 0 for i, number in enumerate(everybody)]


@given(
    products, products, st.tuples(measures, measures, measures, groups), st.tuples(measures, measures, measures, groups)
)
def test_formulas_are_reckoned_with_like_numbers(
    a: Formula[Thing], b: Formula[Thing], asked: Thing, other: Thing
) -> None:
    one, two = a.value(asked, other), b.value(asked, other)
    assert (a + b).value(asked, other) == one + two
    assert (a - b).value(asked, other) == one - two
    assert (a * b).value(asked, other) == one * two
    assert (a - a).terms == {}
    assert a * b == b * a


def test_a_condition_says_whether_it_holds() -> None:
    [(condition,)] = below(0).terms
    assert condition.holds((1, 0, 0, 0), (0, 0, 0, 0))
    assert not condition.holds((1, 0, 0, 0), (1, 0, 0, 0))
    assert not condition.holds((None, 0, 0, 0), (0, 0, 0, 0))
    assert not condition.holds((1, 0, 0, 0), (None, 0, 0, 0))


def test_more_than_three_conditions_are_refused() -> None:
    them: list[Thing] = [(0, 0, 0, 0), (1, 1, -1, 0), (2, 2, -2, 0)]
    four = below(0) * below(1) * above(2) * where("below 0 again", measure(0), measure(0))
    with pytest.raises(ValueError, match="a product of 4 conditions"):
        Census(them, them).count(four)
