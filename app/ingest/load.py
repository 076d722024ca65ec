"""The one write path: bundles into the database, whole or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, select

from app.domain.ids import public_id
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.relation import Kind
from app.ingest.changes import Changes, canonical
from app.ingest.draft import Draft, Drafter
from app.ingest.errors import BundleError
from app.ingest.reader import Incoming
from app.ingest.refresh import Dirty, refresh
from app.ingest.registry import KnownClaim, Registry, fetch
from app.ingest.resolve import Resolver, number_for
from app.storage import tables
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


def load(
    database: Database, incoming: Sequence[Incoming], *, now: str, policy: Policy = DEFAULT_POLICY
) -> list[Report]:
    """Load the bundles in one transaction. `now` is the time to record, as RFC 3339 in UTC.

    Raises BundleError, with nothing stored, for the first bundle that cannot be loaded.
    """
    with database.write() as connection:
        return _Batch(connection, incoming, now, policy).run()


class _Batch:
    """The bundles of one transaction on their way in."""

    def __init__(self, connection: Connection, incoming: Sequence[Incoming], now: str, policy: Policy) -> None:
        self.connection = connection
        self.incoming = incoming
        self.now = now
        self.policy = policy
        self.changes = Changes()
        self.registry: Registry = fetch(connection, [item.bundle for item in incoming])
        self.resolver = Resolver(self.registry, self.changes)
        self.drafts: dict[str, tuple[Incoming, Draft]] = {}
        self.reports: list[Report] = []
        self.dirty = Dirty()
        self.version = current(connection) + 1

    def run(self) -> list[Report]:
        loaded = [item for item in self.incoming if self._resolve(item)]
        if not loaded:
            return self.reports
        self.resolver.naming.finish()
        self._settle_numbers()
        self._save_claims()
        self.changes.write(self.connection)
        self._note_dirty()
        refresh(self.connection, self.dirty, self.version, self.policy)
        self._count_conflicts()
        advance(self.connection, self.version)
        return self.reports

    def _resolve(self, item: Incoming) -> bool:
        """Resolve one bundle in memory; False where the database holds exactly this one."""
        bundle = item.bundle
        report = Report(bundle.bundle, item.origin)
        self.reports.append(report)
        if self.registry.bundles.get(bundle.bundle) == item.digest:
            report.unchanged = sum(not c.withdrawn for c in self.registry.claims.values() if c.bundle == bundle.bundle)
            return False
        try:
            self.resolver.definitions(bundle)
            drafts = self._draft(item)
        except BundleError as error:
            raise item.locate(error) from None
        self._remember(item)
        self._withdraw_missing(bundle.bundle, {draft.public_id for draft in drafts}, report)
        return True

    def _draft(self, item: Incoming) -> list[Draft]:
        drafts: list[Draft] = []
        for position, article in enumerate(item.bundle.articles):
            pointer = ("articles", position)
            known = self.resolver.article(item.bundle.bundle, article, pointer)
            drafts.extend(Drafter(self.resolver, item.bundle.bundle, article, known, pointer).drafts())
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
        for claim in self.registry.claims.values():
            if claim.bundle != bundle or claim.public_id in present or claim.withdrawn:
                continue
            if claim.pinned:
                report.pinned.append(claim.public_id)
                continue
            self._withdraw(claim)
            report.withdrawn += 1

    def _withdraw(self, claim: KnownClaim) -> None:
        self.dirty.figures.add(claim.figure_id)
        self.dirty.claims.add(claim.number)
        self.changes.alter(
            tables.Claim,
            claim.number,
            **{**UNFLAGGED, "status": "withdrawn", "withdrawn_at": self.now, "withdrawn_why": NO_LONGER},
            figure_id=None,
            revision=claim.revision + 1,
        )

    def _settle_numbers(self) -> None:
        """Move new articles and events off numbers that stored ones have taken: it happens once in a blue moon."""
        for table, column in ((tables.Article, "id"), (tables.Event, "number")):
            rows = self.changes.added.get(table, [])
            taken = _taken(self.connection, getattr(table, column), [row[column] for row in rows])
            if taken:
                raise BundleError(
                    f"two {table.__tablename__}s of one day share the number {min(taken)}; change a key of this bundle"
                )

    def _save_claims(self) -> None:
        figures = self._figures()
        origins = self._origins()
        self._check_disputes()
        taken = self._taken_numbers()
        for public, (item, draft) in self.drafts.items():
            draft.row |= {
                "figure_id": figures[public_id("fig", *draft.frame.key)] if draft.frame else None,
                "origin_id": origins[draft.root.key],
                "origin_basis": draft.root.basis,
                "origin_why": draft.root.why,
            }
            self._save(item, draft, self.registry.claims.get(public), taken)
            taken.add(draft.row.get("number", 0))

    def _taken_numbers(self) -> set[int]:
        """Of the numbers that the drafts would have, those that other claims have already."""
        wanted = {
            number_for(draft.row["as_of_end"], public, set[int]().__contains__): public
            for public, (_, draft) in self.drafts.items()
        }
        holders = _by_key(self.connection, tables.Claim.number, tables.Claim.public_id, wanted)
        return {number for number, public in holders.items() if wanted[number] != public}

    def _save(self, item: Incoming, draft: Draft, known: KnownClaim | None, taken: set[int]) -> None:
        report = next(report for report in reversed(self.reports) if report.bundle == item.bundle.bundle)
        said = {entity: roles & ~_PARTICIPANT for entity, roles in draft.links.items()}
        content = canonical([draft.row, sorted(said.items()), sorted(draft.disputes)])
        definition = blake2b(content.encode(), digest_size=16).hexdigest()
        if known is not None and known.pinned:
            report.pinned.append(known.public_id)
            return
        if known is not None and known.definition == definition and not known.withdrawn:
            report.unchanged += 1
            draft.row["number"] = known.number
            return
        draft.row["definition"] = definition
        draft.row["number"] = number_for(draft.row["as_of_end"], draft.public_id, taken.__contains__)
        if known is None:
            report.new += 1
            self.changes.add(tables.Claim, **draft.row, **UNFLAGGED, **_NEW, revision=1, recorded_at=self.now)
        else:
            report.changed += 1
            self._alter(draft, known)
        self._link(draft)
        self.dirty.claims.add(draft.row["number"])
        self.dirty.figures.add(draft.row["figure_id"])

    def _alter(self, draft: Draft, known: KnownClaim) -> None:
        revised = {**UNFLAGGED, "revision": known.revision + 1, "recorded_at": self.now}
        self.changes.alter(tables.Claim, known.number, **draft.row, **revised)
        self.changes.clear(tables.ClaimEntity, "number", known.number)
        self.changes.clear(tables.ClaimEvent, "number", known.number)
        self.changes.clear(tables.ClaimDispute, "claim", known.public_id)
        self.dirty.figures.add(known.figure_id)

    def _link(self, draft: Draft) -> None:
        number = draft.row["number"]
        for entity, roles in draft.links.items():
            self.changes.add(tables.ClaimEntity, entity_id=entity, number=number, roles=roles)
        for event in draft.events:
            self.changes.add(tables.ClaimEvent, event_id=event, number=number)
        for disputed in sorted(set(draft.disputes)):
            self.changes.add(tables.ClaimDispute, claim=draft.public_id, disputed=disputed)

    def _figures(self) -> dict[str, int]:
        """The number of every frame's figure, by public id; new ones are added."""
        wanted = {public_id("fig", *draft.frame.key): draft for _, draft in self.drafts.values() if draft.frame}
        known = _by_key(self.connection, tables.Figure.public_id, tables.Figure.id, wanted)
        for public, draft in wanted.items():
            if public not in known:
                known[public] = self.registry.next_id("figure")
                self.changes.add(tables.Figure, id=known[public], public_id=public, **_figure_row(draft))
        return known

    def _origins(self) -> dict[str, int]:
        """The number of every origin, by key; new ones are added. A given origin keeps one label."""
        wanted: dict[str, tuple[Incoming, Draft]] = {}
        for item, draft in self.drafts.values():
            first = wanted.setdefault(draft.root.key, (item, draft))[1]
            _same_label(item, draft, first.root.label)
        known = _by_key(self.connection, tables.Origin.key, tables.Origin.id, wanted)
        labels = _by_key(self.connection, tables.Origin.key, tables.Origin.label, wanted)
        for key, (item, draft) in wanted.items():
            if key in known:
                _same_label(item, draft, labels[key])
                continue
            known[key] = self.registry.next_id("origin")
            public = public_id("org", key)
            self.changes.add(tables.Origin, id=known[key], public_id=public, key=key, label=draft.root.label)
        return known

    def _check_disputes(self) -> None:
        wanted = {other for _, draft in self.drafts.values() for other in draft.disputes}
        kinds = _by_key(self.connection, tables.Claim.public_id, tables.Claim.kind, wanted)
        kinds |= {public: draft.row["kind"] for public, (_, draft) in self.drafts.items()}
        for item, draft in self.drafts.values():
            for position, other in enumerate(draft.disputes):
                if kinds.get(other) != Kind.STATEMENT or other == draft.public_id:
                    problem = "names no statement" if other not in kinds else "must name another statement"
                    where = (*draft.pointer, "disputes", position)
                    raise item.locate(BundleError(f"a dispute {problem}: `key`, or `article/key`", pointer=where))

    def _note_dirty(self) -> None:
        changes, dirty = self.changes, self.dirty
        dirty.entities |= changes.ids(tables.Entity) | self.resolver.naming.touched
        dirty.renamed |= self.resolver.naming.renamed
        dirty.sources |= changes.ids(tables.Source)
        dirty.events |= changes.ids(tables.Event)
        dirty.altered_events |= self.resolver.altered_events
        dirty.measures |= changes.ids(tables.Measure)
        dirty.articles |= {row.get("id", key) for key, row in changes.altered.get(tables.Article, {}).items()}
        dirty.altered_articles |= dirty.articles
        dirty.articles |= {row["id"] for row in changes.added.get(tables.Article, [])}
        dirty.altered_measures |= set(changes.altered.get(tables.Measure, {}))
        dirty.disputed |= {row["disputed"] for row in changes.added.get(tables.ClaimDispute, [])}

    def _count_conflicts(self) -> None:
        for report in self.reports:
            flagged = select(tables.Claim.number).where(tables.Claim.bundle == report.bundle, tables.Claim.conflict)
            report.conflicts = len(self.connection.execute(flagged).all())


_PARTICIPANT = 4
UNFLAGGED: dict[str, Any] = {
    "conflict": False,
    "status": "uncontested",
    "n_conflicts": 0,
    "conflicts_with": "[]",
    "notes": "[]",
    "withdrawn_at": None,
    "withdrawn_why": None,
}
"""A live claim before it is compared."""
_NEW: dict[str, Any] = {"pinned": False, "record": "", "version": 0}


def _figure_row(draft: Draft) -> dict[str, Any]:
    frame = draft.frame
    assert frame is not None
    return {
        "measure_id": draft.row["measure_id"],
        "event_id": draft.row["event_id"],
        "kind": frame.kind.value,
        "dimensions": draft.row["dimensions"],
        "window_start": frame.start,
        "window_end": frame.end,
        "status": "single_origin",
        "rank": 0,
        "severity": 0.0,
        "n_claims": 0,
        "record": "",
        "version": 0,
    }


def _same_label(item: Incoming, draft: Draft, label: str) -> None:
    if draft.root.key.startswith("given:") and draft.root.label != label:
        problem = f"the origin {draft.root.key.removeprefix('given:')!r} is called {label!r}; one origin has one label"
        raise item.locate(BundleError(problem, pointer=(*draft.pointer, "origin", "label")))


def _by_key(connection: Connection, key: Any, value: Any, wanted: Iterable[Any]) -> dict[Any, Any]:  # noqa: ANN401
    """A column by another, for the wanted values of that."""
    found: dict[str, Any] = {}
    for chunk in chunks(wanted):
        found.update(map(tuple, connection.execute(select(key, value).where(key.in_(chunk)))))
    return found


def _taken(connection: Connection, column: Any, numbers: Iterable[int]) -> set[int]:  # noqa: ANN401
    return {row[0] for chunk in chunks(numbers) for row in connection.execute(select(column).where(column.in_(chunk)))}
