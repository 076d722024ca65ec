"""What a claim is to the others, over HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.client import Client, serving
from tests.api.test_lists import walk
from tests.factories import article, bundle, claim, load_bundles, opened

TOTAL = {"event": "incursion", "kind": "cumulative"}


@pytest.fixture
def client(database_url: str) -> Iterator[Client]:
    """Two of one frame; two whose scope is unknown and that would be in it; and others that would not."""
    claims = [
        claim("known", "102", speaker="ann"),
        claim("rival", "900", speaker="bob"),
        claim("vague", "5,000", scope="unknown"),
        claim("vaguer", "6,000", scope="unknown", speaker="ann"),
        claim("elsewhere", "7,000", scope="unknown", event="incursion", window="2024-08-07"),
        claim("narrower", "8,000", scope="unknown", dimensions={"by": "army"}),
        claim("total", "10,000", window="2024-08-06/..", **TOTAL),
        claim("vague-total", "9,000", window="2024-08-06/2024-08-15", scope="unknown", **TOTAL),
        claim("alone", "5", scope="unknown", measure="area"),
    ]
    with opened(database_url) as database:
        load_bundles(database, bundle(article("a", *claims)))
    with serving(database_url) as found:
        yield found


def related(client: Client, text: str) -> dict[str, str]:
    (claim,) = (one for one in client.get("/claims?limit=100").json["items"] if one["value"]["text"] == text)
    items: list[dict[str, Any]] = walk(client, f"/claims/{claim['id']}/relations?limit=2")
    assert all(item["sentence"].endswith(".") for item in items)
    return {item["other"]["text"]: item["reason"] for item in items}


def test_an_unknown_scope_leaves_it_undetermined_with_all_of_the_frame(client: Client) -> None:
    everyone = {"102": "scope_unknown", "900": "scope_unknown", "6,000": "scope_unknown"}
    assert related(client, "5,000") == everyone
    assert related(client, "9,000") == {"10,000": "scope_unknown"}
    assert related(client, "5") == {}


def test_the_others_say_so_too(client: Client) -> None:
    assert related(client, "102") == {
        "900": "disjoint",
        "10,000": "part_of_whole",
        "5,000": "scope_unknown",
        "6,000": "scope_unknown",
    }
    assert related(client, "10,000") == {
        "102": "part_of_whole",
        "900": "part_of_whole",
        "9,000": "scope_unknown",
    }
