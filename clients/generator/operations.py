"""The operations of an OpenAPI document, as far as a client has to know them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from clients.generator.naming import APART, NOT_TAKEN, class_name, left_out, method_name
from clients.generator.types import annotation

Json = Mapping[str, Any]
_JSON = "application/json"


@dataclass(frozen=True, eq=False)
class Method:
    """A method of the client. `schemas` are those of the document, `needs` is a parameter that it does not go without
    though the operation does, `lacks` is one that another method takes.
    """

    name: str
    path: str
    operation: Json
    schemas: Json
    needs: str | None = None
    lacks: str | None = None

    @cached_property
    def parts(self) -> list[str]:
        """The parts of its path that are given."""
        return [one["name"] for one in self.operation["parameters"] if one["in"] == "path"]

    @cached_property
    def query(self) -> list[Json]:
        """The parameters of its query."""
        found = (one for one in self.operation["parameters"] if one["in"] == "query")
        return [one for one in found if one["name"] != self.lacks and one["name"] not in NOT_TAKEN]

    @cached_property
    def needed(self) -> list[Json]:
        """Those that it does not go without."""
        return [one for one in self.query if one.get("required") or one["name"] == self.needs]

    @cached_property
    def keywords(self) -> list[Json]:
        """Those that are only passed on."""
        own = ["limit"] if self.pages else []
        return [one for one in self.query if one not in self.needed and one["name"] not in own]

    @cached_property
    def content(self) -> Json:
        """What it answers, by media type."""
        content: Json = self.operation["responses"]["200"]["content"]
        return content

    @cached_property
    def media_type(self) -> str:
        """What it asks for."""
        return _JSON if _JSON in self.content else next(iter(self.content))

    @property
    def reads_json(self) -> bool:
        """Whether its answer is JSON that is read at once, not passed on as it comes."""
        return self.media_type == _JSON

    @cached_property
    def answer(self) -> str:
        """The type of its answer."""
        return annotation(self.content[self.media_type].get("schema", {}))

    @cached_property
    def pages(self) -> bool:
        """Whether it answers a page that leads to another."""
        shape = self.schemas.get(self.answer, {})
        walks = any(one["name"] == "cursor" for one in self.query)
        return self.reads_json and walks and {"items", "next"} <= set(shape.get("properties", {}))

    @cached_property
    def item(self) -> str:
        """The type of a page's items; what is only there with a parameter that it lacks is not among them."""
        items = self.schemas[self.answer]["properties"]["items"]["items"]
        return annotation(items["anyOf"][0] if self.lacks else items)

    @cached_property
    def most(self) -> int:
        """How many items one page may hold."""
        return next(int(one["schema"]["maximum"]) for one in self.query if one["name"] == "limit")

    @cached_property
    def body(self) -> Json | None:
        """The schema of the JSON that it sends."""
        if "requestBody" not in self.operation:
            return None
        found: Json = self.schemas[annotation(self.operation["requestBody"]["content"][_JSON]["schema"])]
        return found

    @cached_property
    def description(self) -> str:
        """What it does."""
        found = (one["description"] for one in self.query if one["name"] == self.needs)
        return str(next(found, self.operation["description"]))

    @property
    def parameters(self) -> str:
        """The class of its keywords."""
        return f"{class_name(method_name(self.operation['operationId']))}Parameters"


def methods(document: Json) -> Iterator[Method]:
    """Every method that the document calls for, in its order."""
    for path, operations in document["paths"].items():
        if not left_out(path):
            for verb, operation in operations.items():
                _check(verb, path, operation)
                yield from _methods(path, operation, document["components"]["schemas"])


def _methods(path: str, operation: Json, schemas: Json) -> Iterator[Method]:
    name = operation["operationId"]
    needs, apart = APART.get(name, (None, ""))
    yield Method(method_name(name), path, operation, schemas, lacks=needs)
    if needs:
        yield Method(apart, path, operation, schemas, needs=needs)


def _check(verb: str, path: str, operation: Json) -> None:
    """Raises ValueError for what methods cannot be written of."""
    sends = list(operation.get("requestBody", {}).get("content", {}))
    asks = any(one["in"] == "query" for one in operation["parameters"])
    if not (verb == "get" and not sends) and not (verb == "post" and sends == [_JSON] and not asks):
        raise ValueError(f"{verb.upper()} {path}: teach clients/generator to write it, or leave it out in naming.py")
