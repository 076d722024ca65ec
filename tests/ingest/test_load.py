"""The write path, on both engines: what is stored, what a second load changes, and that a failure leaves no trace."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, event, select

from app.ingest.check import problems
from app.ingest.errors import BundleError
from app.storage import tables
from app.storage.engine import Database
from app.storage.versions import current
from tests.factories import article, bundle, claim, load_bundles, opened, statement


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        yield found


def claims(database: Database) -> dict[str, dict[str, Any]]:
    """Every claim's record by its key."""
    with database.read() as connection:
        rows = connection.execute(select(tables.Claim.key, tables.Claim.record))
        return {key: json.loads(record) for key, record in rows}


def everything(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """The whole content of the database."""
    return {
        table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
        for table in tables.Base.metadata.sorted_tables
    }


def snapshot(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.read() as connection:
        return everything(connection)


def found_wrong(database: Database) -> list[str]:
    with database.read() as connection:
        return list(problems(connection))


def test_a_window_may_be_inferred(database: Database) -> None:
    window = {"date": "2024-08-14", "basis": "inferred", "why": "another article names the day"}
    load_bundles(database, bundle(article("a", claim("c", "95", window=window), claim("d", "95", window="2024-08-14"))))
    found = claims(database)
    assert (found["c"]["as_of"]["basis"], found["c"]["as_of"]["why"]) == (window["basis"], window["why"])
    assert found["c"]["figure"] == found["d"]["figure"]
    assert found["d"]["as_of"]["basis"] == "stated"


def test_a_claim_is_published_whole(database: Database) -> None:
    load_bundles(
        database,
        bundle(article("a", claim("c", "more than 100", speaker="ann", via=[{"source": "wire"}], locator="headline"))),
    )
    record = claims(database)["c"]
    assert record["value"] == {
        "text": "more than 100",
        "number": 100,
        "low": 101,
        "high": None,
        "low_open": False,
        "high_open": False,
        "qualifier": "more_than",
        "unit": "person",
        "pragmatic": {"low": 101, "high": 200, "low_open": False, "high_open": False},
    }
    assert record["speaker"]["name"] == "Ann Arbor"
    assert record["via"][0]["name"] == "The Wire"
    assert record["origin"]["label"] == "Ann Arbor"
    assert record["origin"]["basis"] == "speaker"
    assert record["as_of"]["edtf"] == "2024-08-14"
    assert record["window"] == {"edtf": "2024-08-14", "start": "2024-08-14", "end": "2024-08-14"}
    assert {entity["name"]: entity["roles"] for entity in record["entities"]} == {
        "Ann Arbor": ["speaker"],
        "Bob Baker": ["participant"],
        "The Wire": ["via"],
    }
    assert (record["status"], record["revision"], record["withdrawn"]) == ("uncontested", 1, None)
    assert found_wrong(database) == []


def test_loading_again_changes_nothing(database: Database) -> None:
    data = bundle(article("a", claim("c"), claim("d", "about 2,000", speaker="ann")))
    load_bundles(database, data)
    before = snapshot(database)
    (report,) = load_bundles(database, data, now="2025-01-01T00:00:00Z")
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert snapshot(database) == before


def test_a_changed_bundle_revises_and_withdraws(database: Database) -> None:
    load_bundles(database, bundle(article("a", claim("kept"), claim("revised"), claim("gone"))))
    (report,) = load_bundles(
        database, bundle(article("a", claim("kept"), claim("revised", "102"))), now="2024-09-01T00:00:00Z"
    )
    assert (report.new, report.changed, report.unchanged, report.withdrawn) == (0, 1, 1, 1)
    found = claims(database)
    assert found["revised"]["value"]["number"] == 102
    assert (found["revised"]["revision"], found["kept"]["revision"]) == (2, 1)
    assert found["gone"]["withdrawn"]["at"] == "2024-09-01T00:00:00Z"
    assert (found["gone"]["status"], found["gone"]["figure"]) == ("withdrawn", None)
    with database.read() as connection:
        history = connection.execute(select(tables.ClaimHistory.claim, tables.ClaimHistory.from_version)).all()
    assert {found["revised"]["id"], found["gone"]["id"]} <= {row[0] for row in history}
    assert found_wrong(database) == []


def test_a_withdrawn_claim_can_come_back(database: Database) -> None:
    data = bundle(article("a", claim("c"), claim("d", "2,000", speaker="ann")))
    load_bundles(database, data)
    load_bundles(database, bundle(article("a", claim("c"))))
    assert claims(database)["c"]["conflict"] is False
    load_bundles(database, data)
    assert claims(database)["d"]["withdrawn"] is None
    assert claims(database)["c"]["conflict"] is True
    assert found_wrong(database) == []


def test_a_changed_date_moves_the_claim(database: Database) -> None:
    def stock(as_of: str) -> dict[str, Any]:
        return bundle(article("a", claim("c", "28 km²", kind="stock", measure="area", as_of=as_of, speaker="ann")))

    load_bundles(database, stock("2024-08-12"))
    load_bundles(database, stock("2024-08-13"))
    assert claims(database)["c"]["as_of"]["edtf"] == "2024-08-13"
    assert [entity["name"] for entity in claims(database)["c"]["entities"]] == ["Ann Arbor", "Bob Baker"]
    assert found_wrong(database) == []


def test_flags_reach_claims_of_other_bundles(database: Database) -> None:
    load_bundles(database, bundle(article("a", claim("low", "102", speaker="ann"))))
    load_bundles(database, bundle(article("b", claim("high", "2,000", speaker="bob")), key="other"))
    found = claims(database)
    assert found["low"]["conflicts_with"] == [found["high"]["id"]]
    assert found["high"]["conflicts_with"] == [found["low"]["id"]]
    assert found["low"]["status"] == found["high"]["status"] == "conflict"
    assert found_wrong(database) == []


def test_a_part_may_not_exceed_its_whole(database: Database) -> None:
    total = claim("total", "300", kind="cumulative", event="incursion", as_of="2024-08-15", speaker="ann")
    load_bundles(database, bundle(article("a", claim("day", "340", speaker="bob"), total)))
    found = claims(database)
    assert found["total"]["conflicts_with"] == [found["day"]["id"]]
    assert found_wrong(database) == []


@pytest.mark.parametrize("first_comes_first", [True, False])
def test_the_order_of_loading_does_not_matter(database: Database, first_comes_first: bool) -> None:
    pair = [
        bundle(article("a", claim("c", "102", speaker="ann"))),
        bundle(article("b", claim("d", "2,000", speaker="bob"), statement("s")), key="other"),
    ]
    for one in pair if first_comes_first else reversed(pair):
        load_bundles(database, one)
    assert {key: record["status"] for key, record in claims(database).items()} == {
        "c": "conflict",
        "d": "conflict",
        "s": "uncontested",
    }
    with database.read() as connection:
        numbers = list(connection.execute(select(tables.Claim.number).order_by(tables.Claim.number)).scalars())
    assert numbers == sorted(numbers)


def test_an_amount_that_is_counted_anew_replaces_the_first_count(database: Database) -> None:
    first, anew = claim("first", "1,400", speaker="ann"), claim("anew", "1,200", speaker="ann", as_of="2024-09-10")
    other = claim("other", "1,450", speaker="bob")
    load_bundles(database, bundle(article("a", first, other), article("b", anew, published="2024-09-11")))
    found = claims(database)
    assert found["first"]["figure"] == found["anew"]["figure"]
    assert {key: found[key]["status"] for key in found} == {
        "first": "superseded",
        "anew": "conflict",
        "other": "conflict",
    }
    assert found["anew"]["conflicts_with"] == [found["other"]["id"]]
    assert found["anew"]["window"]["edtf"] == "2024-08-14"
    assert found_wrong(database) == []


def test_volatile_levels_contradict_only_as_of_one_date(database: Database) -> None:
    def missing(key: str, text: str, as_of: str, speaker: str) -> dict[str, Any]:
        given: dict[str, Any] = {"kind": "stock", "measure": "missing", "event": "incursion"}
        return claim(key, text, as_of=as_of, speaker=speaker, **given)

    told = [
        missing("first", "1,900", "2024-08-14", "ann"),
        missing("next", "89", "2024-08-15", "bob"),
        missing("same", "600", "2024-08-15", "army"),
    ]
    measure = {"key": "missing", "label": "people missing", "unit": "person", "volatile": True}
    load_bundles(database, bundle(article("a", *told), measures=[*bundle()["measures"], measure]))
    found = claims(database)
    assert {key: found[key]["status"] for key in found} == {
        "first": "uncontested",
        "next": "conflict",
        "same": "conflict",
    }
    assert found["next"]["conflicts_with"] == [found["same"]["id"]]
    assert found_wrong(database) == []


def test_a_measure_does_not_become_volatile(database: Database) -> None:
    load_bundles(database, bundle())
    with pytest.raises(BundleError, match="volatile of a measure stay as they are"):
        load_bundles(database, bundle(measures=[bundle()["measures"][0], bundle()["measures"][1] | {"volatile": True}]))


def test_each_makes_a_claim_a_side(database: Database) -> None:
    sides = {"side": ["ann", "bob"]}
    load_bundles(
        database,
        bundle(article("a", claim("even", "95", each=sides), claim("uneven", "1,000 for 500", each=sides))),
    )
    found = {key: record["value"]["number"] for key, record in claims(database).items()}
    assert found == {"even~ann": 95, "even~bob": 95, "uneven~ann": 1000, "uneven~bob": 500}
    assert claims(database)["even~ann"]["dimensions"]["side"]["name"] == "Ann Arbor"


def test_statements_dispute_by_declaration_for_both(database: Database) -> None:
    load_bundles(
        database,
        bundle(article("a", statement("yes", speaker="ann"), statement("no", speaker="bob", disputes=["yes"]))),
    )
    found = claims(database)
    assert found["yes"]["conflicts_with"] == [found["no"]["id"]]
    assert found["no"]["status"] == "conflict"
    load_bundles(database, bundle(article("a", statement("yes", speaker="ann"))))
    assert claims(database)["yes"]["conflict"] is False
    assert found_wrong(database) == []


def test_two_bundles_meet_in_one_entity_by_its_full_name(database: Database) -> None:
    load_bundles(database, bundle(article("a", claim("c", speaker="ann"))))
    person = {"key": "a-arbor", "kind": "person", "name": "АННА АРБОР", "aliases": ["Anne Arbor"]}
    other = {"bundle": "other", "entities": [person], "articles": [article("b", claim("d", speaker="a-arbor"))]}
    load_bundles(database, other)
    found = claims(database)
    assert found["c"]["speaker"]["id"] == found["d"]["speaker"]["id"]
    assert found["d"]["speaker"]["name"] == "Ann Arbor"
    assert found_wrong(database) == []


def test_names_stay_in_the_order_given(database: Database) -> None:
    names = ["Zoe Zimmer", "Zoe Adams", "Mia Zimmer", "Zoe Baker"]
    person = {"key": "zoe", "kind": "person", "name": names[0], "aliases": names[1:]}
    load_bundles(database, {"bundle": "one", "entities": [person]})
    load_bundles(database, {"bundle": "two", "entities": [person | {"aliases": ["Zoe Zimmer-Adams"]}]})
    with database.read() as connection:
        record = json.loads(connection.execute(select(tables.Entity.record)).scalar_one())
    assert [name["name"] for name in record["names"]] == ["Zoe Zimmer", "Zoe Adams", "Zoe Zimmer-Adams", *names[2:]]
    assert found_wrong(database) == []


def test_a_renamed_entity_is_renamed_everywhere(database: Database) -> None:
    data = bundle(article("a", claim("c", speaker="ann")))
    load_bundles(database, data)
    data["entities"][0]["name"] = "Ann Archer"
    data["entities"][0]["aliases"].append("Ann Arbor")
    load_bundles(database, data)
    assert claims(database)["c"]["speaker"]["name"] == "Ann Archer"
    assert found_wrong(database) == []


def test_a_changed_event_changes_its_claims(database: Database) -> None:
    data = bundle(article("a", claim("c", speaker="ann")))
    load_bundles(database, data)
    data["events"][1] |= {"title": "The long day", "participants": [{"entity": "ann", "role": "witness"}]}
    load_bundles(database, data)
    record = claims(database)["c"]
    assert record["event"]["title"] == "The long day"
    assert {entity["name"]: entity["roles"] for entity in record["entities"]} == {
        "Ann Arbor": ["speaker", "participant"]
    }
    assert found_wrong(database) == []


WRONG: dict[str, tuple[Callable[[], dict[str, Any]], str, tuple[str | int, ...]]] = {
    "unreadable number": (
        lambda: bundle(article("a", claim("c", "many"))),
        "many",
        ("articles", 0, "claims", 0, "text"),
    ),
    "unknown measure": (
        lambda: bundle(article("a", claim("c", measure="capture"))),
        "captured",
        ("articles", 0, "claims", 0, "measure"),
    ),
    "unknown dimension": (
        lambda: bundle(article("a", claim("c", dimensions={"of": "ann"}))),
        "by, side, stage",
        ("articles", 0, "claims", 0, "dimensions"),
    ),
    "unit that does not convert": (
        lambda: bundle(article("a", claim("c", "5 km", measure="area"))),
        "square_kilometre",
        ("articles", 0, "claims", 0, "text"),
    ),
    "key twice": (lambda: bundle(article("a", claim("c"), claim("c"))), "twice", ("articles", 0, "claims", 1, "key")),
    "dispute with nothing": (
        lambda: bundle(article("a", statement("s", disputes=["t"]))),
        "no statement",
        ("articles", 0, "claims", 0, "disputes", 0),
    ),
    "flow without an end": (
        lambda: bundle(article("a", claim("c", event="incursion"))),
        "cumulative",
        ("articles", 0, "claims", 0, "window"),
    ),
    "flow counted before it began": (
        lambda: bundle(article("a", claim("c", as_of="2024-08-13"))),
        "when the amount was counted",
        ("articles", 0, "claims", 0, "as_of"),
    ),
    "event inside itself": (
        lambda: bundle(events=[{"key": "e", "title": "E", "date": "2024", "part_of": "e"}]),
        "inside itself",
        ("events", 0, "part_of"),
    ),
    "unknown unit": (
        lambda: bundle(measures=[{"key": "m", "label": "m", "unit": "kilometrs"}]),
        "kilometre",
        ("measures", 0, "unit"),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_error_says_where_and_what_would_be_right_and_stores_nothing(database: Database, name: str) -> None:
    make, right, pointer = WRONG[name]
    before = snapshot(database)
    with pytest.raises(BundleError) as raised:
        load_bundles(database, make())
    assert right in str(raised.value)
    assert raised.value.pointer == pointer
    assert snapshot(database) == before


def test_another_bundle_may_repeat_a_definition_but_not_change_it(database: Database) -> None:
    load_bundles(database, bundle())
    load_bundles(database, bundle(key="same"))
    other = bundle(key="other")
    other["events"][1]["title"] = "Another day"
    with pytest.raises(BundleError, match="'bundle' defines 'day' otherwise"):
        load_bundles(database, other)


def test_a_one_word_name_needs_the_key(database: Database) -> None:
    load_bundles(database, bundle(entities=[{"key": "sbu", "kind": "organization", "name": "SBU"}], events=[]))
    again = bundle(key="other", entities=[{"key": "ssu", "kind": "organization", "name": "SBU"}], events=[])
    with pytest.raises(BundleError, match=r"may be sbu \(SBU\)"):
        load_bundles(database, again)


def test_two_keys_of_one_bundle_are_two_entities(database: Database) -> None:
    namesakes = [{"key": key, "kind": "person", "name": "John Smith"} for key in ("mayor", "general")]
    with pytest.raises(BundleError, match="is 'mayor' of this bundle too"):
        load_bundles(database, bundle(entities=namesakes, events=[]))


def test_an_origin_may_be_an_entity_of_another_bundle(database: Database) -> None:
    load_bundles(database, bundle())
    given = claim("c", origin={"entity": "ann", "basis": "stated"})
    load_bundles(database, {"bundle": "other", "articles": [article("b", given)]})
    assert claims(database)["c"]["origin"]["label"] == "Ann Arbor"


def test_a_failure_at_any_statement_leaves_no_trace(database: Database) -> None:
    load_bundles(database, bundle(article("a", claim("c", speaker="ann"))))
    before = snapshot(database)
    data = bundle(article("a", claim("c", "102", speaker="ann"), claim("d", "2,000", speaker="bob")))
    statements = counted(database, lambda: None)
    for number in range(10_000):
        statements.clear()

        def fail(*_: object, at: int = number) -> None:
            statements.append("")
            if len(statements) > at:
                raise ConnectionError("pulled the plug")

        event.listen(database.engine, "before_cursor_execute", fail)
        try:
            load_bundles(database, data)
        except ConnectionError:
            event.remove(database.engine, "before_cursor_execute", fail)
            assert snapshot(database) == before, number
            continue
        event.remove(database.engine, "before_cursor_execute", fail)
        break
    assert number > 20
    with database.read() as connection:
        assert current(connection) == 2


def counted(database: Database, act: Callable[[], object]) -> list[str]:
    """The statements that an action takes."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, text: str, *_: object) -> None:
        statements.append(text)

    event.listen(database.engine, "before_cursor_execute", note)
    act()
    event.remove(database.engine, "before_cursor_execute", note)
    return statements


def test_the_number_of_statements_does_not_grow_with_the_bundle(database: Database) -> None:
    def load_claims(count: int) -> Callable[[], object]:
        key = f"bundle-{count}"
        numbered = [claim(f"c{number}", str(number), speaker="ann") for number in range(100, 100 + count)]
        return lambda: load_bundles(database, bundle(article(key, *numbered), key=key))

    load_claims(2)()
    few, many = counted(database, load_claims(3)), counted(database, load_claims(60))
    assert len(many) <= len(few)


def renamed(data: dict[str, Any], noun: str, position: int, **fields: Any) -> dict[str, Any]:
    """The bundle with other fields in one of its nouns."""
    data[noun][position] |= fields
    return data


@pytest.mark.parametrize(
    ("noun", "position", "fields"),
    [
        ("entities", 0, {"name": "Ann Archer", "aliases": ["Ann Arbor"]}),
        ("entities", 2, {"name": "The Great Army"}),
        ("sources", 0, {"name": "The Daily Planet"}),
        ("sources", 1, {"name": "The Wire Service", "aliases": ["The Wire"]}),
        ("events", 0, {"title": "The invasion"}),
        ("events", 1, {"date": "2024-08-16", "participants": [{"entity": "ann", "role": "witness"}]}),
        ("measures", 0, {"label": "soldiers captured"}),
    ],
)
def test_whatever_is_redefined_shows_everywhere_at_once(
    databases: Any, engine_name: Any, noun: str, position: int, fields: dict[str, Any]
) -> None:
    def mine() -> dict[str, Any]:
        return bundle(
            article(
                "a",
                claim("c", speaker="ann", via=["wire"]),
                claim("d", speaker={"unnamed": "an aide", "of": "army"}, via=["wire"]),
                claim("e", dimensions={"by": "army"}, via=[{"medium": "a video"}]),
                claim("f", "95", each={"side": ["ann", "army"]}),
            )
        )

    other = {"bundle": "other", "articles": [article("b", claim("g", "340", speaker="bob"))]}
    with databases.create(engine_name) as changed, databases.create(engine_name) as fresh:
        with opened(changed) as database:
            load_bundles(database, mine())
            load_bundles(database, other)
            load_bundles(database, renamed(mine(), noun, position, **fields))
            assert found_wrong(database) == []
            after = claims(database)
        with opened(fresh) as database:
            load_bundles(database, renamed(mine(), noun, position, **fields))
            load_bundles(database, other)
            expected = claims(database)
    for record in (*after.values(), *expected.values()):
        del record["revision"]
    assert after == expected
