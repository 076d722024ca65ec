"""The query parameters, and what a body may hold besides what it must, as TypedDicts of keyword arguments."""

import keyword
from collections.abc import Iterable, Iterator
from typing import Any

from clients.generator.operations import Method
from clients.generator.shapes import docstring
from clients.generator.types import annotation, given

_HEAD = '''"""The keyword arguments of each method. Made by `clients.generator`: change nothing here."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypedDict

from counterclaim_client.shapes import {imports}
'''


def render(methods: Iterable[Method], schemas: Iterable[str]) -> str:
    """The module's text; names that it does not use are left for the formatter to take away."""
    head = _HEAD.replace("{imports}", ", ".join(["Number", *schemas]))
    classes = {one.parameters: _class(one) for one in methods if has_keywords(one)}
    return "\n\n".join([head, *classes.values()]) + "\n"


def has_keywords(method: Method) -> bool:
    """Whether it takes any keyword that is only passed on."""
    return bool(method.keywords or _optional(method))


def _optional(method: Method) -> dict[str, Any]:
    """The members that its body need not have."""
    if method.body is None:
        return {}
    required = method.body.get("required", [])
    return {name: schema for name, schema in method.body["properties"].items() if name not in required}


def _members(method: Method) -> Iterator[tuple[str, str, str]]:
    for one in method.keywords:
        yield _keyword(one["name"]), given(one["schema"]) + " | None", one.get("description", "")
    for name, schema in _optional(method).items():
        type_ = annotation(schema)
        yield _keyword(name), type_ if type_.endswith("None") else f"{type_} | None", schema.get("description", "")


def _keyword(name: str) -> str:
    """A parameter's name as Python can have it."""
    return f"{name}_" if keyword.iskeyword(name) else name


def _class(method: Method) -> str:
    lines = [
        f"class {method.parameters}(TypedDict, total=False):",
        docstring(f"Those of {method.operation['operationId']}."),
        "",
    ]
    for name, type_, description in _members(method):
        lines += [f"    {name}: {type_}", *([docstring(description)] if description else [])]
    return "\n".join(lines)
