"""Formats: by suffix and by `Accept`, each with the rows of JSON, on both engines."""

import csv
import json
from io import StringIO
from random import Random
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import feedparser
import pytest
from icalendar import Calendar
from pyld import jsonld

from app.api import answers, tables
from app.api.calendars import _span
from app.api.formats import FORMATS, LISTS, formats_of
from app.search.collections import COLLECTIONS, Collection
from tests.api.client import Answer, Client
from tests.api.conftest import Pair
from tests.api.test_lists import walk
from tests.search.values import random_filters, sorted_by

Json = dict[str, Any]
BY_NAME = {one.name: one for one in COLLECTIONS}
IDENTIFIED = ("claims", "entities", "events", "articles", "sources", "measures", "figures")
ADDRESSES = {
    **{name: f"/{name}" for name in (*IDENTIFIED, "conflicts")},
    "timeline": "/events/war/timeline",
}


def address(client: Client, name: str) -> str:
    """Where a list of that name is."""
    if name == "series":
        return f"/figures/{client.get('/figures?limit=1').json['items'][0]['id']}/series"
    if name in ("relations", "history"):
        return f"/claims/{client.get('/claims?conflict=true&limit=1').json['items'][0]['id']}/{name}"
    return ADDRESSES[name]


def table(answer: Answer) -> list[dict[str, str]]:
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    return [*csv.DictReader(StringIO(answer.body.decode(), newline=""), strict=True)]


def lines(answer: Answer) -> list[Any]:
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.body.decode().splitlines()]


def graph(answer: Answer) -> list[Json]:
    """The nodes of a JSON-LD document, as a processor of JSON-LD expands it without fetching anything."""
    assert answer.headers["content-type"] == "application/ld+json"
    expanded = jsonld.expand(answer.json, {"documentLoader": refused})
    nodes: list[Json] = expanded[0]["@graph"] if expanded and "@graph" in expanded[0] else expanded
    return nodes


def refused(url: str, _options: Any) -> Any:
    raise AssertionError(f"{url} would be fetched")


def atom(answer: Answer) -> Any:
    """What a feed reader makes of it; nothing may be amiss."""
    assert answer.headers["content-type"] == "application/atom+xml"
    ET.fromstring(answer.body)
    read = feedparser.parse(answer.body)
    assert (read.bozo, read.version) == (False, "atom10")
    return read


def calendar(answer: Answer) -> list[Any]:
    """The events of a calendar, as a library reads them."""
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return [*Calendar.from_ical(answer.body).walk("VEVENT")]


def ids_of(client: Client, suffix: str, name: str, target: str) -> list[str]:
    """The ids of the rows in a format, in order; of a timeline those of events and claims."""
    answer = client.get(target)
    assert answer.status == 200, answer.body
    if suffix == ".csv":
        rows = table(answer)
        return [row["id"] if "id" in row else row["claims"].split("; ")[0] for row in rows]
    if suffix == ".ndjson":
        return [id_of(record) for record in lines(answer)]
    if suffix == ".jsonld":
        return [node_id(node, name) for node in graph(answer)]
    if suffix == ".ics":
        return [str(event["UID"]).partition("@")[0] for event in calendar(answer)]
    links = [one.link for one in atom(answer).entries] if suffix == ".atom" else urls(answer)
    return [link.rpartition("/")[2] for link in links]


def urls(answer: Answer) -> list[str]:
    assert answer.headers["content-type"] == "application/feed+json"
    assert answer.json["version"] == "https://jsonfeed.org/version/1.1"
    return [item["url"] for item in answer.json["items"]]


def id_of(record: Json) -> str:
    if "type" in record:
        record = record["event"] or record["claim"]
    if "relations" in record:
        record = record["claims"][0]
    identity: str = record["id"]
    return identity


def node_id(node: Json, name: str) -> str:
    if name == "conflicts":
        node = node["https://schema.org/hasPart"][0]
    identity: str = node["@id"].rpartition("/")[2]
    return identity


@pytest.mark.parametrize("name", [*IDENTIFIED, "timeline", "conflicts"])
def test_every_format_has_the_rows_of_json_whatever_the_filters(client: Client, name: str) -> None:
    random = Random(name)
    collection: Collection = BY_NAME[name]
    for form in formats_of(name)[1:]:
        filters = random_filters(random, collection) if collection.filters else {}
        for asked in ({}, filters):
            ordered = sorted_by(random.choice(collection.sorts).name) if "sort" in collection.paging else {}
            query = urlencode({**ordered, **asked})
            limit = min(collection.max_limit, 1000)
            expected = client.get(f"{ADDRESSES[name]}?limit={limit}&{query}").json["items"]
            target = f"{ADDRESSES[name]}{form.suffix}?limit={limit}&{query}"
            if form.newest_first and name == "conflicts":
                assert len(urls_or_entries(client.get(target))) == len(expected)
            else:
                assert ids_of(client, form.suffix, name, target) == [id_of(one) for one in expected], target


def urls_or_entries(answer: Answer) -> list[Any]:
    return list(atom(answer).entries) if answer.body.startswith(b"<") else urls(answer)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_table_and_lines_hold_all_that_pages_hold(client: Client, monkeypatch: Any, name: str) -> None:
    at = address(client, name)
    everything = walk(client, f"{at}?limit=17")
    monkeypatch.setattr(answers, "AT_ONCE", 3 if len(everything) < 50 else 40)
    assert lines(client.get(f"{at}.ndjson")) == everything
    rows = table(client.get(at, accept="text/csv"))
    assert len(rows) == len(everything) > 0
    assert list(rows[0]) == [column.name for column in tables.COLUMNS[name]]
    assert len(table(client.get(f"{at}.csv?limit=1"))) == 1


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffix)
def test_both_engines_write_the_same_bytes(both: Pair, form: Any) -> None:
    for name, at in ADDRESSES.items():
        if form in formats_of(name):
            first, second = (client.get(f"{at}{form.suffix}?limit=20") for client in both)
            assert first == second
            assert first.status == 200


def test_cells_of_claims_are_the_literals_of_the_record(client: Client) -> None:
    records = walk(client, "/claims?limit=1000")
    for row, record in zip(table(client.get("/claims.csv")), records, strict=True):
        value = record["value"] or dict.fromkeys(("number", "low", "high"))
        for name in ("number", "low", "high"):
            assert row[name] == ("" if value[name] is None else json.dumps(value[name]))
        assert row["conflict"] == ("true" if record["conflict"] else "false")
        assert row["conflicts_with"].split("; ") == (record["conflicts_with"] or [""])
        assert (row["source"], row["origin"]) == (record["article"]["source"]["name"], record["origin"]["label"])
        assert row["speaker"] == (record["speaker"]["name"] if record["speaker"] else "")


def test_changes_are_told_in_lines_and_tables_with_the_version(client: Client) -> None:
    page = client.get("/claims?changed_since=2&limit=1000").json
    assert any(item.get("gone") for item in page["items"])
    answer = client.get("/claims.ndjson?changed_since=2")
    assert lines(answer) == page["items"]
    assert answer.headers["counterclaim-version"] == str(page["version"])
    rows = table(client.get("/claims.csv?changed_since=2"))
    assert [row["gone"] == "true" for row in rows] == ["gone" in item for item in page["items"]]
    for suffix in (".jsonld", ".atom", ".jsonfeed"):
        found = ids_of(client, suffix, "claims", f"/claims{suffix}?changed_since=2&limit=1000")
        assert found == [item["id"] for item in page["items"]]


def test_an_array_is_the_items_alone(client: Client) -> None:
    page, array = client.get("/claims?limit=3"), client.get("/claims?limit=3&shape=array")
    assert array.json == page.json["items"]
    following = array.headers["link"].partition(">")[0].removeprefix("<http://test")
    assert "shape=array" in following
    assert client.get(following).json == client.get(page.json["next_url"].removeprefix("http://test")).json["items"]
    assert client.get("/claims?shape=page&limit=3").json["items"] == array.json
    assert client.get("/claims?shape=heap").json["parameter"] == "shape"
    assert client.get("/claims?shape=array&known_at=2&limit=1").status == 200


@pytest.mark.parametrize(
    ("target", "named"),
    [
        ("/claims.xml", "/claims.csv"),
        ("/claims.ics", "/claims.atom"),
        ("/events/war.pdf", "/events/war.ics"),
        ("/events/war/timeline.rss", "/events/war/timeline.atom"),
        ("/policy.csv", "/docs"),
        ("/nowhere.csv", "/docs"),
        ("/.csv", "/docs"),
    ],
)
def test_a_format_that_there_is_not_is_a_problem_that_names_those_there_are(
    client: Client, target: str, named: str
) -> None:
    answer = client.get(target)
    assert (answer.status, answer.json["type"], answer.json["instance"]) == (404, "/problems/not-found", target)
    assert named in answer.json["detail"]


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("text/csv", "text/csv"),
        ("text/csv;q=0.5, application/x-ndjson", "application/x-ndjson"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/json"),
        ("application/atom+xml, application/rss+xml, application/xml;q=0.8, */*;q=0.1", "application/atom+xml"),
        ("application/json;q=0, */*", "text/csv"),
        ("text/*", "text/csv"),
        ("image/png\ntext/csv;q=0.5\napplication/x-ndjson", "application/x-ndjson"),
        ("application/*;q=0.3, text/csv;q=0.2", "application/json"),
        ("*/*, text/csv", "text/csv"),
        ("APPLICATION/LD+JSON ; q=1", "application/ld+json"),
        ("image/png", "application/json"),
        ("text/csv;q=0", "application/json"),
        ("text/csv;q=nan", "application/json"),
        (",;q,", "application/json"),
        ("text/csv," * 5000, "text/csv"),
    ],
)
def test_the_format_is_the_one_that_is_preferred(client: Client, accept: str, given: str) -> None:
    answer = client.get("/claims?limit=1", accept=accept)
    assert answer.status == 200
    assert answer.headers["content-type"].partition(";")[0] == given
    assert answer.headers["vary"] == "Accept"


def test_a_suffix_comes_before_accept(client: Client) -> None:
    answer = client.get("/claims.json?limit=1", accept="text/csv")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json["next_url"].startswith("http://test/claims.json?limit=1&cursor=")


def test_links_lead_to_the_other_formats(client: Client) -> None:
    link = client.get("/claims.csv?entity=Petrenko&limit=1&_=3").headers["link"]
    assert '<http://test/claims.atom?entity=Petrenko&limit=1>; rel="alternate"; type="application/atom+xml"' in link
    assert "claims.csv?entity=Petrenko&limit=1>" not in link
    long = client.get(f"/claims?limit=1000&entity={'x' * 200}&_={'x' * 5000}").headers
    assert len(long.get("link", "")) < 2000


def test_what_is_asked_of_something_unknown_is_empty_in_every_format(client: Client) -> None:
    for form in formats_of("claims")[1:]:
        target = f"/claims{form.suffix}?entity=nobody+knows+whom"
        assert ids_of(client, form.suffix, "claims", target) == []


def test_a_record_alone_is_a_node(client: Client) -> None:
    for name in IDENTIFIED:
        record = client.get(f"/{name}?limit=1").json["items"][0]
        (node,) = graph(client.get(f"/{name}/{record['id']}.jsonld"))
        assert node["@id"] == f"http://test/{name}/{record['id']}"
        assert node["@type"][0].startswith("https://schema.org/")


def test_a_claim_is_a_claim_of_schema_org(seeds: Client) -> None:
    claim = seeds.get("/claims?entity=Zelensky&role=speaker&kind=number&limit=1").json["items"][0]
    (node,) = graph(seeds.get(f"/claims/{claim['id']}", accept="application/ld+json"))
    words = {name.rpartition("/")[2]: value[0] for name, value in node.items() if name.startswith("http")}
    author = words["author"]
    assert (author["@type"], author["@id"]) == (
        ["https://schema.org/Person"],
        f"http://test/entities/{claim['speaker']['id']}",
    )
    assert words["appearance"]["@type"] == ["https://schema.org/NewsArticle"]
    about = {name.rpartition("/")[2]: value[0] for name, value in words["about"].items() if name != "@type"}
    assert words["about"]["@type"] == ["https://schema.org/Observation"]
    assert about["value"]["@value"] == claim["value"]["number"]
    assert about["unitText"]["@value"] == claim["value"]["unit"]
    assert about["observationAbout"]["@id"].endswith(claim["event"]["id"])
    assert about["measuredProperty"]["https://schema.org/name"][0]["@value"] == claim["measure"]["label"]


def test_a_feed_is_for_a_reader(seeds: Client) -> None:
    read = atom(seeds.get("/conflicts.atom?event=kursk-incursion"))
    assert "kursk" in read.feed.title.lower()
    entry = read.entries[0]
    assert "cannot be squared with" in entry.content[0].value
    assert entry.link.startswith("http://test/figures/fig_")
    assert entry.updated == "2024-08-16T12:00:00+00:00"
    assert all(one.id.startswith("urn:uuid:") for one in read.entries)
    claims = atom(seeds.get("/claims.atom?entity=Lubinets&limit=1000"))
    assert len({one.id for one in claims.entries}) == len(claims.entries)
    following = next(one.href for one in atom(seeds.get("/claims.atom?limit=1")).feed.links if one.rel == "next")
    assert len(atom(seeds.get(following.removeprefix("http://test"))).entries) == 1


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("9999-12-31", "9999-12-31", ("9999-12-31", "9999-12-31")),
        (None, "9999-12-31", ("9999-12-31", "9999-12-31")),
        ("9999-12-31T23:59Z", "9999-12-31T23:59Z", ("9999-12-31 23:59:00+00:00", "9999-12-31 23:59:00+00:00")),
        ("9999-12-30", "9999-12-31T12:00Z", ("9999-12-30 00:00:00+00:00", "9999-12-31 12:01:00+00:00")),
    ],
)
def test_a_calendar_ends_with_its_last_day(start: str | None, end: str, shown: tuple[str, str]) -> None:
    first, after = _span(start, end)
    assert (str(first), str(after)) == shown


def test_days_are_days_in_a_calendar(client: Client) -> None:
    answer = client.get("/events.ics")
    events = {str(one["SUMMARY"]): one for one in calendar(answer)}
    spans = {title: (str(one["DTSTART"].dt), str(one["DTEND"].dt)) for title, one in events.items()}
    assert spans["The day"] == ("2024-08-14", "2024-08-15")
    assert spans["The talks"] == ("2024-08-01", "2024-09-01")
    assert spans["The night"] == ("2024-08-14 19:00:00+00:00", "2024-08-15 01:01:00+00:00")
    assert spans["The incursion"] == ("2024-08-06", "2024-08-07")
    assert spans["The long-ago"] == ("1999-12-31", "2000-01-01")
    assert "since 6 August 2024" in events["The incursion"]["DESCRIPTION"]
    assert answer.headers["content-disposition"] == 'attachment; filename="events.ics"'
