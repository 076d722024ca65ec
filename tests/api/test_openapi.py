"""The OpenAPI document says all that the service takes and answers, and nothing else."""

from typing import Any

import pytest
from fastapi import FastAPI

from app.api import openapi
from app.main import create_app
from app.settings import Settings

PAGES = {
    "/claims": "claims",
    "/entities": "entities",
    "/events": "events",
    "/articles": "articles",
    "/sources": "sources",
    "/measures": "measures",
    "/figures": "figures",
    "/conflicts": "conflicts",
    "/events/{id}/timeline": "timeline",
    "/entities/{id}/timeline": "timeline",
    "/claims/{id}/relations": "relations",
}


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return create_app(Settings())


@pytest.fixture(scope="module")
def document(app: FastAPI) -> dict[str, Any]:
    return openapi.document(app)
