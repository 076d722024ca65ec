"""JSON Schema as Python's annotations."""

import re
from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]
_PLAIN = {"string": "str", "boolean": "bool", "integer": "int", "number": "Number", "null": "None"}


def annotation(schema: Schema) -> str:
    """The type of what an answer holds there."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema or "const" in schema:
        words = schema.get("enum", [schema.get("const")])
        return f"Literal[{', '.join(map(repr, words))}]"
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return " | ".join(dict.fromkeys(annotation(one) for one in choices))
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return " | ".join(annotation({**schema, "type": kind}) for kind in kinds)
    return _of_kind(kinds, schema)


def _of_kind(kind: str | None, schema: Schema) -> str:
    if kind == "array":
        return f"list[{annotation(schema.get('items', {}))}]"
    if kind == "object":
        members = schema.get("additionalProperties")
        return f"dict[str, {annotation(members) if isinstance(members, dict) else 'Any'}]"
    return _PLAIN.get(kind or "", "Any")


def given(schema: Schema) -> str:
    """The type of what a caller may give for a query parameter."""
    if schema.get("format") in {"edtf", "date", "date-time", "moment"}:
        return "str | int | date" if schema["format"] == "moment" else "str | date"
    if schema.get("type") == "number":
        return "int | float | Decimal"
    if schema.get("type") == "array":
        return f"Sequence[{given(schema['items'])}]"
    return annotation(schema)


def references(text: str, known: set[str]) -> set[str]:
    """The schemas that an annotation names."""
    return set(re.findall(r"\w+", re.sub(r"'[^']*'", "", text))) & known
