"""The schemas of an OpenAPI document as TypedDicts."""

import keyword
import textwrap
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from clients.generator.types import annotation, references

Json = Mapping[str, Any]
_HEAD = '''"""What the service answers and reads, as dictionaries. Made by `clients.generator`: change nothing here.

A whole number is an int, any other a Decimal with all its digits.
"""

from decimal import Decimal
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

Number: TypeAlias = int | Decimal
'''

_BUILT_IN = {"str", "int", "bool", "list", "dict"}
"""Members of such names would stand in the way of those after them."""


def render(schemas: Json) -> str:
    """The module's text."""
    return "\n\n".join([_HEAD, *(_shape(name, schemas[name]) for name in _ordered(schemas))]) + "\n"


def docstring(text: str, indent: str = "    ") -> str:
    """A description as a docstring, or as one that follows what it describes."""
    lines = [line for part in text.splitlines() for line in textwrap.wrap(part, 110 - len(indent)) or [""]]
    # A quotation mark at the end would be one of four.
    close = f'\n{indent}"""' if len(lines) > 1 or text.endswith('"') else '"""'
    return f'{indent}"""' + f"\n{indent}".join(lines).replace("\\", "\\\\") + close


def _shape(name: str, schema: Json) -> str:
    if "properties" not in schema and schema.get("type") != "object":
        return f"{name}: TypeAlias = {annotation(schema)}\n{docstring(schema.get('description', name), '')}"
    members = list(_members(name, schema))
    if any(keyword.iskeyword(member) or member in _BUILT_IN for member, _, _ in members):
        pairs = ", ".join(f"{member!r}: {type_}" for member, type_, _ in members)
        return f'{name} = TypedDict("{name}", {{{pairs}}})\n{docstring(schema.get("description", name), "")}'
    lines = [f"class {name}(TypedDict):", docstring(schema.get("description", name)), ""]
    for member, type_, description in members:
        lines.append(f"    {member}: {type_}")
        lines += [docstring(description)] if description else []
    return "\n".join(lines)


def _members(shape: str, schema: Json) -> Iterator[tuple[str, str, str]]:
    """Each member's name, annotation and description. Only a shape's own name is not yet known where it stands."""
    for name, member in schema.get("properties", {}).items():
        type_ = annotation(member)
        type_ = repr(type_) if references(type_, {shape}) else type_
        type_ = type_ if name in schema.get("required", []) else f"NotRequired[{type_}]"
        yield name, type_, member.get("description", "")


def _ordered(schemas: Json) -> list[str]:
    """The names, each after those that it mentions."""
    known = set(schemas)
    needs = {name: _mentioned(schema, known) - {name} for name, schema in schemas.items()}
    try:
        return list(TopologicalSorter({name: sorted(needs[name]) for name in sorted(needs)}).static_order())
    except CycleError as cycle:
        raise ValueError(f"schemas that hold each other are not written yet: {cycle.args[1]}") from None


def _mentioned(schema: Json, known: set[str]) -> set[str]:
    members = [annotation(member) for member in schema.get("properties", {}).values()]
    return set().union(*(references(type_, known) for type_ in [annotation(schema), *members]))
