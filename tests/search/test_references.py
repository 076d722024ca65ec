"""What ids, keys and names stand for: any script, any case, whole names before words of names."""

import pytest
from sqlalchemy import Connection

from app.problems import InvalidParameter
from app.search import references
from app.search.nouns import ENTITY_NOUN, EVENT_NOUN, MEASURE_NOUN, ORIGIN_NOUN, SOURCE_NOUN, Noun
from app.search.references import _likeness, find, suggest


def names(connection: Connection, text: str, noun: Noun = ENTITY_NOUN) -> list[str]:
    return [match.name for match in find(connection, noun, text)]


@pytest.mark.parametrize(
    "text",
    [
        *("Ivan Petrenko", "ivan petrenko", "IVAN  PETRENKO", " Ivan Petrenko ", "Petrenko Ivan", "ivan-petrenko"),
        *("Іван Петренко", "ІВАН ПЕТРЕНКО", "Іван"),
    ],
)
def test_a_person_is_found_by_any_name(connection: Connection, text: str) -> None:
    assert names(connection, text) == ["Ivan Petrenko"]


@pytest.mark.parametrize("text", ["René O’Neil", "rene o'neil", "Rene ONeil", "РЕНЕ О'НІЛ", "o'neil"])
def test_accents_and_apostrophes_do_not_matter(connection: Connection, text: str) -> None:
    assert names(connection, text) == ["René O’Neil"]


def test_an_id_and_a_key_name_one(connection: Connection) -> None:
    (match,) = find(connection, ENTITY_NOUN, "olena-petrenko")
    assert match.shown("entity") == {
        "parameter": "entity",
        "id": match.id,
        "name": "Olena Petrenko",
        "kind": "person",
        "by": "key",
    }
    assert find(connection, ENTITY_NOUN, match.id) == [match._replace(by="id")]


def test_a_family_name_finds_all_who_bear_it(connection: Connection) -> None:
    assert names(connection, "Petrenko") == ["Ivan Petrenko", "Olena Petrenko", "Petrenko Relief Fund"]


def test_a_whole_name_comes_before_words_of_names(connection: Connection) -> None:
    assert names(connection, "georgia") == ["Georgia", "Georgia Lee"]  # a key, a name, and an alias
    assert names(connection, "Sakartvelo") == ["Georgia"]
    assert names(connection, "Lee") == ["Georgia Lee"]


def test_a_source_is_found_by_its_names(connection: Connection) -> None:
    assert names(connection, "the wire", SOURCE_NOUN) == ["The Wire"]
    assert names(connection, "Wire", SOURCE_NOUN) == ["Evening Wire", "The Wire"]
    assert names(connection, "канал", SOURCE_NOUN) == ["Канал"]
    assert names(connection, "wire", SOURCE_NOUN) == ["The Wire"]  # a key


def test_what_has_no_names_is_found_by_id_or_key(connection: Connection) -> None:
    assert names(connection, "day", EVENT_NOUN) == ["The day"]
    assert names(connection, "The day", EVENT_NOUN) == []
    assert names(connection, "captured", MEASURE_NOUN) == ["prisoners captured"]


def test_an_origin_is_found_by_its_label_or_as_the_entity_that_it_is(connection: Connection) -> None:
    assert names(connection, "Іван Петренко", ORIGIN_NOUN) == ["Ivan Petrenko"]
    assert names(connection, "rene-oneil", ORIGIN_NOUN) == ["René O’Neil"]
    assert names(connection, "Wire", ORIGIN_NOUN) == ["Evening Wire", "The Wire"]
    assert names(connection, "an official, to the Wire", ORIGIN_NOUN) == ["an official, to the Wire"]
    (match,) = find(connection, ORIGIN_NOUN, "Іван Петренко")
    assert find(connection, ORIGIN_NOUN, match.id) == [match._replace(by="id")]
    assert names(connection, "an official", ORIGIN_NOUN) == []


@pytest.mark.parametrize("text", ["", " ", "…", "'", "%", "_", "ent_aaaaaaaaaaaaaaaa", "\U0010ffff", "a" * 300])
def test_what_names_nothing_finds_nothing(connection: Connection, text: str) -> None:
    assert (names(connection, text), names(connection, text, SOURCE_NOUN), names(connection, text, EVENT_NOUN)) == (
        [],
        [],
        [],
    )


@pytest.mark.parametrize(
    ("noun", "text", "nearest"),
    [
        (ENTITY_NOUN, "Petrovko", "Ivan Petrenko"),
        (ENTITY_NOUN, "Gorgi", "Georgia"),
        (ENTITY_NOUN, "Beorgia", "Georgia"),
        (SOURCE_NOUN, "Dailyx", "The Daily"),
        (EVENT_NOUN, "incurson", "The incursion"),
        (MEASURE_NOUN, "captures", "prisoners captured"),
    ],
)
def test_the_nearest_is_suggested(connection: Connection, noun: Noun, text: str, nearest: str) -> None:
    assert find(connection, noun, text) == []
    assert nearest in [match.name for match in suggest(connection, noun, text)]


def test_nothing_is_suggested_for_what_looks_like_nothing(connection: Connection) -> None:
    assert suggest(connection, ENTITY_NOUN, "qqqqqqqq") == []
    assert suggest(connection, ENTITY_NOUN, "!?") == []


def test_a_name_that_too_many_bear_is_refused(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "MOST_MATCHES", 2)
    from app.search.collections import ENTITIES

    with pytest.raises(InvalidParameter, match="more than 2 have 'Petrenko' in their names"):
        references.resolve(connection, {"name": "Petrenko"}, ENTITIES.filters)


@pytest.mark.parametrize(
    ("called", "near"), [("nin", False), ("trust", False), ("putain", True), ("vladimir putin", True)]
)
def test_a_word_within_another_is_not_near_it(called: str, near: bool) -> None:
    assert (_likeness("putin", called) > 0) is near
