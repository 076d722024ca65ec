"""The operations of an OpenAPI document, as far as a client has to know them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from clients.generator.naming import APART, LEFT_OUT, class_name, method_name
from clients.generator.types import annotation

Json = Mapping[str, Any]
_JSON = "application/json"


@dataclass(frozen=True, eq=False)
class Method:
    """A method of the client. `schemas` are those of the document, `needs` is a parameter that it does not go without,
    `lacks` are those that another method takes.
    """

    name: str
    path: str
    operation: Json
    schemas: Json
    needs: str | None = None
    lacks: tuple[str, ...] = ()

    @cached_property
    def parts(self) -> list[str]:
        """The parts of its path that are given."""
        return [one["name"] for one in self.operation["parameters"] if one["in"] == "path"]

    @cached_property
    def query(self) -> list[Json]:
        """The parameters of its query."""
        return [one for one in self.operation["parameters"] if one["in"] == "query" and one["name"] not in self.lacks]

    @cached_property
    def keywords(self) -> list[Json]:
        """Those that are only passed on."""
        return [one for one in self.query if not (self.pages and one["name"] == "limit") and one["name"] != self.needs]

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
    schemas = document["components"]["schemas"]
    for path, operations in document["paths"].items():
        for operation in operations.values():
            name = operation["operationId"]
            if name not in LEFT_OUT:
                needs, apart = APART.get(name, (None, ""))
                lacks = (needs,) if needs else ()
                yield Method(method_name(name), path, operation, schemas, lacks=lacks)
                if needs:
                    yield Method(apart, path, operation, schemas, needs=needs)
