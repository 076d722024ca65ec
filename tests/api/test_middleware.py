"""What holds for every request: any origin may read, HEAD is GET without a body, and bodies are bounded."""

import asyncio

import pytest
from fastapi import FastAPI
from starlette.types import Message

from tests.api.client import Client, serving
from tests.api.test_bad_input import refused

MOST = 2048


def test_any_origin_may_read(client: Client) -> None:
    for target in ("/claims?limit=1", "/claims?limit=0", "/nowhere", "/livez"):
        headers = client.get(target, origin="https://example.org").headers
        assert headers["access-control-allow-origin"] == "*"
        assert "Link" in headers["access-control-expose-headers"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_preflight_is_answered(client: Client, method: str) -> None:
    asked = {"origin": "https://example.org", "access-control-request-method": method}
    answer = client.ask("OPTIONS", "/compare", **asked)
    assert (answer.status, answer.body) == (204, b"")
    assert method in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-headers"] == "*"


def test_options_without_a_preflight_is_no_method(client: Client) -> None:
    refused(client.ask("OPTIONS", "/claims"), 405, "method-not-allowed")


@pytest.mark.parametrize("target", ["/claims?limit=1", "/livez", "/nowhere", "/claims?limit=0"])
def test_head_is_get_without_a_body(client: Client, target: str) -> None:
    head, get = client.ask("HEAD", target), client.get(target)
    assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")


@pytest.mark.parametrize("target", ["/compare", "/claims", "/nowhere"])
def test_a_declared_body_beyond_the_limit_is_refused(database_url: str, target: str) -> None:
    with serving(database_url, max_body_bytes=MOST) as client:
        answer = client.ask("POST", target, **{"content-length": str(MOST + 1)})
        refused(answer, 413, "body-too-large")
        assert client.ask("GET", "/livez", **{"content-length": str(10**30)}).status == 413


def test_a_body_is_counted_as_it_comes(database_url: str) -> None:
    headers = {"content-type": "application/json"}
    with serving(database_url, max_body_bytes=MOST) as client:
        refused(client.ask("POST", "/compare", *[b" " * 100] * 30, **headers), 413, "body-too-large")
        refused(client.ask("POST", "/compare", *[b" " * 100] * 20, **headers), 422, "invalid-body")


def test_who_hangs_up_is_no_fault(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    messages: list[Message] = [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]
    sent: list[Message] = []

    async def receive() -> Message:
        return messages.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"test"), (b"content-type", b"application/json")]
    rest = {"asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "root_path": "", "query_string": b""}
    scope = {"type": "http", "method": "POST", "path": "/compare", "raw_path": b"/compare", "headers": headers, **rest}
    asyncio.run(client.app({**scope, "client": None, "server": None, "state": {}}, receive, send))
    assert (sent, caplog.records) == ([], [])


PLAIN = (
    *("/claims?entity=Lubinets&limit=3", "/claims?q=prisoners", "/suggest?prefix=lu", "/conflicts", "/figures?limit=2"),
    *("/events/kursk-captures-2024-08-14/timeline", "/claims/clm_aaaaaaaaaaaaaaaa", "/claims?limit=0", "/claims?x=1"),
)


@pytest.mark.parametrize("target", PLAIN)
def test_a_plain_read_is_answered_alike_with_the_framework_and_without(
    seeds: Client, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    with monkeypatch.context() as long_way:
        long_way.setattr(seeds.app, "direct", None)
        usual = seeds.get(target)

    def broken(*_: object) -> None:
        raise AssertionError("the framework was asked")

    monkeypatch.setattr(FastAPI, "__call__", broken)
    assert seeds.get(target) == usual
    for bodied in ({"content-length": "0"}, {"transfer-encoding": "chunked"}):
        with pytest.raises(AssertionError):
            seeds.get(target, **bodied)
