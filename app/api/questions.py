"""What a reconciliation client may ask, as JSON in a parameter or a form: strict, and bounded in every field."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from anyio import to_thread
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from rapidfuzz import fuzz, process
from starlette.requests import Request

from app.api.describe import FORM_ENCODED
from app.domain.text import cut
from app.ingest.errors import json_pointer
from app.problems import BodyTooLarge, InvalidParameter, UnsupportedMediaType
from app.search.query import NEAR, Query, read_form
from app.search.reconcile.asked import (
    DEFAULT_CANDIDATES,
    MOST_CANDIDATES,
    MOST_IDS,
    MOST_PROPERTIES,
    MOST_QUERIES,
    RECONCILE,
    Given,
    Question,
    Reference,
    Strictness,
)
from app.search.reconcile.extension import Extension
from app.search.reconcile.schema import PROPERTIES, TYPES
from app.search.values import MAX_TEXT

MOST_BYTES = 512 * 1024
"""Of a form: a full batch of the longest names in any script."""
_MOST_VALUES = 20
_LOOKED_UP = ("name", "key")
"""The properties by which a query without a text is looked up, the first of them that it has."""


def _check_known(given: str, known: Mapping[str, Any]) -> str:
    """Raises ValueError for what is not known, naming the nearest."""
    if given in known:
        return given
    near = process.extractOne(given[:100].lower(), list(known), scorer=fuzz.WRatio, score_cutoff=NEAR)
    advice = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
    raise ValueError(f"there is no {given[:100]!r} here; {advice}")


def _one_of(known: Mapping[str, Any]) -> BeforeValidator:
    return BeforeValidator(lambda given: _check_known(given, known) if isinstance(given, str) else given)


def _listed(given: object) -> object:
    return given if isinstance(given, list) else [given]


def _cut(given: object) -> object:
    """Any text is an answer: what no name can hold is passed over."""
    return cut(given, MAX_TEXT) if isinstance(given, str) else given


def _value(given: object) -> Given:
    match given:
        case str():
            return cut(given, MAX_TEXT)
        case bool() | int() | float():
            return given
        case {"id": str(id_), "name": str(name)}:
            return Reference(cut(id_, MAX_TEXT), cut(name, MAX_TEXT))
        case {"id": str(id_)}:
            return Reference(cut(id_, MAX_TEXT))
    raise ValueError('give a text, a number, true or false, or {"id": …} of something reconciled')


Text = Annotated[str, BeforeValidator(_cut)]
TypeId = Annotated[str, _one_of(TYPES)]
PropertyId = Annotated[str, _one_of(PROPERTIES)]
Value = Annotated[Any, BeforeValidator(_value)]


class Part(BaseModel):
    """Base of what clients ask: unknown fields are refused, the first by name; values are not coerced."""

    model_config = ConfigDict(strict=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _has_no_others(cls, given: object) -> object:
        for name in given if isinstance(given, dict) else ():
            _check_known(name, cls.model_fields)
        return given


class PropertyGiven(Part):
    """What is known besides the name."""

    pid: PropertyId
    v: Annotated[list[Value], BeforeValidator(_listed), Field(max_length=_MOST_VALUES)]


class QueryGiven(Part):
    """One query of a batch."""

    query: Text | None = None
    type: Annotated[list[TypeId], BeforeValidator(_listed), Field(max_length=len(TYPES))] = []
    limit: int = Field(default=DEFAULT_CANDIDATES, ge=1)
    properties: list[PropertyGiven] = Field(default=[], max_length=MOST_PROPERTIES)
    type_strict: Literal["any", "all", "should"] = "any"

    @model_validator(mode="after")
    def _asks_something(self) -> "QueryGiven":
        if self.query is None and not self.properties:
            raise ValueError("give a query, or properties")
        return self

    def question(self) -> Question:
        """The question that it is."""
        properties = tuple((PROPERTIES[one.pid], tuple(one.v)) for one in self.properties)
        limit = min(self.limit, MOST_CANDIDATES)
        return Question(self._text(), tuple(self.type), Strictness(self.type_strict), limit, properties)

    def _text(self) -> str:
        if self.query is not None:
            return self.query
        texts = {one.pid: value for one in self.properties for value in one.v if isinstance(value, str)}
        return next((texts[pid] for pid in _LOOKED_UP if pid in texts), "")


class PropertyAsked(Part):
    """A property to fetch; its settings are passed over, for there are none."""

    id: PropertyId
    settings: dict[str, Any] = {}


class ExtensionGiven(Part):
    """What to fetch of what was reconciled."""

    ids: list[Text] = Field(max_length=MOST_IDS)
    properties: list[PropertyAsked] = Field(max_length=MOST_PROPERTIES)

    def asked(self) -> Extension:
        """The question that it is."""
        ids, properties = (dict.fromkeys(one) for one in (self.ids, [one.id for one in self.properties]))
        return Extension(tuple(ids), tuple(PROPERTIES[one] for one in properties))


def _as_parameter(name: str) -> Any:  # noqa: ANN401 - a field
    return Field(default="", json_schema_extra=dict(RECONCILE.parameters[name].type.schema))


class ReconciliationForm(BaseModel):
    """A batch of queries, or what to fetch, as a form has it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"oneOf": [{"required": ["queries"]}, {"required": ["extend"]}]}
    )

    queries: str = _as_parameter("queries")
    extend: str = _as_parameter("extend")
    callback: str = _as_parameter("callback")


Batch = dict[str, Question]
Model = TypeVar("Model")


def _bounded(given: object) -> object:
    """Raises BodyTooLarge, as the protocol has it, before each query is looked at."""
    if isinstance(given, dict) and len(given) > MOST_QUERIES:
        raise BodyTooLarge(f"A batch holds at most {MOST_QUERIES} queries, and this one has {len(given)}.")
    return given


_BATCH = TypeAdapter(Annotated[dict[str, QueryGiven], BeforeValidator(_bounded)])
_EXTENSION = TypeAdapter(ExtensionGiven)


class Asked(NamedTuple):
    """A batch, an extension or, where it is neither, the manifest; and the function that JSONP is to call."""

    question: Batch | Extension | None
    callback: str | None


def asked_by(query: Query) -> Asked:
    """What the parameters ask. Raises a kind of Problem."""
    queries, extend, callback = (query.values.get(name) for name in ("queries", "extend", "callback"))
    if queries is not None and extend is not None:
        raise InvalidParameter("extend: does not go with queries; ask one after the other.", parameter="extend")
    if extend is not None:
        return Asked(_read(_EXTENSION, extend, "extend").asked(), callback)
    return Asked(None if queries is None else _batch(queries), callback)


async def asked_by_form(request: Request) -> Asked:
    """What the request's form asks. Raises UnsupportedMediaType, BodyTooLarge or a kind of Invalid."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != FORM_ENCODED:
        raise UnsupportedMediaType(f"Send a form, with Content-Type: {FORM_ENCODED}.")
    content = await request.body()
    if len(content) > MOST_BYTES:
        raise BodyTooLarge(f"The form is larger than {MOST_BYTES} bytes, the most that is read here.")
    return await to_thread.run_sync(_read_form, content)


def _read_form(content: bytes) -> Asked:
    asked = asked_by(read_form(content, RECONCILE))
    if asked.question is None:
        raise InvalidParameter("The form needs queries or extend.", parameter="queries")
    return asked


def _batch(text: str) -> Batch:
    return {name: one.question() for name, one in _read(_BATCH, text, "queries").items()}


def _read(model: TypeAdapter[Model], text: str, parameter: str) -> Model:
    try:
        return model.validate_json(text)
    except ValidationError as invalid:
        raise _refused(invalid, parameter) from None


def _refused(invalid: ValidationError, parameter: str) -> InvalidParameter:
    first = invalid.errors(include_url=False, include_context=False, include_input=False)[0]
    pointer = json_pointer(first["loc"])
    message = first["msg"].removeprefix("Value error, ").rstrip(".")
    place = f" (at {pointer})" if pointer else ""
    return InvalidParameter(f"{parameter}: {message}{place}.", parameter=parameter, pointer=pointer or None)
