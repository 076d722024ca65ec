"""Names that are one to a reader fold to one form, and others do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dmytro LUBINETS", "dmytro  lubinets"),
        ("Lubinets'", "Lubinets"),
        ("O’Neill", "O'Neill"),
        ("Łukasz Ørsted", "Lukasz Orsted"),
        ("Đoković", "Dokovic"),
        ("Yıldız", "Yildiz"),
        ("Æthel", "Aethel"),
        ("José", "Jose\u0301"),
        ("Москалёв", "Москалев"),
        ("Jean-Luc", "Jean Luc"),
        ("Ann\u200e Ar\ufeffbor", "Ann Arbor"),
        ("محمَّد", "محمد"),
        ("ﬁnance", "finance"),
        ("Straße", "STRASSE"),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("கமலா தேவி", "கமலி தேவா"), ("सीता देवी", "सोता देवा"), ("ガ", "カ"), ("ど", "と"), ("Ann Arbor", "Annarbor")],
)
def test_two_names(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("name", ["", " ", "-", "…", "'", "\u200e"])
def test_nothing_to_read_folds_to_nothing(name: str) -> None:
    assert fold(name) == ""


@given(st.text(max_size=60))
def test_folding_settles(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_the_short_way_comes_to_the_same_as_the_long_one(name: str) -> None:
    assert f"{fold(name)} e".strip() == fold(f"{name} é")
