"""After rows changed: flags, figures and records of everything that the change reaches, and of nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, select, update

from app.domain.policy import Policy
from app.storage import articles, claims, comparison, entities, events, measures, records, sources, tables, texts
from app.storage.records import chunks, table_of
from app.storage.roles import PARTICIPANT

INHERITED = PARTICIPANT


@dataclass(slots=True)
class Dirty:
    """What a transaction has touched, by number: rows to render, and those whose change shows elsewhere.

    `grown` has a figure and the number of a claim that is new there; whatever else happens to a figure is in `figures`.
    """

    claims: set[int] = field(default_factory=set)
    figures: set[int | None] = field(default_factory=set)
    grown: set[tuple[int, int]] = field(default_factory=set)
    disputed: set[str] = field(default_factory=set)
    entities: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    events: set[int] = field(default_factory=set)
    measures: set[int] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    renamed: set[int] = field(default_factory=set)
    altered_sources: set[int] = field(default_factory=set)
    altered_events: set[int] = field(default_factory=set)
    altered_measures: set[int] = field(default_factory=set)
    altered_articles: set[int] = field(default_factory=set)
    altered_origins: set[int] = field(default_factory=set)

    def add(self, other: "Dirty") -> None:
        """Take in what another has touched."""
        for one in fields(Dirty):
            getattr(self, one.name).update(getattr(other, one.name))


def refresh(connection: Connection, dirty: Dirty, version: int, policy: Policy) -> None:
    """Bring everything that shows what changed up to date, marked with the version."""
    _spread(connection, dirty)
    _inherit_participants(connection, dirty)
    _publish_nouns(connection, dirty, version)
    figures = {figure for figure in dirty.figures if figure is not None}
    grown = [(figure, claim) for figure, claim in dirty.grown if figure not in figures]
    dirty.claims |= comparison.reflag(connection, figures, grown, version, policy)
    dirty.claims |= comparison.reflag_statements(connection, dirty.claims, dirty.disputed)
    claims.refresh(connection, dirty.claims, version)


def _spread(connection: Connection, dirty: Dirty) -> None:
    """Add the rows whose records print the title or name of an altered one."""
    event, claim, article = tables.Event, tables.Claim, tables.Article
    participant, link = tables.EventParticipant, tables.ClaimEntity
    dirty.entities |= dirty.renamed
    dirty.events |= dirty.altered_events | _ids(connection, event.id, event.parent_id, dirty.altered_events)
    dirty.events |= _ids(connection, event.id, event.place_id, dirty.renamed)
    dirty.events |= _ids(connection, participant.event_id, participant.entity_id, dirty.renamed)
    dirty.sources |= dirty.altered_sources
    dirty.articles |= _ids(connection, article.id, article.source_id, dirty.altered_sources)
    dirty.measures |= dirty.altered_measures
    dirty.claims |= _ids(connection, link.number, link.entity_id, dirty.renamed)
    dirty.claims |= _ids(connection, claim.number, claim.source_id, dirty.altered_sources)
    dirty.claims |= _ids(connection, claim.number, claim.origin_id, dirty.altered_origins)
    dirty.claims |= _ids(connection, claim.number, claim.event_id, dirty.altered_events)
    dirty.claims |= _ids(connection, claim.number, claim.measure_id, dirty.altered_measures)
    dirty.claims |= _ids(connection, claim.number, claim.article_id, dirty.altered_articles)
    figure = tables.Figure
    dirty.figures |= _ids(connection, figure.id, figure.event_id, dirty.altered_events)
    dirty.figures |= _ids(connection, figure.id, figure.measure_id, dirty.altered_measures)
    if dirty.renamed:
        linked = _ids(connection, link.number, link.entity_id, dirty.renamed)
        dirty.figures |= _ids(connection, claim.figure_id, claim.number, linked)


def _ids(connection: Connection, wanted: Any, column: ColumnElement[Any] | Any, values: Iterable[Any]) -> set[Any]:  # noqa: ANN401
    return {row[0] for chunk in chunks(values) for row in connection.execute(select(wanted).where(column.in_(chunk)))}


def _inherit_participants(connection: Connection, dirty: Dirty) -> None:
    """Link the claims of altered events with the events' participants as they are now."""
    if not dirty.altered_events:
        return
    link, claim, participant = tables.ClaimEntity, tables.Claim, tables.EventParticipant
    for chunk in chunks(dirty.altered_events):
        of_events = select(claim.number).where(claim.event_id.in_(chunk))
        connection.execute(delete(link).where(link.number.in_(of_events), link.roles == INHERITED))
        inherited = link.roles.op("&")(INHERITED) != 0
        connection.execute(
            update(link).where(link.number.in_(of_events), inherited).values(roles=link.roles - INHERITED)
        )
        wanted = (
            select(participant.entity_id, claim.number, link.roles)
            .distinct()
            .select_from(claim)
            .join(participant, participant.event_id == claim.event_id)
            .outerjoin(link, and_(link.entity_id == participant.entity_id, link.number == claim.number))
            .where(claim.event_id.in_(chunk))
        )
        rows: list[Any] = list(connection.execute(wanted))
        fresh = [{"entity_id": row[0], "number": row[1], "roles": INHERITED} for row in rows if row.roles is None]
        added = [{"e": row[0], "n": row[1], "r": row.roles + INHERITED} for row in rows if row.roles is not None]
        if fresh:
            connection.execute(table_of(link).insert(), fresh)
        if added:
            where = and_(link.entity_id == bindparam("e"), link.number == bindparam("n"))
            connection.execute(update(table_of(link)).where(where).values(roles=bindparam("r")), added)


def _publish_nouns(connection: Connection, dirty: Dirty, version: int) -> None:
    nouns = (
        (tables.Entity, entities.render, dirty.entities),
        (tables.Source, sources.render, dirty.sources),
        (tables.Event, events.render, dirty.events),
        (tables.Measure, measures.render, dirty.measures),
        (tables.Article, articles.render, dirty.articles),
    )
    for model, render, ids in nouns:
        if ids:
            rendered = render(connection, ids)
            changed = records.publish(connection, table_of(model), rendered, version)
            texts.keep(connection, model, {number: rendered[number] for number in changed})
