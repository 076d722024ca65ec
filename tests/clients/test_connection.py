"""What the connection does when the service is busy, silent, absent, or somebody else."""

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from counterclaim_client import AsyncClient, Client, Problem, Unavailable, Unreachable, UnreadableAnswer
from tests.clients.scripted import Reply, scripted

OK = Reply()
BUSY = Reply(503, b'{"title": "Query too slow", "status": 503}', {"retry-after": "0"})


def busy(retry_after: str) -> Reply:
    return Reply(503, BUSY.body, {"retry-after": retry_after})


def page(number: int, *, last: bool = False) -> Reply:
    items = [{"id": f"clm_{number}a"}, {"id": f"clm_{number}b"}]
    return Reply(body=json.dumps({"items": items, "next": None if last else f"after {number}"}).encode())


async def ask_async(address: str, **options: Any) -> Any:
    async with AsyncClient(address, **options) as client:
        return await client.liveness()


def ask(address: str, **options: Any) -> Any:
    with Client(address, **options) as client:
        return client.liveness()


@pytest.fixture(params=["sync", "async"])
def asking(request: pytest.FixtureRequest) -> Any:
    return ask if request.param == "sync" else lambda *given, **more: asyncio.run(ask_async(*given, **more))


def test_a_busy_service_is_asked_again(asking: Any) -> None:
    with scripted(BUSY, BUSY, OK) as service:
        assert asking(service.address) == {"status": "ok"}
    assert service.targets == ["/livez"] * 3


def test_it_is_asked_again_only_so_often(asking: Any) -> None:
    with scripted(BUSY) as service, pytest.raises(Unavailable) as raised:
        asking(service.address, retries=2)
    assert service.targets == ["/livez"] * 3
    assert (raised.value.title, raised.value.retry_after) == ("Query too slow", 0.0)


def test_it_is_asked_again_after_as_long_as_it_says() -> None:
    with scripted(busy("1"), OK) as service:
        begun = time.monotonic()
        ask(service.address)
        assert 1 <= time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "reply",
    [
        busy("31"),
        busy(format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)),
        busy("soon"),
        Reply(503, BUSY.body),
        Reply(500, BUSY.body, {"retry-after": "0"}),
    ],
)
def test_it_is_not_asked_again_too_late_or_unasked(reply: Reply) -> None:
    with scripted(reply, OK) as service, pytest.raises(Problem):
        ask(service.address)
    assert service.targets == ["/livez"]


def test_a_date_that_has_passed_is_no_wait() -> None:
    with scripted(busy("Thu, 15 Aug 2024 12:00:00 GMT"), OK) as service:
        assert ask(service.address) == {"status": "ok"}


def test_silence_ends(asking: Any) -> None:
    with scripted(Reply(None)) as service, pytest.raises(Unreachable, match="No answer from http://127"):
        asking(service.address, timeout=0.2)


def test_nobody_there_is_said(asking: Any) -> None:
    with scripted(OK) as service:
        pass
    with pytest.raises(Unreachable):
        asking(service.address)


def test_a_page_of_somebody_else_is_no_answer(asking: Any) -> None:
    with scripted(Reply(body=b"<html>Log in</html>")) as service, pytest.raises(UnreadableAnswer, match="/livez"):
        asking(service.address)


def test_an_error_of_somebody_else_is_a_problem(asking: Any) -> None:
    with scripted(Reply(502, b"<html>")) as service, pytest.raises(Problem, match="502 Bad Gateway") as raised:
        asking(service.address)
    assert (raised.value.type, raised.value.detail, raised.value.parameter) == ("about:blank", None, None)


def test_the_service_learns_who_asks(asking: Any) -> None:
    with scripted(OK) as service:
        asking(service.address, user_agent="newsroom/1")
        asking(service.address)
    agents = [headers["user-agent"] for headers in service.headers]
    assert [agent.split("/")[0] for agent in agents] == ["newsroom", "counterclaim-client"]
    assert "counterclaim-client/" in agents[0]


def test_pages_are_fetched_as_they_are_needed() -> None:
    with scripted(page(1), page(2), page(3, last=True)) as service, Client(service.address) as client:
        claims = iter(client.claims(entity="Lubinets", page_size=2))
        assert service.targets == []
        assert [next(claims)["id"], next(claims)["id"]] == ["clm_1a", "clm_1b"]
        assert service.targets == ["/claims?entity=Lubinets&limit=2"]
        assert next(claims)["id"] == "clm_2a"
        assert service.targets[1:] == ["/claims?entity=Lubinets&cursor=after+1&limit=2"]
        assert [claim["id"] for claim in claims] == ["clm_2b", "clm_3a", "clm_3b"]
        assert len(service.targets) == 3


def test_an_address_may_have_a_path() -> None:
    with scripted(OK) as service:
        ask(f"{service.address}/numbers/")
    assert service.targets == ["/numbers/livez"]


@pytest.mark.parametrize(
    ("given", "target"), [("a/b?c", "/claims/a%2Fb%3Fc"), ("..", "/claims/%2E%2E"), ("Лубінець", None)]
)
def test_an_id_stays_a_part_of_the_path(given: str, target: str | None) -> None:
    with scripted(OK) as service, Client(service.address) as client:
        client.claim(given)
    assert service.targets[0].count("/") == 2
    assert target in (None, service.targets[0])


def test_an_empty_id_is_refused_before_it_is_sent() -> None:
    with Client("http://127.0.0.1:1") as client, pytest.raises(ValueError, match="claims"):
        client.claim("")


@pytest.mark.parametrize("content", ["[" * 100_000, '{"number": 1e' + "9" * 30 + "}", '{"number": ' + "9" * 5000 + "}"])
def test_what_no_reader_bears_is_unreadable(asking: Any, content: str) -> None:
    with scripted(Reply(body=content.encode())) as service, pytest.raises(UnreadableAnswer, match="/livez did not"):
        asking(service.address)
    with scripted(Reply(500, content.encode())) as service, pytest.raises(Problem, match=r"^500 "):
        asking(service.address)


@pytest.mark.parametrize(
    "content", ["[]", "{}", '{"items": []}', '{"items": {}, "next": null}', '{"items":[],"next":1}']
)
def test_what_is_no_page_is_unreadable(content: str) -> None:
    with (
        scripted(Reply(body=content.encode())) as service,
        Client(service.address) as client,
        pytest.raises(UnreadableAnswer, match="/claims did not answer with a page"),
    ):
        list(client.claims())
