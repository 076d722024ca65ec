"""The shape of every answer of the reconciliation service, as its protocol has it. See `schemas`."""

from typing import Literal

from pydantic import Field, RootModel

from app.api.schemas import Shape


class TypeRef(Shape):
    """What a candidate may be."""

    id: str
    name: str


class OfferedType(TypeRef):
    """A type to reconcile to, and the wider ones."""

    description: str
    broader: list[TypeRef] = Field(default=[], description="Of a kind of entity")


class ServicePath(Shape):
    """An address in two parts."""

    service_url: str
    service_path: str


class View(Shape):
    """The address of what has an id, which takes the place of `{{id}}`."""

    url: str


class Preview(View):
    """The same of a page for a frame of that many pixels."""

    width: int
    height: int


class Suggest(Shape):
    """Where suggestions are."""

    entity: ServicePath
    type: ServicePath
    property: ServicePath


class Extend(Shape):
    """Where properties are proposed; they have no settings."""

    propose_properties: ServicePath
    property_settings: list[str] = Field(max_length=0)


class Manifest(Shape):
    """What the reconciliation service can do, and where."""

    versions: list[Literal["0.2"]]
    name: str
    identifierSpace: str  # noqa: N815 - as the protocol calls it
    schemaSpace: str  # noqa: N815
    serviceVersion: str  # noqa: N815
    documentation: str
    defaultTypes: list[OfferedType]  # noqa: N815
    view: View
    preview: Preview
    suggest: Suggest
    extend: Extend
    batchSize: int  # noqa: N815


class Feature(Shape):
    """What a candidate's score is made of: how like name and properties are, of 100; whether it is of the type."""

    id: str
    value: bool | float


class Candidate(Shape):
    """What a query may stand for; `match` where nothing else can be meant."""

    id: str
    name: str
    description: str
    type: list[TypeRef]
    score: float = Field(ge=0, le=100)
    match: bool
    features: list[Feature]


class Candidates(Shape):
    """The candidates of one query, best first."""

    result: list[Candidate]


class ExtendedProperty(Shape):
    """A property that was fetched; `type` is that of its values, where those can be reconciled too."""

    id: str
    name: str
    type: TypeRef = Field(default=TypeRef(id="", name=""))


class ExtendedValue(Shape):
    """One of: a text, a whole number, a day, or something by id and name; nothing of these where there is no value."""

    text: str = Field(default="", alias="str")
    number: int = Field(default=0, alias="int")
    date: str = Field(default="", json_schema_extra={"format": "date-time"})
    id: str = ""
    name: str = ""


class Extension(Shape):
    """What is known, by id and property."""

    meta: list[ExtendedProperty]
    rows: dict[str, dict[str, list[ExtendedValue]]]


class Reconciliation(RootModel[Manifest | Extension | dict[str, Candidates]]):
    """The manifest; with `extend` what is known; with `queries` the candidates of each, by its name."""


class SuggestedProperty(TypeRef):
    """A type or property, and what it means."""

    description: str


class Suggestions(Shape):
    """Types or properties."""

    result: list[SuggestedProperty]


class SuggestedEntity(TypeRef):
    """An entity or event, what it is, and its types."""

    description: str
    notable: list[TypeRef]


class EntitySuggestions(Shape):
    """Entities and events."""

    result: list[SuggestedEntity]


class ProposedProperties(Shape):
    """Properties that can be fetched of what is of a type."""

    properties: list[SuggestedProperty]
    type: str = Field(default="", description="The type that was given")
    limit: int = Field(default=0, description="The limit that was given")
