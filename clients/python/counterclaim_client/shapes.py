"""What the service answers and reads, as dictionaries. Made by `clients.generator`: change nothing here.

A whole number is an int, any other a Decimal with all its digits.
"""

from decimal import Decimal
from typing import Literal, NotRequired, TypeAlias, TypedDict

Number: TypeAlias = int | Decimal


class Dated(TypedDict):
    """A date with how it is known, and why it was inferred."""

    edtf: str
    start: str | None
    end: str | None
    basis: Literal["stated", "published", "inferred"]
    why: str | None


class Named(TypedDict):
    """An entity or source, by id and name."""

    id: str
    name: str


class Highlight(TypedDict):
    """Some of a text in which a search found something: HTML, escaped, with what was found in `<mark>`."""

    field: str
    """Which text of the item it is: `event.title` is the `title` of its `event`"""
    text: str


class Known(TypedDict):
    """What an id, key or name in the request was taken for, or might have been meant for; `parameter` says
    which.
    """

    parameter: str
    id: str
    name: str
    kind: str
    by: NotRequired[Literal["id", "key", "name", "word", "sound", "spelling"]]
    """What it was found by, the surest first: a name, words of one, how one sounds, or one letter less, more or
    other. Suggestions have none
    """


class Unknown(TypedDict):
    """A name in a list that stands for nothing; the others are answered for."""

    parameter: str
    text: str


class Band(TypedDict):
    """Numbers that the same many origins admit."""

    low: Number | None
    high: Number | None
    low_open: bool
    high_open: bool
    n_origins: int


class Feature(TypedDict):
    """What a candidate's score is made of: how like name and properties are, of 100; whether it is of the type."""

    id: str
    value: bool | Number


class TypeRef(TypedDict):
    """What a candidate may be."""

    id: str
    name: str


class Concerned(TypedDict):
    """An entity that the claim concerns, and as what."""

    id: str
    name: str
    roles: list[Literal["speaker", "subject", "participant", "via"]]


class EventRef(TypedDict):
    """An event and its date (EDTF)."""

    id: str
    title: str
    date: str


class MeasureRef(TypedDict):
    """What is counted, and in which unit it is compared."""

    id: str
    label: str
    unit: str


class OriginRef(TypedDict):
    """What the number goes back to: claims of one origin count once."""

    id: str
    label: str
    basis: str
    why: str | None


class Relay(TypedDict):
    """One step from the speaker to the article: who passed it on, or through what."""

    id: str | None
    name: str | None
    medium: str | None


class Span(TypedDict):
    """A stretch of time: EDTF as written, and its first and last day (or minute); null where it is open."""

    edtf: str
    start: str | None
    end: str | None


class Withdrawal(TypedDict):
    """When and why a claim was withdrawn."""

    at: str
    why: str | None


class ClaimSide(TypedDict):
    """A stored claim."""

    claim: str
    """The claim's id"""


FrameRelation: TypeAlias = Literal["equal", "a_part_of_b", "b_part_of_a", "disjoint", "overlapping", "unknown"]
"""How the frame of a stands to the frame of b."""


class PrintedSide(TypedDict):
    """A number as printed."""

    text: str
    """As printed: "more than 100 soldiers"
    """
    origin: NotRequired[str | None]
    """Whose it is; without it, not the other side's"""
    as_of: NotRequired[str | None]
    """When it holds, in EDTF; without it, at any time"""
    unit: NotRequired[str | None]
    """The unit, where the text has none; else the other side's"""
    signed: NotRequired[bool]
    """Whether what is measured may be negative; without it, no"""


class Widths(TypedDict):
    """Widths and limits to compare by instead of those of the policy in force."""

    about_width: NotRequired[Number]
    about_grain_cap: NotRequired[Number]
    rounding_width: NotRequired[Number]
    open_end_share: NotRequired[Number]
    open_end_count: NotRequired[int]
    magnitude_slack: NotRequired[Number]
    tension_ratio: NotRequired[Number]
    growth_per_day: NotRequired[Number]
    growth_cap: NotRequired[Number]
    growth_floor: NotRequired[int]
    drift_per_day: NotRequired[Number]
    drift_days: NotRequired[int]
    days_per_month: NotRequired[Number | None]


class Ends(TypedDict):
    """An interval; null is unbounded, an open end is not part of it."""

    low: Number | None
    high: Number | None
    low_open: bool
    high_open: bool


Direction: TypeAlias = Literal["refines", "refined_by", "part_of", "has_part", "updates", "updated_by"]
"""How a stands to b, where the relation has two ends: a <direction> b."""

Reason: TypeAlias = Literal[
    "frames_differ",
    "units_differ",
    "scope_unknown",
    "order_unknown",
    "different_dates",
    "part_exceeds_whole",
    "part_of_whole",
    "same_origin",
    "revised",
    "revised_down",
    "cumulative_fell",
    "later_total",
    "implausible_growth",
    "drift",
    "stretched",
    "contained",
    "overlap",
    "rounding",
    "disjoint",
    "declared",
]
"""Why two claims are what they are to each other."""

RelationKind: TypeAlias = Literal[
    "not_comparable", "undetermined", "compatible", "duplicate", "update", "agrees", "refines", "tension", "conflict"
]
"""What two claims are to each other."""


class Explanation(TypedDict):
    """How an editor explains a conflict; `reopened_by` are the first claims that it does not cover."""

    why: str
    by: str
    at: str
    url: str | None
    reopened_by: list[str]


class Counted(TypedDict):
    """How many have a value: an id or a word, as the filter takes it, and what it is to a reader; null for none."""

    value: str | None
    label: str | None
    count: int


class Day(TypedDict):
    """What was claimed for one day."""

    date: str
    low: Number | None
    high: Number | None
    n_claims: int


class EntityName(TypedDict):
    """A name and its language (BCP 47), where that is known."""

    name: str
    language: str | None


class Participant(TypedDict):
    """Who took part in an event, as what."""

    id: str
    name: str
    role: str


class Titled(TypedDict):
    """An event, by id and title."""

    id: str
    title: str


class ServicePath(TypedDict):
    """An address in two parts."""

    service_url: str
    service_path: str


ExtendedValue = TypedDict(
    "ExtendedValue",
    {
        "str": NotRequired[str],
        "int": NotRequired[int],
        "date": NotRequired[str],
        "id": NotRequired[str],
        "name": NotRequired[str],
    },
)
"""One of: a text, a whole number, a day, or something by id and name; nothing of these where there is no value."""


class Preview(TypedDict):
    """The same of a page for a frame of that many pixels."""

    url: str
    width: int
    height: int


class View(TypedDict):
    """The address of what has an id, which takes the place of `{{id}}`."""

    url: str


class Measure(TypedDict):
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


class NamedSo(TypedDict):
    """Something with a name that begins so; `kind` is null for events and measures."""

    type: Literal["entity", "source", "event", "measure"]
    id: str
    name: str
    kind: str | None


class OtherArticle(TypedDict):
    """Where the other claim stands."""

    id: str
    title: str
    source: str


class OtherOrigin(TypedDict):
    """What the other claim goes back to."""

    id: str
    label: str


class Policy(TypedDict):
    """Widths and limits of the comparison; shares and factors of a number's size, days and counts.

    While `recomputing`, some claims and figures still go by the policy before it.
    """

    label: str
    name: str
    version: int
    about_width: Number
    about_grain_cap: Number
    rounding_width: Number
    open_end_share: Number
    open_end_count: int
    magnitude_slack: Number
    tension_ratio: Number
    growth_per_day: Number
    growth_cap: Number
    growth_floor: int
    drift_per_day: Number
    drift_days: int
    days_per_month: Number | None
    recomputing: bool


class Problem(TypedDict):
    """An RFC 9457 problem. `type` leads to what its kind means; `detail` says what to do."""

    type: str
    title: str
    status: int
    detail: str
    instance: NotRequired[str]
    """The path that was asked for, where the request could be read"""
    parameter: NotRequired[str]
    """The parameter that is wrong, where it is one"""
    nearest: NotRequired[str]
    """What was probably meant"""
    pointer: NotRequired[str]
    """Where in the body (RFC 6901), where it is there"""


class ProblemKind(TypedDict):
    """What a kind of problem means."""

    type: str
    title: str
    status: int
    description: str


class SuggestedProperty(TypedDict):
    """A type or property, and what it means."""

    id: str
    name: str
    description: str


class ReconciliationForm(TypedDict):
    """A batch of queries, or what to fetch, as a form has it."""

    queries: NotRequired[str]
    extend: NotRequired[str]
    callback: NotRequired[str]


class Shape(TypedDict):
    """Base of every shape. Fields may be added in later versions, never changed or taken away."""


class Source(TypedDict):
    """An outlet; as speaker or relay it is `entity`."""

    id: str
    key: str
    name: str
    kind: Literal["newspaper", "agency", "broadcaster", "website", "channel", "other"]
    url: str | None
    entity: str


class Status(TypedDict):
    """That all is well."""

    status: Literal["ok"]


class Article(TypedDict):
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


class ArticleRef(TypedDict):
    """The article and its source."""

    id: str
    title: str
    url: str | None
    published: str
    source: Named


class Speaker(TypedDict):
    """Whom the article credits; an unnamed speaker has a description for a name, and perhaps a body it belongs
    to.
    """

    id: str | None
    name: str
    named: bool
    of: Named | None


class Page(TypedDict):
    """What every page has besides its items: `next` is the cursor of the page after it, null on the last one."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""


class Candidate(TypedDict):
    """What a query may stand for; `match` where nothing else can be meant."""

    id: str
    name: str
    description: str
    type: list[TypeRef]
    score: Number
    match: bool
    features: list[Feature]


class ExtendedProperty(TypedDict):
    """A property that was fetched; `type` is that of its values, where those can be reconciled too."""

    id: str
    name: str
    type: NotRequired[TypeRef]


class OfferedType(TypedDict):
    """A type to reconcile to, and the wider ones."""

    id: str
    name: str
    description: str
    broader: NotRequired[list[TypeRef]]
    """Of a kind of entity"""


class SuggestedEntity(TypedDict):
    """An entity or event, what it is, and its types."""

    id: str
    name: str
    description: str
    notable: list[TypeRef]


class Gone(TypedDict):
    """A claim that is in the list no longer: it was withdrawn, or is no longer what the filters ask for."""

    id: str
    gone: Literal[True]
    withdrawn: Withdrawal | None


class CompareRequest(TypedDict):
    """Two numbers to set against each other."""

    a: ClaimSide | PrintedSide
    b: ClaimSide | PrintedSide
    frame: NotRequired[FrameRelation | None]
    """How what a counts stands to what b counts; without it, as two claims stand, or else equal"""
    kind: NotRequired[Literal["flow", "cumulative", "stock"] | None]
    """What both numbers are; without it, what the claims are, or else a flow"""
    policy: NotRequired[Widths]
    """Widths and limits other than those of the policy in force"""


class Compared(TypedDict):
    """One side of a comparison: the interval that the words admit, and the one that a reader takes them to mean."""

    low: Number | None
    high: Number | None
    low_open: bool
    high_open: bool
    text: str
    qualifier: str
    number: Number | None
    unit: str | None
    kind: Literal["flow", "cumulative", "stock"]
    origin: str
    as_of: str | None
    pragmatic: Ends


class Value(TypedDict):
    """A number as printed and the interval that its words admit; null is unbounded, or no single number.

    `pragmatic` is what a reader takes the words to mean, by the policy in force.
    """

    low: Number | None
    high: Number | None
    low_open: bool
    high_open: bool
    text: str
    number: Number | None
    qualifier: Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "between", "magnitude"]
    unit: str | None
    pragmatic: Ends


class Explained(TypedDict):
    """What one number is to another, by which rule, and a sentence that says so to a reader."""

    relation: RelationKind
    direction: Direction | None
    reason: Reason
    ratio: Number | None
    notes: list[str]
    sentence: str
    policy: str


class Pair(TypedDict):
    """What the claim `a` is to the claim `b`."""

    relation: RelationKind
    direction: Direction | None
    reason: Reason
    ratio: Number | None
    notes: list[str]
    sentence: str
    policy: str
    a: str
    b: str


class SeriesRow(TypedDict):
    """A claim as a row for a chart; null is an open end, or what the claim does not have.

    `date` is the last day that the claim speaks of; `low`, `high` and `number` are in `unit`, that of the
    measure.
    `status` is that of the claim, and `relation` what it is to the figure's latest claim, or `latest` for
    that one.
    """

    date: str
    low: Number | None
    high: Number | None
    number: Number | None
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


class Facet(TypedDict):
    """The values of a facet, most frequent first, years in their order; `other` is how many have further ones."""

    values: list[Counted]
    other: int


class Figure(TypedDict):
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
    ratio: Number | None
    explanation: Explanation | None
    history: list[Day]


class Entity(TypedDict):
    """A person, organization, place, military unit or other."""

    id: str
    keys: list[str]
    kind: Literal["person", "organization", "place", "unit", "other"]
    name: str
    names: list[EntityName]
    description: str | None


class Event(TypedDict):
    """Something that happened."""

    id: str
    key: str
    title: str
    date: Dated
    part_of: Titled | None
    place: Named | None
    participants: list[Participant]
    description: str | None


class Extend(TypedDict):
    """Where properties are proposed; they have no settings."""

    propose_properties: ServicePath
    property_settings: list[str]


class Suggest(TypedDict):
    """Where suggestions are."""

    entity: ServicePath
    type: ServicePath
    property: ServicePath


class MeasurePage(TypedDict):
    """Measures."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    items: list[Measure]


class NamedSoPage(TypedDict):
    """Names, those that begin so themselves first."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    items: list[NamedSo]


class Other(TypedDict):
    """The other claim, in short."""

    id: str
    text: str | None
    statement: str
    as_of: str
    origin: OtherOrigin
    article: OtherArticle


class ProposedProperties(TypedDict):
    """Properties that can be fetched of what is of a type."""

    properties: list[SuggestedProperty]
    type: NotRequired[str]
    """The type that was given"""
    limit: NotRequired[int]
    """The limit that was given"""


class Suggestions(TypedDict):
    """Types or properties."""

    result: list[SuggestedProperty]


class SourcePage(TypedDict):
    """Sources."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    items: list[Source]


class ArticlePage(TypedDict):
    """Articles."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    items: list[Article]


class Candidates(TypedDict):
    """The candidates of one query, best first."""

    result: list[Candidate]


class Extension(TypedDict):
    """What is known, by id and property."""

    meta: list[ExtendedProperty]
    rows: dict[str, dict[str, list[ExtendedValue]]]


class EntitySuggestions(TypedDict):
    """Entities and events."""

    result: list[SuggestedEntity]


class Comparison(TypedDict):
    """What `a` is to `b`, given how the frame of a stands to that of b."""

    relation: RelationKind
    direction: Direction | None
    reason: Reason
    ratio: Number | None
    notes: list[str]
    sentence: str
    policy: str
    frame: FrameRelation
    a: Compared
    b: Compared


class Claim(TypedDict):
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
    n_conflicts: int
    """100 means that many or more"""
    conflicts_with: list[str]
    """The first of them, in order of id"""
    notes: list[str]
    possible_copy_of: str | None
    withdrawn: Withdrawal | None
    revision: int
    recorded_at: str


class Series(TypedDict):
    """Rows by date."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    items: list[SeriesRow]


class FacetedPage(TypedDict):
    """A page that can be counted by facets."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    facets: NotRequired[dict[str, Facet]]
    """With `facet`: each that was asked for, by name"""


class EventFigures(TypedDict):
    """An event with its figures, worst first, and its parts that have any, earliest first.

    `status` is the worst of its figures and of those beneath it, null without any; the counts are of all of
    them.
    """

    event: EventRef
    status: Literal["single_origin", "agreed", "tension", "conflict"] | None
    n_figures: int
    n_claims: int
    n_origins: int
    figures: list[Figure]
    parts: "list[EventFigures]"


class FigurePage(TypedDict):
    """Figures."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    facets: NotRequired[dict[str, Facet]]
    """With `facet`: each that was asked for, by name"""
    items: list[Figure]


class EntityPage(TypedDict):
    """Entities."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    items: list[Entity]


class EventPage(TypedDict):
    """Events."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    items: list[Event]


class Manifest(TypedDict):
    """What the reconciliation service can do, and where."""

    versions: list[Literal["0.2"]]
    name: str
    identifierSpace: str
    schemaSpace: str
    serviceVersion: str
    documentation: str
    defaultTypes: list[OfferedType]
    view: View
    preview: Preview
    suggest: Suggest
    extend: Extend
    batchSize: int


class Relation(TypedDict):
    """What a claim is to another."""

    relation: RelationKind
    direction: Direction | None
    reason: Reason
    ratio: Number | None
    notes: list[str]
    sentence: str
    policy: str
    claim: str
    other: Other


class ClaimPage(TypedDict):
    """Claims; with `changed_since` also those that are gone. `version` is there with it and with `known_at`."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    facets: NotRequired[dict[str, Facet]]
    """With `facet`: each that was asked for, by name"""
    items: list[Claim | Gone]
    version: NotRequired[int]
    """The version that the page speaks of, where one was asked about"""


class Conflict(TypedDict):
    """A figure in conflict or tension, or a declared dispute, with its claims side by side."""

    kind: Literal["number", "statement"]
    status: Literal["conflict", "tension"]
    ratio: Number | None
    n_claims: int
    n_origins: int
    explanation: Explanation | None
    figure: Figure | None
    claims: list[Claim]
    relations: list[Pair]


class Found(TypedDict):
    """Something that a search found, with where; the members of other types are null."""

    type: Literal["entity", "event", "article", "claim"]
    highlights: list[Highlight]
    entity: Entity | None
    event: Event | None
    article: Article | None
    claim: Claim | None


Stood = TypedDict(
    "Stood", {"from_version": int, "to_version": int | None, "from": str, "to": str | None, "claim": Claim}
)
"""A claim's record as it stood from one version until before another, with their times; null while it stands."""


class TimelineItem(TypedDict):
    """An event or a claim, at its date (EDTF)."""

    date: str
    type: Literal["event", "claim"]
    event: Event | None
    claim: Claim | None


class Rollup(TypedDict):
    """The one event that was asked for."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    items: list[EventFigures]


Reconciliation: TypeAlias = Manifest | Extension | dict[str, Candidates]
"""The manifest; with `extend` what is known; with `queries` the candidates of each, by its name."""


class RelationPage(TypedDict):
    """Relations, conflicts first."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    items: list[Relation]


class ConflictPage(TypedDict):
    """Conflicts, worst first."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    items: list[Conflict]
    version: NotRequired[int]
    """The version that the page speaks of, where one was asked about"""


class FoundPage(TypedDict):
    """What was found, best first."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    items: list[Found]


class HistoryPage(TypedDict):
    """Records of one claim, newest first."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    items: list[Stood]


class Timeline(TypedDict):
    """Events and claims in the order of their dates."""

    next: str | None
    next_url: str | None
    total: NotRequired[int]
    """How many match in all; with `count=true`"""
    resolved: NotRequired[list[Known]]
    """With a parameter that names something"""
    unknown: NotRequired[list[Unknown]]
    """What a list names that stands for nothing"""
    suggestions: NotRequired[list[Known]]
    """With one that names something unknown: the nearest to it"""
    highlights: NotRequired[dict[str, list[Highlight]]]
    """With `q`: what it found, by the item's id"""
    items: list[TimelineItem]
