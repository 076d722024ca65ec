"""Names that are one to a reader are alike however they are spelled; those of others are not, however near."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import likeness
from app.domain.likeness import Likeness
from app.domain.names import fold
from app.domain.sound import MOST_READINGS, keys, sound


def alike(one: str, other: str) -> Likeness:
    """How alike two names of persons are."""
    return likeness.given(fold(one)).like(fold(other), person=True).likeness


@pytest.mark.parametrize(
    "text",
    [
        *("Дмитро Лубінець", "Дмитрий Лубинец", "Lubinets", "Lubinetz", "Loubinets", "Lubinec", "D. Lubinets"),
        *("Lubinets, Dmytro", "Mr Lubinets", "пан Лубінець", "Prof. Dr. Lubinets", "Lubinets'", "Лубінець Д."),
    ],
)
def test_a_person_by_any_spelling(text: str) -> None:
    assert alike(text, "Dmytro Lubinets") >= Likeness.SOUND


@pytest.mark.parametrize("text", ["Zelensky", "Zelenskyy", "Zelenskiy", "Selenskyj", "Зеленський", "Зеленский"])
@pytest.mark.parametrize(
    "name", ["Volodymyr Zelensky", "Володимир Зеленський", "Владимир Зеленский", "Wolodymyr Selenskyj"]
)
def test_spellings_meet_both_ways(text: str, name: str) -> None:
    assert alike(text, name) >= Likeness.SOUND


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[
            ("Lubinetts", "Lubinets"),
            ("Luginets", "Lubinets"),
            ("Lubinfets", "Lubinets"),
            ("Finacial Times", "Financial Times"),
        ],
        *[("Security Services of Ukraine", "Security Service of Ukraine")],
    ],
)
def test_one_letter_may_be_mistyped(one: str, other: str) -> None:
    assert alike(one, other) >= Likeness.SPELLING


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[
            ("Petrov", "Petrova"),
            ("Ivan Petrov", "Ivan Petrova"),
            ("Ivan Petrenko", "Petro Petrenko"),
            ("Lavrov", "Лаврова"),
        ],
        *[("Austria", "Australia"), ("Niger", "Nigeria"), ("Iran", "Iraq"), ("Georgia", "Georgian"), ("Mali", "Bali")],
        *[("Gambia", "Zambia"), ("Slovakia", "Slovenia"), ("Slavonia", "Slovenia"), ("Malta", "Malaysia")],
        *[("Olena Zelensky", "Volodymyr Zelensky"), ("Olena Zelenska", "Volodymyr Zelensky"), ("Zelenko", "Zelensky")],
        *[("Mario Rossi", "Maria Rossi"), ("Martin Kovač", "Martina Kovač"), ("Ivana Petrenko", "Ivan Petrenko")],
        *[("O. Lubinets", "Dmytro Lubinets"), ("D.", "Dmytro Lubinets")],
        *[("47th Brigade", "48th Brigade"), ("Channel 5", "Channel 4"), ("Luginetc", "Lubinets"), ("Iren", "Iran")],
        *[
            ("General", "Genera"),
            ("Putin", "Biden"),
            ("путин", "байден"),
            ("Kirill Petrov", "Karl Petrov"),
            ("", "Anna"),
        ],
    ],
)
def test_others_are_not_taken_for_them(one: str, other: str) -> None:
    assert alike(one, other) is Likeness.NONE
    assert alike(other, one) is Likeness.NONE


def test_only_persons_bear_titles() -> None:
    meant = likeness.given("security service")
    assert meant.like("world service", person=False).likeness is Likeness.NONE


@pytest.mark.parametrize("text", ["الله", "नरेन्द्र", "習", "ა", "1", "ʻ", "-", "ß", "𝕏", "कि" * 80, "x" * 300, "ch" * 60])
def test_whatever_is_written_has_few_keys(text: str) -> None:
    folded = fold(text)
    assert len(sound(folded).readings) <= 2 * MOST_READINGS
    assert len(keys(folded)) <= 100


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_are_compared(one: str, other: str) -> None:
    folded, name = fold(one), fold(other)
    assert likeness.given(folded).like(name, person=True).closeness <= 100
    if sound(folded).latin:
        assert likeness.given(folded).like(folded, person=True).likeness is Likeness.WORD
