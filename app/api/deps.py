"""What handlers share: how they reach the database."""

from collections.abc import Callable
from contextlib import suppress
from typing import Concatenate, ParamSpec, TypeVar, cast

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request

from app.settings import Settings
from app.storage.engine import Database, LooksLong

Given = ParamSpec("Given")
Found = TypeVar("Found")


def settings_of(request: Request) -> Settings:
    """The settings of the application that answers."""
    return cast("Settings", request.scope["app"].state.settings)


def database_of(request: Request) -> Database:
    """The database of the application that answers."""
    return cast("Database", request.scope["app"].state.database)


async def read(
    request: Request,
    function: Callable[Concatenate[Connection, Given], Found],
    *args: Given.args,
    **options: Given.kwargs,
) -> Found:
    """What the function reads, in one snapshot. May take its time: the event loop goes on meanwhile."""
    return await to_thread.run_sync(_read, database_of(request), lambda one: function(one, *args, **options))


async def read_quickly(
    request: Request,
    function: Callable[Concatenate[Connection, Given], Found],
    *args: Given.args,
    **options: Given.kwargs,
) -> Found:
    """The same for what takes well under a millisecond: an embedded database is then read faster than handed over.

    What takes longer after all is read as the rest is, from its beginning.
    """
    database = database_of(request)
    if database.is_embedded:
        with suppress(LooksLong):
            return database.read_inline(lambda one: function(one, *args, **options))
    return await read(request, function, *args, **options)


def _read(database: Database, function: Callable[[Connection], Found]) -> Found:
    with database.read() as connection:
        return function(connection)
