"""Both clients against the service itself, over HTTP."""

import asyncio
import csv
import io
import json
import pickle
import urllib.request
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from app.storage.engine import migrate
from counterclaim_client import AsyncClient, Client, CounterclaimError, Invalid, NotFound
from tests.clients.conftest import listening
from tests.databases import Databases
from tests.factories import article, bundle, claim, load_bundles, opened

LONG = {"area": "1150.12345678901234567", "count": "12345678901234567890123"}


def asked(address: str, target: str) -> Any:
    """What the service answers, without the client."""
    with urllib.request.urlopen(f"{address}{target}") as response:
        return json.load(response)


def ids(records: Any) -> list[str]:
    return [record["id"] for record in records]


def test_claims_of_an_entity_are_those_that_the_service_gives(client: Client, address: str) -> None:
    found = list(client.claims(entity="Lubinets"))
    assert ids(found) == ids(asked(address, "/claims?entity=Lubinets")["items"])
    assert {one["value"]["text"] for one in found if one["value"]} >= {"54", "1,000 for 1,000"}


def test_a_list_is_walked_to_its_end_over_many_pages(client: Client, address: str) -> None:
    whole = asked(address, "/claims?limit=1000")["items"]
    assert len(whole) > 50
    assert ids(client.claims()) == ids(client.claims(page_size=7)) == ids(whole)
    assert client.claims(count=True, limit=1).page().get("total") == len(whole)


@pytest.mark.parametrize(("limit", "page_size", "sizes"), [(10, 4, [4, 4, 2]), (3, None, [3]), (8, 4, [4, 4])])
def test_limit_is_what_a_list_gives_in_all(client: Client, limit: int, page_size: int | None, sizes: list[int]) -> None:
    listing = client.claims(limit=limit, page_size=page_size)
    assert [len(page["items"]) for page in listing.pages()] == sizes
    assert len(list(listing)) == limit


@pytest.mark.parametrize(("limit", "page_size"), [(0, None), (None, 0), (None, 1001)])
def test_shares_that_cannot_be_had_are_refused(client: Client, limit: int | None, page_size: int | None) -> None:
    with pytest.raises(ValueError, match="must be"):
        client.claims(limit=limit, page_size=page_size)


def test_the_first_item_and_what_stands_beside_the_items_can_be_had(client: Client) -> None:
    listing = client.claims(entity="лубінець")
    first = listing.first()
    assert first is not None
    assert first["id"] == ids(listing)[0]
    assert [known["name"] for known in listing.page().get("resolved", [])] == ["Dmytro Lubinets"]
    assert client.claims(entity="Nobody at all").first() is None


def test_both_clients_answer_alike(client: Client, address: str) -> None:
    async def walk() -> tuple[list[str], Any, bytes]:
        async with AsyncClient(address) as other:
            figure = await other.figures(status="conflict").first()
            assert figure is not None
            table = b"".join([piece async for piece in other.figure_series(figure["id"]).download("text/csv")])
            return [one["id"] async for one in other.claims(page_size=9)], figure, table

    found, figure, table = asyncio.run(walk())
    assert found == ids(client.claims())
    assert figure == client.figures(status="conflict").first()
    assert table == b"".join(client.figure_series(figure["id"]).download("text/csv"))


def test_every_list_and_every_thing_in_it_can_be_had(client: Client) -> None:
    for record in client.entities(limit=2):
        assert client.entity(record["id"]) == record
    for event in client.events(limit=2):
        assert client.event(event["key"]) == event
    for piece in client.articles(limit=2):
        assert client.article(piece["id"]) == piece
    for source in client.sources(limit=2):
        assert client.source(source["id"]) == source
    for measure in client.measures(limit=2):
        assert client.measure(measure["id"]) == measure


def test_an_events_timeline_and_figures(client: Client) -> None:
    dates = [item["date"] for item in client.event_timeline("kursk-incursion", page_size=5, sort="date")]
    assert len(dates) > 5
    (rolled,) = client.event_figures("kursk-incursion")["items"]
    assert rolled["n_figures"] > 1
    assert {conflict["status"] for conflict in client.conflicts(event="kursk-incursion")} >= {"conflict"}


def test_what_a_claim_is_to_others_and_was(client: Client) -> None:
    claim = client.claims(conflict=True).first()
    assert claim is not None
    relations = list(client.claim_relations(claim["id"], page_size=1))
    assert claim["conflicts_with"][0] in {one["other"]["id"] for one in relations if one["relation"] == "conflict"}
    assert [stood["claim"] for stood in client.claim_history(claim["id"])] == [claim]


def test_a_list_comes_in_another_format_that_it_has(client: Client) -> None:
    figure = client.figures(status="conflict").first()
    assert figure is not None
    series = client.figure_series(figure["id"])
    table = b"".join(series.download("text/csv")).decode()
    rows = list(csv.DictReader(table.splitlines()))
    assert [row["claim"] for row in rows] == [row["claim"] for row in series]
    first = b"".join(client.figure_series(figure["id"], limit=1).download("text/csv")).decode()
    assert first == "".join(table.splitlines(keepends=True)[:2])


def test_variants_searches_and_tables_of_claims(client: Client) -> None:
    both = set(ids(client.claims(entity="Lubinets"))) | set(ids(client.claims(entity="Zelensky")))
    assert set(ids(client.claims(entity__in=["Lubinets", "Zelensky"], page_size=9))) == both
    assert client.search("Kursk").first() is not None
    table = b"".join(client.claims(entity="Lubinets").download("text/csv")).decode()
    assert [row["id"] for row in csv.DictReader(io.StringIO(table))] == ids(client.claims(entity="Lubinets"))


def test_a_format_that_it_does_not_have_is_not_taken_for_it(client: Client) -> None:
    with pytest.raises(CounterclaimError):
        list(client.claims().download("video/mp4"))


def test_two_numbers_are_compared(client: Client) -> None:
    compared = client.compare({"text": "102 soldiers"}, {"text": "about 100"})
    assert compared["relation"] in {"agrees", "refines"}
    narrow = client.compare({"text": "120"}, {"text": "about 100"}, policy={"about_width": Decimal("0.25")})
    assert narrow["policy"] != compared["policy"]


@pytest.mark.parametrize(
    ("given", "same"),
    [
        ({"as_of__gte": date(2024, 8, 14)}, {"as_of__gte": "2024-08-14"}),
        ({"value__gte": Decimal("1E+2"), "value__lte": 150.5}, {"value__gte": 100, "value__lte": 151}),
        ({"conflict": True}, {"status": "conflict"}),
        ({"known_at": datetime(2030, 1, 1, tzinfo=UTC)}, {"known_at": "2030-01-01T00:00Z"}),
        ({"source": None}, {}),
    ],
)
def test_values_are_written_as_the_service_reads_them(client: Client, given: Any, same: Any) -> None:
    found = ids(client.claims(**given))
    assert found
    assert found == ids(client.claims(**same))


def test_a_time_without_a_zone_is_refused(client: Client) -> None:
    with pytest.raises(ValueError, match="time zone"):
        client.claims(known_at=datetime(2030, 1, 1))  # noqa: DTZ001 - as people write it


def test_a_problem_says_what_was_wrong_and_what_was_meant(client: Client) -> None:
    misspelt: Any = {"entiti": "Lubinets"}
    with pytest.raises(Invalid, match="did you mean 'entity'") as raised:
        client.claims(**misspelt).page()
    problem = raised.value
    assert (problem.status, problem.type) == (422, "/problems/unknown-parameter")
    assert (problem.parameter, problem.nearest, problem.instance) == ("entiti", "entity", "/claims")
    assert client.problem_kind(problem.type.rpartition("/")[2])["title"] == problem.title
    again = pickle.loads(pickle.dumps(problem))
    assert (str(again), again.nearest) == (str(problem), "entity")


def test_a_problem_with_a_body_says_where(client: Client) -> None:
    with pytest.raises(Invalid) as raised:
        client.compare({"text": "several"}, {"text": "100", "as_of": "yesterday"})
    assert raised.value.pointer


def test_what_is_not_there_is_not_found(client: Client) -> None:
    with pytest.raises(NotFound) as raised:
        client.claim("clm_aaaaaaaaaaaaaaaa")
    assert raised.value.status == 404


def test_the_service_tells_of_itself(client: Client) -> None:
    assert client.liveness() == client.readiness() == {"status": "ok"}
    assert client.policy()["tension_ratio"] == Decimal("1.5")


def test_no_digit_of_a_number_is_lost(databases: Databases) -> None:
    texts = {
        "area": claim("area", f"{LONG['area']} square kilometres", measure="area"),
        "count": claim("count", LONG["count"]),
    }
    with databases.create("sqlite", migrate) as url:
        with opened(url) as database:
            load_bundles(database, bundle(article("long", *texts.values())))
        with listening(url) as address, Client(address) as client:
            values = [one["value"] for one in client.claims()]
    numbers = {str(value["number"]): type(value["number"]) for value in values if value}
    assert numbers == {LONG["area"]: Decimal, LONG["count"]: int}


def test_a_copy_is_kept_in_step(databases: Databases) -> None:
    with databases.create("sqlite", migrate) as url, opened(url) as database, listening(url) as address:
        client = Client(address)
        load_bundles(database, bundle(article("one", claim("a"), claim("b", "200"))))
        (first,) = client.claim_changes(0).pages()
        load_bundles(database, bundle(article("one", claim("a"))))
        changed = list(client.claim_changes(changed_since=first.get("version", 0)))
        client.close()
    assert len(first["items"]) == 2
    assert any("gone" in one for one in changed)
