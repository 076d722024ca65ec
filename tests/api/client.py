"""A client that calls the application directly: no socket, and query strings go through byte by byte."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode

from fastapi import FastAPI
from starlette.types import Message, Scope

from app.main import create_app
from app.settings import Settings


@dataclass(frozen=True)
class Answer:
    """A response; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Asks one application, one request after another."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._runner = asyncio.Runner()
        self._lifespan = app.router.lifespan_context(app)
        self._runner.run(self._lifespan.__aenter__())

    def close(self) -> None:
        self._runner.run(self._lifespan.__aexit__(None, None, None))
        self._runner.close()

    def get(self, target: str | bytes, **headers: str) -> Answer:
        return self.ask("GET", target, **headers)

    def post(self, target: str, body: object, **headers: str) -> Answer:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", target, content, **{"content-type": "application/json", **headers})

    def form(self, target: str, fields: Mapping[str, str], **headers: str) -> Answer:
        content = urlencode(fields).encode()
        return self.ask("POST", target, content, **{"content-type": "application/x-www-form-urlencoded", **headers})

    def ask(self, method: str, target: str | bytes, *chunks: bytes, **headers: str) -> Answer:
        """The answer to a request whose body comes in those chunks, without saying its length.

        A header of several lines is sent as several.
        """
        raw = target.encode() if isinstance(target, str) else target
        path, _, query = raw.partition(b"?")
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path.decode("ascii")),
            "raw_path": path,
            "root_path": "",
            "query_string": query,
            "headers": [
                (b"host", b"test"),
                *((k.lower().encode(), line.encode()) for k, v in headers.items() for line in v.splitlines() or [""]),
            ],
            "client": ("127.0.0.1", 1),
            "server": ("test", 80),
            "state": {},
        }
        return self._runner.run(self._call(scope, list(chunks)))

    async def _call(self, scope: Scope, chunks: list[bytes]) -> Answer:
        sent: list[Message] = []

        ended = False

        async def receive() -> Message:
            nonlocal ended
            if ended:
                await asyncio.Event().wait()  # nobody hangs up
            body = chunks.pop(0) if chunks else b""
            ended = not chunks
            return {"type": "http.request", "body": body, "more_body": not ended}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:]))


@contextmanager
def serving(url: str, **settings: Any) -> Iterator[Client]:
    """A client of an application on the database at the URL."""
    client = Client(create_app(Settings(database_url=url, **settings)))
    try:
        yield client
    finally:
        client.close()
