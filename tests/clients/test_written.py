"""What the generator writes of operations that the service does not have, and may have one day."""

from typing import Any

import pytest

from clients.generator import methods, parameters, shapes
from clients.generator.operations import Method
from clients.generator.operations import methods as methods_of

Json = dict[str, Any]

PARAMETERS: list[Json] = [
    {"name": "q", "in": "query", "required": True, "schema": {"type": "string"}},
    {"name": "from", "in": "query", "description": 'The "first"', "schema": {"type": "string", "format": "edtf"}},
    {"name": "of__in", "in": "query", "schema": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}},
    {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 20}},
    {"name": "cursor", "in": "query", "schema": {"type": "string"}},
]
THING = {"$ref": "#/components/schemas/Thing"}
ITEMS = {"type": "array", "items": {"anyOf": [THING, {"type": "string"}]}}
SCHEMAS: Json = {
    "ThingPage": {"properties": {"items": ITEMS, "next": {"type": "string"}}, "required": ["items", "next"]},
    "Thing": {
        "properties": {
            "from": {"type": "number"},
            "str": {"type": "string"},
            "part": {"anyOf": [THING, {"type": "null"}]},
        }
    },
}


def described(verb: str, **more: Any) -> Json:
    operation = {"operationId": "list_things", "description": "Things.", "parameters": [], **more}
    return {"paths": {"/things": {verb: operation}}, "components": {"schemas": SCHEMAS}}


@pytest.fixture
def things() -> list[Method]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/ThingPage"}}}
    return list(methods_of(described("get", parameters=PARAMETERS, responses={"200": {"content": content}})))


def test_what_an_operation_needs_comes_first(things: list[Method]) -> None:
    text = methods.render(things, SCHEMAS)
    assert "    def things(self, q: str, *, limit: int | None = None, page_size" in text
    assert "-> AsyncListing[Thing | str, ThingPage]:" in text
    assert 'self._listing("/things", {"q": q, **parameters}, Share(limit, page_size, 20))' in text


def test_variants_and_names_of_python_are_keywords(things: list[Method]) -> None:
    text = parameters.render(things, SCHEMAS)
    assert "    from_: str | date | None\n" in text
    assert "    of__in: Sequence[Literal['a', 'b']] | None\n" in text
    compile(text, "parameters.py", "exec")


def test_what_is_not_json_is_passed_on_as_it_comes() -> None:
    responses = {"200": {"content": {"text/calendar": {"schema": {"type": "string"}}}}}
    text = methods.render(methods_of(described("get", responses=responses)), SCHEMAS)
    assert "    def things(self) -> AsyncIterator[bytes]:" in text
    assert 'return self._pieces("/things", {}, "text/calendar")' in text


def test_a_shape_may_have_any_member_and_hold_itself() -> None:
    made: Json = {}
    exec(shapes.render(SCHEMAS), made)
    assert set(made["Thing"].__annotations__) == {"from", "str", "part"}
    assert made["Thing"].__required_keys__ == set()


@pytest.mark.parametrize(
    ("verb", "content"), [("delete", {}), ("get", {"application/json": {}}), ("post", {}), ("post", {"text/csv": {}})]
)
def test_what_cannot_be_written_is_said(verb: str, content: Json) -> None:
    with pytest.raises(ValueError, match=f"{verb.upper()} /things"):
        list(methods_of(described(verb, requestBody={"content": content})))
