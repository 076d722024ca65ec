"""What cannot be answered is refused with a problem that says what to do; nothing fails."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from urllib.parse import quote

import pytest

from app.api import shapes
from app.search.query import MAX_QUERY_BYTES
from tests.api.client import Answer, Client


def refused(answer: Answer, status: int, kind: str) -> dict[str, Any]:
    """The problem, in the one shape that every problem has."""
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    problem: dict[str, Any] = answer.json
    shapes.Problem.model_validate(problem)
    assert (problem["status"], problem["type"]) == (status, f"/problems/{kind}")
    return problem


BAD_VALUES = [
    ("limit=0", "whole number from 1 to 1000"),
    ("limit=1001", "whole number from 1 to 1000"),
    (f"limit={10**9}", "whole number from 1 to 1000"),
    (f"limit={2**63}", "whole number from 1 to 1000"),
    (f"limit={10**400}", "whole number from 1 to 1000"),
    ("limit=-1", "whole number from 1 to 1000"),
    ("limit=ten", "whole number from 1 to 1000"),
    ("limit=٣", "whole number from 1 to 1000"),
    ("limit=", "is empty"),
    ("count=maybe", "true or false"),
    ("conflict=1", "true or false"),
    ("sort=newest", "must be one of"),
    ("status=conflikt", "must be one of"),
    ("kind=numbers", "must be one of"),
    ("role=author", "must be one of"),
    ("qualifier=exactly", "must be one of"),
    ("value__gte=NaN", "decimal number"),
    ("value__gte=inf", "decimal number"),
    ("value__gte=-Infinity", "decimal number"),
    ("value__gte=1e999", "between -1e30 and 1e30"),
    ("value__gte=1,000", "decimal number"),
    ("value__lte=" + "9" * 41, "at most 40 characters"),
    ("admits=a hundred", "decimal number"),
    ("admits=0x10", "decimal number"),
    ("as_of__gte=yesterday", "is not a date"),
    ("as_of__gte=2024-13-01", "is not a date"),
    ("as_of__lte=15.08.2024", "is not a date"),
    ("published__gte=2024-08-14T18:00", "offset"),
    ("published__lte=../..", "open at both ends"),
    ("as_of__gte=" + "2024-01-01/" * 40, "too long"),
    ("entity=" + "x" * 301, "at most 300 characters"),
    ("entity=", "is empty"),
    ("entity__in=,", "must name one at least"),
    ("entity__not=" + "a," * 100 + "a", "at most 100"),
    ("entity__in=a," + "x" * 301, "at most 300 characters"),
    ("status__in=agreed,conflikt", "'conflikt' must be one of"),
    ("admits__in=100,many", "'many' must be a decimal number"),
    ("event__isnull=yes", "true or false"),
    ("facet=sorce", "'sorce' must be one of source"),
]


@pytest.mark.parametrize(("query", "says"), BAD_VALUES)
def test_a_bad_value_is_named(client: Client, query: str, says: str) -> None:
    problem = refused(client.get(f"/claims?{query}"), 422, "invalid-parameter")
    assert says in problem["detail"]
    assert problem["parameter"] == query.split("=", maxsplit=1)[0]


def test_the_nearest_word_is_named(client: Client) -> None:
    assert refused(client.get("/claims?status=conflikt"), 422, "invalid-parameter")["nearest"] == "conflict"
    assert refused(client.get("/claims?facet=year,sorce"), 422, "invalid-parameter")["nearest"] == "source"
    assert refused(client.get("/claims?status__in=agreed,conflikt"), 422, "invalid-parameter")["nearest"] == "conflict"
    assert refused(client.get("/claims?unit__not=kilometrs"), 422, "invalid-parameter")["nearest"] == "kilometre"
    assert "nearest" not in refused(client.get("/claims?status=banana"), 422, "invalid-parameter")


@pytest.mark.parametrize(
    ("target", "parameter", "nearest"),
    [
        ("/claims?entiti=x", "entiti", "entity"),
        ("/claims?Entity=x", "Entity", "entity"),
        ("/claims?speeker=x&entity=y", "speeker", "speaker"),
        ("/claims?event_id=x", "event_id", "event"),
        ("/figures?limits=3", "limits", "limit"),
        ("/claims?entity__inn=x", "entity__inn", "entity__in"),
        ("/claims?sourc__not=x", "sourc__not", "source__not"),
        ("/figures?event_isnull=true", "event_isnull", "event__isnull"),
        ("/figures?facets=kind", "facets", "facet"),
    ],
)
def test_an_unknown_parameter_is_named_with_the_nearest_known_one(
    client: Client, target: str, parameter: str, nearest: str
) -> None:
    problem = refused(client.get(target), 422, "unknown-parameter")
    assert (problem["parameter"], problem["nearest"]) == (parameter, nearest)
    assert nearest in problem["detail"]


@pytest.mark.parametrize(
    ("target", "parameter"),
    [
        ("/claims?page=2", "page"),
        ("/claims?nonsense=2", "nonsense"),
        ("/conflicts?sort=worst", "sort"),
        ("/entities?entity=x", "entity"),
        ("/events/day/timeline?published__gte=2024", "published__gte"),
        ("/claims?" + "x" * 3000 + "=1", "x" * 100 + "…"),
    ],
)
def test_what_is_like_no_parameter_is_answered_with_all_of_them(client: Client, target: str, parameter: str) -> None:
    problem = refused(client.get(target), 422, "unknown-parameter")
    assert problem["parameter"] == parameter
    assert "nearest" not in problem
    assert "it takes " in problem["detail"]
    assert ", limit, cursor" in problem["detail"]


@pytest.mark.parametrize(("unit", "nearest"), [("kilometrs", "kilometre"), ("Person", None), ("soldiers per", None)])
def test_an_unknown_unit_is_refused_with_the_nearest(client: Client, unit: str, nearest: str | None) -> None:
    for noun in ("claims", "measures"):
        problem = refused(client.get(f"/{noun}?unit={unit.replace(' ', '+')}"), 422, "invalid-parameter")
        assert (problem["parameter"], problem.get("nearest")) == ("unit", nearest)
        assert repr(unit) in problem["detail"]
    assert client.get("/claims?unit=km²").status == 200
    assert client.get("/claims?unit=tank").json["items"] == []


@pytest.mark.parametrize("target", ["/measures/captured?fields=id", "/policy?x=1", "/entities/kursk?limit=3"])
def test_what_takes_no_parameters_says_so(client: Client, target: str) -> None:
    assert "takes none" in refused(client.get(target), 422, "unknown-parameter")["detail"]


def test_a_parameter_for_nobody_is_passed_over(client: Client) -> None:
    assert client.get("/claims?_=1724000000&_=2&limit=1").status == 200
    assert client.get("/entities/kursk?_cache=1").status == 200


def test_a_parameter_stands_once(client: Client) -> None:
    problem = refused(client.get("/claims?entity=a&limit=1&entity=b"), 422, "repeated-parameter")
    assert problem["parameter"] == "entity"


@pytest.mark.parametrize(
    "query",
    [
        b"entity=%FF",
        b"entity=%ED%A0%80",  # a lone surrogate
        b"entity=%00",
        b"entity=a%00b",
        b"%00=a",
        b"entity=\xff\xfe",
        b"entity=%zz",
        b"entity=50%",
        b"entity=%2",
        b"entity=%C3",
        b"entity=%C0%80",  # NUL, overlong
        b"entity=%1B[31m",
    ],
)
def test_what_cannot_be_decoded_is_refused(client: Client, query: bytes) -> None:
    refused(client.get(b"/claims?" + query), 422, "undecodable-query")


def test_a_long_query_is_refused(client: Client) -> None:
    refused(client.get("/claims?entity=" + "x" * 100_000), 414, "query-too-long")
    refused(client.get("/claims?_=" + "x" * MAX_QUERY_BYTES), 414, "query-too-long")
    assert client.get("/claims?limit=1&_=" + "x" * (MAX_QUERY_BYTES - 20)).status == 200


@pytest.mark.parametrize("cursor", ["x", "abc", "e30", "bnVsbA", "WzFd", "-", "====", "ÄÖ", "A" * 300, "eyJ2IjoyfQ"])
def test_a_malformed_cursor_is_refused(client: Client, cursor: str) -> None:
    problem = refused(client.get(f"/claims?cursor={cursor}"), 422, "invalid-cursor")
    assert problem["parameter"] == "cursor"


@pytest.mark.parametrize("keys", [[], [None], ["1"], [1.5], [2**63], [-(2**63) - 1], [True], [1, 2], [[1]], [float(2)]])
def test_a_forged_cursor_is_refused(client: Client, keys: list[object]) -> None:
    genuine = client.get("/claims?limit=1").json["next"]
    refused(client.get(f"/claims?cursor={forged(genuine, keys)}"), 422, "invalid-cursor")


@pytest.mark.parametrize("key", ["a\x00b", "\x1b", "x" * 8001])
def test_a_forged_text_in_a_cursor_is_refused(client: Client, key: str) -> None:
    genuine = client.get("/entities?limit=1").json["next"]
    refused(client.get(f"/entities?cursor={forged(genuine, [key, 1])}"), 422, "invalid-cursor")


@pytest.mark.parametrize(
    ("target", "keys"),
    [
        ("/conflicts?", [2, 10**400, 1, None, None]),
        ("/conflicts?", [2, 3, 1, None, None]),
        ("/conflicts?", ["2", 1.5, 1, None, None]),
        ("/search?q=petrenko&", [10**30, 0, 0, 0, 0, 0, 0]),
        ("/claims?q=petrenko&sort=relevance&", [1.5, 0, 0]),
        ("/articles?", [1e308]),
        ("/events?", [1.0]),
        ("/sources?", [0, 0]),
    ],
)
def test_a_forged_number_in_a_cursor_is_refused(client: Client, target: str, keys: list[object]) -> None:
    genuine = client.get(f"{target}limit=1").json["next"]
    assert genuine
    refused(client.get(f"{target}cursor={forged(genuine, keys)}"), 422, "invalid-cursor")


def forged(cursor: str, keys: list[object]) -> str:
    """The cursor with other keys."""
    content = json.loads(urlsafe_b64decode(cursor + "=="))
    return urlsafe_b64encode(json.dumps({**content, "k": keys}).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("made", "used", "says"),
    [
        ("/claims?limit=1", "/claims?sort=date", "sort=-date, and this request has sort=date"),
        ("/claims?limit=1&sort=value", "/claims", "sort=value, and this request has sort=-date"),
        ("/claims?limit=1", "/claims?kind=flow", "other filters"),
        ("/claims?limit=1&kind=flow", "/claims?kind=stock", "other filters"),
        ("/events?limit=1", "/claims", "other filters"),
        ("/events/war/timeline?limit=1", "/events/day/timeline", "other filters"),
        ("/conflicts?limit=1", "/figures", "other filters"),
    ],
)
def test_a_cursor_of_another_request_is_refused(client: Client, made: str, used: str, says: str) -> None:
    cursor = client.get(made).json["next"]
    separator = "&" if "?" in used else "?"
    problem = refused(client.get(f"{used}{separator}cursor={cursor}"), 422, "invalid-cursor")
    assert says in problem["detail"]


def test_a_cursor_may_be_used_with_another_limit(client: Client) -> None:
    cursor = client.get("/claims?limit=1").json["next"]
    assert client.get(f"/claims?limit=5&count=true&cursor={cursor}").status == 200


def test_an_unknown_address_is_a_problem(client: Client) -> None:
    assert refused(client.get("/claim"), 404, "not-found")["nearest"] == "/claims"
    assert "nearest" not in refused(client.get("/wp-login.php"), 404, "not-found")
    refused(client.get("/claims/clm_a/b/c"), 404, "not-found")
    refused(client.get("/%FF%FE"), 404, "not-found")


def test_a_wrong_method_is_a_problem_that_names_the_right_one(client: Client) -> None:
    answer = client.ask("DELETE", "/claims")
    refused(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "GET"
    refused(client.get("/compare"), 405, "method-not-allowed")


@pytest.mark.parametrize("name", ["'; DROP TABLE claim; --", '" OR 1=1', "%", "_", "\\", "${jndi:x}", "<script>"])
def test_payloads_are_only_names(client: Client, name: str) -> None:
    answer = client.get(f"/claims?entity={quote(name)}")
    assert (answer.status, answer.json["items"]) == (200, [])
