"""Every filter, declared once: SQL, OpenAPI, documentation and the reading of query strings derive from here."""

from sqlalchemy import ColumnElement, and_, case, exists, false, not_, or_, select, true

from app.domain.relation import Kind
from app.domain.value import Qualifier
from app.search import clauses as sql
from app.search.clauses import Clause
from app.search.filter import Filter, Part
from app.search.nouns import (
    ARTICLE,
    CLAIM,
    CLAIM_HISTORY,
    ENTITY,
    EVENT,
    EVENT_ANCESTOR,
    EVENT_PARTICIPANT,
    EXPLANATION,
    FIGURE,
    FIGURE_HISTORY,
    MEASURE,
    SOURCE,
)
from app.search.values import BEGINNING, DATE, FLAG, NUMBER, POLICY, SEARCH, TEXT, UNIT, choice
from app.storage.roles import ROLES

# The two claims of a declared dispute.
DISPUTING = CLAIM.alias("disputing")
DISPUTED = CLAIM.alias("disputed")
_BOTH = (DISPUTING.c.number, DISPUTED.c.number)

_THEN = CLAIM_HISTORY.c
_FIGURE_THEN = FIGURE_HISTORY.c

_NUMBERS = (Kind.FLOW, Kind.CUMULATIVE, Kind.STOCK)
_NAME = "an id, a key, or a name or alias in any script and any case"
_KEY = "an id or a key"
_EDTF = "A date in EDTF (ISO 8601-2), such as 2024-08-14, 2024-08 or 2024"


def taking_part(ids: sql.Ids) -> ColumnElement[bool]:
    """Events in which one of the entities takes part, or of which it is the place."""
    participated = select(EVENT_PARTICIPANT.c.event_id).where(sql.one_of(EVENT_PARTICIPANT.c.entity_id, ids))
    return or_(EVENT.c.id.in_(participated), sql.one_of(EVENT.c.place_id, ids))


_TAKING_PART = exists().where(EVENT_PARTICIPANT.c.event_id == EVENT.c.id)
_WITHOUT_ENTITIES = and_(EVENT.c.place_id.is_(None), not_(_TAKING_PART))


def _inside(ids: sql.Ids) -> ColumnElement[bool]:
    beneath = select(EVENT_ANCESTOR.c.event_id).where(EVENT_ANCESTOR.c.depth > 0)
    return EVENT.c.id.in_(beneath.where(sql.one_of(EVENT_ANCESTOR.c.ancestor_id, ids)))


# What stands for a declared dispute among explanations: its two ids, the lower first.
DISPUTE = case(
    (DISPUTING.c.public_id < DISPUTED.c.public_id, DISPUTING.c.public_id + " " + DISPUTED.c.public_id),
    else_=DISPUTED.c.public_id + " " + DISPUTING.c.public_id,
)


def _dispute_explained(explained: bool) -> ColumnElement[bool]:  # noqa: FBT001 - the filter's value
    covered = exists().where(EXPLANATION.c.subject == DISPUTE, EXPLANATION.c.reopened_by.is_(None))
    return covered if explained else not_(covered)


_FOUND = {
    "claim": Part.FOUND_CLAIMS,
    "article": Part.FOUND_ARTICLES,
    "event": Part.FOUND_EVENTS,
    "entity": Part.FOUND_ENTITIES,
}
"""What a search over everything is made of, by what its items say they are."""


def _of_type(type_: str) -> Clause:
    return lambda wanted: true() if wanted == type_ else false()


FILTERS: tuple[Filter, ...] = (
    Filter(
        "q",
        SEARCH,
        "What has all these words in its texts, in any form and any case: `prisoners exchanged`; one after another: "
        '`"prisoners of war"`; not: `-exchange`; words that begin so: `captur*`. Whatever else is typed is words too',
        "Kursk",
        {
            Part.CLAIMS: sql.found_in("claim"),
            Part.ARTICLES: sql.found_in("article"),
            Part.EVENTS: sql.found_in("event"),
            Part.ENTITIES: sql.found_in("entity"),
            Part.FOUND_CLAIMS: sql.found_in("claim"),
            Part.FOUND_ARTICLES: sql.found_in("article"),
            Part.FOUND_EVENTS: sql.found_in("event"),
            Part.FOUND_ENTITIES: sql.found_in("entity"),
        },
    ),
    Filter(
        "type",
        choice(_FOUND),
        "Only what is of this type",
        "event",
        {part: _of_type(type_) for type_, part in _FOUND.items()},
    ),
    Filter(
        "prefix",
        BEGINNING,
        "How a word of the name begins, in any script and any case; of several words the last. Empty, it finds nothing",
        "lub",
        # It says how the list is made, and leaves nothing out.
        {Part.NAMES: lambda _: true()},
    ),
    Filter(
        "type",
        choice(("entity", "source", "event", "measure")),
        "Only names of this type",
        "entity",
        {Part.NAMES: lambda _: true()},
    ),
    Filter(
        "entity",
        TEXT,
        f"What concerns this entity, as speaker, subject, relay or participant of the event: {_NAME}",
        "Lubinets",
        {
            Part.CLAIMS: sql.claims_of_entities,
            Part.EVENTS: taking_part,
            Part.FIGURES: sql.figure_of_entities(FIGURE.c.id),
            Part.CONFLICTS: sql.figure_of_entities(FIGURE.c.id),
            Part.DISPUTES: sql.of_either(*_BOTH, sql.claims_of_entities),
            Part.CLAIMS_THEN: sql.then_of_entities,
        },
        refers="entity",
        missing={Part.CLAIMS: sql.CONCERNS_NOBODY, Part.EVENTS: _WITHOUT_ENTITIES},
    ),
    Filter(
        "role",
        choice(ROLES),
        "Claims in which the entity (any, unless `entity` names one) has this role",
        "speaker",
        {Part.CLAIMS: sql.claims_in_role, Part.CLAIMS_THEN: sql.then_in_role},
    ),
    Filter(
        "speaker",
        TEXT,
        f"Claims that the article credits to this speaker: {_NAME}",
        "Zelensky",
        {Part.CLAIMS: sql.refers(CLAIM.c.speaker_id), Part.CLAIMS_THEN: sql.refers(_THEN.speaker)},
        refers="entity",
        # An unnamed speaker is one.
        missing={Part.CLAIMS: and_(CLAIM.c.speaker_id.is_(None), CLAIM.c.unnamed_speaker.is_(None))},
    ),
    Filter(
        "source",
        TEXT,
        f"What this source published: {_NAME}",
        "New York Sun",
        {
            Part.CLAIMS: sql.refers(CLAIM.c.source_id),
            Part.ARTICLES: sql.refers(ARTICLE.c.source_id),
            Part.CLAIMS_THEN: sql.refers(_THEN.source),
        },
        refers="source",
    ),
    Filter(
        "article",
        TEXT,
        f"Claims of this article: {_KEY}",
        "nysun-pow-talks-2024-08-15",
        {Part.CLAIMS: sql.refers(CLAIM.c.article_id), Part.CLAIMS_THEN: sql.refers(_THEN.article)},
        refers="article",
    ),
    Filter(
        "event",
        TEXT,
        f"What belongs to this event or to a part of it: {_KEY}",
        "kursk-incursion",
        {
            Part.CLAIMS: sql.claims_of_event,
            Part.FIGURES: lambda ids: sql.within_event(FIGURE.c.event_id, ids),
            Part.CONFLICTS: lambda ids: sql.within_event(FIGURE.c.event_id, ids),
            Part.DISPUTES: sql.of_either(*_BOTH, sql.claims_of_event),
            Part.CLAIMS_THEN: sql.then_within_event(_THEN.event),
            Part.CONFLICTS_THEN: sql.then_within_event(_FIGURE_THEN.event),
        },
        refers="event",
        missing={
            Part.CLAIMS: CLAIM.c.event_id.is_(None),
            Part.FIGURES: FIGURE.c.event_id.is_(None),
            Part.CONFLICTS: FIGURE.c.event_id.is_(None),
            Part.DISPUTES: and_(DISPUTING.c.event_id.is_(None), DISPUTED.c.event_id.is_(None)),
        },
    ),
    Filter(
        "part_of",
        TEXT,
        f"Events that lie inside this one, at any depth: {_KEY}",
        "prisoner-exchanges",
        {Part.EVENTS: _inside},
        refers="event",
        missing={Part.EVENTS: EVENT.c.parent_id.is_(None)},
    ),
    Filter(
        "measure",
        TEXT,
        f"What is counted or measured is this: {_KEY}",
        "prisoners-captured",
        {
            Part.CLAIMS: sql.refers(CLAIM.c.measure_id),
            Part.FIGURES: sql.refers(FIGURE.c.measure_id),
            Part.ROLLUP: sql.refers(FIGURE.c.measure_id),
            Part.CONFLICTS: sql.refers(FIGURE.c.measure_id),
            Part.DISPUTES: lambda _: false(),
            Part.CLAIMS_THEN: sql.refers(_THEN.measure),
            Part.CONFLICTS_THEN: sql.refers(_FIGURE_THEN.measure),
        },
        refers="measure",
        missing={Part.CLAIMS: CLAIM.c.measure_id.is_(None)},
    ),
    Filter(
        "kind",
        choice(("number", *Kind)),
        "Claims of this kind: a flow is an amount in a window, cumulative a running total, a stock a level at an "
        "instant; `number` means any of the three, `statement` a claim without a number",
        "cumulative",
        {
            Part.CLAIMS: sql.claim_kind(CLAIM.c.kind),
            Part.CONFLICTS: sql.claim_kind(FIGURE.c.kind),
            Part.DISPUTES: lambda kind: true() if kind == Kind.STATEMENT else false(),
            Part.CLAIMS_THEN: sql.claim_kind(_THEN.kind),
            Part.CONFLICTS_THEN: sql.claim_kind(_FIGURE_THEN.kind),
        },
    ),
    Filter(
        "kind",
        choice(_NUMBERS),
        "Figures of this kind of number",
        "cumulative",
        {Part.FIGURES: sql.equals(FIGURE.c.kind), Part.ROLLUP: sql.equals(FIGURE.c.kind)},
    ),
    Filter(
        "kind",
        choice(("person", "organization", "place", "unit", "other")),
        "Entities of this kind; a unit is a military one",
        "person",
        {Part.ENTITIES: sql.equals(ENTITY.c.kind)},
    ),
    Filter(
        "kind",
        choice(("newspaper", "agency", "broadcaster", "website", "channel", "other")),
        "Sources of this kind",
        "newspaper",
        {Part.SOURCES: sql.equals(SOURCE.c.kind)},
    ),
    Filter(
        "name",
        TEXT,
        "Entities of this name: a name or alias in any script and any case, or whole words of one; or an id or a key",
        "Lubinets",
        {Part.ENTITIES: sql.refers(ENTITY.c.id)},
        refers="entity",
        # A name leads to none that was merged into another.
        absent={Part.ENTITIES: ENTITY.c.merged_into.is_(None), Part.FOUND_ENTITIES: ENTITY.c.merged_into.is_(None)},
    ),
    Filter(
        "name",
        TEXT,
        "Sources of this name: a name or alias in any script and any case, or whole words of one; or an id or a key",
        "Financial Times",
        {Part.SOURCES: sql.refers(SOURCE.c.id)},
        refers="source",
    ),
    Filter(
        "unit",
        UNIT,
        "Numbers in this unit, by its name or sign: person, square_kilometre or km², percent",
        "person",
        {Part.CLAIMS: sql.equals(CLAIM.c.unit), Part.MEASURES: sql.equals(MEASURE.c.unit)},
        missing={Part.CLAIMS: CLAIM.c.unit.is_(None)},
    ),
    Filter(
        "qualifier",
        choice(Qualifier),
        "Claims whose words narrow the number so: `about` 2,000, `more_than` 100, a `magnitude` such as hundreds",
        "about",
        {Part.CLAIMS: sql.equals(CLAIM.c.qualifier)},
        missing={Part.CLAIMS: CLAIM.c.qualifier.is_(None)},
    ),
    Filter(
        "origin",
        TEXT,
        f"Claims that go back to this origin: {_KEY}, its label, or the name of whoever it is",
        "officials-and-soldiers-at-the-kursk-border",
        {Part.CLAIMS: sql.refers(CLAIM.c.origin_id), Part.CLAIMS_THEN: sql.refers(_THEN.origin)},
        refers="origin",
    ),
    Filter(
        "conflict",
        FLAG,
        "Claims that contradict another (true), or that contradict none (false)",
        "true",
        {Part.CLAIMS: sql.equals(CLAIM.c.conflict), Part.CLAIMS_THEN: sql.equals(_THEN.conflict)},
    ),
    Filter(
        "possible_copy",
        FLAG,
        "Claims that an article may have copied, saying in its own voice the rare number of another (true), or all "
        "others (false)",
        "false",
        {Part.CLAIMS: sql.is_set(CLAIM.c.possible_copy_of)},
    ),
    Filter(
        "status",
        choice(("conflict", "tension", "agreed", "uncontested", "superseded", "withdrawn")),
        "Claims of this status; withdrawn ones are listed only where this asks for them",
        "conflict",
        {
            Part.CLAIMS: sql.claim_status(CLAIM.c.status, CLAIM.c.withdrawn_at),
            Part.CLAIMS_THEN: sql.equals(_THEN.status),
        },
        absent={
            Part.CLAIMS: CLAIM.c.withdrawn_at.is_(None),
            Part.TIMELINE_CLAIMS: CLAIM.c.withdrawn_at.is_(None),
            Part.FOUND_CLAIMS: CLAIM.c.withdrawn_at.is_(None),
            Part.DISPUTES: and_(DISPUTING.c.withdrawn_at.is_(None), DISPUTED.c.withdrawn_at.is_(None)),
            Part.CLAIMS_THEN: _THEN.status != "withdrawn",
        },
    ),
    Filter(
        "status",
        choice(("single_origin", "agreed", "tension", "conflict")),
        "Figures of this status; a single origin never makes `agreed`",
        "conflict",
        {Part.FIGURES: sql.equals(FIGURE.c.status), Part.ROLLUP: sql.equals(FIGURE.c.status)},
    ),
    Filter(
        "status",
        choice(("tension", "conflict")),
        "Only what is in conflict, or only what is in tension",
        "conflict",
        {
            Part.CONFLICTS: sql.equals(FIGURE.c.status),
            Part.DISPUTES: lambda status: true() if status == "conflict" else false(),
            Part.CONFLICTS_THEN: sql.equals(_FIGURE_THEN.status),
        },
    ),
    Filter(
        "explained",
        FLAG,
        "What an editor has explained and nothing has opened again since (true), or all else (false)",
        "false",
        {
            Part.FIGURES: sql.equals(FIGURE.c.explained),
            Part.CONFLICTS: sql.equals(FIGURE.c.explained),
            Part.DISPUTES: _dispute_explained,
        },
    ),
    Filter(
        "policy",
        POLICY,
        "Compare anew by other widths and limits than those of the policy in force (see `/policy`): name:number, with "
        "commas between. Stores nothing; needs `event` or `entity`",
        "about_width:0.2,tension_ratio:2",
        # It says how the list is made, and leaves nothing out.
        {Part.CONFLICTS: lambda _: true(), Part.DISPUTES: lambda _: true()},
    ),
    Filter(
        "value__gte",
        NUMBER,
        "Claims whose number is this or more; of a range, its upper end. In the measure's unit",
        "100",
        {Part.CLAIMS: sql.at_least(CLAIM.c.value_to)},
    ),
    Filter(
        "value__lte",
        NUMBER,
        "Claims whose number is this or less; of a range, its lower end. In the measure's unit",
        "2000",
        {Part.CLAIMS: sql.at_most(CLAIM.c.value_from)},
    ),
    Filter(
        "admits",
        NUMBER,
        "Claims whose words admit this number: “more than 100” admits 150. In the measure's unit",
        "150",
        {
            Part.CLAIMS: sql.admits(
                CLAIM.c.admits_from, CLAIM.c.admits_to, (CLAIM.c.low_open, CLAIM.c.high_open), CLAIM.c.qualifier
            )
        },
    ),
    Filter(
        "value__isnull",
        FLAG,
        "Claims without a number (true), or with one (false)",
        "false",
        {Part.CLAIMS: sql.is_null(CLAIM.c.qualifier)},
    ),
    Filter(
        "quote__isnull",
        FLAG,
        "Claims without the article's own words (true), or with them (false)",
        "true",
        {Part.CLAIMS: sql.is_null(CLAIM.c.quote)},
    ),
    Filter(
        "as_of",
        DATE,
        "Figures as they stood by this date, from the claims that speak of no later day; those without any are left "
        f"out. Needs `event`, `measure` or `entity`. Explanations, and the order, are those of now. {_EDTF}",
        "2024-08-15",
        {Part.FIGURES: sql.figure_known_by(FIGURE.c.id)},
    ),
    Filter(
        "as_of__gte",
        DATE,
        f"What holds on this date or later. {_EDTF}",
        "2024-08-14",
        {
            Part.CLAIMS: sql.until(CLAIM.c.as_of_end),
            Part.TIMELINE_CLAIMS: sql.until(CLAIM.c.as_of_end),
            Part.TIMELINE_EVENTS: sql.until(EVENT.c.end, open_ended=True),
        },
    ),
    Filter(
        "as_of__lte",
        DATE,
        f"What holds on this date or earlier. {_EDTF}",
        "2024-08-15",
        {
            Part.CLAIMS: sql.since(CLAIM.c.as_of_start),
            Part.TIMELINE_CLAIMS: sql.since(CLAIM.c.as_of_start),
            Part.TIMELINE_EVENTS: sql.since(EVENT.c.start, open_ended=True),
        },
    ),
    Filter(
        "date__gte",
        DATE,
        f"Events that end on this date or later. {_EDTF}",
        "2024-08-14",
        {Part.EVENTS: sql.until(EVENT.c.end, open_ended=True)},
    ),
    Filter(
        "date__lte",
        DATE,
        f"Events that begin on this date or earlier. {_EDTF}",
        "2024-08-15",
        {Part.EVENTS: sql.since(EVENT.c.start, open_ended=True)},
    ),
    Filter(
        "published__gte",
        DATE,
        f"What was published on this date or later; where only a range is known, its first day counts. {_EDTF}",
        "2024-08-14",
        {Part.CLAIMS: sql.until(CLAIM.c.published), Part.ARTICLES: sql.until(ARTICLE.c.published_start)},
    ),
    Filter(
        "published__lte",
        DATE,
        f"What was published on this date or earlier; where only a range is known, its first day counts. {_EDTF}",
        "2024-08-15",
        {Part.CLAIMS: sql.since(CLAIM.c.published), Part.ARTICLES: sql.since(ARTICLE.c.published_start)},
    ),
)


def filters_of(parts: tuple[Part, ...]) -> tuple[Filter, ...]:
    """The filters that those parts have, in the order declared."""
    return tuple(one for one in FILTERS if any(part in one.on for part in parts))
