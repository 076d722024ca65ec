"""The client itself: a method for each operation."""

from collections.abc import Iterable, Mapping
from typing import Any

from clients.generator.operations import Method
from clients.generator.parameters import has_keywords
from clients.generator.shapes import docstring
from clients.generator.types import annotation, given

Json = Mapping[str, Any]
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
    own = ["limit: int | None = None", "page_size: int | None = None"]
    lines = [
        _signature(method, own, f"AsyncListing[{method.item}, {method.answer}]", ""),
        f"return self._listing({_path(method)}, {_given(method)}, Share(limit, page_size, {method.most}))",
    ]
    return "\n        ".join(lines)


def _reading(method: Method) -> str:
    if method.body is not None:
        return _posting(method, method.body)
    lines = [
        _signature(method, [], method.answer, "async "),
        f"answer: {method.answer} = await self._read({_path(method)}, {_given(method)})",
        "return answer",
    ]
    return "\n        ".join(lines)


def _posting(method: Method, body: Json) -> str:
    required = {name: annotation(body["properties"][name]) for name in body.get("required", [])}
    members = [*(f'"{name}": {name}' for name in required), "**parameters"]
    lines = [
        _signature(method, [], method.answer, "async ", required),
        f"answer: {method.answer} = await self._post({_path(method)}, {{{', '.join(members)}}})",
        "return answer",
    ]
    return "\n        ".join(lines)


def _passing(method: Method) -> str:
    passed = f'return self._pieces({_path(method)}, {_given(method)}, "{method.media_type}")'
    return "\n        ".join([_signature(method, [], "AsyncIterator[bytes]", ""), passed])


def _signature(
    method: Method, keywords: list[str], answer: str, before: str, members: Mapping[str, str] | None = None
) -> str:
    """The first lines: parts of the path, then what it does not go without, then keywords."""
    parts = [*(f"{name}: str" for name in method.parts), "/"] if method.parts else []
    needed = members or {one["name"]: given(one["schema"]) for one in method.needed}
    passed = [f"**parameters: Unpack[{method.parameters}]"] if has_keywords(method) else []
    own = [*(f"{name}: {type_}" for name, type_ in needed.items()), *(["*", *keywords] if keywords else []), *passed]
    described = method.description
    if not method.reads_json:
        described += f"\n\nPieces of {method.media_type}, to be written to a file one after the other."
    head = f"    {before}def {method.name}({', '.join(['self', *parts, *own])}) -> {answer}:"
    return f"{head}\n{docstring(described, '        ')}"


def _given(method: Method) -> str:
    """What of the arguments is the query."""
    needed = [f'"{one["name"]}": {one["name"]}' for one in method.needed]
    passed = "parameters" if has_keywords(method) else "{}"
    return f"{{{', '.join([*needed, '**' + passed])}}}" if needed else passed


def _path(method: Method) -> str:
    return f'path("{method.path}", {", ".join(method.parts)})' if method.parts else f'"{method.path}"'
