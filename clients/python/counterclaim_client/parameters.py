"""The keyword arguments of each method. Made by `clients.generator`: change nothing here."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, TypedDict

from counterclaim_client.shapes import (
    FrameRelation,
    Widths,
)


class ClaimsParameters(TypedDict, total=False):
    """Those of list_claims."""

    q: str | None
    """What has all these words in its texts, in any form and any case: `prisoners exchanged`; one after another:
    `"prisoners of war"`; not: `-exchange`; words that begin so: `captur*`. Whatever else is typed is words
    too
    """
    entity: str | None
    """What concerns this entity, as speaker, subject, relay or participant of the event: an id, a key, or a name
    or alias in any script and any case
    """
    entity__in: Sequence[str] | None
    """As `entity`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    entity__not: Sequence[str] | None
    """All but what `entity` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    entity__isnull: bool | None
    """What has nothing that `entity` could ask for (true), or what has it (false)"""
    role: Literal["speaker", "subject", "participant", "via"] | None
    """Claims in which the entity (any, unless `entity` names one) has this role"""
    role__in: Sequence[Literal["speaker", "subject", "participant", "via"]] | None
    """As `role`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    role__not: Sequence[Literal["speaker", "subject", "participant", "via"]] | None
    """All but what `role` would find for one of these: a list with commas between, at most 100; what has a comma
    in it stands in double quotes
    """
    speaker: str | None
    """Claims that the article credits to this speaker: an id, a key, or a name or alias in any script and any
    case
    """
    speaker__in: Sequence[str] | None
    """As `speaker`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    speaker__not: Sequence[str] | None
    """All but what `speaker` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    speaker__isnull: bool | None
    """What has nothing that `speaker` could ask for (true), or what has it (false)"""
    source: str | None
    """What this source published: an id, a key, or a name or alias in any script and any case"""
    source__in: Sequence[str] | None
    """As `source`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    source__not: Sequence[str] | None
    """All but what `source` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    article: str | None
    """Claims of this article: an id or a key"""
    article__in: Sequence[str] | None
    """As `article`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    article__not: Sequence[str] | None
    """All but what `article` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    event: str | None
    """What belongs to this event or to a part of it: an id or a key"""
    event__in: Sequence[str] | None
    """As `event`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    event__not: Sequence[str] | None
    """All but what `event` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    event__isnull: bool | None
    """What has nothing that `event` could ask for (true), or what has it (false)"""
    measure: str | None
    """What is counted or measured is this: an id or a key"""
    measure__in: Sequence[str] | None
    """As `measure`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    measure__not: Sequence[str] | None
    """All but what `measure` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    measure__isnull: bool | None
    """What has nothing that `measure` could ask for (true), or what has it (false)"""
    kind: Literal["number", "flow", "cumulative", "stock", "statement"] | None
    """Claims of this kind: a flow is an amount in a window, cumulative a running total, a stock a level at an
    instant; `number` means any of the three, `statement` a claim without a number
    """
    kind__in: Sequence[Literal["number", "flow", "cumulative", "stock", "statement"]] | None
    """As `kind`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    kind__not: Sequence[Literal["number", "flow", "cumulative", "stock", "statement"]] | None
    """All but what `kind` would find for one of these: a list with commas between, at most 100; what has a comma
    in it stands in double quotes
    """
    unit: str | None
    """Numbers in this unit, by its name or sign: person, square_kilometre or km², percent"""
    unit__in: Sequence[str] | None
    """As `unit`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    unit__not: Sequence[str] | None
    """All but what `unit` would find for one of these: a list with commas between, at most 100; what has a comma
    in it stands in double quotes
    """
    unit__isnull: bool | None
    """What has nothing that `unit` could ask for (true), or what has it (false)"""
    qualifier: Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "between", "magnitude"] | None
    """Claims whose words narrow the number so: `about` 2,000, `more_than` 100, a `magnitude` such as hundreds"""
    qualifier__in: (
        Sequence[Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "between", "magnitude"]]
        | None
    )
    """As `qualifier`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    qualifier__not: (
        Sequence[Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "between", "magnitude"]]
        | None
    )
    """All but what `qualifier` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    qualifier__isnull: bool | None
    """What has nothing that `qualifier` could ask for (true), or what has it (false)"""
    origin: str | None
    """Claims that go back to this origin: an id or a key, its label, or the name of whoever it is"""
    origin__in: Sequence[str] | None
    """As `origin`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    origin__not: Sequence[str] | None
    """All but what `origin` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    conflict: bool | None
    """Claims that contradict another (true), or that contradict none (false)"""
    possible_copy: bool | None
    """Claims that an article may have copied, saying in its own voice the rare number of another (true), or all
    others (false)
    """
    status: Literal["conflict", "tension", "agreed", "uncontested", "superseded", "withdrawn"] | None
    """Claims of this status; withdrawn ones are listed only where this asks for them"""
    status__in: Sequence[Literal["conflict", "tension", "agreed", "uncontested", "superseded", "withdrawn"]] | None
    """As `status`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    status__not: Sequence[Literal["conflict", "tension", "agreed", "uncontested", "superseded", "withdrawn"]] | None
    """All but what `status` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    value__gte: int | float | Decimal | None
    """Claims whose number is this or more; of a range, its upper end. In the measure's unit"""
    value__lte: int | float | Decimal | None
    """Claims whose number is this or less; of a range, its lower end. In the measure's unit"""
    admits: int | float | Decimal | None
    """Claims whose words admit this number: “more than 100” admits 150. In the measure's unit"""
    admits__in: Sequence[int | float | Decimal] | None
    """As `admits`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    admits__not: Sequence[int | float | Decimal] | None
    """All but what `admits` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    value__isnull: bool | None
    """Claims without a number (true), or with one (false)"""
    quote__isnull: bool | None
    """Claims without the article's own words (true), or with them (false)"""
    as_of__gte: str | date | None
    """What holds on this date or later. A date in EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024"""
    as_of__lte: str | date | None
    """What holds on this date or earlier. A date in EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024"""
    published__gte: str | date | None
    """What was published on this date or later; where only a range is known, its first day counts. A date in
    EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024
    """
    published__lte: str | date | None
    """What was published on this date or earlier; where only a range is known, its first day counts. A date in
    EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024
    """
    known_at: str | int | date | None
    """Claims as they were known at this moment, flags included: a version (a whole number), or a time in EDTF
    such as 2024-08-14 or 2024-08-14T18:00Z, which stands for its end; a whole year is written 2024-12-31.
    Goes with entity, role, speaker, source, article, event, measure, kind, origin, conflict, status, count
    and sort by date. Names are looked up as they are now; an entity that was merged or unmerged since is
    found as it stood. The page says which `version` the moment is
    """
    sort: (
        Literal["-date", "date", "-published", "published", "-value", "value", "-recorded", "recorded", "relevance"]
        | None
    )
    """The order: `-date` latest first, by the date that the claim speaks of; `date` earliest first; `-published`
    last published first; `published` first published first; `-value` largest number first, of a range its
    upper end; `value` smallest number first, of a range its lower end; `-recorded` last loaded or corrected
    first; `recorded` first loaded first; `relevance` (with `q`) best first; of many that match the latest
    1,000 are ranked so, and older ones follow, latest first
    """
    cursor: str | None
    """Where the page begins: `next` of the page before"""
    highlight: bool | None
    """Whether to mark what `q` found, as `highlights`; a page without is answered several times as fast"""
    count: bool | None
    """Whether to count all that match, as `total`"""
    facet: Sequence[Literal["source", "speaker", "measure", "event", "origin", "kind", "status", "year"]] | None
    """What to count all that match by, with commas between: `facets` has the values of each with how many there
    are, most frequent first, years in their order. What a facet's own filter asks for is left out of its
    counts. An event is counted without those that are part of it; what has no value counts under null
    """


class ClaimParameters(TypedDict, total=False):
    """Those of get_claim."""

    known_at: str | int | date | None
    """As it was known at this moment, flags included: a version (a whole number), or a time in EDTF such as
    2024-08-14 or 2024-08-14T18:00Z, which stands for its end; a whole year is written 2024-12-31
    """


class ClaimHistoryParameters(TypedDict, total=False):
    """Those of list_claim_history."""

    cursor: str | None
    """Where the page begins: `next` of the page before"""


class ClaimRelationsParameters(TypedDict, total=False):
    """Those of list_claim_relations."""

    cursor: str | None
    """Where the page begins: `next` of the page before"""


class EntitiesParameters(TypedDict, total=False):
    """Those of list_entities."""

    q: str | None
    """What has all these words in its texts, in any form and any case: `prisoners exchanged`; one after another:
    `"prisoners of war"`; not: `-exchange`; words that begin so: `captur*`. Whatever else is typed is words
    too
    """
    kind: Literal["person", "organization", "place", "unit", "other"] | None
    """Entities of this kind; a unit is a military one"""
    kind__in: Sequence[Literal["person", "organization", "place", "unit", "other"]] | None
    """As `kind`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    kind__not: Sequence[Literal["person", "organization", "place", "unit", "other"]] | None
    """All but what `kind` would find for one of these: a list with commas between, at most 100; what has a comma
    in it stands in double quotes
    """
    name: str | None
    """Entities of this name: a name or alias in any script and any case, or whole words of one; or an id or a
    key
    """
    name__in: Sequence[str] | None
    """As `name`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    name__not: Sequence[str] | None
    """All but what `name` would find for one of these: a list with commas between, at most 100; what has a comma
    in it stands in double quotes
    """
    sort: Literal["name", "relevance"] | None
    """The order: `name` by name; `relevance` (with `q`) best first; of many that match the latest 1,000 are
    ranked so, and older ones follow, latest first
    """
    cursor: str | None
    """Where the page begins: `next` of the page before"""
    highlight: bool | None
    """Whether to mark what `q` found, as `highlights`; a page without is answered several times as fast"""
    count: bool | None
    """Whether to count all that match, as `total`"""


class EntityTimelineParameters(TypedDict, total=False):
    """Those of get_entity_timeline."""

    as_of__gte: str | date | None
    """What holds on this date or later. A date in EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024"""
    as_of__lte: str | date | None
    """What holds on this date or earlier. A date in EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024"""
    sort: Literal["date", "-date"] | None
    """The order: `date` earliest first; of one day, events before claims; `-date` latest first"""
    cursor: str | None
    """Where the page begins: `next` of the page before"""
    count: bool | None
    """Whether to count all that match, as `total`"""


class EventsParameters(TypedDict, total=False):
    """Those of list_events."""

    q: str | None
    """What has all these words in its texts, in any form and any case: `prisoners exchanged`; one after another:
    `"prisoners of war"`; not: `-exchange`; words that begin so: `captur*`. Whatever else is typed is words
    too
    """
    entity: str | None
    """What concerns this entity, as speaker, subject, relay or participant of the event: an id, a key, or a name
    or alias in any script and any case
    """
    entity__in: Sequence[str] | None
    """As `entity`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    entity__not: Sequence[str] | None
    """All but what `entity` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    entity__isnull: bool | None
    """What has nothing that `entity` could ask for (true), or what has it (false)"""
    part_of: str | None
    """Events that lie inside this one, at any depth: an id or a key"""
    part_of__in: Sequence[str] | None
    """As `part_of`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    part_of__not: Sequence[str] | None
    """All but what `part_of` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    part_of__isnull: bool | None
    """What has nothing that `part_of` could ask for (true), or what has it (false)"""
    date__gte: str | date | None
    """Events that end on this date or later. A date in EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024"""
    date__lte: str | date | None
    """Events that begin on this date or earlier. A date in EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or
    2024
    """
    sort: Literal["-date", "date", "relevance"] | None
    """The order: `-date` latest first; `date` earliest first; `relevance` (with `q`) best first; of many that
    match the latest 1,000 are ranked so, and older ones follow, latest first
    """
    cursor: str | None
    """Where the page begins: `next` of the page before"""
    highlight: bool | None
    """Whether to mark what `q` found, as `highlights`; a page without is answered several times as fast"""
    count: bool | None
    """Whether to count all that match, as `total`"""


class EventFiguresParameters(TypedDict, total=False):
    """Those of get_event_figures."""

    measure: str | None
    """What is counted or measured is this: an id or a key"""
    measure__in: Sequence[str] | None
    """As `measure`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    measure__not: Sequence[str] | None
    """All but what `measure` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    kind: Literal["flow", "cumulative", "stock"] | None
    """Figures of this kind of number"""
    kind__in: Sequence[Literal["flow", "cumulative", "stock"]] | None
    """As `kind`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    kind__not: Sequence[Literal["flow", "cumulative", "stock"]] | None
    """All but what `kind` would find for one of these: a list with commas between, at most 100; what has a comma
    in it stands in double quotes
    """
    status: Literal["single_origin", "agreed", "tension", "conflict"] | None
    """Figures of this status; a single origin never makes `agreed`"""
    status__in: Sequence[Literal["single_origin", "agreed", "tension", "conflict"]] | None
    """As `status`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    status__not: Sequence[Literal["single_origin", "agreed", "tension", "conflict"]] | None
    """All but what `status` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """


class EventTimelineParameters(TypedDict, total=False):
    """Those of get_event_timeline."""

    as_of__gte: str | date | None
    """What holds on this date or later. A date in EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024"""
    as_of__lte: str | date | None
    """What holds on this date or earlier. A date in EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024"""
    sort: Literal["date", "-date"] | None
    """The order: `date` earliest first; of one day, events before claims; `-date` latest first"""
    cursor: str | None
    """Where the page begins: `next` of the page before"""
    count: bool | None
    """Whether to count all that match, as `total`"""


class ArticlesParameters(TypedDict, total=False):
    """Those of list_articles."""

    q: str | None
    """What has all these words in its texts, in any form and any case: `prisoners exchanged`; one after another:
    `"prisoners of war"`; not: `-exchange`; words that begin so: `captur*`. Whatever else is typed is words
    too
    """
    source: str | None
    """What this source published: an id, a key, or a name or alias in any script and any case"""
    source__in: Sequence[str] | None
    """As `source`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    source__not: Sequence[str] | None
    """All but what `source` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    published__gte: str | date | None
    """What was published on this date or later; where only a range is known, its first day counts. A date in
    EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024
    """
    published__lte: str | date | None
    """What was published on this date or earlier; where only a range is known, its first day counts. A date in
    EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024
    """
    sort: Literal["-published", "published", "relevance"] | None
    """The order: `-published` last published first; `published` first published first; `relevance` (with `q`)
    best first; of many that match the latest 1,000 are ranked so, and older ones follow, latest first
    """
    cursor: str | None
    """Where the page begins: `next` of the page before"""
    highlight: bool | None
    """Whether to mark what `q` found, as `highlights`; a page without is answered several times as fast"""
    count: bool | None
    """Whether to count all that match, as `total`"""


class SourcesParameters(TypedDict, total=False):
    """Those of list_sources."""

    kind: Literal["newspaper", "agency", "broadcaster", "website", "channel", "other"] | None
    """Sources of this kind"""
    kind__in: Sequence[Literal["newspaper", "agency", "broadcaster", "website", "channel", "other"]] | None
    """As `kind`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    kind__not: Sequence[Literal["newspaper", "agency", "broadcaster", "website", "channel", "other"]] | None
    """All but what `kind` would find for one of these: a list with commas between, at most 100; what has a comma
    in it stands in double quotes
    """
    name: str | None
    """Sources of this name: a name or alias in any script and any case, or whole words of one; or an id or a key"""
    name__in: Sequence[str] | None
    """As `name`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    name__not: Sequence[str] | None
    """All but what `name` would find for one of these: a list with commas between, at most 100; what has a comma
    in it stands in double quotes
    """
    cursor: str | None
    """Where the page begins: `next` of the page before"""
    count: bool | None
    """Whether to count all that match, as `total`"""


class MeasuresParameters(TypedDict, total=False):
    """Those of list_measures."""

    unit: str | None
    """Numbers in this unit, by its name or sign: person, square_kilometre or km², percent"""
    unit__in: Sequence[str] | None
    """As `unit`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    unit__not: Sequence[str] | None
    """All but what `unit` would find for one of these: a list with commas between, at most 100; what has a comma
    in it stands in double quotes
    """
    cursor: str | None
    """Where the page begins: `next` of the page before"""
    count: bool | None
    """Whether to count all that match, as `total`"""


class FiguresParameters(TypedDict, total=False):
    """Those of list_figures."""

    entity: str | None
    """What concerns this entity, as speaker, subject, relay or participant of the event: an id, a key, or a name
    or alias in any script and any case
    """
    entity__in: Sequence[str] | None
    """As `entity`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    entity__not: Sequence[str] | None
    """All but what `entity` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    event: str | None
    """What belongs to this event or to a part of it: an id or a key"""
    event__in: Sequence[str] | None
    """As `event`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    event__not: Sequence[str] | None
    """All but what `event` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    event__isnull: bool | None
    """What has nothing that `event` could ask for (true), or what has it (false)"""
    measure: str | None
    """What is counted or measured is this: an id or a key"""
    measure__in: Sequence[str] | None
    """As `measure`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    measure__not: Sequence[str] | None
    """All but what `measure` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    kind: Literal["flow", "cumulative", "stock"] | None
    """Figures of this kind of number"""
    kind__in: Sequence[Literal["flow", "cumulative", "stock"]] | None
    """As `kind`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    kind__not: Sequence[Literal["flow", "cumulative", "stock"]] | None
    """All but what `kind` would find for one of these: a list with commas between, at most 100; what has a comma
    in it stands in double quotes
    """
    status: Literal["single_origin", "agreed", "tension", "conflict"] | None
    """Figures of this status; a single origin never makes `agreed`"""
    status__in: Sequence[Literal["single_origin", "agreed", "tension", "conflict"]] | None
    """As `status`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    status__not: Sequence[Literal["single_origin", "agreed", "tension", "conflict"]] | None
    """All but what `status` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    explained: bool | None
    """What an editor has explained and nothing has opened again since (true), or all else (false)"""
    as_of: str | date | None
    """Figures as they stood by this date, from the claims that speak of no later day; those without any are left
    out. Needs `event`, `measure` or `entity`. Explanations, and the order, are those of now. A date in EDTF
    (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024
    """
    cursor: str | None
    """Where the page begins: `next` of the page before"""
    count: bool | None
    """Whether to count all that match, as `total`"""
    facet: Sequence[Literal["measure", "event", "kind", "status"]] | None
    """What to count all that match by, with commas between: `facets` has the values of each with how many there
    are, most frequent first, years in their order. What a facet's own filter asks for is left out of its
    counts. An event is counted without those that are part of it; what has no value counts under null
    """


class FigureParameters(TypedDict, total=False):
    """Those of get_figure."""

    known_at: str | int | date | None
    """As it was known at this moment, flags included: a version (a whole number), or a time in EDTF such as
    2024-08-14 or 2024-08-14T18:00Z, which stands for its end; a whole year is written 2024-12-31
    """


class FigureSeriesParameters(TypedDict, total=False):
    """Those of get_figure_series."""

    cursor: str | None
    """Where the page begins: `next` of the page before"""
    count: bool | None
    """Whether to count all that match, as `total`"""


class ConflictsParameters(TypedDict, total=False):
    """Those of list_conflicts."""

    entity: str | None
    """What concerns this entity, as speaker, subject, relay or participant of the event: an id, a key, or a name
    or alias in any script and any case
    """
    entity__in: Sequence[str] | None
    """As `entity`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    entity__not: Sequence[str] | None
    """All but what `entity` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    event: str | None
    """What belongs to this event or to a part of it: an id or a key"""
    event__in: Sequence[str] | None
    """As `event`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    event__not: Sequence[str] | None
    """All but what `event` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    event__isnull: bool | None
    """What has nothing that `event` could ask for (true), or what has it (false)"""
    measure: str | None
    """What is counted or measured is this: an id or a key"""
    measure__in: Sequence[str] | None
    """As `measure`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    measure__not: Sequence[str] | None
    """All but what `measure` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    kind: Literal["number", "flow", "cumulative", "stock", "statement"] | None
    """Claims of this kind: a flow is an amount in a window, cumulative a running total, a stock a level at an
    instant; `number` means any of the three, `statement` a claim without a number
    """
    kind__in: Sequence[Literal["number", "flow", "cumulative", "stock", "statement"]] | None
    """As `kind`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    kind__not: Sequence[Literal["number", "flow", "cumulative", "stock", "statement"]] | None
    """All but what `kind` would find for one of these: a list with commas between, at most 100; what has a comma
    in it stands in double quotes
    """
    status: Literal["tension", "conflict"] | None
    """Only what is in conflict, or only what is in tension"""
    status__in: Sequence[Literal["tension", "conflict"]] | None
    """As `status`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    status__not: Sequence[Literal["tension", "conflict"]] | None
    """All but what `status` would find for one of these: a list with commas between, at most 100; what has a
    comma in it stands in double quotes
    """
    explained: bool | None
    """What an editor has explained and nothing has opened again since (true), or all else (false)"""
    policy: str | None
    """Compare anew by other widths and limits than those of the policy in force (see `/policy`): name:number,
    with commas between. Stores nothing; needs `event` or `entity`
    """
    known_at: str | int | date | None
    """Conflicts as they were known at this moment, by the policy in force then: a version (a whole number), or a
    time in EDTF such as 2024-08-14 or 2024-08-14T18:00Z, which stands for its end; a whole year is written
    2024-12-31. Goes with event, measure, kind, status. How an editor explained a declared dispute is not
    shown of the past
    """
    cursor: str | None
    """Where the page begins: `next` of the page before"""


class SearchParameters(TypedDict, total=False):
    """Those of search."""

    type: Literal["claim", "article", "event", "entity"] | None
    """Only what is of this type"""
    type__in: Sequence[Literal["claim", "article", "event", "entity"]] | None
    """As `type`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    type__not: Sequence[Literal["claim", "article", "event", "entity"]] | None
    """All but what `type` would find for one of these: a list with commas between, at most 100; what has a comma
    in it stands in double quotes
    """
    cursor: str | None
    """Where the page begins: `next` of the page before"""


class SuggestNamesParameters(TypedDict, total=False):
    """Those of suggest_names."""

    type: Literal["entity", "source", "event", "measure"] | None
    """Only names of this type"""
    type__in: Sequence[Literal["entity", "source", "event", "measure"]] | None
    """As `type`, for any of several values: a list with commas between, at most 100; what has a comma in it
    stands in double quotes
    """
    type__not: Sequence[Literal["entity", "source", "event", "measure"]] | None
    """All but what `type` would find for one of these: a list with commas between, at most 100; what has a comma
    in it stands in double quotes
    """


class CompareParameters(TypedDict, total=False):
    """Those of compare."""

    frame: FrameRelation | None
    """How what a counts stands to what b counts; without it, as two claims stand, or else equal"""
    kind: Literal["flow", "cumulative", "stock"] | None
    """What both numbers are; without it, what the claims are, or else a flow"""
    policy: Widths | None
    """Widths and limits other than those of the policy in force"""
