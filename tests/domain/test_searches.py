"""What a person types, and what it comes to; what a search finds in a text, and how that is shown."""

from html import unescape
from re import sub
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import fold
from app.domain.passages import MOST_SHOWN, Highlight, highlights, indexed
from app.domain.relevance import relevance
from app.domain.searches import LONGEST_TEXT, MOST_WORDS, Phrase, Search, parse_search
from app.domain.words import LONGEST, spans, stems

A, B = (Phrase(("a",)),), (Phrase(("b",)),)


@pytest.mark.parametrize(
    ("typed", "search"),
    [
        ("", Search()),
        ("?!… «»", Search()),
        ('- -- * "" -"" -\'', Search()),
        ("a  B", Search((A, B))),
        ("a a", Search((A,))),
        ("a -b", Search((A,), (B,))),
        ("-b", Search((), (B,))),
        ("--b", Search((), (B,))),
        ("a - b", Search((A, B))),
        ('"a b"', Search(((Phrase(("a", "b")),),))),
        ('"a b', Search(((Phrase(("a", "b")),),))),
        ("“a b”", Search(((Phrase(("a", "b")),),))),
        ("a-b", Search(((Phrase(("a", "b")),),))),
        ('-"a b" a', Search((A,), ((Phrase(("a", "b")),),))),
        ("a AND b", Search((A, (Phrase(("and",)),), B))),
        ("a OR NOT b", Search((A, (Phrase(("or",)),), (Phrase(("not",)),), B))),
        ("title:a", Search(((Phrase(("titl", "a")),),))),
        ("NEAR(a b)", Search(((Phrase(("near", "a")),), B))),
        ("ab*", Search(((Phrase(("ab",)),),))),
        ("captured*", Search(((Phrase(("captured",), begins=True), Phrase(("captur",))),))),
        ("2,000", Search(((Phrase(("2", "000")),),))),
        ("exchanges O’Neil's", Search(((Phrase(("exchang",)),), (Phrase(("oneil",)),)))),
        ("пленными РОССИЙСКИЙ", Search(((Phrase(("плен",)),), (Phrase(("россииск",)),)))),
    ],
)
def test_what_is_typed_means_something(typed: str, search: Search) -> None:
    assert parse_search(typed) == search


@given(st.text(max_size=300) | st.text('ab"-* ', max_size=60))
def test_nothing_that_is_typed_is_an_error(typed: str) -> None:
    search = parse_search(typed)
    found = [word for term in (*search.wanted, *search.unwanted) for phrase in term for word in phrase.words]
    assert all(word and not set(word) & set(" \"'*.|%_\\") for word in found)
    assert parse_search(typed) == search


def test_what_is_typed_is_bounded() -> None:
    typed = " ".join(f"word{number}" for number in range(LONGEST_TEXT // 9))
    assert len(parse_search(typed).wanted) == MOST_WORDS
    phrase = parse_search(f'"{typed}"').wanted[0][0]
    assert len(phrase.words) == MOST_WORDS
    assert parse_search("x" * LONGEST_TEXT).wanted == ((Phrase(("x" * LONGEST,)),),)


@given(st.text(max_size=80))
def test_the_words_of_a_text_are_those_that_its_name_folds_to(text: str) -> None:
    found, places = stems(text), spans(text)
    assert len(places) == len(found)
    assert bool(found) == bool(fold(text))
    assert all(fold(text[start:end]) for start, end in places)
    assert all(stem in stems(text[start:end]) for stem, (start, end) in zip(found, places, strict=True))
    assert not any(set(stem) & set(' .|"') for stem in found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("captured", "Capturing"),
        ("exchange", "EXCHANGES"),
        ("René", "rene"),
        ("Лубінець", "лубінець"),
        ("пленный", "пленные"),
        ("Ukraine's", "Ukraine’s"),
    ],
)
def test_forms_of_a_word_are_one(first: str, second: str) -> None:
    assert stems(first) == stems(second)


def entity(*names: str, description: str | None = None) -> dict[str, Any]:
    return {"names": [{"name": name} for name in names], "description": description}


def shown(record: dict[str, Any], typed: str) -> list[tuple[str, str]]:
    (found,) = highlights("entity", [record], parse_search(typed))
    return [(one.field, one.text) for one in found]


def test_no_phrase_reaches_from_one_text_into_the_next() -> None:
    assert indexed("entity", entity("Ann Arbor", "Bob", description="Of the army")) == "ann arbor . bob | of the armi"


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("arbors", "Ann <mark>Arbor</mark> &amp; <i>Bob</i>"),
        ("ARBOR ann", "<mark>Ann</mark> <mark>Arbor</mark> &amp; <i>Bob</i>"),
        ('"ann arbor"', "<mark>Ann</mark> <mark>Arbor</mark> &amp; <i>Bob</i>"),
        ("arb*", "Ann <mark>Arbor</mark> &amp; <i>Bob</i>"),
        ("bob -army", "Ann Arbor &amp; &lt;i&gt;<mark>Bob</mark>&lt;/i&gt;"),
    ],
)
def test_what_is_found_is_marked_in_the_text_as_it_stands(typed: str, marked: str) -> None:
    expected = marked.replace("<i>", "&lt;i&gt;").replace("</i>", "&lt;/i&gt;")
    assert shown(entity("Ann Arbor & <i>Bob</i>"), typed) == [("names.name", expected)]


@pytest.mark.parametrize("typed", ["arbo", '"arbor ann"', "-ann", "?"])
def test_what_is_not_found_is_not_marked(typed: str) -> None:
    assert shown(entity("Ann Arbor"), typed) == []


def test_accents_are_marked_whole() -> None:
    assert shown(entity("Рене О'Нил and René O’Neil"), "o'neil рене") == [
        ("names.name", "<mark>Рене</mark> О'Нил and René <mark>O’Neil</mark>")
    ]


def test_of_a_long_text_the_part_around_what_was_found_is_shown() -> None:
    long = " ".join(["before"] * 100 + ["here"] + ["after"] * 100)
    ((field, text),) = shown(entity("x", description=long), "here")
    assert field == "description"
    assert text.startswith("…before")
    assert text.endswith("…")
    assert "<mark>here</mark>" in text
    assert len(text) < MOST_SHOWN + 30


@given(st.text("ab <&>'\"é-.", max_size=400), st.text('ab é"-*', max_size=20))
def test_a_highlight_is_the_text_and_nothing_else(text: str, typed: str) -> None:
    (found,) = highlights("entity", [entity("x", description=text)], parse_search(typed))
    for one in found:
        assert isinstance(one, Highlight)
        assert "<mark>" in one.text
        plain = unescape(sub("</?mark>", "", one.text))
        assert plain.strip("…") in text
        assert "<" not in sub("</?mark>", "", one.text)


def test_what_was_typed_exactly_comes_first() -> None:
    def score(typed: str, *names: str, description: str | None = None) -> int:
        return relevance(parse_search(typed), indexed("entity", entity(*names, description=description)))

    exact = score("ann arbor", "Ann Arbor")
    assert exact > score("ann arbor", "The Ann Arbor Gazette") > score("ann arbor", "Ann of the Arbor in a longer name")
    assert score("arbor", "Ann Arbor") > score("arbor", "Ann", description="in Arbor") > score("arbor", "Ann") == 0
    assert score("ann", "Ann Lee", "Some quite long other name of hers") == score("ann", "Ann Lee")
    assert score("-arbor", "Ann") == 0
