"""What can go wrong.

CounterclaimError
├── Unreachable            no answer: refused, timed out, cut off, sent in circles
├── UnreadableAnswer       an answer that is not JSON where JSON was due, or no page where one was
└── Problem                the service says what was wrong (RFC 9457)
    ├── NotFound           404
    ├── Invalid            422: with `parameter` or `pointer`, and `nearest` where something was probably meant
    └── Unavailable        503: with `retry_after`, in seconds
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx


UNREADABLE = (ValueError, RecursionError, ArithmeticError)
"""What reading JSON raises: no JSON, nested without end, numbers beyond all bounds."""


class CounterclaimError(Exception):
    """Base of all that this package raises, but for ValueError where an argument cannot be sent."""


class Unreachable(CounterclaimError):
    """No answer came. The cause is httpx's own exception."""


class UnreadableAnswer(CounterclaimError):
    """What came is not what was asked for, so it is hardly from Counterclaim."""


class Problem(CounterclaimError):
    """The answer is an error. `members` holds all that the service said; what it left out is None here.

    `detail` says what to do, `parameter` which argument is wrong, `pointer` (RFC 6901) which place in a body, and
    `nearest` what was probably meant.
    """

    status: int
    members: Mapping[str, Any]

    def __init__(self, status: int, members: Mapping[str, Any], retry_after: float | None = None) -> None:
        self.status = status
        self.members = members
        self.retry_after = retry_after
        super().__init__(f"{status} {self.title}: {self.detail}" if self.detail else f"{status} {self.title}")

    @property
    def type(self) -> str:
        """Where its kind is described, such as /problems/unknown-parameter."""
        return self._text("type") or "about:blank"

    @property
    def title(self) -> str:
        """The kind in words."""
        return self._text("title") or "No reason given"

    @property
    def detail(self) -> str | None:
        """What was wrong, and what would be right."""
        return self._text("detail")

    @property
    def instance(self) -> str | None:
        """The path that was asked for."""
        return self._text("instance")

    @property
    def parameter(self) -> str | None:
        """The parameter that is wrong."""
        return self._text("parameter")

    @property
    def nearest(self) -> str | None:
        """What was probably meant."""
        return self._text("nearest")

    @property
    def pointer(self) -> str | None:
        """The place in the body that is wrong."""
        return self._text("pointer")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.status, self.members, self.retry_after)

    def _text(self, name: str) -> str | None:
        member = self.members.get(name)
        return member if isinstance(member, str) else None


class NotFound(Problem):
    """There is no such thing."""


class Invalid(Problem):
    """What was asked for is not acceptable."""


class Unavailable(Problem):
    """The service cannot answer now, and was asked as often as the client may ask."""


_KINDS: Mapping[int, type[Problem]] = {404: NotFound, 422: Invalid, 503: Unavailable}


def problem_of(response: httpx.Response, now: datetime) -> Problem:
    """The exception for an error that has been read. A proxy's page of HTML makes one too, with a title alone."""
    try:
        members = json.loads(response.content)
    except UNREADABLE:
        members = None
    if not isinstance(members, dict):
        members = {"title": response.reason_phrase}
    kind = _KINDS.get(response.status_code, Problem)
    return kind(response.status_code, members, _retry_after(response, now))


def _retry_after(response: httpx.Response, now: datetime) -> float | None:
    """The seconds to wait, which the header may write as a date."""
    text = response.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds())
