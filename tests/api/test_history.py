"""The past through HTTP: a claim's history, what was known at a moment, and a copy kept in step."""

from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from pydantic import TypeAdapter

from app.api import shapes
from app.domain.policy import DEFAULT_POLICY
from app.ingest.edit import correct, withdraw
from app.ingest.recompute import recompute
from app.storage.engine import Database
from tests.api.client import Client, serving
from tests.api.test_bad_input import refused
from tests.api.test_lists import walk
from tests.edits import Edits, begun
from tests.factories import article, bundle, claim, load_bundles, opened

FIRST, SECOND, THIRD = "2024-08-16T12:00:00Z", "2024-08-17T09:30:00Z", "2024-08-17T18:00:00Z"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        yield found


@pytest.fixture
def client(database: Database, database_url: str) -> Iterator[Client]:
    with serving(database_url) as found:
        yield found


@pytest.fixture
def told(database: Database, client: Client) -> dict[str, str]:
    """Two claims in conflict, the lower corrected a day later so that they agree, then withdrawn; their ids by text."""
    claims = [claim("low", "102", speaker="ann"), claim("high", "2,000", speaker="bob")]
    load_bundles(database, bundle(article("a", *claims)), now=FIRST)
    found = {one["value"]["text"]: one["id"] for one in client.get("/claims").json["items"]}
    correct(database, found["102"], {"text": "2,000"}, now=SECOND)
    withdraw(database, found["102"], "taken back", now=THIRD)
    return {"low": found["102"], "high": found["2,000"]}


# A claim's history


def test_a_claims_history_is_all_that_its_record_was(client: Client, told: dict[str, str]) -> None:
    answer = client.get(f"/claims/{told['low']}/history")
    TypeAdapter(shapes.HistoryPage).validate_json(answer.body)
    items = answer.json["items"]
    assert [(one["from_version"], one["to_version"]) for one in items] == [(3, None), (2, 3), (1, 2)]
    assert [(one["from"], one["to"]) for one in items] == [(THIRD, None), (SECOND, THIRD), (FIRST, SECOND)]
    claims = [one["claim"] for one in items]
    assert [(one["status"], one["value"]["text"], one["revision"]) for one in claims] == [
        ("withdrawn", "2,000", 3),
        ("agreed", "2,000", 2),
        ("conflict", "102", 1),
    ]
    assert claims[0] == client.get(f"/claims/{told['low']}").json
    assert walk(client, f"/claims/{told['low']}/history?limit=1") == items


def test_what_never_was_has_no_history(client: Client, told: dict[str, str]) -> None:
    assert told
    refused(client.get("/claims/clm_aaaaaaaaaaaaaaaa/history"), 404, "not-found")
    refused(client.get("/claims/nothing/history"), 404, "not-found")


# As it was known


@pytest.mark.parametrize(
    ("moment", "version"),
    [
        ("0", 0),
        ("1", 1),
        ("3", 3),
        ("2024-08-15", 0),
        ("2024-08-16T11:59Z", 0),
        ("2024-08-16T12:00:00Z", 1),
        ("2024-08-16", 1),
        ("2024-08-17T09:29:59Z", 1),
        ("2024-08-17T12:30:00+03:00", 2),
        ("2024-08-17", 3),
        ("2024-08", 3),
        ("2024-08-01/2024-08-16", 1),
        ("2030-01-01", 3),
    ],
)
def test_a_moment_stands_for_its_end(client: Client, told: dict[str, str], moment: str, version: int) -> None:
    page = client.get(f"/claims?known_at={quote(moment)}").json
    assert page["version"] == version
    assert [one["status"] for one in page["items"]] == [[], ["conflict"] * 2, ["agreed"] * 2, ["uncontested"]][version]
    answer = client.get(f"/claims/{told['low']}?known_at={quote(moment)}")
    if version:
        assert answer.json["status"] == ["conflict", "agreed", "withdrawn"][version - 1]
    else:
        detail = refused(answer, 404, "not-found")["detail"]
        assert "at version 0: it came with version 1, at 2024-08-16T12:00:00Z" in detail


def test_a_clock_that_was_set_back_does_not_turn_versions_round(client: Client, database: Database) -> None:
    for number, now in enumerate((SECOND, FIRST, THIRD)):
        load_bundles(database, bundle(article(f"a{number}", claim("c")), key=f"b{number}"), now=now)
    for moment, version in ((FIRST, 0), (SECOND, 2), (THIRD, 3)):
        assert client.get(f"/claims?known_at={moment}").json["version"] == version


def test_a_figure_that_was_emptied_and_filled_again_is_known_as_it_stood(client: Client, database: Database) -> None:
    def load(*claims: dict[str, Any]) -> None:
        load_bundles(database, bundle(article("a", *claims)), now=FIRST)

    load(claim("one"), claim("other", event="incursion", window="2024-08-07"))
    (figure,) = {one["figure"] for one in client.get("/claims?event=day").json["items"]}
    records = [client.get(f"/figures/{figure}").body]
    load(claim("other", event="incursion", window="2024-08-07"))
    refused(client.get(f"/figures/{figure}"), 404, "not-found")
    load(claim("two", "about 2,000"), claim("other", event="incursion", window="2024-08-07"))
    records.append(client.get(f"/figures/{figure}").body)
    assert [client.get(f"/figures/{figure}?known_at={version}").body for version in (1, 3)] == records
    assert "nothing was left" in refused(client.get(f"/figures/{figure}?known_at=2"), 404, "not-found")["detail"]
    assert "it came with version 1" in refused(client.get(f"/figures/{figure}?known_at=0"), 404, "not-found")["detail"]


@pytest.mark.parametrize(
    "path", ["/claims", "/conflicts", "/claims/clm_aaaaaaaaaaaaaaaa", "/figures/fig_aaaaaaaaaaaaaaaa"]
)
@pytest.mark.parametrize(
    ("moment", "says"),
    [
        ("4", "there is no version 4 yet, the newest is 3"),
        ("2024", "write a year as a day of it"),
        ("9" * 19, "is not a date"),
        ("-1", "is not a date"),
        ("2024-08-16/..", "must end"),
        ("yesterday", "or a version, a whole number"),
    ],
)
def test_a_moment_that_cannot_be_answered_is_named(
    client: Client, told: dict[str, str], path: str, moment: str, says: str
) -> None:
    assert told
    problem = refused(client.get(f"{path}?known_at={moment}"), 422, "invalid-parameter")
    assert says in problem["detail"]
    assert problem["parameter"] == "known_at"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("known_at=1&unit=person", "unit"),
        ("known_at=1&value__gte=3", "value__gte"),
        ("known_at=1&sort=value", "sort"),
        ("known_at=1&changed_since=1", "changed_since"),
        ("changed_since=1&sort=date", "sort"),
        ("changed_since=1&count=true", "count"),
        ("changed_since=1&qualifier=about", "qualifier"),
    ],
)
def test_what_history_does_not_answer_exactly_is_refused(client: Client, query: str, parameter: str) -> None:
    problem = refused(client.get(f"/claims?{query}"), 422, "invalid-parameter")
    assert problem["parameter"] == parameter
    assert ("-date" if parameter == "sort" and "known_at" in query else "entity, role, speaker") in problem["detail"]


QUERIES = [
    "",
    "sort=date",
    "count=true&kind=number",
    "kind=statement",
    "entity={ann}&count=true",
    "entity={anna}",
    "entity=anna",
    "entity=Ann Arbor",
    "entity=arbor",
    "entity=Baker&role=speaker",
    "role=subject",
    "speaker={bob}&sort=date",
    "speaker=robert",
    "source=daily",
    "article=in-b1",
    "event=incursion",
    "event=day",
    "measure=area",
    "origin={origin}",
    "conflict=true&count=true",
    "conflict=false&measure=captured",
    "status=withdrawn&count=true",
    "status=superseded",
    "status=agreed&entity={bob}",
]


CONFLICTS = [
    "kind=number",
    "status=tension",
    "event=day&kind=flow",
    "measure=area",
    "event=incursion&status=conflict&kind=number",
]


def answered(client: Client, target: str) -> tuple[int, bytes, Any]:
    """The items of an answer as bytes, and what else it says but for where it leads."""
    answer = client.get(target.replace(" ", "%20"))
    items, found, _ = answer.body.rpartition(b'],"next":')
    if not found:
        return answer.status, answer.body, None
    page = answer.json
    # Titles are printed as they are now.
    meant = [[one["id"] for one in page.get(name, [])] for name in ("resolved", "suggestions")]
    return answer.status, items, [page.get("total"), *meant]


def test_what_was_answered_is_answered_again(client: Client, database: Database) -> None:
    edits = begun(database, Random(1))
    edits.run(12)
    named = {**edits.people(), "origin": client.get("/claims").json["items"][0]["origin"]["id"]}
    queries = [f"/claims?limit=1000&{query.format(**named)}" for query in QUERIES]
    queries += [f"/conflicts?limit=100&{query}" for query in CONFLICTS]
    remembered: dict[str, dict[int, Any]] = {}
    for _ in range(40):
        version = edits.run()
        things = [f"/claims/{one['id']}?" for one in walk(client, "/claims?limit=1000")]
        things += [f"/figures/{one['id']}?" for one in walk(client, "/figures?limit=1000")]
        for target in [*queries, *edits.random.sample(things, min(len(things), 10))]:
            remembered.setdefault(target, {})[version] = answered(client, target)
    for target, answers in remembered.items():
        for version, answer in answers.items():
            then = answered(client, f"{target}&known_at={version}")
            if answer[0] == 200:
                assert then == answer, (target, version)
    assert len({version for answers in remembered.values() for version in answers}) > 30
    found = [target for target in queries if any(b'{"items":[{' in answer[1] for answer in remembered[target].values())]
    assert len(found) > len(queries) - 4


def disputes(client: Client, known_at: str = "") -> list[Any]:
    """Declared disputes, whoever declared them: the present knows that, of the past only what still stands."""
    items = walk(client, f"/conflicts?kind=statement&limit=3{known_at}")
    return sorted(sorted(claim["id"] + claim["status"] for claim in item["claims"]) for item in items)


def test_disputes_are_known_as_they_stood(client: Client, database: Database) -> None:
    edits = begun(database, Random(8))
    remembered = {edits.run(): disputes(client) for _ in range(40)}
    assert max(map(len, remembered.values())) > 1
    for version, found in remembered.items():
        assert disputes(client, f"&known_at={version}") == found
    newest = max(remembered)
    page = client.get(f"/conflicts?known_at={newest}&limit=100")
    TypeAdapter(shapes.ConflictPage).validate_json(page.body)
    assert page.json["items"] == client.get("/conflicts?limit=100").json["items"]
    assert walk(client, f"/conflicts?known_at={newest}&limit=1") == page.json["items"]


def test_the_past_is_compared_by_the_policy_that_was_in_force_then(client: Client, database: Database) -> None:
    claims = [claim("about", "about 121", speaker="ann"), claim("exact", "180", speaker="bob")]
    load_bundles(database, bundle(article("a", *claims)), now=FIRST)
    before = client.get("/conflicts").json["items"]
    assert [pair["policy"] for pair in before[0]["relations"]] == ["default-1"]
    wide = DEFAULT_POLICY.with_changes({"name": "wide", "version": 2, "about_width": "0.5"})
    recompute(database, wide, now=lambda: SECOND)
    assert client.get("/conflicts").json["items"] == []
    assert client.get("/conflicts?known_at=2024-08-16").json["items"] == before
    assert client.get("/conflicts?known_at=2024-08-17").json["items"] == []
    assert client.get("/conflicts?known_at=2024-08-15").json["items"] == []


def test_pages_of_the_past_hold_all_whatever_is_written_meanwhile(client: Client, database: Database) -> None:
    edits = begun(database, Random(2))
    for limit in (1, 2, 5):
        edits.run(10)
        for sort in ("-date", "date"):
            whole = walk(client, f"/claims?sort={sort}&limit=1000")
            page = client.get(f"/claims?known_at=2100-01-01&sort={sort}&limit={limit}&count=true").json
            paged = page["items"]
            assert page["total"] == len(whole)
            while page["next_url"]:
                edits.run(edits.random.random() < 0.2)
                page = client.get(page["next_url"].removeprefix("http://test")).json
                paged += page["items"]
            assert paged == whole


# A copy kept in step


class Copy:
    """A client's copy of a list, as the documentation says to keep one."""

    def __init__(self, client: Client, filters: str) -> None:
        self.client = client
        self.filters = filters
        self.claims: dict[str, Any] = {}
        self.version = 0
        self.gone = 0
        self.walks = 0

    def follow(self, edits: Edits) -> bool:
        """Brings the copy into step, in small pages, with writes between them; False where it is broken off."""
        address = f"/claims?changed_since={self.version}&limit={edits.random.randint(1, 9)}{self.filters}"
        while True:
            page = self.client.get(address).json
            self.apply(page["items"])
            if page["next_url"] is None:
                break
            address = page["next_url"].removeprefix("http://test")
            if edits.random.random() < 0.2:
                edits.run()
            if edits.random.random() < 0.02 or not may_follow(self):
                return False  # the next time begins where this one did
        self.version = page["version"]
        self.walks += 1
        return True

    def apply(self, items: list[dict[str, Any]]) -> None:
        for item in items:
            if item.get("gone"):
                self.claims.pop(item["id"], None)
                self.gone += 1
            else:
                self.claims[item["id"]] = item

    def fresh(self, known_at: str = "") -> dict[str, Any]:
        return {one["id"]: one for one in walk(self.client, f"/claims?limit=1000{self.filters}{known_at}")}


def may_follow(copy: Copy) -> bool:
    """Whether whom it is about is not merged into another just now."""
    return copy.client.get(f"/claims?changed_since=0&limit=1{copy.filters}").status == 200


@pytest.mark.parametrize(("number", "walks"), [(100, 2), pytest.param(300, 5, marks=pytest.mark.long)])
def test_copies_that_follow_random_edits_end_equal(client: Client, database: Database, number: int, walks: int) -> None:
    edits = begun(database, Random(4))
    edits.run()
    of_ann = f"&entity={edits.people()['ann']}"
    copies = [Copy(client, filters) for filters in ("", "&conflict=true", of_ann, "&event=day&kind=number")]
    while edits.done < number:
        edits.run(edits.random.randint(0, 9))
        copy = edits.random.choice(copies)
        if may_follow(copy) and copy.follow(edits):
            assert copy.claims == copy.fresh(f"&known_at={copy.version}")
    while not all(map(may_follow, copies)):
        edits.run()
    for copy in copies:
        copy.apply(walk(client, f"/claims?changed_since={copy.version}{copy.filters}"))
        assert copy.claims == copy.fresh() != {}
        assert (copy.walks > walks, copy.gone > walks) == (True, True)
        answer = client.get(f"/claims?changed_since=1{copy.filters}")
        TypeAdapter(shapes.ClaimPage).validate_json(answer.body)


def test_a_copy_that_is_in_step_is_told_nothing(client: Client, told: dict[str, str]) -> None:
    assert told
    page = client.get("/claims?changed_since=3").json
    assert (page["items"], page["next"], page["version"]) == ([], None, 3)
    page = client.get("/claims?changed_since=0&entity=ent_aaaaaaaaaaaaaaaa").json
    assert (page["items"], page["resolved"], page["version"]) == ([], [], 3)


def test_a_tombstone_says_why(client: Client, told: dict[str, str]) -> None:
    gone, stays = sorted(client.get("/claims?changed_since=1").json["items"], key=lambda one: "gone" not in one)
    assert gone == {"id": told["low"], "gone": True, "withdrawn": {"at": THIRD, "why": "taken back"}}
    assert stays == client.get(f"/claims/{told['high']}").json
    left = client.get("/claims?changed_since=1&conflict=true").json["items"]
    assert {one["id"]: one["withdrawn"] for one in left} == {told["low"]: gone["withdrawn"], told["high"]: None}
    assert all(one["gone"] for one in left)
    assert client.get("/claims?changed_since=2&conflict=true").json["items"] == []


def test_changes_come_in_the_order_of_versions(client: Client, database: Database) -> None:
    begun(database, Random(3)).run(40)
    changes = walk(client, "/claims?changed_since=0&limit=3")
    ids = [one["id"] for one in changes if "gone" not in one]
    newest = [client.get(f"/claims/{one}/history?limit=1").json["items"][0]["from_version"] for one in ids]
    assert all(a <= b for a, b in pairwise(newest))
    assert sorted(ids) == sorted(one["id"] for one in walk(client, "/claims?limit=1000"))


@pytest.mark.parametrize(
    "query", ["entity=ann", "speaker=Ann%20Arbor", "entity=Arbor", "source=daily", "origin=Ann%20Arbor"]
)
def test_who_follows_changes_gives_ids(client: Client, told: dict[str, str], query: str) -> None:
    assert told
    problem = refused(client.get(f"/claims?changed_since=0&{query}"), 422, "invalid-parameter")
    assert problem["parameter"] == query.split("=", maxsplit=1)[0]
    parameter = problem["parameter"]
    assert client.get(f"/claims?changed_since=0&{parameter}={problem['nearest']}").status == 200


def test_a_copy_of_another_database_is_told_so(client: Client, told: dict[str, str]) -> None:
    assert told
    detail = refused(client.get("/claims?changed_since=99"), 422, "invalid-parameter")["detail"]
    assert "there is no version 99 yet, the newest is 3" in detail
