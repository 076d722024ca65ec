"""The shape of every answer that is not a record: pages, timelines, conflicts, comparisons, problems. See `schemas`."""

from typing import Any, Literal

from pydantic import Field

from app.api.schemas import (
    Article,
    Claim,
    Ends,
    Entity,
    Event,
    EventRef,
    Explanation,
    Figure,
    Measure,
    Shape,
    Source,
    Withdrawal,
)
from app.domain.relation import Direction, FrameRelation, Reason, RelationKind
from app.search.facets import MOST_VALUES
from app.storage.relations import MOST_SHOWN


class Known(Shape):
    """What an id, key or name in the request was taken for, or might have been meant for; `parameter` says which."""

    parameter: str
    id: str
    name: str
    kind: str
    by: Literal["id", "key", "name", "word", "sound", "spelling"] = Field(
        default="name",
        description="What it was found by, the surest first: a name, words of one, how one sounds, or one letter less, "
        "more or other. Suggestions have none",
    )


class Unknown(Shape):
    """A name in a list that stands for nothing; the others are answered for."""

    parameter: str
    text: str


class Counted(Shape):
    """How many have a value: an id or a word, as the filter takes it, and what it is to a reader; null for none."""

    value: str | None
    label: str | None
    count: int


class Facet(Shape):
    """The values of a facet, most frequent first, years in their order; `other` is how many have further ones."""

    values: list[Counted] = Field(max_length=MOST_VALUES)
    other: int


class Highlight(Shape):
    """Some of a text in which a search found something: HTML, escaped, with what was found in `<mark>`."""

    field: str = Field(description="Which text of the item it is: `event.title` is the `title` of its `event`")
    text: str


class Page(Shape):
    """What every page has besides its items: `next` is the cursor of the page after it, null on the last one."""

    next: str | None
    next_url: str | None
    total: int = Field(default=0, description="How many match in all; with `count=true`")
    resolved: list[Known] = Field(default=[], description="With a parameter that names something")
    unknown: list[Unknown] = Field(default=[], description="What a list names that stands for nothing")
    suggestions: list[Known] = Field(default=[], description="With one that names something unknown: the nearest to it")
    highlights: dict[str, list[Highlight]] = Field(default={}, description="With `q`: what it found, by the item's id")


class FacetedPage(Page):
    """A page that can be counted by facets."""

    facets: dict[str, Facet] = Field(default={}, description="With `facet`: each that was asked for, by name")


class Gone(Shape):
    """A claim that is in the list no longer: it was withdrawn, or is no longer what the filters ask for."""

    id: str
    gone: Literal[True]
    withdrawn: Withdrawal | None


class ClaimPage(FacetedPage):
    """Claims; with `changed_since` also those that are gone. `version` is there with it and with `known_at`."""

    items: list[Claim | Gone]
    version: int = Field(default=0, description="The version that the page speaks of, where one was asked about")


class Stood(Shape):
    """A claim's record as it stood from one version until before another, with their times; null while it stands."""

    from_version: int
    to_version: int | None
    from_: str = Field(alias="from")
    to: str | None
    claim: Claim


class HistoryPage(Page):
    """Records of one claim, newest first."""

    items: list[Stood]


class EntityPage(Page):
    """Entities."""

    items: list[Entity]


class EventPage(Page):
    """Events."""

    items: list[Event]


class ArticlePage(Page):
    """Articles."""

    items: list[Article]


class SourcePage(Page):
    """Sources."""

    items: list[Source]


class MeasurePage(Page):
    """Measures."""

    items: list[Measure]


class FigurePage(FacetedPage):
    """Figures."""

    items: list[Figure]


class EventFigures(Shape):
    """An event with its figures, worst first, and its parts that have any, earliest first.

    `status` is the worst of its figures and of those beneath it, null without any; the counts are of all of them.
    """

    event: EventRef
    status: Literal["single_origin", "agreed", "tension", "conflict"] | None
    n_figures: int
    n_claims: int
    n_origins: int
    figures: list[Figure]
    parts: list["EventFigures"]


class Rollup(Page):
    """The one event that was asked for."""

    items: list[EventFigures]


class SeriesRow(Shape):
    """A claim as a row for a chart; null is an open end, or what the claim does not have.

    `date` is the last day that the claim speaks of; `low`, `high` and `number` are in `unit`, that of the measure.
    `status` is that of the claim, and `relation` what it is to the figure's latest claim, or `latest` for that one.
    """

    date: str
    low: float | None
    high: float | None
    number: float | None
    unit: str
    text: str
    status: Literal["conflict", "tension", "agreed", "uncontested", "superseded"]
    relation: RelationKind | Literal["latest"]
    origin: str
    source: str
    claim: str
    as_of: str
    speaker: str | None
    article: str
    url: str | None
    published: str


class Series(Page):
    """Rows by date."""

    items: list[SeriesRow]


class TimelineItem(Shape):
    """An event or a claim, at its date (EDTF)."""

    date: str
    type: Literal["event", "claim"]
    event: Event | None
    claim: Claim | None


class Timeline(Page):
    """Events and claims in the order of their dates."""

    items: list[TimelineItem]


class Found(Shape):
    """Something that a search found, with where; the members of other types are null."""

    type: Literal["entity", "event", "article", "claim"]
    highlights: list[Highlight]
    entity: Entity | None
    event: Event | None
    article: Article | None
    claim: Claim | None


class FoundPage(Page):
    """What was found, best first."""

    items: list[Found]


class NamedSo(Shape):
    """Something with a name that begins so; `kind` is null for events and measures."""

    type: Literal["entity", "source", "event", "measure"]
    id: str
    name: str
    kind: str | None


class NamedSoPage(Page):
    """Names, those that begin so themselves first."""

    items: list[NamedSo]


class Explained(Shape):
    """What one number is to another, by which rule, and a sentence that says so to a reader."""

    relation: RelationKind
    direction: Direction | None
    reason: Reason
    ratio: float | None
    notes: list[str]
    sentence: str
    policy: str


class Pair(Explained):
    """What the claim `a` is to the claim `b`."""

    a: str
    b: str


class Conflict(Shape):
    """A figure in conflict or tension, or a declared dispute, with its claims side by side."""

    kind: Literal["number", "statement"]
    status: Literal["conflict", "tension"]
    ratio: float | None
    n_claims: int
    n_origins: int
    explanation: Explanation | None
    figure: Figure | None
    claims: list[Claim] = Field(max_length=MOST_SHOWN)
    relations: list[Pair]


class ConflictPage(Page):
    """Conflicts, worst first."""

    items: list[Conflict]
    version: int = Field(default=0, description="The version that the page speaks of, where one was asked about")


class OtherOrigin(Shape):
    """What the other claim goes back to."""

    id: str
    label: str


class OtherArticle(Shape):
    """Where the other claim stands."""

    id: str
    title: str
    source: str


class Other(Shape):
    """The other claim, in short."""

    id: str
    text: str | None
    statement: str
    as_of: str
    origin: OtherOrigin
    article: OtherArticle


class Relation(Explained):
    """What a claim is to another."""

    claim: str
    other: Other


class RelationPage(Page):
    """Relations, conflicts first."""

    items: list[Relation]


class Compared(Ends):
    """One side of a comparison: the interval that the words admit, and the one that a reader takes them to mean."""

    text: str
    qualifier: str
    number: float | None
    unit: str | None
    kind: Literal["flow", "cumulative", "stock"]
    origin: str
    as_of: str | None
    pragmatic: Ends


class Comparison(Explained):
    """What `a` is to `b`, given how the frame of a stands to that of b."""

    frame: FrameRelation
    a: Compared
    b: Compared


class Policy(Shape):
    """Widths and limits of the comparison; shares and factors of a number's size, days and counts.

    While `recomputing`, some claims and figures still go by the policy before it.
    """

    label: str
    name: str
    version: int
    about_width: float
    about_grain_cap: float
    rounding_width: float
    open_end_share: float
    open_end_count: int
    magnitude_slack: float
    tension_ratio: float
    growth_per_day: float
    growth_cap: float
    growth_floor: int
    drift_per_day: float
    drift_days: int
    days_per_month: float | None
    recomputing: bool


class Status(Shape):
    """That all is well."""

    status: Literal["ok"]


class ProblemKind(Shape):
    """What a kind of problem means."""

    type: str
    title: str
    status: int
    description: str


class Problem(Shape):
    """An RFC 9457 problem. `type` leads to what its kind means; `detail` says what to do."""

    type: str
    title: str
    status: int
    detail: str
    instance: str = Field(default="", description="The path that was asked for, where the request could be read")
    parameter: str = Field(default="", description="The parameter that is wrong, where it is one")
    nearest: str = Field(default="", description="What was probably meant")
    pointer: str = Field(default="", description="Where in the body (RFC 6901), where it is there")


def models(*modules: Any) -> dict[str, type[Shape]]:  # noqa: ANN401 - modules
    """Every shape that the modules define, by name."""
    return {
        name: found
        for module in modules
        for name, found in vars(module).items()
        if isinstance(found, type) and issubclass(found, Shape)
    }
