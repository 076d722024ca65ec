"""The application: settings in, everything wired up."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi.routing import APIRoute
from starlette.middleware import Middleware

from app import __version__
from app.api import (
    articles,
    claims,
    compare,
    conflicts,
    entities,
    errors,
    events,
    figures,
    measures,
    openapi,
    policy,
    reconcile,
    search,
    sources,
    status,
)
from app.api.addresses import Suffixes, places
from app.api.describe import LISTED
from app.api.middleware import AnyOrigin, BodyLimit, Faults, Head
from app.api.routing import Direct, Service
from app.settings import Settings
from app.storage.engine import Database
from app.web import pages

SWITCH_SECONDS = 0.001
"""How long a thread that computes may keep others waiting: what is quick is answered meanwhile."""

ROUTERS = (
    claims,
    entities,
    events,
    articles,
    sources,
    measures,
    figures,
    conflicts,
    search,
    compare,
    policy,
    reconcile,
    status,
)


@asynccontextmanager
async def _database(settings: Settings, app: Service) -> AsyncIterator[None]:
    app.state.database = Database(
        settings.database_url,
        pool_size=settings.pool_size,
        pool_timeout_seconds=settings.pool_timeout_seconds,
        query_timeout_seconds=settings.query_timeout_seconds,
        read_seconds=settings.query_timeout_seconds,
    )
    yield
    app.state.database.close()


def create_app(settings: Settings) -> Service:
    """The service with those settings. Its database is opened with it and closed with it."""

    routes = [route for module in ROUTERS for route in module.router.routes if isinstance(route, APIRoute)]
    known = places(routes, LISTED)
    app = Service(
        title="Counterclaim",
        version=__version__,
        lifespan=partial(_database, settings),
        redoc_url=None,
        middleware=[
            Middleware(AnyOrigin),
            Middleware(Head),
            Middleware(Faults),
            Middleware(BodyLimit, most=settings.max_body_bytes),
            Middleware(Suffixes, known=known),
        ],
        generate_unique_id_function=lambda route: route.name,
    )
    app.direct = Direct(routes)
    app.state.settings = settings
    app.state.places = known
    app.openapi = lambda: openapi.document(app)  # type: ignore[method-assign]
    errors.install(app)
    for module in ROUTERS:
        app.include_router(module.router)
    app.include_router(pages.router)
    app.mount("/static", pages.static)
    return app


def configured() -> Service:
    """The service with the settings of the environment."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = create_app(Settings())
    # What stays is not looked through for garbage again and again: each time would hold up all requests.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    return app
