"""Variants of filters: any of several, none of them, nothing at all; lists of names are looked up together."""

from random import Random

import orjson
import pytest
from sqlalchemy import Connection

from app.problems import InvalidParameter
from app.search import facets, find, references
from app.search.collections import CLAIMS, CONFLICTS, FIGURES
from app.search.filter import PAST
from app.search.filters import FILTERS
from app.search.kept import Kept
from app.search.nouns import ENTITY_NOUN, EVENT_NOUN, MEASURE_NOUN, ORIGIN_NOUN, SOURCE_NOUN, Noun
from app.search.page import Page
from app.search.query import make_query
from app.search.values import MOST_VALUES, TEXT, choice, several
from app.search.variants import ALL, family
from tests.generated import BODIES, EVENTS, MEASURES, PEOPLE, PLACES, SOURCES
from tests.search.test_plans import counted

NAMES = [name for names in (*PEOPLE.values(), *PLACES.values(), *BODIES.values()) for name in names]
TEXTS = [
    *NAMES,
    *PEOPLE,
    *SOURCES,
    *SOURCES.values(),
    *EVENTS,
    *MEASURES,
    "petrenko",
    "Wire",
    "Lee",
    "nobody",
    "…",
    "%",
]


def page(connection: Connection, **filters: str) -> Page:
    return find.page(connection, CLAIMS, make_query([*filters.items(), ("limit", "1000")], CLAIMS))


def ids(connection: Connection, **filters: str) -> set[str]:
    return {orjson.loads(item)["id"] for item in page(connection, **filters).items}


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("a", ("a",)),
        ("a,b", ("a", "b")),
        (" a , b ", ("a", "b")),
        ("a,,b,", ("a", "b")),
        ("a,b,a", ("a", "b")),
        ('"Smith, John",Lee', ("Smith, John", "Lee")),
        ('"say ""no"""', ('say "no"',)),
        ('O"Neil,"', ('O"Neil', '"')),
        ('"a"b,c', ('"a"b', "c")),
        ("Лубінець,René O’Neil", ("Лубінець", "René O’Neil")),
    ],
)
def test_a_list_is_read(text: str, items: tuple[str, ...]) -> None:
    assert several(TEXT).parse(text) == items


@pytest.mark.parametrize("text", [",", '""', " , ", ",".join("a" * (MOST_VALUES + 1)), "," * 16_000, '""",' * 4000])
def test_a_list_without_a_name_or_with_too_many_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"must name one|must be at most"):
        several(TEXT).parse(text)


def test_as_many_as_may_be_are_read() -> None:
    assert len(several(TEXT).parse(",".join(map(str, range(MOST_VALUES))))) == MOST_VALUES


def test_what_is_wrong_in_a_list_is_shown() -> None:
    with pytest.raises(ValueError, match=r"^'tow' must be one of one, two$"):
        several(choice(["one", "two"])).parse("one,tow")


def test_variants_are_derived_from_every_filter_that_can_have_them() -> None:
    names = {(one.name, frozenset(one.on)) for one in ALL}
    for one in FILTERS:
        present = frozenset(set(one.on) - PAST)
        _, *lists, emptiness = family(one.name)
        if one.refers or one.type.words:
            assert {(name, present) for name in lists} <= names
        if one.missing:
            assert (emptiness, frozenset(one.missing)) in names
        assert set(one.missing) <= present


@pytest.mark.parametrize(
    "noun", [ENTITY_NOUN, SOURCE_NOUN, EVENT_NOUN, MEASURE_NOUN, ORIGIN_NOUN], ids=lambda noun: noun.name
)
def test_a_list_finds_what_each_of_its_names_finds(connection: Connection, noun: Noun) -> None:
    own = [match.id for text in TEXTS for match in references.find(connection, noun, text)]
    texts = [*TEXTS, *own[:10], "ent_aaaaaaaaaaaaaaaa"]
    Random(1).shuffle(texts)
    together = references.find_each(connection, noun, texts)
    assert together == [references.find(connection, noun, text) for text in texts]


@pytest.mark.parametrize("name", ["entity__in", "source__not", "event__in", "origin__in", "speaker__not"])
def test_a_list_takes_as_many_statements_however_long_it_is(connection: Connection, name: str) -> None:
    def taken(texts: list[str]) -> int:
        with counted(connection.engine) as statements:
            page(connection, **{name: ",".join(texts)})
        return len(statements)

    few = ["nobody 1", "nobody 2", "nobody 3", "petrenko", "day", "wire"]
    many = [*few, *TEXTS, *(f"nobody {number}" for number in range(4, 25))]
    assert taken(many) == taken(few) <= 14


def test_facets_take_a_statement_each_and_no_more_until_something_is_written(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "_KEPT", Kept(most=100))
    with counted(connection.engine) as statements:
        found = page(connection, facet=",".join(CLAIMS.facets))
    assert len(statements) == 2 + len(CLAIMS.facets)
    with counted(connection.engine) as again:
        assert page(connection, facet=",".join(CLAIMS.facets)).facets == found.facets
    assert len(again) == 2


def test_an_unknown_name_in_a_list_is_told_and_the_others_are_answered_for(connection: Connection) -> None:
    found = page(connection, entity__in="Rene ONeil,Petrenska,Nemo")
    assert {orjson.loads(item)["id"] for item in found.items} == ids(connection, entity="Rene ONeil")
    assert found.unknown == [{"parameter": "entity__in", "text": text} for text in ("Petrenska", "Nemo")]
    assert "Ivan Petrenko" in [one["name"] for one in found.suggestions or []]
    assert [one["name"] for one in found.resolved or []] == ["René O’Neil"]


def test_without_any_of_its_names_a_list_finds_nothing_and_leaves_nothing_out(connection: Connection) -> None:
    nothing, everything = page(connection, entity__in="Petrenska,Nemo"), page(connection, entity__not="Petrenska")
    assert (nothing.items, len(nothing.unknown or [])) == ([], 2)
    assert everything.items == page(connection).items
    assert everything.unknown == [{"parameter": "entity__not", "text": "Petrenska"}]


def test_suggestions_are_for_the_first_names_only(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "MOST_ADVISED", 1)
    found = page(connection, measure__in="capturd,are,warmt")
    assert {one["name"] for one in found.suggestions or []} == {"prisoners captured"}
    assert len(found.unknown or []) == 3


def test_names_that_stand_for_too_many_together_are_refused(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(references, "MOST_TOGETHER", 4)
    assert page(connection, entity__in="Petrenko,Lee").items
    with pytest.raises(InvalidParameter, match="stand for 5 together"):
        page(connection, entity__in="Petrenko,Georgia")


def test_what_matches_and_what_does_not_are_all_there_is(connection: Connection) -> None:
    everything = ids(connection)
    for name, text in [
        ("speaker", "Petrenko"),
        ("event", "day"),
        ("entity", "Petrenko"),
        ("unit", "person"),
        ("kind", "flow"),
    ]:
        matching, others = ids(connection, **{name: text}), ids(connection, **{f"{name}__not": text})
        assert matching | others == everything
        assert not matching & others
        assert matching
        assert others


def test_an_entity_beside_one_of_several_is_asked_for(connection: Connection) -> None:
    both = ids(connection, entity="ivan-petrenko", entity__in="rene-oneil,kursk")
    assert both == ids(connection, entity="ivan-petrenko") & ids(connection, entity__in="rene-oneil,kursk")
    assert both


def test_a_role_narrows_the_entity_and_not_what_is_left_out(connection: Connection) -> None:
    spoken = ids(connection, entity="ivan-petrenko", role="speaker")
    assert spoken | ids(connection, entity="ivan-petrenko", role__not="speaker") == ids(
        connection, entity="ivan-petrenko"
    )
    assert ids(connection, entity__in="ivan-petrenko", role="speaker") == spoken
    without = ids(connection, entity__not="ivan-petrenko", role="subject")
    assert without == ids(connection, role="subject") - ids(connection, entity="ivan-petrenko")


@pytest.mark.parametrize("name", ["entity__in", "source__not", "event__isnull", "facet"])
def test_history_answers_no_variants(name: str) -> None:
    for past in ("known_at", "changed_since"):
        with pytest.raises(InvalidParameter, match=f"{name} does not go with {past}: only entity, role"):
            make_query({past: "1", name: "true" if name.endswith("isnull") else "source"}.items(), CLAIMS)
    if name != "facet":
        with pytest.raises(InvalidParameter, match="does not go with known_at"):
            make_query({"known_at": "1", "event__in": "day"}.items(), CONFLICTS)


def test_what_was_by_a_date_has_no_facets_and_no_status(connection: Connection) -> None:
    from app.search import by_date

    for name, text in (("facet", "kind"), ("status__in", "agreed"), ("status__not", "agreed")):
        with pytest.raises(InvalidParameter, match=f"^{name}"):
            by_date.page(connection, make_query({"as_of": "2024", "event__in": "day", name: text}.items(), FIGURES))


@pytest.mark.parametrize("more", [{}, {"entity__in": "rene-oneil,kursk"}, {"kind": "statement"}], ids=str)
def test_disputes_and_figures_take_the_same_variants(connection: Connection, more: dict[str, str]) -> None:
    from app.search import conflicts

    def items(**filters: str) -> list[str]:
        query = make_query({"limit": "100", **more, **filters}.items(), CONFLICTS)
        return conflicts.page(connection, query).items

    everything = items()
    for name, text in (
        ("measure", "captured"),
        ("event", "day"),
        ("status", "tension"),
        ("kind", "statement"),
        ("entity", "kursk"),
    ):
        matching = [*items(**{f"{name}__in": text}), *items(**{f"{name}__not": text})]
        if len(everything) < 100:
            assert sorted(matching) == sorted(everything), name
    assert everything
