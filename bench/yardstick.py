"""What ours is measured by, on the same server: a handler that does nothing, and queries written out by hand.

`DATABASE` is a SQLite file or a libpq URL. The queries by hand join what a claim shows and write it as JSON, with the
driver alone: nothing of the service's own code.
"""

import os
import sqlite3
from typing import Any
from urllib.parse import parse_qs

import orjson
import psycopg
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from bench.queries import BY_ALIAS, BY_ID, NAMES, OF_ENTITY

app = FastAPI(openapi_url=None)
DATABASE = os.environ["DATABASE"]


class Hand:
    """One connection and its prepared statements."""

    def __init__(self) -> None:
        self.sqlite = None if "://" in DATABASE else sqlite3.connect(DATABASE)
        self.postgres: psycopg.AsyncConnection[Any] | None = None

    async def rows(self, sql: str, value: object) -> list[Any]:
        """The rows of a statement with one value."""
        if self.sqlite is not None:
            return self.sqlite.execute(sql, (value,)).fetchall()
        if self.postgres is None:
            self.postgres = await psycopg.AsyncConnection.connect(DATABASE, autocommit=True, prepare_threshold=0)
        found = await self.postgres.execute(sql.replace("?", "%s").encode(), (value,))
        return await found.fetchall()


hand = Hand()


@app.get("/empty")
async def get_nothing() -> Response:
    """Nothing."""
    return Response(b"{}", media_type="application/json")


@app.get("/claims")
async def list_claims(request: Request) -> Response:
    """The latest claims of an entity by its folded name."""
    name = parse_qs(request.scope["query_string"].decode())["entity"][0].casefold()
    ((entity,),) = await hand.rows(BY_ALIAS, name)
    rows = await hand.rows(OF_ENTITY, entity)
    return Response(orjson.dumps([dict(zip(NAMES, row, strict=True)) for row in rows]), media_type="application/json")


@app.get("/claims/{id}")
async def get_claim(id: str) -> Response:  # noqa: A002 - as the address calls it
    """One claim."""
    (row,) = await hand.rows(BY_ID, id)
    return Response(orjson.dumps(dict(zip(NAMES, row, strict=True))), media_type="application/json")
