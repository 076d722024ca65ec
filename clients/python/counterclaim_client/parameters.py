"""The keyword arguments of each method. Made by `clients.generator`: change nothing here."""

from datetime import date
from decimal import Decimal
from typing import Literal, TypedDict

from counterclaim_client.shapes import FrameRelation, Widths


class ClaimsParameters(TypedDict, total=False):
    """Those of list_claims."""

    entity: str | None
    """What concerns this entity, as speaker, subject, relay or participant of the event: an id, a key, or a name
    or alias in any script and any case
    """
    role: Literal["speaker", "subject", "participant", "via"] | None
    """Claims in which the entity (any, unless `entity` names one) has this role"""
    speaker: str | None
    """Claims that the article credits to this speaker: an id, a key, or a name or alias in any script and any
    case
    """
    source: str | None
    """What this source published: an id, a key, or a name or alias in any script and any case"""
    article: str | None
    """Claims of this article: an id or a key"""
    event: str | None
    """What belongs to this event or to a part of it: an id or a key"""
    measure: str | None
    """What is counted or measured is this: an id or a key"""
    kind: Literal["number", "flow", "cumulative", "stock", "statement"] | None
    """Claims of this kind: a flow is an amount in a window, cumulative a running total, a stock a level at an
    instant; `number` means any of the three, `statement` a claim without a number
    """
    unit: str | None
    """Numbers in this unit, by its name or sign: person, square_kilometre or km², percent"""
    qualifier: Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "between", "magnitude"] | None
    """Claims whose words narrow the number so: `about` 2,000, `more_than` 100, a `magnitude` such as hundreds"""
    origin: str | None
    """Claims that go back to this origin: an id or a key, its label, or the name of whoever it is"""
    conflict: bool | None
    """Claims that contradict another (true), or that contradict none (false)"""
    possible_copy: bool | None
    """Claims that an article may have copied, saying in its own voice the rare number of another (true), or all
    others (false)
    """
    status: Literal["conflict", "tension", "agreed", "uncontested", "superseded", "withdrawn"] | None
    """Claims of this status; withdrawn ones are listed only where this asks for them"""
    value__gte: int | float | Decimal | None
    """Claims whose number is this or more; of a range, its upper end. In the measure's unit"""
    value__lte: int | float | Decimal | None
    """Claims whose number is this or less; of a range, its lower end. In the measure's unit"""
    admits: int | float | Decimal | None
    """Claims whose words admit this number: “more than 100” admits 150. In the measure's unit"""
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
    sort: Literal["-date", "date", "-published", "published", "-value", "value", "-recorded", "recorded"] | None
    """The order: `-date` latest first, by the date that the claim speaks of; `date` earliest first; `-published`
    last published first; `published` first published first; `-value` largest number first, of a range its
    upper end; `value` smallest number first, of a range its lower end; `-recorded` last loaded or corrected
    first; `recorded` first loaded first
    """
    cursor: str | None
    """Where the page begins: `next` of the page before"""
    count: bool | None
    """Whether to count all that match, as `total`"""


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

    kind: Literal["person", "organization", "place", "unit", "other"] | None
    """Entities of this kind; a unit is a military one"""
    name: str | None
    """Entities of this name: a name or alias in any script and any case, or whole words of one; or an id or a
    key
    """
    cursor: str | None
    """Where the page begins: `next` of the page before"""
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

    entity: str | None
    """What concerns this entity, as speaker, subject, relay or participant of the event: an id, a key, or a name
    or alias in any script and any case
    """
    part_of: str | None
    """Events that lie inside this one, at any depth: an id or a key"""
    date__gte: str | date | None
    """Events that end on this date or later. A date in EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024"""
    date__lte: str | date | None
    """Events that begin on this date or earlier. A date in EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or
    2024
    """
    sort: Literal["-date", "date"] | None
    """The order: `-date` latest first; `date` earliest first"""
    cursor: str | None
    """Where the page begins: `next` of the page before"""
    count: bool | None
    """Whether to count all that match, as `total`"""


class EventFiguresParameters(TypedDict, total=False):
    """Those of get_event_figures."""

    measure: str | None
    """What is counted or measured is this: an id or a key"""
    kind: Literal["flow", "cumulative", "stock"] | None
    """Figures of this kind of number"""
    status: Literal["single_origin", "agreed", "tension", "conflict"] | None
    """Figures of this status; a single origin never makes `agreed`"""


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

    source: str | None
    """What this source published: an id, a key, or a name or alias in any script and any case"""
    published__gte: str | date | None
    """What was published on this date or later; where only a range is known, its first day counts. A date in
    EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024
    """
    published__lte: str | date | None
    """What was published on this date or earlier; where only a range is known, its first day counts. A date in
    EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024
    """
    sort: Literal["-published", "published"] | None
    """The order: `-published` last published first; `published` first published first"""
    cursor: str | None
    """Where the page begins: `next` of the page before"""
    count: bool | None
    """Whether to count all that match, as `total`"""


class SourcesParameters(TypedDict, total=False):
    """Those of list_sources."""

    kind: Literal["newspaper", "agency", "broadcaster", "website", "channel", "other"] | None
    """Sources of this kind"""
    name: str | None
    """Sources of this name: a name or alias in any script and any case, or whole words of one; or an id or a key"""
    cursor: str | None
    """Where the page begins: `next` of the page before"""
    count: bool | None
    """Whether to count all that match, as `total`"""


class MeasuresParameters(TypedDict, total=False):
    """Those of list_measures."""

    unit: str | None
    """Numbers in this unit, by its name or sign: person, square_kilometre or km², percent"""
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
    event: str | None
    """What belongs to this event or to a part of it: an id or a key"""
    measure: str | None
    """What is counted or measured is this: an id or a key"""
    kind: Literal["flow", "cumulative", "stock"] | None
    """Figures of this kind of number"""
    status: Literal["single_origin", "agreed", "tension", "conflict"] | None
    """Figures of this status; a single origin never makes `agreed`"""
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


class FigureSeriesTableParameters(TypedDict, total=False):
    """Those of get_figure_series_table."""

    limit: int | None
    """Most items on a page, 100 unless told"""
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
    event: str | None
    """What belongs to this event or to a part of it: an id or a key"""
    measure: str | None
    """What is counted or measured is this: an id or a key"""
    kind: Literal["number", "flow", "cumulative", "stock", "statement"] | None
    """Claims of this kind: a flow is an amount in a window, cumulative a running total, a stock a level at an
    instant; `number` means any of the three, `statement` a claim without a number
    """
    status: Literal["tension", "conflict"] | None
    """Only what is in conflict, or only what is in tension"""
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


class CompareParameters(TypedDict, total=False):
    """Those of compare."""

    frame: FrameRelation | None
    """How what a counts stands to what b counts; without it, as two claims stand, or else equal"""
    kind: Literal["flow", "cumulative", "stock"] | None
    """What both numbers are; without it, what the claims are, or else a flow"""
    policy: Widths | None
    """Widths and limits other than those of the policy in force"""
