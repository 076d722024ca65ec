"""The client is in step with the OpenAPI document: no operation, parameter or schema is missing."""

import inspect
import keyword
from typing import Any

import pytest

import app
import counterclaim_client
from clients.generator import naming
from clients.generator.files import FOLDER, described, made
from counterclaim_client import AsyncClient, Client, parameters, shapes

Json = dict[str, Any]
PAGING = {"self", "page_size", "parameters"}


@pytest.fixture(scope="module")
def schemas() -> Json:
    found: Json = described()["components"]["schemas"]
    return found


@pytest.fixture(scope="module")
def operations() -> Json:
    paths = {path: each for path, each in described()["paths"].items() if not naming.left_out(path)}
    return {one["operationId"]: one for each in paths.values() for one in each.values()}


def methods_of(operation: str) -> list[str]:
    apart = naming.APART.get(operation)
    return [naming.method_name(operation), *([apart[1]] if apart else [])]


def keywords(method: str) -> set[str]:
    """What a method takes, in its signature or as one of the keywords that it passes on."""
    signature = inspect.signature(getattr(Client, method)).parameters
    given = set(signature) - PAGING
    if "parameters" in signature:
        name = str(signature["parameters"].annotation).removeprefix("Unpack[").removesuffix("]")
        given |= set(getattr(parameters, name).__annotations__)
    return given


def as_python(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def test_each_made_file_is_as_made_afresh() -> None:
    for name, text in made().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, "make it anew: make docs"


def test_each_operation_has_a_method_that_takes_its_parameters(operations: Json, schemas: Json) -> None:
    for name, operation in operations.items():
        content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        body = schemas.get(content.get("schema", {}).get("$ref", "").rpartition("/")[2], {})
        names = {*body.get("properties", {}), *(one["name"] for one in operation["parameters"])} - set(naming.NOT_TAKEN)
        taken = set().union(*map(keywords, methods_of(name)))
        assert taken == set(map(as_python, names)), name


def test_names_are_given_to_operations_that_there_are(operations: Json) -> None:
    assert {*naming.NAMES, *naming.APART} <= set(operations)


def test_what_is_left_out_has_a_reason() -> None:
    assert all({**naming.LEFT_OUT, **naming.NOT_TAKEN}.values())
    assert [path for path in ("/claims", "/reconciled") if naming.left_out(path)] == []


def test_each_schema_has_a_shape_with_its_members(schemas: Json) -> None:
    for name, schema in schemas.items():
        shape = getattr(shapes, name)
        if "properties" in schema:
            assert set(shape.__annotations__) == set(schema["properties"])
            assert shape.__required_keys__ == set(schema.get("required", []))


def test_both_clients_have_those_methods_and_no_other(operations: Json) -> None:
    called = {method for one in operations for method in methods_of(one)}
    for client, close in ((Client, "close"), (AsyncClient, "aclose")):
        assert {name for name in dir(client) if not name.startswith("_")} == called | {close}


def test_the_version_is_that_of_the_service() -> None:
    assert counterclaim_client.__version__ == app.__version__


def test_what_the_package_offers_is_there() -> None:
    assert [name for name in counterclaim_client.__all__ if not hasattr(counterclaim_client, name)] == []
