"""Claims drafted again from what was given, because what they rest on has changed: a policy, or who an entity is."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from app.domain.policy import Policy
from app.ingest.changes import Changes
from app.ingest.draft import Draft, Drafter
from app.ingest.given import bundles_of, claim_rows
from app.ingest.refresh import Dirty
from app.ingest.registry import KnownClaim, Registry, fetch_named
from app.ingest.resolve import Resolver
from app.ingest.save import Saver, Writing
from app.storage import tables
from app.storage.records import AnyRow, chunks


def resting_on(connection: Connection, dirty: Dirty) -> set[int]:
    """The claims whose window may come from an altered event, or whose origin prints a renamed entity's name.

    So do corrected claims rest on the date of their article: those that bundles give are drafted with it anyway.
    """
    claim, link, source = tables.Claim, tables.ClaimEntity, tables.Source
    published = select(claim.number).join(source, source.id == claim.source_id)
    found: set[int] = set()
    for chunk in chunks(dirty.altered_events):
        found.update(connection.execute(select(claim.number).where(claim.event_id.in_(chunk))).scalars())
    for chunk in chunks(dirty.altered_articles):
        corrected = select(claim.number).where(claim.article_id.in_(chunk), claim.pinned)
        found.update(connection.execute(corrected).scalars())
    for chunk in chunks(dirty.renamed):
        found.update(connection.execute(select(link.number).where(link.entity_id.in_(chunk))).scalars())
        found.update(connection.execute(published.where(source.entity_id.in_(chunk))).scalars())
    return found


def restate(connection: Connection, numbers: Iterable[int], policy: Policy) -> Dirty:
    """Write those live claims as they come out now, and tell what that touches. No editorial change is counted."""
    dirty, changes = Dirty(), Changes()
    rows = [row for row in claim_rows(connection, tables.Claim.number, numbers) if row.withdrawn_at is None]
    if rows:
        registry, drafts = drafted(connection, rows, policy)
        Saver(connection, registry, changes, dirty, now="", writing=Writing.RESTATEMENT).save(drafts)
        changes.write(connection)
    return dirty


def drafted(connection: Connection, rows: Collection[AnyRow], policy: Policy) -> tuple[Registry, list[Draft]]:
    """Stored claims (see `claim_rows`) as they come out now. Writes nothing."""
    bundles = bundles_of(rows)
    # Not all that came in these bundles: they may be many times as large as what is drafted.
    registry = fetch_named(connection, bundles)
    registry.claims = {row.public_id: _known(row) for row in rows}
    resolver = Resolver(registry, Changes())
    return registry, [
        draft
        for bundle in bundles
        for position, article in enumerate(bundle.articles)
        for draft in Drafter(
            resolver, bundle.bundle, article, registry.articles[article.key], ("articles", position), policy
        ).drafts()
    ]


def _known(row: AnyRow) -> KnownClaim:
    withdrawn = row.withdrawn_at is not None
    identity = (row.number, row.public_id, row.key, row.bundle, row.definition, row.figure_id)
    return KnownClaim(*identity, row.pinned, withdrawn, row.revision)
