"""What is the same for both clients, and touches no network: how a request is written, an answer read, a wait found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from counterclaim_client.problems import UNREADABLE, Problem, Unavailable, UnreadableAnswer
from counterclaim_client.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: `path` is below the service's address, `body` is JSON, `accept` a media type."""

    path: str
    query: Mapping[str, str]
    body: str | None = None
    accept: str = JSON

    def arguments(self) -> dict[str, Any]:
        """Those of `httpx.Client.build_request`."""
        headers = {"accept": self.accept}
        if self.body is None:
            return {"method": "GET", "url": self.path, "params": self.query, "headers": headers}
        headers["content-type"] = JSON
        return {"method": "POST", "url": self.path, "params": self.query, "headers": headers, "content": self.body}


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a list is wanted: `limit` items in all, `page_size` a request, of which one holds `most`.

    None is all of it, and as many a request as the service likes; where a limit is given, as many as it allows.
    Raises ValueError.
    """

    limit: int | None
    page_size: int | None
    most: int

    def __post_init__(self) -> None:
        if self.limit is not None and self.limit < 1:
            raise ValueError(f"limit must be 1 or more, not {self.limit}")
        if self.page_size is not None and not 1 <= self.page_size <= self.most:
            raise ValueError(f"page_size must be from 1 to {self.most}, not {self.page_size}")

    def done(self, taken: int) -> bool:
        """Whether so many items are all that are wanted."""
        return self.limit is not None and taken >= self.limit

    def query(self, taken: int) -> dict[str, str]:
        """The parameter that asks for the next page."""
        sizes = [] if self.page_size is None else [self.page_size]
        if self.limit is not None:
            sizes += [self.limit - taken, self.most]
        return {"limit": str(min(sizes))} if sizes else {}


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is sent again when the service says after how long it may be: `retries` times at most.

    A wait of more than `longest_wait` seconds is not waited for.
    """

    retries: int
    longest_wait: float

    def wait(self, problem: Problem, sent_again: int) -> float | None:
        """The seconds after which to send again; None is not to."""
        seconds = problem.retry_after
        again = isinstance(problem, Unavailable) and sent_again < self.retries
        return None if not again or seconds is None or seconds > self.longest_wait else seconds


def agent(of: str | None) -> str:
    """The header: who asks, and with what."""
    own = f"counterclaim-client/{__version__}"
    return f"{of} {own}" if of else own


def path(template: str, *parts: str) -> str:
    """The path with those parts in the places of its {names}. Raises ValueError for an empty part."""
    for part in parts:
        if not part:
            raise ValueError(f"an empty text cannot stand in {template}")
        before, _, rest = template.partition("{")
        # A part of dots alone would lead to another path.
        quoted = quote(part, safe="") if part.strip(".") else part.replace(".", "%2E")
        template = before + quoted + rest.partition("}")[2]
    return template


def query(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Parameters as texts; None is left out, and a name that Python has for itself is written with a final `_`."""
    return {name.removesuffix("_"): _text(value) for name, value in parameters.items() if value is not None}


def body(value: object) -> str:
    """A value as JSON, a Decimal as the number that it is."""
    if isinstance(value, dict):
        members = (f"{json.dumps(name)}:{body(member)}" for name, member in value.items() if member is not None)
        return f"{{{','.join(members)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(body, value))}]"
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    if isinstance(value, date):
        return json.dumps(_text(value))
    return json.dumps(value, allow_nan=False)


def answer(response: httpx.Response) -> Any:  # noqa: ANN401 - any JSON value
    """What a response that has been read holds. Numbers with a fraction are Decimal: none loses a digit."""
    try:
        return json.loads(response.content, parse_float=Decimal)
    except UNREADABLE as error:
        raise UnreadableAnswer(f"{response.request.url} did not answer with JSON that can be read: {error}") from None


def page_of(found: object, path: str) -> Any:  # noqa: ANN401 - a page of any list
    """What was answered, where it is the page of a list. Raises UnreadableAnswer."""
    if isinstance(found, dict) and isinstance(found.get("items"), list):
        following = found.get("next", 0)
        if following is None or isinstance(following, str):
            return found
    raise UnreadableAnswer(f"{path} did not answer with a page, which has `items` and `next`")


def check_media_type(response: httpx.Response, wanted: str) -> None:
    """Raises UnreadableAnswer for another format than the one that was asked for."""
    given = response.headers.get("content-type", "").partition(";")[0].strip()
    if given != wanted:
        raise UnreadableAnswer(f"{response.request.url} does not come as {wanted}: it came as {given or 'nothing'}")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value!r} does not say its time zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return ",".join(_quoted(_text(item)) for item in value)
    return str(value)


def _quoted(text: str) -> str:
    """A value of a list: what has a comma or begins with a quotation mark stands in such, those in it doubled."""
    return '"{}"'.format(text.replace('"', '""')) if "," in text or text.startswith('"') else text
