"""Comparing on request: printed numbers, stored claims, or one of each."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.api import shapes
from tests.api.client import Answer, Client
from tests.api.test_bad_input import refused
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
    for claim in client.get("/claims?conflict=true&kind=number&limit=20").json["items"]:
        relations = client.get(f"/claims/{claim['id']}/relations?limit=5").json["items"]
        for relation in relations:
            found = compare(client, {"claim": claim["id"]}, {"claim": relation["other"]["id"]}).json
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
    ({"a": SIDE, "b": SIDE, "policy": {"about_width": 0.9}}, "/policy/about_width", "less than or equal to 0.5"),
    ({"a": SIDE, "b": SIDE, "policy": {"drift_days": 9}}, "/policy/drift_days", "not permitted"),
    ({"a": SIDE, "b": SIDE, "policy": {"growth_cap": 10**9}}, "/policy/growth_cap", "1000"),
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
