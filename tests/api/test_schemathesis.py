"""What Schemathesis makes of the OpenAPI document, with all its checks: nothing fails, all is as promised."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.config._checks import NEGATIVE_DATA_REJECTION_EXPECTED_STATUSES
from schemathesis.python import asgi

from app.main import create_app
from app.search.collections import ALONE_THEN, COLLECTIONS
from app.search.variants import family
from app.settings import Settings
from tests.api.test_openapi import PAGES
from tests.databases import Databases, Engine
from tests.generated import generated
from tests.search.values import DATES

FIRST_PAGE = "first-page"
"""Stands for the genuine cursor of the request that it is part of: no other is accepted."""

POLICIES = ("about_width:0.2", "tension_ratio:2,drift_days:1")
DATED = ("as_of", "published__", "date__")
NAMED = ("entity", "speaker", "source")
"""What may stand for a name, which who follows changes must not give."""

MOMENTS = ["0", "1", "3", "2024-08-31", "2024-09-01", "2024-09-02T00:00Z", "2024-09", "2024-08-01/2024-09-03"]

BATCHES = [
    "{}",
    '{"q": {"query": "Petrenko", "type": "person", "limit": 3, "type_strict": "should"}}',
    '{"a": {"query": "the day", "properties": [{"pid": "date", "v": "2024-08-14"}]}, "b": {"query": ""}}',
]
EXTENSIONS = ['{"ids": [], "properties": []}', '{"ids": ["x"], "properties": [{"id": "n_claims"}, {"id": "place"}]}']

schemathesis.openapi.format("edtf", st.sampled_from(DATES))
schemathesis.openapi.format("moment", st.sampled_from(MOMENTS))
schemathesis.openapi.format("cursor", st.just(FIRST_PAGE))
schemathesis.openapi.format("printed-number", st.sampled_from(["102", "more than 100", "about 2,000", "40 to 50"]))
schemathesis.openapi.format("policy", st.sampled_from(POLICIES))
schemathesis.openapi.format("unit", st.sampled_from(["person", "kilometre", "percent", "USD"]))

schemathesis.openapi.format("reconciliation-queries", st.sampled_from(BATCHES))
schemathesis.openapi.format("data-extension", st.sampled_from(EXTENSIONS))

# The document is the same whatever the database is, so none is needed to make cases.
nowhere = create_app(Settings(database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
# A cursor may be so long that the whole query is: that is refused as such.
rejected = {"expected-statuses": [*NEGATIVE_DATA_REJECTION_EXPECTED_STATUSES, "414"]}
config = schemathesis.Config.from_dict({"checks": {"negative_data_rejection": rejected}})
schema = schemathesis.openapi.from_asgi("/openapi.json", nowhere, config=config)
asgi.shutdown_lifespans()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def served(request: pytest.FixtureRequest, databases: Databases) -> Iterator[FastAPI]:
    engine: Engine = request.param
    with databases.create(engine, generated) as url:
        yield create_app(Settings(database_url=url))
        asgi.shutdown_lifespans()


def is_positive(case: Any) -> bool:
    """Whether the case is one that the service should take."""
    return case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE


def put_genuine_cursor(case: Any, app: FastAPI) -> None:
    """Let the case go on where the first page of the same request ends; without a cursor where that is the last."""
    query = dict(case.query or {})
    if query.pop("cursor", None) != FIRST_PAGE:
        return
    first = case.operation.Case(path_parameters=case.path_parameters, query={**query, "limit": 1}).call(app=app)
    following = first.json().get("next")
    case.query = {**query, "cursor": following} if following else query


def put_dates(case: Any) -> None:
    """Make dates of any text that stands for some in a case that now counts as valid.

    A case that was to be refused for such a text is judged again by the document once a cursor was put in or taken out,
    and a schema does not tell whether a text is EDTF.
    """
    if not is_positive(case):
        return
    for name, value in (case.query or {}).items():
        if name.startswith(DATED) and value not in DATES:
            case.query[name] = DATES[0]


def put_policy(case: Any) -> None:
    """Leave no policy where neither event nor entity says what to compare: a schema does not tell that either."""
    query = case.query or {}
    narrowing = {"event", "entity", "event__in", "entity__in"}
    if "policy" in query and (query["policy"] not in POLICIES or not query.keys() & narrowing):
        del query["policy"]


def put_search(case: Any) -> None:
    """Leave no order by relevance where nothing is searched for: a schema does not tell what goes with what."""
    query = case.query or {}
    if query.get("sort") == "relevance" and "q" not in query and case.operation.path != "/search":
        del query["sort"]


def put_as_of(case: Any) -> None:
    """Leave no date by which figures are asked for where nothing narrows them, and no status of now beside it."""
    query = case.query or {}
    narrowing = {name + variant for name in ("event", "entity", "measure") for variant in ("", "__in")}
    if "as_of" in query and query.keys() & narrowing:
        for name in ("facet", *family("status")):
            query.pop(name, None)
    else:
        query.pop("as_of", None)


def put_page(case: Any) -> None:
    """Leave the shape that the document describes: an array is the same items without what is around them."""
    if (case.query or {}).get("shape") == "array":
        del case.query["shape"]


def put_past(case: Any) -> None:
    """Leave only what goes with a moment, in a case that counts as valid: a schema cannot say what does."""
    asked = case.query or {}
    if not asked.keys() & {"known_at", "changed_since"}:
        return
    collection = next((one for one in COLLECTIONS if one.name == PAGES.get(case.operation.path)), ALONE_THEN)
    past = next(one for one in collection.past if one.name in asked)
    goes = {*past.goes_with} - {"sort", *(NAMED if past.name == "changed_since" else ())}
    kept = {name: value for name, value in asked.items() if name in goes or name.startswith("_")}
    case.query = {**kept, past.name: asked[past.name] if asked[past.name] in MOMENTS else MOMENTS[0]}


def put_one_question(case: Any) -> None:
    """Leave either queries or what to fetch, and JSON of those: that it is JSON, and of what, no schema tells."""
    asked = case.body if isinstance(case.body, dict) else case.query
    if not case.operation.path.startswith("/reconcile") or not asked:
        return
    if "queries" in asked:
        asked.pop("extend", None)
    for name, known in (("queries", BATCHES), ("extend", EXTENSIONS)):
        if name in asked and asked[name] not in known:
            asked[name] = known[0]


def keeps_its_promises(case: Any, app: FastAPI) -> None:
    if is_positive(case):
        put_policy(case)
        put_search(case)
        put_as_of(case)
        put_past(case)
        put_one_question(case)
    put_page(case)
    put_genuine_cursor(case, app)
    put_dates(case)
    case.call_and_validate(app=app)


@schema.parametrize()
@settings(max_examples=20)
def test_the_service_keeps_its_promises(case: Any, served: FastAPI) -> None:
    """Some 1,800 cases on each engine."""
    keeps_its_promises(case, served)


@pytest.mark.long
@schema.parametrize()
@settings(max_examples=2200, derandomize=False)
def test_the_service_keeps_its_promises_however_long_one_tries(case: Any, served: FastAPI) -> None:
    """Some 50,000 cases on each engine."""
    keeps_its_promises(case, served)
