"""Reconciliation (the W3C community group's protocol, 0.2): which of ours a client's names stand for."""

from typing import Any

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.api.addresses import base_of
from app.api.answers import as_json, known, query_of
from app.api.deps import read
from app.api.describe import HTML, SCRIPT, draws, reconciles
from app.api.preview import HEADERS, HEIGHT, WIDTH, page
from app.api.questions import Asked, asked_by, asked_by_form
from app.search.collections import ALONE
from app.search.query import Query
from app.search.reconcile import completion
from app.search.reconcile.asked import MOST_QUERIES, PROPOSE, RECONCILE, SUGGEST
from app.search.reconcile.candidates import reconcile
from app.search.reconcile.extension import Extension, extend, proposed
from app.search.reconcile.preview import described
from app.search.reconcile.schema import PROPERTIES, TYPES, Type, properties_of

router = APIRouter(prefix="/reconcile", tags=["reconciliation"])

_PATH = "/reconcile"
_SCHEMA_SPACE = "https://schema.org/Thing"


@router.get("", **reconciles(RECONCILE, "Reconciliation"))
async def get_reconciliation(request: Request) -> Response:
    """The service's manifest; with `queries` the candidates of each, with `extend` what is known of some."""
    return await _answered(request, asked_by(query_of(request, RECONCILE)))


@router.post("", **reconciles(ALONE, "Reconciliation", form="ReconciliationForm"))
async def reconcile_form(request: Request) -> Response:
    """The same for a form with `queries` or `extend`, which may be longer. Stores nothing."""
    query_of(request, ALONE)
    return await _answered(request, await asked_by_form(request))


@router.get("/suggest/entity", **reconciles(SUGGEST, "EntitySuggestions"))
async def suggest_entities(request: Request) -> Response:
    """Entities and events that what was typed may begin."""
    query = query_of(request, SUGGEST)
    asked = (_prefix(query), query.values.get("cursor", 0), query.values.get("type"))
    found = await read(request, completion.subjects, *asked)
    return _called({"result": found}, query.values.get("callback"))


@router.get("/suggest/type", **reconciles(SUGGEST, "Suggestions"))
async def suggest_types(request: Request) -> Response:
    """Types that what was typed may begin."""
    query = query_of(request, SUGGEST)
    found = completion.types(_prefix(query), query.values.get("cursor", 0))
    return _called({"result": found}, query.values.get("callback"))


@router.get("/suggest/property", **reconciles(SUGGEST, "Suggestions"))
async def suggest_properties(request: Request) -> Response:
    """Properties that what was typed may begin."""
    query = query_of(request, SUGGEST)
    found = completion.properties(_prefix(query), query.values.get("cursor", 0))
    return _called({"result": found}, query.values.get("callback"))


@router.get("/properties", **reconciles(PROPOSE, "ProposedProperties"))
async def propose_properties(request: Request) -> Response:
    """Properties that can be fetched of what is of a type; of all, where it is no type of ours."""
    query = query_of(request, PROPOSE)
    type_, limit = query.values.get("type"), query.values.get("limit", len(PROPERTIES))
    return _called(proposed(type_, properties_of(type_), limit), query.values.get("callback"))


@router.get("/{id}", **draws())
async def preview_reconciled(request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
    """An entity or event by its id, as a small page to be shown in a frame."""
    query_of(request, ALONE)
    told = known(await read(request, described, id), "entity or event", id)
    return Response(page(told, base_of(request)), headers=HEADERS, media_type=HTML)


async def _answered(request: Request, asked: Asked) -> Response:
    match asked.question:
        case None:
            return _called(_manifest(request), asked.callback)
        case Extension() as extension:
            return _called(await read(request, extend, extension), asked.callback)
        case batch:
            found = await read(request, reconcile, list(batch.values()))
            results = {name: {"result": one} for name, one in zip(batch, found, strict=True)}
            return _called(results, asked.callback)


def _prefix(query: Query) -> str:
    return str(query.values.get("prefix", ""))


def _called(value: object, callback: str | None) -> Response:
    """A value as JSON or, for pages that read no other origin, as a script that hands it to their function."""
    if callback is None:
        return as_json(value)
    # The comment keeps what follows from being taken for anything but a script.
    script = b"/**/%b(%b);" % (callback.encode(), orjson.dumps(value))
    return Response(script, headers={"x-content-type-options": "nosniff"}, media_type=SCRIPT)


def _manifest(request: Request) -> dict[str, Any]:
    base = base_of(request) + _PATH

    def at(path: str) -> dict[str, str]:
        return {"service_url": base, "service_path": path}

    return {
        "versions": ["0.2"],
        "name": "Counterclaim",
        "identifierSpace": f"{base}/",
        "schemaSpace": _SCHEMA_SPACE,
        "serviceVersion": __version__,
        "documentation": base_of(request) + "/docs",
        "defaultTypes": [_type(one) for one in TYPES.values()],
        "view": {"url": f"{base}/{{{{id}}}}"},
        "preview": {"url": f"{base}/{{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {name: at(f"/suggest/{name}") for name in ("entity", "type", "property")},
        "extend": {"propose_properties": at("/properties"), "property_settings": []},
        "batchSize": MOST_QUERIES,
    }


def _type(one: Type) -> dict[str, Any]:
    told: dict[str, Any] = {**one.shown(), "description": one.description}
    return told if one.broader is None else {**told, "broader": [TYPES[one.broader].shown()]}
