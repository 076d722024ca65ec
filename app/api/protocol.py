"""What no application ever sees: HTTP that the server cannot read. It is refused with a problem all the same."""

from typing import TYPE_CHECKING

import orjson
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from app.problems import MEDIA_TYPE, Refused

if TYPE_CHECKING:
    import asyncio

    class _Server(asyncio.Protocol):
        transport: asyncio.Transport
else:
    _Server = AutoHTTPProtocol

ADVICE = "This is no HTTP request that can be read. An address has at most 65,535 bytes; ask for less at a time."


class Protocol(_Server):
    """The server's own protocol, but for how it refuses what it cannot read."""

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the server's wording, which advises nothing
        """Answer with a problem and hang up."""
        body = orjson.dumps(Refused(ADVICE).body())
        head = f"HTTP/1.1 400 Bad Request\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\n"
        self.transport.write(head.encode() + b"connection: close\r\n\r\n" + body)
        self.transport.close()
