"""Comparing on request: printed numbers, stored claims, or one of each."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.api import shapes
from app.domain.policy import BOUNDS, DEFAULT_POLICY, WIDTHS
from app.domain.reading import read
from app.ingest.edit import withdraw
from app.storage.tables import Claim
from tests.api.client import Answer, Client, serving
from tests.api.test_bad_input import refused
from tests.factories import NOW, article, bundle, claim, load_bundles, opened
from tests.generated import TEXTS

TABLE = Path(__file__).parents[1] / "domain" / "relations.json"
CASES = json.loads(TABLE.read_text())["cases"]
INTERVAL = ("low", "high", "low_open", "high_open")


def body_of(case: dict[str, Any]) -> dict[str, Any]:
    """The case as a request: without its name, what is expected, and the intervals."""
    sides = {side: {name: value for name, value in case[side].items() if name not in INTERVAL} for side in "ab"}
    return {name: value for name, value in case.items() if name not in {"name", "expect"}} | sides


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_case_of_the_table_is_answered(client: Client, case: dict[str, Any]) -> None:
    answer = client.post("/compare", body_of(case))
    assert answer.status == 200, answer.body
    shapes.Comparison.model_validate_json(answer.body)
    found = answer.json
    assert {name: found[name] for name in case["expect"]} == case["expect"]
    for side in "ab":
        assert {name: found[side][name] for name in INTERVAL if name in case[side]} == {
            name: case[side][name] for name in INTERVAL if name in case[side]
        }


def compare(client: Client, a: dict[str, Any], b: dict[str, Any], **more: Any) -> Answer:
    return client.post("/compare", {"a": a, "b": b, **more})


def test_two_texts_are_compared_as_of_two_origins(client: Client) -> None:
    found = compare(client, {"text": "more than 100 soldiers"}, {"text": "about 2,000"}).json
    assert (found["relation"], found["reason"], found["ratio"]) == ("tension", "stretched", 7.5)
    assert (found["policy"], found["frame"], found["direction"]) == ("default-1", "equal", None)
    assert found["a"]["pragmatic"] == {"low": 101, "high": 200, "low_open": False, "high_open": False}
    assert "“about 2,000” (1,500–2,500)" in found["sentence"]


def test_exact_numbers_are_printed_with_their_digits(client: Client) -> None:
    answer = compare(client, {"text": "50.40%"}, {"text": "0.1%"})
    assert b'"number":50.4,' in answer.body
    assert b'"number":0.1,' in answer.body


def test_a_text_without_a_unit_has_the_other_sides(client: Client) -> None:
    found = compare(client, {"text": "50.4"}, {"text": "52%"}).json
    assert (found["a"]["unit"], found["b"]["unit"]) == ("percent", "percent")
    found = compare(client, {"text": "5 km"}, {"text": "3 months"}).json
    assert (found["relation"], found["reason"]) == ("not_comparable", "units_differ")
    found = compare(client, {"text": "5 km"}, {"text": "5000 metres"}).json
    assert found["relation"] == "agrees"


def test_stored_claims_stand_as_their_frames_do(client: Client) -> None:
    for one in client.get("/claims?conflict=true&kind=number&limit=20").json["items"]:
        relations = client.get(f"/claims/{one['id']}/relations?limit=5").json["items"]
        for relation in relations:
            found = compare(client, {"claim": one["id"]}, {"claim": relation["other"]["id"]}).json
            names = ("relation", "reason", "direction", "ratio")
            assert {name: found[name] for name in names} == {name: relation[name] for name in names}


def test_a_claim_is_compared_with_a_text(client: Client) -> None:
    claim = client.get("/claims?measure=captured&qualifier=exact&limit=1").json["items"][0]
    found = compare(client, {"claim": claim["id"]}, {"text": "more than 10,000,000", "as_of": "2024-08-20"}).json
    assert found["a"]["text"] == claim["value"]["text"] in TEXTS["captured"]
    assert found["a"]["origin"] == claim["origin"]["label"]
    assert (found["b"]["as_of"], found["b"]["kind"]) == ("2024-08-20", claim["kind"])


def test_widths_of_the_policy_may_be_others(client: Client) -> None:
    sides = ({"text": "more than 100"}, {"text": "about 2,000"})
    found = compare(client, *sides, policy={"tension_ratio": 10}).json
    assert (found["relation"], found["policy"]) == ("refines", "custom-1")
    assert compare(client, *sides, policy={}).json["policy"] == "default-1"


@pytest.mark.parametrize("name", WIDTHS)
def test_every_width_may_be_at_its_bounds_and_no_further(client: Client, name: str) -> None:
    sides = ({"text": "about 100", "as_of": "2024-08-14"}, {"text": "130", "as_of": "2024-08-16"})
    for bound, beyond in zip(BOUNDS[name], (-1, 1), strict=True):
        assert compare(client, *sides, kind="stock", policy={name: float(bound)}).json["policy"] == "custom-1"
        problem = refused(compare(client, *sides, policy={name: float(bound) + beyond}), 422, "invalid-body")
        assert problem["pointer"] == f"/policy/{name}"


def test_the_schema_has_the_bounds_of_the_policy(client: Client) -> None:
    schema = client.get("/openapi.json").json["components"]["schemas"]["Widths"]["properties"]
    assert {name: (one["minimum"], one["maximum"]) for name, one in schema.items()} == {
        name: tuple(map(float, BOUNDS[name])) for name in WIDTHS
    }


@pytest.mark.parametrize(
    ("policy", "a", "b", "relation"),
    [
        ({"about_grain_cap": 0.5}, "about 100", "140", "refines"),
        ({"rounding_width": 0.25}, "100", "125", "agrees"),
        ({"open_end_share": 10}, "more than 100", "900", "refines"),
        ({"magnitude_slack": 1}, "hundreds", "1,500", "agrees"),
        ({"days_per_month": 30}, "4 months", "120 days", "agrees"),
        ({"days_per_month": None}, "4 months", "120 days", "not_comparable"),
    ],
)
def test_each_width_counts(client: Client, policy: dict[str, Any], a: str, b: str, relation: str) -> None:
    assert compare(client, {"text": a}, {"text": b}, policy=policy).json["relation"] == relation


SIDE = {"text": "100"}
BAD_BODIES: list[tuple[object, str, str]] = [
    ({"a": SIDE}, "/b", "required"),
    ({}, "/a", "required"),
    ([], "", "object"),
    (b"", "", "JSON"),
    (b"{", "", "JSON"),
    (b'{"a": NaN}', "/a", "object"),
    (b"\xff", "", "JSON"),
    (b'{"a": {"text": "\\ud800"}}', "", "JSON"),
    ({"a": SIDE, "b": SIDE, "c": SIDE}, "/c", "not permitted"),
    ({"a": {}, "b": SIDE}, "/a/text", "required"),
    ({"a": {"text": 100}, "b": SIDE}, "/a/text", "string"),
    ({"a": {"text": ""}, "b": SIDE}, "/a/text", "at least 1"),
    ({"a": {"text": "9" * 301}, "b": SIDE}, "/a/text", "at most 300"),
    ({"a": {"text": "nobody knows"}, "b": SIDE}, "/a/text", "no number that can be read"),
    ({"a": SIDE, "b": {"text": "1\x002"}}, "/b/text", "no number that can be read"),
    ({"a": {"text": "5", "unit": "kilometrs"}, "b": SIDE}, "/a/text", "kilometrs"),
    ({"a": {"text": "5", "as_of": "yesterday"}, "b": SIDE}, "/a/as_of", "is not a date"),
    ({"a": {"text": "5", "origin": "a\x00"}, "b": SIDE}, "/a/origin", "pattern"),
    ({"a": {"claim": "clm_1"}, "b": SIDE}, "/a/claim", "pattern"),
    ({"a": {"claim": "clm_aaaaaaaaaaaaaaaa", "text": "5"}, "b": SIDE}, "/a/text", "not permitted"),
    ({"a": SIDE, "b": SIDE, "kind": "statement"}, "/kind", "'flow'"),
    ({"a": SIDE, "b": SIDE, "frame": "same"}, "/frame", "'equal'"),
    ({"a": SIDE, "b": SIDE, "policy": {"about_width": 0.9}}, "/policy/about_width", "from 0 to 0.5, not at 0.9"),
    ({"a": SIDE, "b": SIDE, "policy": {"drift_weeks": 9}}, "/policy", "no 'drift_weeks'; it has: about_width,"),
    ({"a": SIDE, "b": SIDE, "policy": {"version": 2}}, "/policy", "no 'version'; it has: about_width,"),
    ({"a": SIDE, "b": SIDE, "policy": []}, "/policy", "object"),
    ({"a": SIDE, "b": SIDE, "policy": {"drift_days": 9.5}}, "/policy/drift_days", "is a whole number, not '9.5'"),
    ({"a": SIDE, "b": SIDE, "policy": {"drift_days": None}}, "/policy/drift_days", "is a number"),
    ({"a": SIDE, "b": SIDE, "policy": {"growth_cap": float("nan")}}, "/policy/growth_cap", "is a number"),
    ({"a": SIDE, "b": SIDE, "policy": {"growth_cap": float("inf")}}, "/policy/growth_cap", "is a number"),
    ({"a": SIDE, "b": SIDE, "policy": {"growth_cap": "9"}}, "/policy/growth_cap", "is a number"),
    ({"a": SIDE, "b": SIDE, "policy": {"growth_cap": True}}, "/policy/growth_cap", "is a number"),
    ({"a": SIDE, "b": SIDE, "policy": {"growth_cap": 10**9}}, "/policy/growth_cap", "1000"),
    ({"a": SIDE, "b": SIDE, "policy": {"growth_cap": 10**400}}, "/policy/growth_cap", "1000"),
]


@pytest.mark.parametrize(("body", "pointer", "says"), BAD_BODIES)
def test_a_bad_body_is_refused_with_the_place(client: Client, body: object, pointer: str, says: str) -> None:
    problem = refused(client.post("/compare", body), 422, "invalid-body")
    assert problem["pointer"] == pointer
    assert says in problem["detail"]


def test_an_unknown_claim_is_not_found(client: Client) -> None:
    problem = refused(compare(client, {"claim": "clm_aaaaaaaaaaaaaaaa"}, SIDE), 404, "not-found")
    assert problem["pointer"] == "/a/claim"


def test_a_statement_has_no_number(client: Client) -> None:
    statement = client.get("/claims?kind=statement&limit=1").json["items"][0]["id"]
    problem = refused(compare(client, SIDE, {"claim": statement}), 422, "invalid-body")
    assert problem["pointer"] == "/b/claim"


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_media_type_is_refused(client: Client, media_type: str) -> None:
    answer = client.post("/compare", {"a": SIDE, "b": SIDE}, **{"content-type": media_type})
    refused(answer, 415, "unsupported-media-type")


def test_deep_nesting_is_refused(client: Client) -> None:
    refused(client.post("/compare", b'{"a":' * 10_000), 422, "invalid-body")


@pytest.fixture
def stored(database_url: str) -> Iterator[tuple[Client, dict[str, str]]]:
    """Claims of all wordings, one of unknown scope, one withdrawn and one of degrees, by key."""
    heat = {"key": "heat", "label": "temperatures", "unit": "degree_celsius", "signed": True}
    texts = {"exact": "102", "about": "about 2,000", "range": "some 40 to 50", "bound": "at least about 100"}
    claims = [claim(key, text, speaker="ann") for key, text in texts.items()]
    claims += [
        claim("given", "about 2,000", value={"low": 1900, "high": 2100}, speaker="bob"),
        claim("vague", "5,000", scope="unknown"),
        claim("gone", "7,000"),
        claim("cold", "-5", measure="heat", kind="stock"),
    ]
    data = bundle(article("a", *claims))
    data["measures"].append(heat)
    with opened(database_url) as database:
        load_bundles(database, data)
        with database.read() as connection:
            ids = {row.key: row.public_id for row in connection.execute(select(Claim.key, Claim.public_id))}
        withdraw(database, ids["gone"], "a typing error", now=NOW)
    with serving(database_url) as client:
        yield client, ids


def test_a_stored_number_is_read_again_by_other_widths(stored: tuple[Client, dict[str, str]]) -> None:
    client, ids = stored
    wide = DEFAULT_POLICY.with_changes({"about_width": "0.5"})
    for key, text in {"about": "about 2,000", "range": "some 40 to 50", "bound": "at least about 100"}.items():
        found = compare(client, {"claim": ids[key]}, {"claim": ids["exact"]}, policy={"about_width": 0.5}).json
        literal = read(text, policy=wide).literal
        assert (found["a"]["low"], found["a"]["high"]) == (literal.low, literal.high)
    found = compare(client, {"claim": ids["given"]}, SIDE, policy={"about_width": 0.5}).json
    assert (found["a"]["low"], found["a"]["high"]) == (1900, 2100)
    found = compare(client, {"claim": ids["about"]}, SIDE).json
    assert (found["a"]["low"], found["a"]["high"]) == (1500, 2500)


def test_a_claim_of_unknown_scope_is_undetermined_beside_anything(stored: tuple[Client, dict[str, str]]) -> None:
    client, ids = stored
    vague = {"claim": ids["vague"]}
    for other in ({"text": "10"}, {"claim": ids["exact"]}):
        for sides in ((vague, other), (other, vague)):
            found = compare(client, *sides).json
            assert (found["relation"], found["frame"]) == ("undetermined", "unknown")
    assert compare(client, vague, {"text": "10"}, frame="equal").json["relation"] == "conflict"


def test_a_withdrawn_claim_says_so(stored: tuple[Client, dict[str, str]]) -> None:
    client, ids = stored
    problem = refused(compare(client, {"text": "10"}, {"claim": ids["gone"]}), 422, "invalid-body")
    assert problem["pointer"] == "/b/claim"
    assert "was withdrawn (a typing error)" in problem["detail"]


def test_a_text_beside_a_claim_may_be_negative_where_the_measure_may(stored: tuple[Client, dict[str, str]]) -> None:
    client, ids = stored
    for sides in (({"claim": ids["cold"]}, {"text": "up to 3"}), ({"text": "up to 3"}, {"claim": ids["cold"]})):
        found = compare(client, *sides).json
        assert sorted((found[side]["low"] is None, found[side]["high"]) for side in "ab") == [(False, -5), (True, 3)]


def test_no_given_origin_is_the_one_that_is_not_given(client: Client) -> None:
    for origin in ("one origin", "another origin"):
        for sides in (
            ({"text": "5", "origin": origin}, {"text": "9"}),
            ({"text": "9"}, {"text": "5", "origin": origin}),
        ):
            assert compare(client, *sides).json["relation"] == "conflict"
    assert compare(client, {"text": "9", "origin": "X"}, {"text": "9", "origin": "X"}).json["relation"] == "duplicate"


def test_a_given_origin_may_be_that_of_the_claim(stored: tuple[Client, dict[str, str]]) -> None:
    client, ids = stored
    origin = client.get(f"/claims/{ids['exact']}").json["origin"]
    for name in (origin["id"], origin["label"]):
        found = compare(client, {"claim": ids["exact"]}, {"text": "102", "origin": name}).json
        assert (found["relation"], found["b"]["origin"]) == ("duplicate", origin["label"])
    assert compare(client, {"claim": ids["exact"]}, {"text": "102", "origin": "Eve"}).json["relation"] == "agrees"
