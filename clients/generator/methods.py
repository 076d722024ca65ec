"""The client itself: a method for each operation."""

from collections.abc import Iterable

from clients.generator.operations import Method
from clients.generator.parameters import has_keywords
from clients.generator.shapes import docstring
from clients.generator.types import annotation, given

_HEAD = '''"""A method for each operation of the service. Made by `clients.generator`: change nothing here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Unpack

from counterclaim_client.async_connection import AsyncConnection
from counterclaim_client.requests import Share, path

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import date
    from decimal import Decimal

    from counterclaim_client.async_connection import AsyncListing
    from counterclaim_client.parameters import {parameters}
    from counterclaim_client.shapes import {shapes}


class AsyncClient(AsyncConnection):
    """The service at an address, to be used as a context manager; see `AsyncConnection` for what can be set.

    A list is walked by `async for`, page after page as it is needed: `limit` is how many items it gives in all,
    `page_size` how many a request fetches. A parameter that the service does not know is refused by it, not here.
    """
'''


def render(methods: Iterable[Method], schemas: Iterable[str]) -> str:
    """The module's text; names that it does not use are left for the formatter to take away."""
    each = list(methods)
    head = _HEAD.replace("{parameters}", ", ".join(one.parameters for one in each if has_keywords(one)))
    return "\n\n".join([head.replace("{shapes}", ", ".join(schemas)), *map(_method, each)]) + "\n"


def _method(method: Method) -> str:
    if method.pages:
        return _listing(method)
    return _reading(method) if method.reads_json else _passing(method)


def _listing(method: Method) -> str:
    own = ["*", *_needed(method), "limit: int | None = None", "page_size: int | None = None", *_keywords(method)]
    lines = [
        _signature(method, own, f"AsyncListing[{method.item}, {method.answer}]", ""),
        f"return self._listing({_path(method)}, {_given(method)}, Share(limit, page_size, {method.most}))",
    ]
    return "\n        ".join(lines)


def _reading(method: Method) -> str:
    if method.body is not None:
        return _posting(method)
    lines = [
        _signature(method, ["*", *_keywords(method)], method.answer, "async "),
        f"answer: {method.answer} = await self._read({_path(method)}, {_given(method)})",
        "return answer",
    ]
    return "\n        ".join(lines)


def _posting(method: Method) -> str:
    assert method.body is not None
    required = method.body.get("required", [])
    own = [f"{name}: {annotation(method.body['properties'][name])}" for name in required]
    content = "{" + ", ".join([*(f'"{name}": {name}' for name in required), "**parameters"]) + "}"
    lines = [
        _signature(method, [*own, *_keywords(method)], method.answer, "async "),
        f"answer: {method.answer} = await self._post({_path(method)}, {content})",
        "return answer",
    ]
    return "\n        ".join(lines)


def _passing(method: Method) -> str:
    return "\n        ".join(
        [
            _signature(method, ["*", *_keywords(method)], "AsyncIterator[bytes]", ""),
            f'return self._pieces({_path(method)}, {_given(method)}, "{method.media_type}")',
        ]
    )


def _signature(method: Method, own: list[str], answer: str, before: str) -> str:
    parts = [f"{name}: str" for name in method.parts]
    # A star stands only before arguments that it makes keywords.
    own = own[1:] if own[0] == "*" and (len(own) == 1 or own[1].startswith("**")) else own
    arguments = ", ".join(["self", *parts, *(["/"] if parts else []), *own])
    described = method.description
    if not method.reads_json:
        described += f"\n\nPieces of {method.media_type}, to be written to a file one after the other."
    return f"    {before}def {method.name}({arguments}) -> {answer}:\n{docstring(described, '        ')}"


def _keywords(method: Method) -> list[str]:
    return [f"**parameters: Unpack[{method.parameters}]"] if has_keywords(method) else []


def _needed(method: Method) -> list[str]:
    return [f"{one['name']}: {given(one['schema'])}" for one in method.query if one["name"] == method.needs]


def _given(method: Method) -> str:
    if method.needs:
        return f'{{"{method.needs}": {method.needs}, **parameters}}'
    return "parameters" if has_keywords(method) else "{}"


def _path(method: Method) -> str:
    return f'path("{method.path}", {", ".join(method.parts)})' if method.parts else f'"{method.path}"'
