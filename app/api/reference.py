"""The reference of the API as a page of documentation, made from what the OpenAPI document says."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.problems import Problem, kinds
from app.search.facets import MOST_VALUES as MOST_OF_A_FACET
from app.search.references import MOST_ADVISED
from app.search.values import MOST_VALUES
from app.search.variants import base_of, family

Json = dict[str, Any]

_HEAD = """# The API

Every address answers JSON; [formats.md](formats.md) tells of the others, CSV and feeds among them, which each address
here names. What can go wrong is told as a problem (RFC 9457, `application/problem+json`).

A list is `{"items": […], "next": …, "next_url": …}`. `next` is the cursor of the page after this one and `next_url` its
whole address, both null on the last page; the header `Link: <…>; rel="next"` says the same. `total` is there with
`count=true`. Where a parameter names something, `resolved` says what it was taken for, and `by` what it
was found by: an `id`, a `key`, a whole `name`, each `word` of it, its `sound` in another script or spelling, or its
`spelling`, one letter away. A name that several bear answers for all of them. Where nothing has that name, the page is
empty and `suggestions` are the nearest. [How names meet](names.md) tells more.

A parameter that an address does not know is refused, and so is one that stands twice or is empty; only what is typed to
search (`q`, `prefix`) may be. What can be typed there is told in [search.md](search.md). Parameters that begin with `_`
are passed over; `_form` among them says that a web page sends its whole form, and that empty fields are not given. This
page is made from the same declarations as the service itself.

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

_VARIANTS = f"""## Several values, none of them, nothing at all

The tables below name the variants of a filter beside it.

- `entity__in=Lubinets,Zelensky` asks for any of several, at most {MOST_VALUES}. Commas stand between them; what has a
  comma in it stands in double quotes (`speaker__in="Smith, John",Lee`), with a quote in it doubled.
- `source__not=…` takes one or several and leaves out what they would find. What has none at all stays in: the claims of
  nobody are among those that are not Zelensky's.
- `event__isnull=true` asks for what has none, `false` for what has one.

A name in a list that stands for nothing is told as `unknown`, the nearest to the first {MOST_ADVISED} as `suggestions`,
and the others are answered for; without any of its names `__in` finds nothing, and `__not` leaves nothing out. All
parameters of a request hold together: `entity=Lubinets&entity__in=Moskalkova,Zelensky` asks for what concerns him and
one of those two. `role` narrows `entity`, or else `entity__in`. What was (`known_at`, `changed_since`) is asked for
without variants.

## Counts by facet

`facet=source,status,year` adds `facets`: for each, its values with how many of all that match have it, most frequent
first and of the same count by label, years in their order. All other filters hold; a facet's own filter, with its
variants, is left out of its counts, so that they say what another choice would find. The year is that of the date that
a claim speaks of, so its own are `as_of__gte` and `as_of__lte`. At most {MOST_OF_A_FACET} values are told, of years the
latest; `other` is how many have further ones. Null stands for what has none, such as a speaker without a name.
"""


def page(document: Json, examples: Json) -> str:
    """The page, in Markdown; `examples` are requests by operation."""
    return "\n".join([_HEAD, _VARIANTS, *_addresses(document, examples), *_problems()]).rstrip() + "\n"


def _addresses(document: Json, examples: Json) -> Iterator[str]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield f"## {method.upper()} {path}\n\n{operation['description']}\n"
            yield f"    {method.upper()} {examples[operation['operationId']]['request']}\n"
            asked = {one["name"]: one for one in operation["parameters"] if one["in"] == "query"}
            if asked:
                yield _table(("parameter", "takes", "meaning", "example"), _parameters(asked))


def _parameters(asked: Mapping[str, Json]) -> Iterator[tuple[str, ...]]:
    """A row each; variants stand in that of the filter that they are made of."""
    for name, one in asked.items():
        alone, *others = family(name)
        made = [f"`{other.removeprefix(alone)}`" for other in others if other in asked]
        example = one.get("example", "")
        example = ",".join(example) if isinstance(example, list) else example
        if base_of(name) not in asked:
            cells = _values(one["schema"]), one["description"], f"`{example}`" if example else ""
            yield " ".join([f"`{name}`", *made]), *cells


def _values(schema: Json) -> str:
    if schema["type"] == "array":
        return f"a list of: {_values(schema['items'])}"
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
