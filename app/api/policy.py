"""The policy: every width and limit by which numbers are read and compared."""

from dataclasses import asdict
from fractions import Fraction
from typing import Any

import orjson
from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import as_json, query_of
from app.api.deps import read_quickly
from app.api.describe import states
from app.domain.interval import decimal_text
from app.domain.policy import Policy
from app.problems import DatabaseUnavailable, Invalid, QueryTooLong
from app.search.collections import ALONE
from app.storage.policies import in_force, recomputed_to

router = APIRouter(tags=["comparison"])


@router.get("/policy", **states("Policy", QueryTooLong, Invalid, DatabaseUnavailable))
async def get_policy(request: Request) -> Response:
    """The widths and limits of the comparison: policy, not fact. Every relation names the version that it rests on."""
    query_of(request, ALONE)
    return as_json(await read_quickly(request, _in_force))


def _in_force(connection: Connection) -> dict[str, Any]:
    return {**shown(in_force(connection)), "recomputing": recomputed_to(connection) is not None}


def shown(policy: Policy) -> dict[str, Any]:
    """The policy as JSON shows it; shares and factors are exact decimals."""
    return {"label": policy.label, **{name: _literal(value) for name, value in asdict(policy).items()}}


def _literal(value: object) -> object:
    return orjson.Fragment(decimal_text(value)) if isinstance(value, Fraction) else value
