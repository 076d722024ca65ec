"""The reference of the API as a page of documentation, made from what the OpenAPI document says."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.problems import Problem, kinds

Json = dict[str, Any]

_HEAD = """# The API

Every address answers JSON; [formats.md](formats.md) tells of the others, CSV and feeds among them, which each address
here names. What can go wrong is told as a problem (RFC 9457, `application/problem+json`).

A list is `{"items": […], "next": …, "next_url": …}`. `next` is the cursor of the page after this one and `next_url` its
whole address, both null on the last page; the header `Link: <…>; rel="next"` says the same. `total` is there with
`count=true`. Where a parameter names something, `resolved` says what it was taken for; where nothing has that name, the
page is empty and `suggestions` are the nearest.

A parameter that an address does not know is refused, and so is one that stands twice or is empty. Parameters that begin
with `_` are passed over. This page is made from the same declarations as the service itself.

## What was, and copies kept in step

Every load, correction, withdrawal and merging makes a *version*: 1, 2, 3 and on. `known_at` asks what was known at a
version, or at the end of a day or moment, and answers as was answered then, flags included, as in
`/claims?known_at=2024-08-16`. `/claims/{id}/history` lists all that one claim's record was.

To keep a copy of a list, begin with an empty one and `changed_since=0`:

1. Ask `/claims?changed_since=0`, with filters or without, and apply every item: one with `"gone": true` takes the claim
   of that id away (`withdrawn` says when and why, where it was withdrawn; otherwise the filters leave it out now), any
   other is put in place of the claim of its id.
2. Go on with `next_url` until it is null. Every page says the same `version`: the copy is now the list as of that
   version, whatever was written meanwhile.
3. From time to time ask again, with that `version` as `changed_since`.

A page that failed is asked for again; a walk that was broken off begins again where it began. A 422 means that the copy
is of another database, or that the entity followed was merged into another: begin again with `changed_since=0`.
"""


def page(document: Json, examples: Json) -> str:
    """The page, in Markdown; `examples` are requests by operation."""
    return "\n".join([_HEAD, *_addresses(document, examples), *_problems()]).rstrip() + "\n"


def _addresses(document: Json, examples: Json) -> Iterator[str]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield f"## {method.upper()} {path}\n\n{operation['description']}\n"
            yield f"    {method.upper()} {examples[operation['operationId']]['request']}\n"
            asked = [one for one in operation["parameters"] if one["in"] == "query"]
            if asked:
                yield _table(("parameter", "takes", "meaning", "example"), map(_parameter, asked))


def _parameter(one: Json) -> tuple[str, ...]:
    example = f"`{one['example']}`" if "example" in one else ""
    return f"`{one['name']}`", _values(one["schema"]), one["description"], example


def _values(schema: Json) -> str:
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    if schema["type"] == "integer":
        return f"{schema['minimum']} to {schema['maximum']}"
    if schema["type"] == "boolean":
        return "`true`, `false`"
    return {"edtf": "a date", "moment": "a version or a date", "cursor": "a cursor"}.get(
        schema.get("format", ""), _PLAIN[schema["type"]]
    )


_PLAIN = {"string": "text", "number": "a number"}


def _problems() -> Iterator[str]:
    yield "## Problems\n\nThe `type` of a problem is an address that describes it.\n"
    yield _table(("type", "status", "means"), map(_problem, kinds()))


def _problem(kind: type[Problem]) -> tuple[str, ...]:
    return f"`{kind.type()}`", str(kind.status), " ".join((kind.__doc__ or "").split())


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"
