"""The bundle: the strict format in which articles and their claims come in. `counterclaim schema` prints it."""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from app.domain.relation import Kind
from app.domain.value import Qualifier
from app.ingest.decisions import Explanation, Merged, Withdrawal
from app.ingest.fields import (
    Amount,
    ClaimKey,
    ClaimRef,
    Distinct,
    Edtf,
    Key,
    Language,
    Line,
    Name,
    OtherKeys,
    Paragraph,
    Part,
    Printed,
    Url,
)


class Dated(Part):
    """A date with how it is known."""

    date: Edtf = Field(description="EDTF (ISO 8601-2): 2024-08-14, 2024-08, 2024-08-14/2024-08-16, 2024-08-06/..")
    basis: Literal["stated", "published", "inferred"] = Field(
        default="stated", description="stated: the article says so; published: its date is; inferred: worked out"
    )
    why: Line | None = Field(default=None, description="How the date was inferred")

    @model_validator(mode="after")
    def _inferred_says_why(self) -> Self:
        if self.basis == "inferred" and not self.why:
            raise ValueError("an inferred date says why: add `why`")
        return self


def _dated(value: object) -> object:
    return {"date": value} if isinstance(value, str | int) else value


class Source(Part):
    """An outlet that publishes. It is an organization that may also speak or relay."""

    key: Key
    name: Name
    aliases: list[Name] = Field(default_factory=list, max_length=100)
    kind: Literal["newspaper", "agency", "broadcaster", "website", "channel", "other"] = "other"
    url: Url | None = None
    keys: OtherKeys = Field(default_factory=list)
    distinct: Distinct = False


class Alias(Part):
    """Another name of an entity."""

    name: Name
    language: Language | None = Field(default=None, description="BCP 47 tag, such as uk or ru")


class Entity(Part):
    """A person, body, place, military unit or other that claims are about."""

    key: Key
    kind: Literal["person", "organization", "place", "unit", "other"]
    name: Name
    aliases: list[Alias] = Field(default_factory=list, max_length=200)
    description: Line | None = None
    keys: OtherKeys = Field(default_factory=list)
    distinct: Distinct = False
    merged: list[Merged] = Field(default_factory=list, max_length=1000, description="What was merged into it")

    @field_validator(
        "aliases", mode="before", json_schema_input_type=Annotated[list[Name | Alias], Field(max_length=200)]
    )
    @classmethod
    def _plain_alias(cls, value: object) -> object:
        return [{"name": v} if isinstance(v, str) else v for v in value] if isinstance(value, list) else value


class Participant(Part):
    """Who took part in an event, as what."""

    entity: Key
    role: Line


class Event(Part):
    """Something that happened. Its key is global; it may lie inside another event."""

    key: Key
    title: Line
    date: Dated
    part_of: Key | None = None
    place: Key | None = Field(default=None, description="The entity where it happened")
    participants: list[Participant] = Field(default_factory=list, max_length=200)
    description: Paragraph | None = None

    _plain_date = field_validator("date", mode="before", json_schema_input_type=Edtf | Dated)(_dated)


class Measure(Part):
    """What is counted or measured. Its key is global."""

    key: Key
    label: Line = Field(description='In the plural, as a sentence would print it: "prisoners captured"')
    unit: Line = Field(description='What one is: "person", "settlement", "square_kilometre", "month", "percent", "USD"')
    additive: bool = Field(default=True, description="Whether a part can never exceed its whole")
    signed: bool = Field(default=False, description="Whether numbers below zero make sense")
    volatile: bool = Field(
        default=False,
        description="Whether a level may be any other a day later (people missing): compared only as of one date",
    )
    dimensions: dict[Key, Literal["entity", "word"]] = Field(
        default_factory=dict, max_length=10, description="What may narrow the count: {by: entity, side: entity}"
    )
    description: Paragraph | None = None


class Value(Part):
    """Fields that override what the printed text says."""

    qualifier: Qualifier | None = None
    number: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    low_open: bool | None = None
    high_open: bool | None = None
    unit: Line | None = None


class Speaker(Part):
    """Whom the article credits: a named entity, or a description of someone unnamed."""

    entity: Key | None = None
    unnamed: Line | None = Field(default=None, description='As to be printed: "an SBU official"')
    of: Key | None = Field(default=None, description="The body that the unnamed speaker belongs to")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.entity is None) == (self.unnamed is None):
            raise ValueError("a speaker is either `entity` (a key) or `unnamed` (a description)")
        if self.of is not None and self.unnamed is None:
            raise ValueError("`of` goes with `unnamed`: a named speaker is an entity of its own")
        return self


class Via(Part):
    """One relay between speaker and article: an outlet, an entity, or a description of a post or footage."""

    source: Key | None = None
    entity: Key | None = None
    medium: Line | None = Field(default=None, description='As to be printed: "footage on social media"')

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.source and self.entity:
            raise ValueError("a relay is a `source` or an `entity`, not both")
        if not (self.source or self.entity or self.medium):
            raise ValueError("a relay needs a `source`, an `entity` or a `medium`")
        return self


class Origin(Part):
    """The root that the number goes back to, where it is not what speaker and relays already say."""

    entity: Key | None = Field(default=None, description="The entity that it is, as if it were the speaker")
    key: Key | None = Field(default=None, description="Otherwise a global key: claims with one key are of one origin")
    label: Line | None = Field(default=None, description='"officials at the border, to the Financial Times"')
    basis: Literal["stated", "inferred"] = "stated"
    why: Line | None = None

    @model_validator(mode="after")
    def _entity_or_key(self) -> Self:
        if (self.entity is None) != (self.key is not None and self.label is not None) or (self.entity and self.label):
            raise ValueError("an origin is either an `entity`, or a `key` with a `label`")
        if self.basis == "inferred" and not self.why:
            raise ValueError("an inferred origin says why: add `why`")
        return self


class Claim(Part):
    """One number that the article states about one measure, or a statement without a number."""

    key: ClaimKey = Field(description="Unique within its article; `each` appends ~ and its value")
    kind: Kind
    statement: Paragraph = Field(description="What is claimed, in our own words")
    text: Printed | list[Printed] | None = Field(
        default=None,
        description='The number as printed ("more than 100"); with `each`, one text for every value of it, or a list',
    )
    value: Value | None = None
    measure: Key | None = None
    event: Key | None = None
    dimensions: dict[Key, Printed] = Field(default_factory=dict, max_length=10)
    each: dict[Key, list[Key]] | None = Field(
        default=None, min_length=1, max_length=1, description="One claim for each value: {side: [ukraine, russia]}"
    )
    window: Dated | None = Field(
        default=None,
        description="Of a flow start and end, of a running total its start; otherwise the event's date",
    )
    as_of: Dated | None = Field(
        default=None,
        description="Otherwise a flow's window end, or the publication date. Of a flow that is counted anew: when",
    )
    scope: Literal["known", "unknown"] = Field(
        default="known", description="unknown: the article does not say what is counted; never raises a conflict"
    )
    partial: bool = Field(
        default=False, description='A count "so far", or a vague word that only sets the scene: at least'
    )
    speaker: Speaker | None = None
    via: list[Via] = Field(default_factory=list, max_length=10, description="From the speaker to the article")
    origin: Origin | None = None
    subjects: list[Key] = Field(default_factory=list, max_length=50, description="Other entities it is about")
    disputes: list[ClaimRef] = Field(
        default_factory=list, max_length=50, description="Claims it contradicts: `key`, or `article/key`"
    )
    quote: Paragraph | None = None
    locator: Line | None = Field(default=None, description='Where in the article: "paragraph 4"')
    withdrawn: Withdrawal | None = None
    pinned: bool = Field(
        default=False, description="Whether it stands as corrected by hand: loading its bundle again leaves it alone"
    )

    _plain_dates = field_validator("window", "as_of", mode="before", json_schema_input_type=Edtf | Dated | None)(_dated)

    @field_validator("speaker", mode="before", json_schema_input_type=Key | Speaker | None)
    @classmethod
    def _plain_speaker(cls, value: object) -> object:
        return {"entity": value} if isinstance(value, str) else value

    @field_validator("via", mode="before", json_schema_input_type=Annotated[list[Key | Via], Field(max_length=10)])
    @classmethod
    def _plain_via(cls, value: object) -> object:
        return [{"source": v} if isinstance(v, str) else v for v in value] if isinstance(value, list) else value

    @model_validator(mode="after")
    def _number_or_statement(self) -> Self:
        numeric = {"text": self.text, "value": self.value, "measure": self.measure, "each": self.each}
        if self.kind is Kind.STATEMENT:
            given = [name for name, field in numeric.items() if field is not None]
            given += ["dimensions"] if self.dimensions else []
            if given:
                raise ValueError(f"a statement has no number: leave out {', '.join(given)}")
            return self
        if self.disputes:
            raise ValueError("only a statement disputes by declaration: numbers are compared")
        if self.measure is None:
            raise ValueError("a number needs a `measure`")
        if self.text is None and self.value is None:
            raise ValueError('a number needs its printed `text` ("more than 100") or a `value`')
        if isinstance(self.text, list) and (not self.each or len(self.text) != len(next(iter(self.each.values())))):
            raise ValueError("a list of texts needs `each` with as many values")
        return self


class Article(Part):
    """One piece that a source published, with its claims."""

    key: Key
    source: Key
    title: Line
    title_basis: Literal["stated", "inferred"] = Field(default="stated", description="inferred: described by us")
    source_basis: Literal["stated", "inferred"] = "stated"
    url: Url | None = None
    archive_url: Url | None = None
    published: Dated
    language: Language = "en"
    note: Paragraph | None = Field(default=None, description="What the text itself does not say and how it was found")
    claims: list[Claim] = Field(default_factory=list, max_length=5000)

    _plain_published = field_validator("published", mode="before", json_schema_input_type=Edtf | Dated)(_dated)


class Bundle(Part):
    """Articles with their entities, events, measures and claims: loaded whole or not at all."""

    bundle: Key = Field(description="The bundle's key: loading a changed bundle of the same key revises")
    description: Paragraph | None = None
    sources: list[Source] = Field(default_factory=list, max_length=5000)
    entities: list[Entity] = Field(default_factory=list, max_length=20000)
    measures: list[Measure] = Field(default_factory=list, max_length=5000)
    events: list[Event] = Field(default_factory=list, max_length=20000)
    articles: list[Article] = Field(default_factory=list, max_length=20000)
    explanations: list[Explanation] = Field(default_factory=list, max_length=5000)
    with_next: bool = Field(
        default=False,
        description="In a stream: loaded in one transaction with the next line, as the two refer to each other",
    )
