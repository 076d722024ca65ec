"""The OpenAPI document: routes say in names what they take and answer, and here the names are spelled out."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.describe import ALSO, ANSWERS, BODY, BODY_TYPE, LISTED, MOVES, PROBLEMS, TAKES
from app.api.formats import JSON, formats_of
from app.problems import MEDIA_TYPE, Problem, kinds
from app.search.collections import ALONE, ALONE_THEN, COLLECTIONS, Collection, Parameter
from app.search.filter import Filter
from app.search.reconcile.asked import RECONCILIATION

_DESCRIPTION = """
Who said which number about what, in which article, through whom, and which other numbers it contradicts.

Every list takes filters, `limit` and `cursor`; unknown parameters are refused, except those that begin with `_`.
Names of entities and sources may be given in any script, case and spelling; `resolved` says what they were taken for.
Errors are RFC 9457 problems.
"""
_COLLECTIONS: Mapping[str, Collection] = {one.name: one for one in (*COLLECTIONS, *RECONCILIATION, ALONE, ALONE_THEN)}
_PROBLEMS: Mapping[str, type[Problem]] = {kind.slug(): kind for kind in kinds()}
_IN_PATH = {"id": "The id, or the key where it has one", "name": "The last part of a problem's `type`"}

Json = dict[str, Any]


def document(app: FastAPI) -> Json:
    """The document, made once."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, description=_DESCRIPTION.strip(), routes=app.routes)
        examples = stored_examples()
        for path, operations in made["paths"].items():
            for operation in operations.values():
                _spell_out(path, operation, examples.get(operation["operationId"], {}))
        made["components"] = {"schemas": components()}
        app.openapi_schema = made
    return app.openapi_schema


def stored_examples() -> Json:
    """A request and its answer for each operation, as once given by the seeds; {} where none are stored."""
    stored = files("app.api").joinpath("examples.json")
    return orjson.loads(stored.read_bytes()) if stored.is_file() else {}


def parameters(collection: Collection) -> list[Json]:
    """The query parameters of a collection as OpenAPI has them."""
    return [_parameter(one, needed=one.name in collection.required) for one in collection.parameters.values()]


def components() -> Json:
    """The JSON Schema of every answer, body and part of them, by name."""
    # Late, because no request but this one needs them.
    from pydantic.json_schema import models_json_schema  # noqa: PLC0415

    from app.api import bodies, questions, reconciled, schemas, shapes  # noqa: PLC0415

    answers = shapes.models(schemas, shapes, reconciled)
    others = (reconciled.Reconciliation, bodies.CompareRequest, questions.ReconciliationForm)
    models: Any = [(one, "validation") for one in (*answers.values(), *others)]
    _, made = models_json_schema(models, ref_template="#/components/schemas/{model}")
    definitions: Json = made["$defs"]
    for name in answers:
        # Clients must bear with fields to come; the models refuse them only so that tests notice.
        definitions[name].pop("additionalProperties", None)
    for definition in definitions.values():
        # A generator takes a member with a default for one that is always there.
        for member in definition.get("properties", {}).values():
            member.pop("default", None)
    return definitions


def _parameter(one: Parameter | Filter, *, needed: bool) -> Json:
    shown: Json = {"name": one.name, "in": "query", "required": needed, "description": one.description}
    shown["schema"] = dict(one.type.schema)
    if shown["schema"]["type"] == "array":
        return {**shown, "style": "form", "explode": False, "example": [one.example]}
    return {**shown, "example": one.example} if one.example else shown


def _spell_out(path: str, operation: Json, example: Json) -> None:
    answers = operation.pop(ANSWERS)
    problems = [_PROBLEMS[slug] for slug in operation.pop(PROBLEMS)]
    own = [_in_path(one, path, example.get("request", path)) for one in operation.get("parameters", [])]
    operation["parameters"] = own + parameters(_COLLECTIONS[operation.pop(TAKES)])
    content = _content(JSON, answers, example.get("answer"))["content"] if answers else {}
    if ALSO in operation:
        content[operation.pop(ALSO)] = _text(None if answers else example.get("answer"))
    operation["responses"] = {"200": {"description": "What was asked for", "content": content}}
    if LISTED in operation:
        _offer(path, operation, operation.pop(LISTED))
    if operation.pop(MOVES, False):
        location = {"Location": {"description": "Its address", "schema": {"type": "string", "format": "uri"}}}
        operation["responses"]["308"] = {"description": "Merged into another, which is there", "headers": location}
    for status in sorted({problem.status for problem in problems}):
        titles = " or ".join(dict.fromkeys(problem.title for problem in problems if problem.status == status))
        described = {"description": titles, **_content(MEDIA_TYPE, "Problem", None)}
        operation["responses"][str(status)] = described
    if BODY in operation:
        content = _content(operation.pop(BODY_TYPE, JSON), operation.pop(BODY), example.get("body"))
        operation["requestBody"] = {"required": True, **content}


def _offer(path: str, operation: Json, name: str) -> None:
    """Say in which other formats the list or record is to be had, and that it may be kept."""
    responses = operation["responses"]
    responses["304"] = {"description": "What `If-None-Match` or `If-Modified-Since` says the client has still holds"}
    others = [one for one in formats_of(name) if one.media_type != JSON]
    if others:
        told = ", ".join(f"{one.name} (`{path}{one.suffix}`)" for one in others)
        operation["description"] += f"\n\nAlso, by `Accept` or by suffix, as {told}."
    for one in others:
        is_json = one.media_type.endswith("+json")
        responses["200"]["content"][one.media_type] = {"schema": {"type": "object" if is_json else "string"}}


def _text(example: str | None) -> Json:
    content: Json = {"schema": {"type": "string"}}
    return content if example is None else {**content, "example": example}


def _in_path(parameter: Json, path: str, request: str) -> Json:
    """A parameter of the path, with what the example's request has in its place."""
    name = parameter["name"]
    described = {"name": name, "in": "path", "required": True, "description": _IN_PATH[name]}
    steps = dict(zip(path.split("/"), request.partition("?")[0].split("/"), strict=True))
    return {**described, "schema": {"type": "string", "minLength": 1}, "example": steps[f"{{{name}}}"]}


def _content(media_type: str, model: str, example: Any) -> Json:  # noqa: ANN401 - any JSON value
    content: Json = {"schema": {"$ref": f"#/components/schemas/{model}"}}
    if example is not None:
        content["example"] = example
    return {"content": {media_type: content}}
