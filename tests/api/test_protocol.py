"""Over a real socket: what the server itself refuses is a problem too."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
import uvicorn

from app.api import shapes
from app.api.protocol import Protocol
from app.main import create_app
from app.settings import Settings


@pytest.fixture
def port(sqlite_url: str) -> Iterator[int]:
    """The port of a server of its own."""
    app = create_app(Settings(database_url=sqlite_url))
    server = uvicorn.Server(uvicorn.Config(app, port=0, http=Protocol, log_level="error"))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join()


def ask(port: int, target: str) -> tuple[int, str | None, bytes]:
    """Status, media type and body of the answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", target)
        answer = connection.getresponse()
        return answer.status, answer.getheader("content-type"), answer.read()


@pytest.mark.parametrize(("length", "status"), [(61_500, 414), (64_000, 414), (100_000, 400)])
def test_a_long_query_is_a_problem_whoever_refuses_it(port: int, length: int, status: int) -> None:
    *head, body = ask(port, "/claims?entity=" + "x" * length)
    assert head == [status, "application/problem+json"]
    assert "bytes" in shapes.Problem.model_validate_json(body).detail


def test_what_is_no_http_is_a_problem(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"nonsense\r\n\r\n")
        head, _, body = connection.makefile("rb").read().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert shapes.Problem.model_validate_json(body).type == "/problems/refused"


def test_an_answer_comes_over_the_same_protocol(port: int) -> None:
    assert ask(port, "/livez") == (200, "application/json", b'{"status":"ok"}')
