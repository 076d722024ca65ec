"""Possible copies: which claims repeat another's rare number in their article's own voice."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from app.domain import copies as module
from app.domain.copies import NEAR_VERBATIM, Print, copies, is_rare
from app.domain.interval import Number

FIRST = Print("a", "102 soldiers", 102, "person", published=10, source="ft", origin="officials", own_voice=False)
COPY = Print("b", "102 soldiers", 102, "person", published=20, source="daily", origin="daily", own_voice=True)


@pytest.mark.parametrize("number", [102, 1150, 9_473_298, 185, -102, Fraction("12.5"), Fraction("0.0102"), 1001])
def test_three_significant_digits_are_rare(number: Number) -> None:
    assert is_rare(number)


@pytest.mark.parametrize("number", [0, 82, 2000, 100, 1500, 9_400_000, Fraction("0.05"), Fraction("2.5")])
def test_round_numbers_are_not_rare(number: Number) -> None:
    assert not is_rare(number)


def test_a_repeated_rare_number_may_be_a_copy_of_the_earliest() -> None:
    between = replace(FIRST, id="c", published=15, source="wire", origin="wire")
    assert copies([FIRST, COPY]) == {"b": "a"}
    assert copies([COPY, between, FIRST]) == {"b": "a"}
    assert copies([COPY, between]) == {"b": "c"}


def test_a_copy_of_a_copy_leads_to_the_earliest() -> None:
    assert copies([FIRST, COPY, replace(COPY, id="c", source="sun", origin="sun")]) == {"b": "a", "c": "a"}


@pytest.mark.parametrize(
    "changes",
    [
        {"own_voice": False},
        {"source": "ft"},
        {"origin": "officials"},
        {"published": 9},
        {"number": 103},
        {"number": None},
        {"unit": "tank"},
        {"text": "one hundred and two men"},
    ],
    ids=str,
)
def test_what_is_no_copy(changes: dict[str, object]) -> None:
    assert copies([FIRST, replace(COPY, **changes)]) == {}  # type: ignore[arg-type]


def test_a_round_number_is_nobodys() -> None:
    assert copies([replace(FIRST, number=2000), replace(COPY, number=2000)]) == {}


def test_of_two_published_at_once_the_lower_id_is_the_earlier() -> None:
    assert copies([FIRST, replace(COPY, published=10)]) == {"b": "a"}
    assert copies([replace(FIRST, id="z"), replace(COPY, published=10)]) == {}


@pytest.mark.parametrize(
    ("first", "copy"),
    [
        ("1,150 square kilometers", "1150 square kilometres"),
        ("1,150", "1150"),
        ("1’150", "1 150"),
        ("102 Soldiers", "102 soldiers."),
        ("9,473,298", "9 473 298"),
    ],
)
def test_spelling_makes_no_difference(first: str, copy: str) -> None:
    assert copies([replace(FIRST, text=first), replace(COPY, text=copy)]) == {"b": "a"}


# Few values, so that they meet.
PRINTS = st.lists(
    st.builds(
        Print,
        id=st.uuids(version=4).map(str),
        text=st.sampled_from(["102 soldiers", "102 soldier", "102", "102 prisoners of war", "one hundred and two"]),
        number=st.sampled_from([102, 102, 103, 2000, None]),
        unit=st.sampled_from(["person", "person", "tank"]),
        published=st.integers(0, 3),
        source=st.sampled_from("stu"),
        origin=st.sampled_from("stuv"),
        own_voice=st.booleans(),
    ),
    max_size=12,
)


def repeats(copy: Print, other: Print) -> bool:
    return (
        copy.own_voice
        and copy.number is not None
        and is_rare(copy.number)
        and (other.number, other.unit) == (copy.number, copy.unit)
        and other.source != copy.source
        and other.origin != copy.origin
        and (other.published, other.id) < (copy.published, copy.id)
        and fuzz.ratio(other.wording, copy.wording) >= NEAR_VERBATIM
    )


@given(PRINTS, st.randoms())
def test_copies_are_those_that_all_pairs_give_in_any_order(prints: list[Print], random: object) -> None:
    found = {}
    for copy in prints:
        originals = [other for other in prints if repeats(copy, other)]
        if originals:
            found[copy.id] = min(originals, key=lambda one: (one.published, one.id)).id
    random.shuffle(prints)  # type: ignore[attr-defined]
    assert copies(prints) == found


@given(PRINTS)
def test_other_numbers_make_no_difference(prints: list[Print]) -> None:
    alone = [one for one in prints if (one.number, one.unit) == (102, "person")]
    whole = copies(prints)
    assert copies(alone) == {one.id: whole[one.id] for one in alone if one.id in whole}


@pytest.mark.parametrize("n_sources", [1, 2, 7, 3000])
def test_equal_texts_are_compared_once_a_source(n_sources: int, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []

    class Counting:
        @staticmethod
        def ratio(first: str, second: str) -> float:
            compared.append((first, second))
            return 100

    monkeypatch.setattr(module, "fuzz", Counting)
    sources = [f"s{number % n_sources}" for number in range(3000)]
    found = copies(
        replace(COPY, id=f"{number:05}", published=number, source=source, origin=source)
        for number, source in enumerate(sources)
    )
    assert len(found) == (2999 if n_sources > 1 else 0)
    assert len(compared) <= n_sources


def test_of_many_wordings_only_the_earliest_are_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WORDINGS", 2)
    others = [replace(FIRST, id=f"z{text}", text=text, published=5) for text in ("aaa aaa aaa", "bbb bbb bbb")]
    assert copies([FIRST, COPY, others[0]]) == {"b": "a"}
    assert copies([FIRST, COPY, *others]) == {}
