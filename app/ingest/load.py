"""The one write path: bundles into the database, whole or not at all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from app.ingest.bundle import Event
from app.ingest.changes import Changes
from app.ingest.draft import Draft, Drafter
from app.ingest.errors import BundleError
from app.ingest.explain import as_row, explained
from app.ingest.reader import Incoming
from app.ingest.refresh import Dirty, refresh
from app.ingest.registry import Registry, fetch
from app.ingest.resolve import Resolver
from app.ingest.restate import restate, resting_on
from app.ingest.save import Outcome, Saver, by_key
from app.storage import policies, tables
from app.storage.engine import Database
from app.storage.records import chunks
from app.storage.versions import advance, current

NO_LONGER = "no longer in its bundle"


@dataclass(slots=True)
class Report:
    """What loading one bundle did: claims by what became of them; `conflicts` are claims of it now in conflict."""

    bundle: str
    origin: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    pinned: list[str] = field(default_factory=list)
    conflicts: int = 0

    def note(self, claim: str, outcome: Outcome) -> None:
        """Count what became of a claim."""
        match outcome:
            case Outcome.NEW:
                self.new += 1
            case Outcome.CHANGED:
                self.changed += 1
            case Outcome.UNCHANGED:
                self.unchanged += 1
            case Outcome.PINNED:
                self.pinned.append(claim)


def load(database: Database, incoming: Sequence[Incoming], *, now: str) -> list[Report]:
    """Load the bundles in one transaction. `now` is the time to record, as RFC 3339 in UTC.

    Raises BundleError, with nothing stored, for the first bundle that cannot be loaded.
    """
    with database.write() as connection:
        return _Batch(connection, incoming, now).run()


@contextmanager
def _located(item: Incoming) -> Iterator[None]:
    """Errors with the file and the line that they are of."""
    try:
        yield
    except BundleError as error:
        raise item.locate(error) from None


class _Batch:
    """The bundles of one transaction on their way in."""

    def __init__(self, connection: Connection, incoming: Sequence[Incoming], now: str) -> None:
        self.connection = connection
        self.incoming = incoming
        self.now = now
        self.policy = policies.in_force(connection)
        self.changes = Changes()
        self.registry: Registry = fetch(connection, [item.bundle for item in incoming])
        self.resolver = Resolver(self.registry, self.changes)
        self.drafts: dict[str, tuple[Incoming, Draft]] = {}
        self.reports: list[Report] = []
        self.dirty = Dirty()
        self.saver = Saver(connection, self.registry, self.changes, self.dirty, now)
        self.version = current(connection) + 1

    def run(self) -> list[Report]:
        loaded = [item for item in self.incoming if self._is_changed(item)]
        if not loaded:
            self._count_conflicts()
            return self.reports
        self._resolve(loaded)
        self.resolver.naming.finish()
        self._settle_numbers()
        self._save_claims()
        for merger in self.resolver.naming.mergers:
            self.changes.add(tables.EntityMerge, from_version=self.version, to_version=None, **merger)
        self._explain(loaded)
        self.changes.write(self.connection)
        self._note_dirty()
        self._restate()
        refresh(self.connection, self.dirty, self.version, self.policy)
        self._count_conflicts()
        advance(self.connection, self.version, self.now)
        return self.reports

    def _is_changed(self, item: Incoming) -> bool:
        """Whether the database does not hold exactly this bundle already."""
        key = item.bundle.bundle
        report = Report(key, item.origin)
        self.reports.append(report)
        if self.registry.bundles.get(key) != item.digest:
            return True
        report.unchanged = sum(not c.withdrawn for c in self.registry.claims.values() if c.bundle == key)
        return False

    def _resolve(self, items: Sequence[Incoming]) -> None:
        """Resolve bundles in memory: what all of them define before what any of them claims."""
        for item in items:
            with _located(item):
                self.resolver.nouns(item.bundle)
        self._place_events([(item, place, event) for item in items for place, event in enumerate(item.bundle.events)])
        reports = {report.bundle: report for report in self.reports}
        for item in items:
            with _located(item):
                drafts = self._draft(item)
            self._remember(item)
            key = item.bundle.bundle
            self._withdraw_missing(key, {draft.public_id for draft in drafts}, reports[key])

    def _place_events(self, pending: list[tuple[Incoming, int, Event]]) -> None:
        """Resolve events, each after the one that it lies inside."""
        while pending:
            own = {event.key for _, _, event in pending}
            ready = [one for one in pending if one[2].part_of not in own]
            for item, position, event in ready or pending[:1]:
                with _located(item):
                    pointer = ("events", position)
                    if not ready:
                        problem = f"the event {event.key!r} lies inside itself"
                        raise BundleError(problem, pointer=(*pointer, "part_of"))
                    self.resolver.event(item.bundle.bundle, event, pointer)
            pending = [one for one in pending if one[2].part_of in own]

    def _draft(self, item: Incoming) -> list[Draft]:
        drafts: list[Draft] = []
        for position, article in enumerate(item.bundle.articles):
            pointer = ("articles", position)
            known = self.resolver.article(item.bundle.bundle, article, pointer)
            drafter = Drafter(self.resolver, item.bundle.bundle, article, known, pointer, self.policy)
            drafts.extend(drafter.drafts())
        for draft in drafts:
            if draft.public_id in self.drafts:
                raise BundleError(
                    f"the key {draft.row['key']!r} stands twice in this article", pointer=(*draft.pointer, "key")
                )
            self.drafts[draft.public_id] = (item, draft)
        return drafts

    def _remember(self, item: Incoming) -> None:
        key, digest = item.bundle.bundle, item.digest
        row = {"digest": digest, "description": item.bundle.description, "version": self.version}
        if key in self.registry.bundles:
            self.changes.alter(tables.StoredBundle, key, **row)
        else:
            self.changes.add(tables.StoredBundle, key=key, **row)
        self.registry.bundles[key] = digest

    def _withdraw_missing(self, bundle: str, present: set[str], report: Report) -> None:
        for claim in sorted(self.registry.claims.values(), key=lambda known: known.public_id):
            if claim.bundle != bundle or claim.public_id in present or claim.withdrawn:
                continue
            if claim.pinned:
                report.pinned.append(claim.public_id)
                continue
            self.saver.withdraw(claim, NO_LONGER)
            report.withdrawn += 1

    def _explain(self, items: Sequence[Incoming]) -> None:
        """Keep the explanations of conflicts that have none yet."""
        given = {explained(one): one for item in items for one in item.bundle.explanations}
        subject, figure = tables.Explanation.subject, tables.Figure
        for name in by_key(self.connection, subject, subject, given):
            del given[name]
        for name, one in given.items():
            self.changes.add(tables.Explanation, subject=name, **as_row(one, self.now))
        self.dirty.figures |= set(by_key(self.connection, figure.public_id, figure.id, given).values())

    def _settle_numbers(self) -> None:
        """Move new articles and events off numbers that stored ones have taken: it happens once in a blue moon."""
        for table, column in ((tables.Article, "id"), (tables.Event, "number")):
            rows = self.changes.added.get(table, [])
            numbers = getattr(table, column)
            taken = by_key(self.connection, numbers, numbers, [row[column] for row in rows])
            if taken:
                raise BundleError(
                    f"two {table.__tablename__}s of one day share the number {min(taken)}; change a key of this bundle"
                )

    def _save_claims(self) -> None:
        drafts = [draft for _, draft in self.drafts.values()]
        try:
            outcomes = self.saver.save(drafts)
        except BundleError as error:
            item = next((item for item, draft in self.drafts.values() if draft is error.draft), None)
            raise item.locate(error) if item else error from None
        reports = {report.bundle: report for report in self.reports}
        for (item, draft), outcome in zip(self.drafts.values(), outcomes, strict=True):
            reports[item.bundle.bundle].note(draft.public_id, outcome)

    def _restate(self) -> None:
        """Draft again what rests on an event's date or on a name: claims of this bundle and of others."""
        numbers = resting_on(self.connection, self.dirty)
        if numbers:
            self.dirty.add(restate(self.connection, numbers, self.policy))

    def _note_dirty(self) -> None:
        changes, dirty = self.changes, self.dirty
        dirty.entities |= changes.ids(tables.Entity) | self.resolver.naming.touched
        dirty.renamed |= self.resolver.naming.renamed
        dirty.sources |= changes.ids(tables.Source)
        dirty.altered_sources |= set(changes.altered.get(tables.Source, {}))
        dirty.events |= changes.ids(tables.Event)
        dirty.altered_events |= self.resolver.altered_events
        dirty.measures |= changes.ids(tables.Measure)
        dirty.articles |= {row.get("id", key) for key, row in changes.altered.get(tables.Article, {}).items()}
        dirty.altered_articles |= dirty.articles
        dirty.articles |= {row["id"] for row in changes.added.get(tables.Article, [])}
        dirty.altered_measures |= set(changes.altered.get(tables.Measure, {}))

    def _count_conflicts(self) -> None:
        # Filtered within the count: by the index of all claims in conflict it would take longer with every load.
        flagged, bundle = func.count().filter(tables.Claim.conflict), tables.Claim.bundle
        counted = {
            key: conflicts
            for chunk in chunks(report.bundle for report in self.reports)
            for key, conflicts in self.connection.execute(
                select(bundle, flagged).where(bundle.in_(chunk)).group_by(bundle)
            )
        }
        for report in self.reports:
            report.conflicts = counted.get(report.bundle, 0)
