"""The client that asks a server as fast as it answers: raw HTTP/1.1 over a few connections that stay open."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from time import perf_counter
from typing import cast

import uvloop

CONNECTIONS = 16
HOST = "bench"
"""The same to every server, whichever its port is: a tag depends on it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A path with its query string, and the headers to send."""

    path: str
    headers: tuple[tuple[str, str], ...] = ()

    def encoded(self) -> bytes:
        """The request as it goes over the wire."""
        lines = (f"{name}: {value}\r\n" for name, value in (("host", HOST), *self.headers))
        return f"GET {self.path} HTTP/1.1\r\n{''.join(lines)}\r\n".encode()


@dataclass(slots=True)
class Measured:
    """What a server did: seconds of each answer in the order they came, and how many were not as expected.

    `answers` are all, those too that are not timed: the first over each connection.

    `busy` are the seconds for which it used a processor meanwhile: a machine that does other things too delays answers,
    but makes them hardly any dearer.
    """

    seconds: float
    busy: float = 0.0
    answers: int = 0
    times: list[float] = field(default_factory=list)
    unexpected: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds

    @property
    def cost(self) -> float:
        """Microseconds of a processor that an answer takes."""
        return 1e6 * self.busy / self.answers

    def quantile(self, share: float) -> float:
        """The time within which that share of the answers came, in milliseconds."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class _Connection(asyncio.Protocol):
    """One connection: the next request as soon as the last is answered, until the time is up."""

    def __init__(self, asks: "cycle[bytes]", measured: Measured, until: float, expected: bytes) -> None:
        self.asks, self.measured, self.until, self.expected = asks, measured, until, expected
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.received = bytearray()
        self.began = 0.0
        self.is_warm = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask the first time."""
        self.transport = cast("asyncio.Transport", transport)
        self._ask()

    def _ask(self) -> None:
        self.began = perf_counter()
        self.transport.write(next(self.asks))

    def data_received(self, data: bytes) -> None:
        """Count an answer once all of it is there."""
        self.received += data
        if not _is_whole(self.received):
            return
        now = perf_counter()
        self.measured.answers += 1
        if self.is_warm or now >= self.until:
            self.measured.times.append(now - self.began)
            self.measured.unexpected += self.received[9:12] != self.expected
        self.is_warm = True  # until all are accepted, one by one between answers, the last of them only wait
        self.received.clear()
        if now < self.until:
            self._ask()
        else:
            self.transport.close()

    def connection_lost(self, _error: Exception | None) -> None:
        """Over, by us or by the server."""
        if not self.done.done():
            self.done.set_result(None)


def _is_whole(received: bytearray) -> bool:
    head = received.find(b"\r\n\r\n")
    if head < 0:
        return False
    headers = bytes(received[:head]).lower()
    place = headers.find(b"content-length:")
    if place >= 0:
        return len(received) >= head + 4 + int(headers[place + 15 :].partition(b"\r\n")[0])
    if b"transfer-encoding: chunked" in headers:
        return received.endswith(b"0\r\n\r\n")
    return True


async def _drive(
    port: int, asks: Sequence[Ask], seconds: float, expected: int, connections: int = CONNECTIONS
) -> Measured:
    loop, measured, began = asyncio.get_running_loop(), Measured(seconds), perf_counter()
    endless, status = cycle([ask.encoded() for ask in asks]), str(expected).encode()
    made = [
        await loop.create_connection(lambda: _Connection(endless, measured, began + seconds, status), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.wait_for(asyncio.gather(*(connection.done for _, connection in made)), seconds + 60)
    measured.seconds = perf_counter() - began
    return measured


def drive(port: int, asks: Sequence[Ask], seconds: float, expected: int = 200) -> Measured:
    """Ask in turn, over all connections, for so many seconds."""
    return uvloop.run(_drive(port, asks, seconds, expected))


def drive_beside(port: int, asks: Sequence[Ask], others: Sequence[Ask], seconds: float) -> Measured:
    """The same, while one connection asks for `others`; what those take is not measured."""

    async def both() -> Measured:
        beside = _drive(port, others, seconds, 200, connections=1)
        measured, _ = await asyncio.gather(_drive(port, asks, seconds, 200), beside)
        return measured

    return uvloop.run(both())


def fetch(port: int, ask: Ask) -> tuple[int, dict[str, str], bytes]:
    """One answer: status, headers in lower case, body."""
    from http.client import HTTPConnection  # noqa: PLC0415 - the measured client is the one above

    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", ask.path, headers={"Host": HOST, **dict(ask.headers)})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body
