"""The shape of every record, for the OpenAPI document and for tests. Answers are stored text: none passes through."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.domain.flags import MOST_COUNTED, MOST_LISTED
from app.storage.reopening import MOST_NAMED


class Shape(BaseModel):
    """Base of every shape. Fields may be added in later versions, never changed or taken away."""

    model_config = ConfigDict(extra="forbid", strict=True)


# Parts of records


class Named(Shape):
    """An entity or source, by id and name."""

    id: str
    name: str


class Titled(Shape):
    """An event, by id and title."""

    id: str
    title: str


class Span(Shape):
    """A stretch of time: EDTF as written, and its first and last day (or minute); null where it is open."""

    edtf: str
    start: str | None
    end: str | None


class Dated(Span):
    """A date with how it is known, and why it was inferred."""

    basis: Literal["stated", "published", "inferred"]
    why: str | None


class Ends(Shape):
    """An interval; null is unbounded, an open end is not part of it."""

    low: float | None
    high: float | None
    low_open: bool
    high_open: bool


class Value(Ends):
    """A number as printed and the interval that its words admit; null is unbounded, or no single number.

    `pragmatic` is what a reader takes the words to mean, by the policy in force.
    """

    text: str
    number: float | None
    qualifier: Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "between", "magnitude"]
    unit: str | None
    pragmatic: Ends


class MeasureRef(Shape):
    """What is counted, and in which unit it is compared."""

    id: str
    label: str
    unit: str


class EventRef(Titled):
    """An event and its date (EDTF)."""

    date: str


class Speaker(Shape):
    """Whom the article credits; an unnamed speaker has a description for a name, and perhaps a body it belongs to."""

    id: str | None
    name: str
    named: bool
    of: Named | None


class Relay(Shape):
    """One step from the speaker to the article: who passed it on, or through what."""

    id: str | None
    name: str | None
    medium: str | None


class ArticleRef(Shape):
    """The article and its source."""

    id: str
    title: str
    url: str | None
    published: str
    source: Named


class Concerned(Named):
    """An entity that the claim concerns, and as what."""

    roles: list[Literal["speaker", "subject", "participant", "via"]]


class OriginRef(Shape):
    """What the number goes back to: claims of one origin count once."""

    id: str
    label: str
    basis: str
    why: str | None


class Withdrawal(Shape):
    """When and why a claim was withdrawn."""

    at: str
    why: str | None


# Records


class Claim(Shape):
    """One number, or statement, in one article."""

    id: str
    kind: Literal["flow", "cumulative", "stock", "statement"]
    statement: str
    quote: str | None
    locator: str | None
    value: Value | None
    measure: MeasureRef | None
    event: EventRef | None
    dimensions: dict[str, Named | str]
    window: Span | None
    scope: Literal["known", "unknown"]
    as_of: Dated
    speaker: Speaker | None
    via: list[Relay]
    article: ArticleRef
    entities: list[Concerned]
    origin: OriginRef
    figure: str | None
    conflict: bool
    status: Literal["conflict", "tension", "agreed", "uncontested", "superseded", "withdrawn"]
    n_conflicts: int = Field(ge=0, le=MOST_COUNTED, description=f"{MOST_COUNTED} means that many or more")
    conflicts_with: list[str] = Field(max_length=MOST_LISTED, description="The first of them, in order of id")
    notes: list[str]
    possible_copy_of: str | None
    withdrawn: Withdrawal | None
    revision: int
    recorded_at: str


class EntityName(Shape):
    """A name and its language (BCP 47), where that is known."""

    name: str
    language: str | None


class Entity(Shape):
    """A person, organization, place, military unit or other."""

    id: str
    keys: list[str]
    kind: Literal["person", "organization", "place", "unit", "other"]
    name: str
    names: list[EntityName]
    description: str | None


class Source(Shape):
    """An outlet; as speaker or relay it is `entity`."""

    id: str
    key: str
    name: str
    kind: Literal["newspaper", "agency", "broadcaster", "website", "channel", "other"]
    url: str | None
    entity: str


class Participant(Named):
    """Who took part in an event, as what."""

    role: str


class Event(Shape):
    """Something that happened."""

    id: str
    key: str
    title: str
    date: Dated
    part_of: Titled | None
    place: Named | None
    participants: list[Participant]
    description: str | None


class Measure(Shape):
    """What is counted or measured; `dimensions` are what may narrow the count."""

    id: str
    key: str
    label: str
    unit: str
    additive: bool
    signed: bool
    volatile: bool
    dimensions: dict[str, Literal["entity", "word"]]
    description: str | None


class Article(Shape):
    """One piece that a source published."""

    id: str
    key: str
    title: str
    title_basis: Literal["stated", "inferred"]
    source: Named
    source_basis: Literal["stated", "inferred"]
    url: str | None
    archive_url: str | None
    published: Dated
    language: str
    note: str | None


class Band(Ends):
    """Numbers that the same many origins admit."""

    n_origins: int


class Day(Shape):
    """What was claimed for one day."""

    date: str
    low: float | None
    high: float | None
    n_claims: int


class Explanation(Shape):
    """How an editor explains a conflict; `reopened_by` are the first claims that it does not cover."""

    why: str
    by: str
    at: str
    url: str | None
    reopened_by: list[str] = Field(max_length=MOST_NAMED)


class Figure(Shape):
    """All that is known of one frame: what its origins' current claims span, and where most of them agree."""

    id: str
    measure: MeasureRef
    event: EventRef | None
    kind: Literal["flow", "cumulative", "stock"]
    dimensions: dict[str, Named | str]
    window: Span | None
    status: Literal["single_origin", "agreed", "tension", "conflict"]
    n_claims: int
    n_origins: int
    n_superseded: int
    envelope: Ends
    agreement: list[Band]
    latest: str
    n_conflicts: int
    ratio: float | None
    explanation: Explanation | None
    history: list[Day]
