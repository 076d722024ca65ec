"""One connection to a service, and the lists that come over it page by page. `connection` is made from this."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

import httpx

from counterclaim_client.problems import Unreachable, problem_of
from counterclaim_client.requests import Patience, Request, Share, agent, answer, body, check_media_type, page_of, query

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from types import TracebackType

Item = TypeVar("Item")
Page = TypeVar("Page")


class AsyncListing(Generic[Item, Page]):
    """A list, fetched page by page as its items are asked for. Each iteration begins anew."""

    def __init__(self, connection: AsyncConnection, path: str, asked: Mapping[str, str], share: Share) -> None:
        self._connection = connection
        self._path = path
        self._asked = asked
        self._share = share

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self._walk():
            for item in page["items"]:
                yield item

    def pages(self) -> AsyncIterator[Page]:
        """Its pages, each with what stands beside the items: `next`, `total`, `resolved`, `version`."""
        return self._walk()

    async def page(self) -> Page:
        """Its first page."""
        page: Page = await self._fetch({**self._asked, **self._share.query(0)})
        return page

    async def first(self) -> Item | None:
        """Its first item; None where it has none."""
        page = await self._fetch({**self._asked, "limit": "1"})
        return next(iter(page["items"]), None)

    def download(self, media_type: str) -> AsyncIterator[bytes]:
        """The list in another format that it has, such as text/csv, as it comes: pieces to be written to a file.

        Without a limit it is whole, as far as the service gives that format whole.
        """
        limit = self._share.limit
        asked = self._asked if limit is None else {**self._asked, "limit": str(limit)}
        return self._connection._pieces(self._path, asked, media_type)  # noqa: SLF001 - one module

    async def _fetch(self, asked: Mapping[str, str]) -> Any:  # noqa: ANN401 - a page of the list
        return page_of(await self._connection._read(self._path, asked), self._path)  # noqa: SLF001 - one module

    async def _walk(self) -> AsyncIterator[Any]:
        taken, asked = 0, self._asked
        while not self._share.done(taken):
            page = await self._fetch({**asked, **self._share.query(taken)})
            yield page
            if page["next"] is None:
                return
            taken += len(page["items"])
            asked = {**self._asked, "cursor": page["next"]}


class AsyncConnection:
    """A connection to the service at `address`, to be closed, or used as a context manager.

    `timeout` is in seconds, for connecting and for each wait for bytes. Where the service answers 503 and says after
    how long to come again, a request is sent again, `retries` times at most and never after more than `longest_wait`
    seconds. `user_agent` tells the service who asks. `transport` is httpx's, for proxies and certificates of one's own.
    """

    def __init__(
        self,
        address: str,
        *,
        timeout: float = 10.0,
        retries: int = 3,
        longest_wait: float = 30.0,
        user_agent: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._patience = Patience(retries, longest_wait)
        self._http = httpx.AsyncClient(
            base_url=address,
            timeout=timeout,
            headers={"user-agent": agent(user_agent)},
            follow_redirects=True,
            transport=transport,
        )

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.__aexit__(kind, error, trace)

    async def aclose(self) -> None:
        """End it."""
        await self._http.aclose()

    def _listing(self, path: str, parameters: Mapping[str, Any], share: Share) -> AsyncListing[Any, Any]:
        return AsyncListing(self, path, query(parameters), share)

    async def _read(self, path: str, parameters: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON value
        return await self._ask(Request(path, query(parameters)))

    async def _post(self, path: str, content: object) -> Any:  # noqa: ANN401 - any JSON value
        return await self._ask(Request(path, {}, body(content)))

    async def _pieces(self, path: str, parameters: Mapping[str, Any], accept: str) -> AsyncIterator[bytes]:
        async with self._open(Request(path, query(parameters), accept=accept)) as response:
            check_media_type(response, accept)
            async for piece in response.aiter_bytes():
                yield piece

    async def _ask(self, request: Request) -> Any:  # noqa: ANN401 - any JSON value
        async with self._open(request) as response:
            await response.aread()
            return answer(response)

    @asynccontextmanager
    async def _open(self, request: Request) -> AsyncIterator[httpx.Response]:
        """The response to a request that went well, its body not yet read."""
        try:
            response = await self._send(request)
            try:
                yield response
            finally:
                await response.aclose()
        except httpx.RequestError as error:
            raise Unreachable(f"No answer from {self._http.base_url}: {str(error) or type(error).__name__}") from error

    async def _send(self, request: Request) -> httpx.Response:
        sent_again = 0
        while True:
            response = await self._http.send(self._http.build_request(**request.arguments()), stream=True)
            if response.is_success:
                return response
            await response.aread()
            problem = problem_of(response, datetime.now(UTC))
            wait = self._patience.wait(problem, sent_again)
            if wait is None:
                raise problem
            await asyncio.sleep(wait)
            sent_again += 1
