"""What a route says about itself, in names only: the OpenAPI document spells them out when it is first asked for."""

from typing import Any

from app.problems import (
    BodyTooLarge,
    DatabaseUnavailable,
    Invalid,
    InvalidBody,
    InvalidParameter,
    NotFound,
    Problem,
    QueryTooLong,
    UnsupportedMediaType,
)
from app.search.collections import ALONE, Collection

ANSWERS = "x-answers"
"""The member of an operation that names the model of `schemas` which it answers."""
TAKES = "x-takes"
"""The member that names the collection whose parameters it takes."""
PROBLEMS = "x-problems"
"""The member that names what can go wrong."""
MOVES = "x-moves"
"""The member that says whether what it shows may have gone to another address."""
LISTED = "x-listed"
"""The member that names the list or record which it answers, and by that its formats."""
BODY = "x-body"
"""The member that names the model of `schemas` which it reads."""
BODY_TYPE = "x-body-type"
"""The member that names the media type of that, where it is not JSON."""
FORM_ENCODED = "application/x-www-form-urlencoded"
HTML = "text/html"
SCRIPT = "text/javascript"
ALSO = "x-also"
"""The member that names another media type in which it answers text or, where it names no model, its only one."""


def lists(collection: Collection, answers: str, *problems: type[Problem], moves: bool = False) -> dict[str, Any]:
    """For the decorator of a route that lists a collection."""
    problems = (*problems, QueryTooLong, InvalidParameter, DatabaseUnavailable)
    return _extra(answers, problems, collection, **{MOVES: moves, LISTED: collection.name})


def shows(answers: str, collection: Collection = ALONE, *, moves: bool = False) -> dict[str, Any]:
    """For the decorator of a route that shows one thing by id or key."""
    problems = (NotFound, QueryTooLong, Invalid, DatabaseUnavailable)
    return _extra(answers, problems, collection, **{MOVES: moves, LISTED: answers.lower()})


def states(answers: str, *problems: type[Problem]) -> dict[str, Any]:
    """For the decorator of a route that tells something of the service itself."""
    return _extra(answers, problems, ALONE)


def takes(body: str, answers: str) -> dict[str, Any]:
    """For the decorator of a route that reads a body and stores nothing."""
    problems = (NotFound, BodyTooLarge, QueryTooLong, UnsupportedMediaType, InvalidBody, DatabaseUnavailable)
    return _extra(answers, problems, ALONE, **{BODY: body})


def reconciles(collection: Collection, answers: str, *, form: str | None = None) -> dict[str, Any]:
    """For the decorator of a route of the reconciliation service; `form` is the model of the form that it reads."""
    problems: tuple[type[Problem], ...] = (QueryTooLong, BodyTooLarge, InvalidParameter, DatabaseUnavailable)
    if form is None:
        return _extra(answers, problems, collection, **{ALSO: SCRIPT})
    problems = (*problems, UnsupportedMediaType)
    return _extra(answers, problems, collection, **{ALSO: SCRIPT, BODY: form, BODY_TYPE: FORM_ENCODED})


def draws() -> dict[str, Any]:
    """For the decorator of a route that shows one thing as a page."""
    return _extra("", (NotFound, QueryTooLong, Invalid, DatabaseUnavailable), ALONE, **{ALSO: HTML})


def _extra(answers: str, problems: tuple[type[Problem], ...], collection: Collection, **more: object) -> dict[str, Any]:
    named = {ANSWERS: answers, TAKES: collection.name, PROBLEMS: [problem.slug() for problem in problems]}
    return {"openapi_extra": named | more}
