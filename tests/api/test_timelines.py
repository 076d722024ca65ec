"""Timelines: an event with its parts, an entity with what concerns it, in the order of their dates."""

from typing import Any

import pytest

from tests.api.client import Client
from tests.api.test_lists import walk


def day(item: dict[str, Any]) -> str:
    """The day that the item stands at: where an event begins, where what a claim speaks of ends."""
    if item["type"] == "event":
        return str(item["event"]["date"]["start"] or "")[:10]
    return str(item["claim"]["as_of"]["end"])[:10]


def ids(items: list[dict[str, Any]], kind: str) -> set[str]:
    return {item[kind]["id"] for item in items if item["type"] == kind}


def test_an_events_timeline_is_its_parts_and_their_claims(client: Client) -> None:
    items = walk(client, "/events/advance/timeline?limit=1000")
    events = [*walk(client, "/events?part_of=advance"), client.get("/events/advance").json]
    assert ids(items, "event") == {event["id"] for event in events}
    assert ids(items, "claim") == {claim["id"] for claim in walk(client, "/claims?event=advance")}
    assert all((item["event"] is None) == (item["type"] == "claim") for item in items)


def test_an_entitys_timeline_is_what_concerns_it(client: Client) -> None:
    items = walk(client, "/entities/rene-oneil/timeline?limit=1000")
    assert ids(items, "event") == {event["id"] for event in walk(client, "/events?entity=rene-oneil")} != set()
    assert ids(items, "claim") == {claim["id"] for claim in walk(client, "/claims?entity=rene-oneil")} != set()
    place = walk(client, "/entities/kursk/timeline")
    assert [item["event"]["key"] for item in place if item["event"]] == ["incursion"]


def test_items_come_in_the_order_of_their_dates_events_first(client: Client) -> None:
    items = walk(client, "/events/war/timeline?limit=1000")
    order = [(day(item), item["type"] == "claim") for item in items]
    assert order == sorted(order)
    assert walk(client, "/events/war/timeline?sort=-date&limit=1000") == items[::-1]


@pytest.mark.parametrize("sort", ["date", "-date"])
@pytest.mark.parametrize("limit", [1, 2, 13])
def test_pages_of_any_size_hold_the_same(client: Client, sort: str, limit: int) -> None:
    for subject in ("events/day", "entities/ivan-petrenko"):
        whole = walk(client, f"/{subject}/timeline?sort={sort}&limit=1000")
        assert walk(client, f"/{subject}/timeline?sort={sort}&limit={limit}") == whole
        assert client.get(f"/{subject}/timeline?count=true&limit=1").json["total"] == len(whole) > 13


def test_a_timeline_is_bounded_by_dates(client: Client) -> None:
    items = walk(client, "/events/war/timeline?as_of__gte=2024-08-14&as_of__lte=2024-08-14&limit=1000")
    whole = walk(client, "/events/war/timeline?limit=1000")
    assert 0 < len(items) < len(whole)
    for item in items:
        dates = item["event"]["date"] if item["event"] else item["claim"]["as_of"]
        assert (dates["start"] or "")[:10] <= "2024-08-14" <= (dates["end"] or "9999")[:10]
    assert [item for item in whole if item in items] == items


def test_a_date_is_printed_as_it_is_known(client: Client) -> None:
    first = client.get("/events/war/timeline?limit=1").json["items"][0]
    assert (first["date"], first["type"], first["event"]["key"]) == ("2024-02~/..", "event", "war")


@pytest.mark.parametrize("subject", ["events/nothing", "entities/nothing", "events/%00", "entities/evt_a"])
def test_nothing_has_no_timeline(client: Client, subject: str) -> None:
    answer = client.get(f"/{subject}/timeline")
    assert (answer.status, answer.json["type"]) == (404, "/problems/not-found")


def test_the_seeds_event_has_a_timeline(seeds: Client) -> None:
    items = walk(seeds, "/events/kursk-incursion/timeline")
    assert items[0]["event"]["key"] == "kursk-incursion"
    assert {item["type"] for item in items} == {"event", "claim"}
