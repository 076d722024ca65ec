"""The reconciliation service does what its protocol (W3C community group, version 0.2) says, on both engines."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from app.api import reconciled
from app.api.preview import HEADERS
from app.ingest.merge import merge
from app.search.query import MAX_QUERY_BYTES
from app.search.reconcile import candidates
from app.search.reconcile.asked import MOST_CANDIDATES, MOST_IDS, MOST_QUERIES, Question
from app.search.reconcile.schema import PROPERTIES, TYPES
from app.storage.engine import Database
from tests.api.client import Answer, Client, serving
from tests.api.conftest import Pair
from tests.api.test_bad_input import refused
from tests.factories import NOW, article, bundle, claim, load_bundles, opened
from tests.search.test_plans import counted

Json = dict[str, Any]
LUBINETS = "ent_3pyttn3hkz74x666"
INCURSION = "evt_ltwct3nmijtagtdj"
KURSK = "ent_5b63cgrwrstvsw5b"


def ask(client: Client, **queries: Json) -> Json:
    """The candidates of each query, by its name."""
    answer = client.form("/reconcile", {"queries": json.dumps(queries)})
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    return {name: one["result"] for name, one in answer.json.items()}


def one(client: Client, query: str | None = None, **more: Any) -> list[Json]:
    """The candidates of one query."""
    found: list[Json] = ask(client, q=more if query is None else {"query": query, **more})["q"]
    return found


def best(client: Client, query: str | None = None, **more: Any) -> tuple[str | None, bool]:
    """The name of the best candidate, and whether it is sure."""
    found = one(client, query, **more)
    return (found[0]["name"], found[0]["match"]) if found else (None, False)


def extend(client: Client, ids: list[str], *properties: str) -> Json:
    """What data extension answers."""
    asked = {"ids": ids, "properties": [{"id": name} for name in properties]}
    answer: Json = client.form("/reconcile", {"extend": json.dumps(asked)}).json
    return answer


def fails(answer: Answer, says: str, pointer: str | None = None) -> None:
    problem = refused(answer, 422, "invalid-parameter")
    assert says in problem["detail"]
    assert problem.get("pointer") == pointer


class TestManifest:
    def test_it_says_what_the_protocol_wants(self, seeds: Client) -> None:
        manifest = seeds.get("/reconcile").json
        reconciled.Manifest.model_validate(manifest)
        assert "0.2" in manifest["versions"]
        assert manifest["name"]
        for space in ("identifierSpace", "schemaSpace"):
            assert re.match(r"https?://", manifest[space])
        assert {one["id"] for one in manifest["defaultTypes"]} == {*TYPES}
        assert manifest["batchSize"] == MOST_QUERIES

    def test_its_addresses_are_there(self, seeds: Client) -> None:
        manifest = seeds.get("/reconcile").json
        proposals = manifest["extend"]["propose_properties"]
        paths = [*manifest["suggest"].values(), proposals]
        asked = [one["service_url"] + one["service_path"] + "?prefix=k" for one in paths]
        asked += [manifest[name]["url"].replace("{{id}}", LUBINETS) for name in ("view", "preview")]
        asked.append(manifest["documentation"])
        assert [seeds.get(address.removeprefix("http://test")).status for address in asked] == [200] * len(asked)

    def test_it_stands_at_the_public_address(self, sqlite_url: str) -> None:
        with serving(sqlite_url, public_url="https://claims.example.org/api") as client:
            assert client.get("/reconcile").json["view"]["url"] == "https://claims.example.org/api/reconcile/{{id}}"


class TestQueries:
    def test_a_form_and_a_query_string_answer_the_same(self, seeds: Client) -> None:
        queries = json.dumps({"q0": {"query": "Lubinets"}, "любой": {"query": "Kursk incursion", "type": "event"}})
        posted = seeds.form("/reconcile", {"queries": queries})
        assert posted.body == seeds.get(f"/reconcile?queries={quote(queries)}").body
        assert set(posted.json) == {"q0", "любой"}

    def test_a_candidate_has_every_field(self, seeds: Client) -> None:
        (found,) = one(seeds, "Dmytro Lubinets")
        reconciled.Candidate.model_validate(found)
        assert found["id"] == LUBINETS
        assert found["type"] == [{"id": "person", "name": "Person"}, {"id": "entity", "name": "Entity"}]
        assert (found["score"], found["match"]) == (100, True)
        assert {"id": "name", "value": 100} in found["features"]
        assert found["description"].startswith("Commissioner for Human Rights")

    @pytest.mark.parametrize(
        ("query", "name", "sure"),
        [
            ("dmytro LUBINETS", "Dmytro Lubinets", True),
            ("Дмитро Лубінець", "Dmytro Lubinets", True),
            ("Lubinets", "Dmytro Lubinets", False),  # no name of his: a family name
            ("Lubinets, Dmytro", "Dmytro Lubinets", False),
            ("Dmitro Lubinet", "Dmytro Lubinets", False),
            ("dmytro-lubinets", "Dmytro Lubinets", True),
            (LUBINETS, "Dmytro Lubinets", True),
            (INCURSION, "Ukraine's incursion into the Kursk region", True),
            ("kursk-incursion", "Ukraine's incursion into the Kursk region", True),
            ("Ukraine’s Incursion into the Kursk Region", "Ukraine's incursion into the Kursk region", True),
            ("incursion in Kursk", "Ukraine's incursion into the Kursk region", False),
            ("incurson into the Kursk region", "Ukraine's incursion into the Kursk region", False),
            ("Moscow", "Government of Russia", False),  # an alias of one word may be anybody's
            ("ent_aaaaaaaaaaaaaaaa", None, False),
            ("zzzz qqqq", None, False),
        ],
    )
    def test_what_a_text_stands_for(self, seeds: Client, query: str, name: str | None, sure: bool) -> None:
        assert best(seeds, query) == (name, sure)

    def test_better_candidates_come_first(self, seeds: Client) -> None:
        for query in ("talks in Istanbul", "prisoner exchange", "Kursk"):
            scores = [found["score"] for found in one(seeds, query)]
            assert len(scores) > 1
            assert scores == sorted(scores, reverse=True)
            assert 0 < scores[-1] <= scores[0] <= 100

    def test_a_type_narrows(self, seeds: Client) -> None:
        assert best(seeds, "SBU", type="organization") == ("Security Service of Ukraine", True)
        assert {found["type"][0]["id"] for found in one(seeds, "Kursk", type=["event"])} == {"event"}
        assert "event" not in {found["type"][0]["id"] for found in one(seeds, "Kursk", type="entity")}
        assert one(seeds, "Dmytro Lubinets", type="place") == []

    def test_how_strict_a_type_is(self, seeds: Client) -> None:
        both = {"type": ["place", "entity"]}
        assert best(seeds, "Dmytro Lubinets", type_strict="any", **both) == ("Dmytro Lubinets", True)
        assert one(seeds, "Dmytro Lubinets", type_strict="all", **both) == []
        (found,) = one(seeds, "Dmytro Lubinets", type="place", type_strict="should")
        assert (found["score"], found["match"]) == (70, False)
        assert {"id": "type", "value": False} in found["features"]

    def test_a_limit_holds(self, seeds: Client) -> None:
        assert len(one(seeds, "prisoner exchange", limit=2)) == 2
        assert len(one(seeds, "prisoner exchange", limit=10**9)) <= MOST_CANDIDATES

    def test_each_query_is_answered_for_itself(self, seeds: Client) -> None:
        queries = {"a": {"query": "Kursk"}, "b": {"query": "Kursk", "type": "event"}, "c": {"query": "Kursk"}}
        together = ask(seeds, **queries)
        assert together == {name: ask(seeds, q=query)["q"] for name, query in queries.items()}


class TestProperties:
    @pytest.mark.parametrize(
        ("pid", "right", "wrong"),
        [
            ("date", "2024-08-14", "2023-01-01"),
            ("date", "2024-08", "2024-09"),
            ("begin", "2024-08-14", "2024-08-15"),
            ("place", {"id": KURSK, "name": "Kursk region"}, {"id": LUBINETS, "name": "x"}),
            ("place", "Kursk region", "Valencia"),
            ("participant", ["nobody", "Russian Armed Forces"], "Dmytro Lubinets"),
            ("part_of", "Ukraine's incursion into the Kursk region", "Prisoner exchanges"),
            ("kind", "event", "person"),
            ("key", "kursk-captures-2024-08-14", "x"),
        ],
    )
    def test_a_property_speaks_for_or_against(self, seeds: Client, pid: str, right: Any, wrong: Any) -> None:
        title = "Russian soldiers captured in the Kursk region on 14 August 2024"
        agreeing = one(seeds, title, properties=[{"pid": pid, "v": right}])[0]
        assert (agreeing["score"], agreeing["match"]) == (100, True)
        assert {"id": f"property:{pid}", "value": 100} in agreeing["features"]
        other = next(found for found in one(seeds, title, properties=[{"pid": pid, "v": wrong}], limit=50)
                     if found["id"] == agreeing["id"])  # fmt: skip
        assert other["score"] < 100
        assert not other["match"]

    def test_what_cannot_be_compared_says_nothing(self, seeds: Client) -> None:
        given = [{"pid": "date", "v": "some day"}, {"pid": "n_claims", "v": "many"}, {"pid": "place", "v": "Kursk"}]
        plain, (narrowed,) = one(seeds, "Dmytro Lubinets"), one(seeds, "Dmytro Lubinets", properties=given)
        assert [narrowed] == plain

    def test_a_number_is_compared(self, seeds: Client) -> None:
        n_claims = extend(seeds, [LUBINETS], "n_claims")["rows"][LUBINETS]["n_claims"][0]["int"]
        for value in (n_claims, str(n_claims), float(n_claims)):
            assert best(seeds, "Dmytro Lubinets", properties=[{"pid": "n_claims", "v": value}])[1]
        assert not best(seeds, "Dmytro Lubinets", properties=[{"pid": "n_claims", "v": n_claims + 1}])[1]

    def test_a_query_without_a_text_is_looked_up_by_name_or_key(self, seeds: Client) -> None:
        assert best(seeds, properties=[{"pid": "key", "v": "dmytro-lubinets"}]) == ("Dmytro Lubinets", True)
        assert best(seeds, properties=[{"pid": "name", "v": "Дмитро Лубінець"}]) == ("Dmytro Lubinets", True)
        assert one(seeds, properties=[{"pid": "date", "v": "2024-08-14"}]) == []


class TestAnyTextIsAnAnswer:
    @pytest.mark.parametrize(
        "text", ["", " ", "\0", "'; DROP TABLE entity; --", "%", "_", "\\", "…", "🙂", "<b>", "x" * 5000, "a " * 5000]
    )
    def test_of_a_query(self, seeds: Client, text: str) -> None:
        assert isinstance(one(seeds, text), list)
        assert isinstance(
            one(seeds, "Kursk", properties=[{"pid": "name", "v": text}, {"pid": "date", "v": text}]), list
        )

    @pytest.mark.parametrize("text", ["%20", "'", "%25", "🙂", "x" * 5000, "q " * 1000])
    def test_of_a_suggestion(self, seeds: Client, text: str) -> None:
        for kind in ("entity", "type", "property"):
            assert seeds.get(f"/reconcile/suggest/{kind}?prefix={quote(text, safe='%')}").json == {"result": []}

    def test_of_an_id(self, seeds: Client) -> None:
        rows = extend(seeds, ["", "\0", "🙂", "ent_aaaaaaaaaaaaaaaa", "evt_aaaaaaaaaaaaaaaa"], "name")["rows"]
        assert all(row == {"name": [{}]} for row in rows.values())


class TestBadInput:
    @pytest.mark.parametrize(
        ("queries", "says", "pointer"),
        [
            ("", "is empty", None),
            ("{", "Invalid JSON", None),
            ("[]", "object", None),
            ('"x"', "object", None),
            ('{"q": 1}', "object", "/q"),
            ('{"q": {}}', "give a query, or properties", "/q"),
            ('{"q": {"properties": []}}', "give a query, or properties", "/q"),
            ('{"q": {"query": 5}}', "string", "/q/query"),
            ('{"q": {"querry": "x"}}', "did you mean 'query'", "/q"),
            ('{"q": {"query": "x", "props": []}}', "did you mean 'properties'", "/q"),
            ('{"q": {"query": "x", "limit": 0}}', "greater than or equal to 1", "/q/limit"),
            ('{"q": {"query": "x", "type": "persn"}}', "did you mean 'person'", "/q/type/0"),
            ('{"q": {"query": "x", "type": ["place", "Q5"]}}', "there are entity, person", "/q/type/1"),
            ('{"q": {"query": "x", "type_strict": "must"}}', "'any', 'all' or 'should'", "/q/type_strict"),
            ('{"q": {"properties": [{"pid": "plce", "v": "x"}]}}', "did you mean 'place'", "/q/properties/0/pid"),
            ('{"q": {"properties": [{"pid": "place"}]}}', "required", "/q/properties/0/v"),
            ('{"q": {"properties": [{"pid": "place", "v": {"name": "x"}}]}}', "give a text", "/q/properties/0/v/0"),
        ],
    )
    def test_a_batch_that_is_none(self, client: Client, queries: str, says: str, pointer: str | None) -> None:
        fails(client.form("/reconcile", {"queries": queries}), says, pointer)
        fails(client.get(f"/reconcile?queries={quote(queries)}"), says, pointer)

    @pytest.mark.parametrize(
        ("extension", "says", "pointer"),
        [
            ("{", "Invalid JSON", None),
            ('{"ids": []}', "required", "/properties"),
            ('{"ids": ["x"], "properties": [{"id": "nclaims"}]}', "did you mean 'n_claims'", "/properties/0/id"),
            (json.dumps({"ids": ["x"] * (MOST_IDS + 1), "properties": []}), f"at most {MOST_IDS}", "/ids"),
        ],
    )
    def test_an_extension_that_is_none(self, client: Client, extension: str, says: str, pointer: str | None) -> None:
        fails(client.form("/reconcile", {"extend": extension}), says, pointer)

    def test_a_batch_that_is_too_large(self, client: Client) -> None:
        most = {f"q{number}": {"query": "x"} for number in range(MOST_QUERIES)}
        assert len(ask(client, **most)) == MOST_QUERIES
        problem = refused(
            client.form("/reconcile", {"queries": json.dumps({**most, "more": {}})}), 413, "body-too-large"
        )
        assert f"at most {MOST_QUERIES} queries" in problem["detail"]

    def test_more_bytes_than_are_read(self, client: Client) -> None:
        refused(client.form("/reconcile", {"queries": " " * 600_000}), 413, "body-too-large")
        refused(client.get(f"/reconcile?queries={'x' * MAX_QUERY_BYTES}"), 414, "query-too-long")

    def test_another_question_than_one(self, client: Client) -> None:
        both = {"queries": "{}", "extend": '{"ids": [], "properties": []}'}
        fails(client.form("/reconcile", both), "does not go with queries")
        fails(client.form("/reconcile", {}), "needs queries or extend")
        assert refused(client.form("/reconcile", {"query": "x"}), 422, "unknown-parameter")["parameter"] == "query"
        refused(client.post("/reconcile", {"queries": {}}), 415, "unsupported-media-type")
        refused(client.form("/reconcile?queries={}", {"queries": "{}"}), 422, "unknown-parameter")

    def test_a_form_that_is_no_text(self, client: Client) -> None:
        form = {"content-type": "application/x-www-form-urlencoded"}
        refused(client.ask("POST", "/reconcile", b"queries=%FF", **form), 422, "undecodable-query")

    def test_a_wrong_method_names_both_right_ones(self, client: Client) -> None:
        assert client.ask("PUT", "/reconcile").headers["allow"] == "GET, POST"


class TestSuggestions:
    def test_entities_and_events_begin_so(self, seeds: Client) -> None:
        found = seeds.get("/reconcile/suggest/entity?prefix=Lub").json
        reconciled.EntitySuggestions.model_validate(found)
        assert found["result"][0]["id"] == LUBINETS
        assert {suggested["notable"][0]["id"] for suggested in found["result"]} == {"person", "event"}
        names = [one["name"] for one in seeds.get("/reconcile/suggest/entity?prefix=dmy+lub").json["result"]]
        assert names == ["Dmytro Lubinets"]

    @pytest.mark.parametrize("prefix", ["Dmytro Lubinets", LUBINETS, "Дмитро Лубінець"])
    def test_a_name_or_id_finds_its_own(self, seeds: Client, prefix: str) -> None:
        found = seeds.get(f"/reconcile/suggest/entity?prefix={quote(prefix)}").json["result"]
        assert found[0]["id"] == LUBINETS

    def test_a_type_narrows_and_an_unknown_one_does_not(self, seeds: Client) -> None:
        def kinds(type_: str) -> set[str]:
            found = seeds.get(f"/reconcile/suggest/entity?prefix=k&type={type_}").json["result"]
            return {suggested["notable"][0]["id"] for suggested in found}

        assert (kinds("place"), kinds("event")) == ({"place"}, {"event"})
        assert kinds("Q5") == {"person", "organization", "place", "unit", "event"}
        assert kinds("entity") == kinds("Q5") - {"event"}

    def test_a_cursor_skips(self, seeds: Client) -> None:
        def ids(cursor: int) -> list[str]:
            found = seeds.get(f"/reconcile/suggest/entity?prefix=r&cursor={cursor}").json["result"]
            return [suggested["id"] for suggested in found]

        assert ids(3) == ids(0)[3:] + ids(3)[len(ids(0)) - 3 :]
        assert ids(1000) == []
        refused(seeds.get("/reconcile/suggest/entity?prefix=r&cursor=-1"), 422, "invalid-parameter")

    def test_types_and_properties_begin_so(self, seeds: Client) -> None:
        found = seeds.get("/reconcile/suggest/type?prefix=mil").json
        assert [suggested["id"] for suggested in found["result"]] == ["unit"]
        found = seeds.get("/reconcile/suggest/property?prefix=n_c").json
        assert [suggested["id"] for suggested in found["result"]] == ["n_claims", "n_conflicts"]
        reconciled.Suggestions.model_validate(found)

    def test_what_openrefine_sends_besides_is_passed_over(self, seeds: Client) -> None:
        more = "&spell=always&exact=false&prefixed=true&filter=(all)&lang=en"
        plain = seeds.get("/reconcile/suggest/entity?prefix=Lub")
        assert seeds.get(f"/reconcile/suggest/entity?prefix=Lub{more}").body == plain.body


class TestExtension:
    def test_properties_are_proposed_for_a_type(self, seeds: Client) -> None:
        for type_, has, has_not in (("event", "date", None), ("person", "n_claims", "date"), ("Q5", "date", None)):
            proposed = seeds.get(f"/reconcile/properties?type={type_}").json
            reconciled.ProposedProperties.model_validate(proposed)
            ids = {one["id"] for one in proposed["properties"]}
            assert proposed["type"] == type_
            assert has in ids
            assert has_not not in ids
        assert len(seeds.get("/reconcile/properties?limit=2").json["properties"]) == 2

    def test_values_of_an_entity(self, seeds: Client) -> None:
        answer = extend(seeds, [LUBINETS], *PROPERTIES)
        reconciled.Extension.model_validate(answer)
        row = answer["rows"][LUBINETS]
        assert row["kind"] == [{"str": "person"}]
        assert row["key"] == [{"str": "dmytro-lubinets"}]
        assert {"str": "Дмитро Лубінець"} in row["name"]
        assert all(row[name] == [{}] for name in ("date", "begin", "end", "place", "participant", "part_of"))
        listed = seeds.get(f"/claims?entity={LUBINETS}&count=true").json
        assert row["n_claims"] == [{"int": listed["total"]}]
        conflicts = seeds.get(f"/claims?entity={LUBINETS}&count=true&conflict=true&limit=1").json["total"]
        assert row["n_conflicts"] == [{"int": conflicts}]
        latest = listed["items"][0]
        assert row["latest_claim"] == [{"str": latest["statement"]}]
        assert row["latest_date"] == [{"date": f"{latest['as_of']['start'][:10]}T00:00:00Z"}]

    def test_values_of_an_event(self, seeds: Client) -> None:
        key = "kursk-captures-2024-08-14"
        public = seeds.get(f"/events/{key}").json["id"]
        answer = extend(seeds, [public], *PROPERTIES)
        reconciled.Extension.model_validate(answer)
        row = answer["rows"][public]
        assert row["date"] == [{"str": "2024-08-14"}]
        assert row["begin"] == row["end"] == [{"date": "2024-08-14T00:00:00Z"}]
        assert row["place"] == [{"id": KURSK, "name": "Kursk region"}]
        assert {"id": INCURSION, "name": "Ukraine's incursion into the Kursk region"} in row["part_of"]
        assert [one["name"] for one in row["participant"]] == ["Armed Forces of Ukraine", "Russian Armed Forces"]
        listed = seeds.get(f"/claims?event={key}&count=true&limit=1").json
        assert row["n_claims"] == [{"int": listed["total"]}]

    def test_the_meta_says_what_was_asked_in_that_order(self, seeds: Client) -> None:
        assert extend(seeds, [], "place", "name", "place")["meta"] == [
            {"id": "place", "name": "Place", "type": {"id": "place", "name": "Place"}},
            {"id": "name", "name": "Name"},
        ]

    def test_an_open_end_has_no_day(self, seeds: Client) -> None:
        row = extend(seeds, [INCURSION], "begin", "end")["rows"][INCURSION]
        assert row == {"begin": [{"date": "2024-08-06T00:00:00Z"}], "end": [{}]}

    def test_every_date_is_one_of_the_protocol(self, client: Client) -> None:
        """A time of day, a whole month and an open beginning too."""
        ids = [event["id"] for event in client.get("/events").json["items"]]
        rows = extend(client, ids, "begin", "end", "latest_date")["rows"]
        found = [value["date"] for row in rows.values() for values in row.values() for value in values if value]
        assert len(found) > len(ids)
        for date in found:
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", date)
        assert any(not date.endswith("T00:00:00Z") for date in found)


class TestPreview:
    def test_it_tells_what_the_id_is(self, seeds: Client) -> None:
        answer = seeds.get(f"/reconcile/{LUBINETS}")
        text = answer.body.decode()
        assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        for told in ("Dmytro Lubinets", "Person", "ombudsman", "Дмитро Лубінець", f"/claims?entity={LUBINETS}"):
            assert told in text
        assert "since 6 August 2024" in seeds.get(f"/reconcile/{INCURSION}").body.decode()

    def test_it_runs_nothing_and_any_page_may_frame_it(self, seeds: Client) -> None:
        answer = seeds.get(f"/reconcile/{LUBINETS}")
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors *" in policy
        assert "unsafe" not in policy
        assert "x-frame-options" not in answer.headers
        assert answer.headers.items() >= HEADERS.items()

    def test_an_unknown_id_is_a_problem(self, seeds: Client) -> None:
        for unknown in ("ent_aaaaaaaaaaaaaaaa", "evt_aaaaaaaaaaaaaaaa", "x", "clm_aaaaaaaaaaaaaaaa", "%00"):
            refused(seeds.get(f"/reconcile/{unknown}"), 404, "not-found")


class TestOtherOrigins:
    def test_every_answer_may_be_read_by_any_page(self, seeds: Client) -> None:
        for target in ("/reconcile", "/reconcile/suggest/type?prefix=p", f"/reconcile/{LUBINETS}"):
            assert seeds.get(target).headers["access-control-allow-origin"] == "*"
        assert seeds.form("/reconcile", {"queries": "{}"}).headers["access-control-allow-origin"] == "*"
        preflight = seeds.ask("OPTIONS", "/reconcile", **{"access-control-request-method": "POST"})
        assert "POST" in preflight.headers["access-control-allow-methods"]

    @pytest.mark.parametrize(
        "target",
        ["/reconcile?", "/reconcile?queries={}&", "/reconcile/suggest/type?prefix=p&", "/reconcile/properties?"],
    )
    def test_a_page_may_ask_for_a_call(self, seeds: Client, target: str) -> None:
        answer = seeds.get(f"{target}callback=jQuery_1.shown")
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.body == b"/**/jQuery_1.shown(" + seeds.get(target).body + b");"

    @pytest.mark.parametrize("callback", ["alert(1)//", "a b", "1a", "", "a" * 101, "a%0a", "é"])
    def test_a_call_is_of_a_function_by_name(self, seeds: Client, callback: str) -> None:
        refused(seeds.get(f"/reconcile?callback={quote(callback, safe='%')}"), 422, "invalid-parameter")


class TestOfItsOwn:
    """What the seeds do not hold."""

    @pytest.fixture
    def database(self, database_url: str) -> Iterator[Database]:
        with opened(database_url) as found:
            data = bundle(
                article("a", claim("by-ann", "102", speaker="ann"), claim("by-anna", "2,000", speaker="anna"))
            )
            data["entities"] += [
                {"key": "anna", "kind": "person", "name": "Anna Arbour", "description": "<script>alert(1)</script>"},
                {"key": "bob-of-the-docks", "kind": "person", "name": "Bob Docker", "aliases": ["Bob Baker Hill"]},
                {"key": "bakers", "kind": "organization", "name": "Bob Baker", "aliases": ["<i>Bakers</i> & Sons"]},
            ]
            data["events"].append({"key": "other-day", "title": "The day", "date": "2025-01-01"})
            load_bundles(found, data)
            yield found

    @pytest.fixture
    def own(self, database: Database) -> Iterator[Client]:
        with serving(database.engine.url.render_as_string(hide_password=False)) as found:
            yield found

    def test_namesakes_are_never_sure_until_something_tells_them_apart(self, own: Client) -> None:
        found = one(own, "Bob Baker")
        assert [(candidate["score"], candidate["match"]) for candidate in found[:2]] == [(100, False), (100, False)]
        assert best(own, "Bob Baker", type="person") == ("Bob Baker", True)
        assert best(own, "Bob Baker", type="person", type_strict="should") == ("Bob Baker", True)
        assert best(own, "Bob Baker", properties=[{"pid": "kind", "v": "organization"}]) == ("Bob Baker", True)
        assert [candidate["match"] for candidate in one(own, "The day")[:2]] == [False, False]
        given = {"properties": [{"pid": "date", "v": "2025"}]}
        found = one(own, "The day", **given)
        assert found[0]["match"]
        assert found[0]["description"] == "1 January 2025"

    def test_a_merged_entity_leads_on(self, own: Client, database: Database) -> None:
        ids = {entity["name"]: entity["id"] for entity in own.get("/entities").json["items"]}
        old, new = ids["Anna Arbour"], ids["Ann Arbor"]
        merge(database, old, new, by="an editor", why="one person", now=NOW)
        for text in (old, "Anna Arbour", "Ann Arbor"):
            (found, *_) = one(own, text)
            assert (found["id"], found["match"]) == (new, True), text
        assert [suggested["id"] for suggested in own.get("/reconcile/suggest/entity?prefix=ann").json["result"]] == [
            new
        ]
        rows = extend(own, [old, new], "name", "n_claims")["rows"]
        assert rows[old] == rows[new]
        assert rows[old]["n_claims"] == [{"int": 2}]
        assert own.get(f"/reconcile/{old}").body == own.get(f"/reconcile/{new}").body

    def test_names_are_only_text_in_a_preview(self, own: Client) -> None:
        for key, shown in (("anna", "&lt;script&gt;alert(1)"), ("bakers", "&lt;i&gt;Bakers&lt;/i&gt; &amp; Sons")):
            text = own.get(f"/reconcile/{own.get(f'/entities/{key}').json['id']}").body.decode()
            assert shown in text
            assert "<script" not in text

    def test_a_withdrawn_claim_is_not_counted(self, own: Client, database: Database) -> None:
        load_bundles(database, bundle(article("a", claim("by-ann", "102", speaker="ann"))))
        ann, anna = (own.get(f"/entities/{key}").json["id"] for key in ("ann", "anna"))
        rows = extend(own, [ann, anna], "n_claims", "latest_claim")["rows"]
        assert (rows[ann]["n_claims"], rows[anna]["n_claims"]) == ([{"int": 1}], [{"int": 0}])
        assert rows[anna]["latest_claim"] == [{}]

    def test_the_number_of_statements_is_bounded(self, database: Database) -> None:
        """A few for each text, as for a filter that names something, and a few for all."""
        with database.read() as connection, counted(database.engine) as statements:
            texts = ["Bob Baker", "Ann", "nobody knows", "The day", "Bob Baker"]
            dated = ((PROPERTIES["date"], ("2024",)), (PROPERTIES["n_claims"], (1,)))
            candidates.reconcile(connection, [Question(text, properties=dated) for text in texts])
            assert len(statements) <= 4 * len(set(texts)) + 10
            statements.clear()
            candidates.reconcile(connection, [Question(text, properties=dated) for text in texts * 10])
            assert len(statements) <= 4 * len(set(texts)) + 10


REQUESTS = [
    "/reconcile",
    "/reconcile/suggest/entity?prefix=p",
    "/reconcile/suggest/entity?prefix=t&cursor=2",
    "/reconcile?queries="
    + quote(json.dumps({text: {"query": text} for text in ("Petrenko", "Georgia", "Kurks", "the", "talks", "Іван")})),
]


@pytest.mark.parametrize("target", REQUESTS)
def test_both_engines_answer_with_the_same_bytes(both: Pair, target: str) -> None:
    first, second = (client.get(target) for client in both)
    assert (first.status, first.body) == (200, second.body)
