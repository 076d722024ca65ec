"""Drafts into rows: what is new, what is changed, what stays, with the figures and origins that they need."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, select

from app.domain.ids import public_id
from app.domain.relation import Kind
from app.ingest.changes import Changes, canonical
from app.ingest.draft import Draft
from app.ingest.errors import BundleError
from app.ingest.refresh import Dirty
from app.ingest.registry import KnownClaim, Registry
from app.ingest.resolve import number_for
from app.storage import tables
from app.storage.records import chunks
from app.storage.roles import PARTICIPANT


class Outcome(StrEnum):
    """What became of a draft."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    PINNED = "pinned"


class Writing(StrEnum):
    """Why claims are written: from a bundle, by an editor's hand, or because what they rest on changed."""

    LOAD = "load"
    CORRECTION = "correction"
    RESTATEMENT = "restatement"


UNFLAGGED: dict[str, Any] = {
    "conflict": False,
    "status": "uncontested",
    "n_conflicts": 0,
    "conflicts_with": "[]",
    "listed_upto": None,
    "notes": "[]",
    "possible_copy_of": None,
    "withdrawn_at": None,
    "withdrawn_why": None,
}
"""A live claim before it is compared."""


@dataclass(slots=True)
class Saver:
    """Saves drafts of one transaction, gathering rows in `changes` and what they touch in `dirty`."""

    connection: Connection
    registry: Registry
    changes: Changes
    dirty: Dirty
    now: str
    writing: Writing = Writing.LOAD
    _taken: set[int] = field(default_factory=set)

    def save(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Save them, in order. Raises BundleError by a draft's pointer.

        A correction pins a claim: loads leave it alone. A restatement is no editorial change and counts as none.
        """
        self._check_disputes(drafts)
        writable = [draft for draft in drafts if not self._is_pinned(draft)]
        figures, origins = self._figures(writable), self._origins(writable)
        self._note_disputed(writable)
        self._taken |= self._taken_numbers(writable)
        for draft in writable:
            draft.row |= {
                "figure_id": figures[public_id("fig", *draft.frame.key)] if draft.frame else None,
                "origin_id": origins[draft.root.key],
                "origin_basis": draft.root.basis,
                "origin_why": draft.root.why,
            }
        return [Outcome.PINNED if self._is_pinned(draft) else self._save(draft) for draft in drafts]

    def _is_pinned(self, draft: Draft) -> bool:
        """Whether the draft is to leave no trace: an editor has had the last word on its claim."""
        known = self.registry.claims.get(draft.public_id)
        return known is not None and known.pinned and self.writing is Writing.LOAD

    def withdraw(self, claim: KnownClaim, why: str) -> None:
        """Take the claim out of figures and flags; it is kept, with the reason."""
        claim.withdrawn = True
        self.dirty.figures.add(claim.figure_id)
        self.dirty.claims.add(claim.number)
        gone = {**UNFLAGGED, "status": "withdrawn", "withdrawn_at": self.now, "withdrawn_why": why}
        pinned = claim.pinned or self.writing is Writing.CORRECTION
        revised = {"figure_id": None, "revision": claim.revision + 1, "pinned": pinned}
        self.changes.alter(tables.Claim, claim.number, **gone, **revised)

    def _save(self, draft: Draft) -> Outcome:
        known = self.registry.claims.get(draft.public_id)
        said = {entity: roles & ~PARTICIPANT for entity, roles in draft.links.items()}
        withdrawn = draft.withdrawn.model_dump() if draft.withdrawn else None
        content = [draft.row, sorted(said.items()), sorted(draft.disputes), *([withdrawn] if withdrawn else [])]
        definition = blake2b(canonical(content).encode(), digest_size=16).hexdigest()
        if known is not None and known.definition == definition and _stands(known, draft):
            return Outcome.UNCHANGED
        number = number_for(draft.row["as_of_end"], draft.public_id, self._taken.__contains__)
        self._taken.add(number)
        row = {**draft.row, **UNFLAGGED, **self._withdrawal(draft), "definition": definition, "number": number}
        if known is None:
            new = {"recorded_at": self.now, "pinned": draft.pinned, "revision": 1, "record": "", "version": 0}
            self.changes.add(tables.Claim, **row, **new)
        else:
            self._alter(row, known, pinned=draft.pinned)
        self._link(draft, number)
        self.dirty.claims.add(number)
        if known is not None:
            self.dirty.figures.add(row["figure_id"])
        elif row["figure_id"] is not None:
            self.dirty.grown.add((row["figure_id"], number))
        return Outcome.NEW if known is None else Outcome.CHANGED

    def _withdrawal(self, draft: Draft) -> dict[str, Any]:
        if draft.withdrawn is None:
            return {}
        at = draft.withdrawn.at or self.now
        return {"status": "withdrawn", "withdrawn_at": at, "withdrawn_why": draft.withdrawn.why}

    def _alter(self, row: dict[str, Any], known: KnownClaim, *, pinned: bool) -> None:
        if self.writing is not Writing.RESTATEMENT:
            pinned = pinned or self.writing is Writing.CORRECTION
            row |= {"revision": known.revision + 1, "recorded_at": self.now, "pinned": pinned}
        self.changes.alter(tables.Claim, known.number, **row)
        self.changes.clear(tables.ClaimEntity, "number", known.number)
        self.changes.clear(tables.ClaimEvent, "number", known.number)
        self.changes.clear(tables.ClaimDispute, "claim", known.public_id)
        self.dirty.figures.add(known.figure_id)

    def _link(self, draft: Draft, number: int) -> None:
        for entity, roles in draft.links.items():
            self.changes.add(tables.ClaimEntity, entity_id=entity, number=number, roles=roles)
        for event in draft.events:
            self.changes.add(tables.ClaimEvent, event_id=event, number=number)
        for disputed in sorted(set(draft.disputes)):
            self.changes.add(tables.ClaimDispute, claim=draft.public_id, disputed=disputed)
            self.dirty.disputed.add(disputed)

    def _taken_numbers(self, drafts: Sequence[Draft]) -> set[int]:
        """Of the numbers that the drafts would have, those that other claims have already."""
        free = set[int]().__contains__
        wanted = {number_for(draft.row["as_of_end"], draft.public_id, free): draft.public_id for draft in drafts}
        holders = by_key(self.connection, tables.Claim.number, tables.Claim.public_id, wanted)
        return {number for number, public in holders.items() if wanted[number] != public}

    def _figures(self, drafts: Sequence[Draft]) -> dict[str, int]:
        """The number of every frame's figure, by public id; new ones are added."""
        wanted = {public_id("fig", *draft.frame.key): draft for draft in drafts if draft.frame}
        known = by_key(self.connection, tables.Figure.public_id, tables.Figure.id, wanted)
        for public, draft in wanted.items():
            if public not in known:
                known[public] = self.registry.next_id("figure")
                self.changes.add(tables.Figure, id=known[public], public_id=public, **_figure_row(draft))
        return known

    def _origins(self, drafts: Sequence[Draft]) -> dict[str, int]:
        """The number of every origin, by key; new ones are added. A given origin keeps one label."""
        wanted: dict[str, Draft] = {}
        for draft in drafts:
            _same_label(draft, wanted.setdefault(draft.root.key, draft).root.label)
        known = by_key(self.connection, tables.Origin.key, tables.Origin.id, wanted)
        labels = by_key(self.connection, tables.Origin.key, tables.Origin.label, wanted)
        for key, draft in wanted.items():
            if key in known:
                _same_label(draft, labels[key])
                if draft.root.label != labels[key]:
                    self.changes.alter(tables.Origin, known[key], label=draft.root.label)
                    self.dirty.altered_origins.add(known[key])
                continue
            known[key] = self.registry.next_id("origin")
            public = public_id("org", key)
            self.changes.add(tables.Origin, id=known[key], public_id=public, key=key, label=draft.root.label)
        return known

    def _note_disputed(self, drafts: Sequence[Draft]) -> None:
        """What statements have disputed until now: what they dispute no longer is to be flagged again too."""
        statements = [draft.public_id for draft in drafts if draft.row["kind"] == Kind.STATEMENT]
        link = tables.ClaimDispute
        for chunk in chunks(statements):
            before = select(link.disputed).where(link.claim.in_(chunk))
            self.dirty.disputed.update(self.connection.execute(before).scalars())

    def _check_disputes(self, drafts: Sequence[Draft]) -> None:
        wanted = {other for draft in drafts for other in draft.disputes}
        kinds = by_key(self.connection, tables.Claim.public_id, tables.Claim.kind, wanted)
        kinds |= {draft.public_id: draft.row["kind"] for draft in drafts}
        for draft in drafts:
            for position, other in enumerate(draft.disputes):
                if kinds.get(other) != Kind.STATEMENT or other == draft.public_id:
                    problem = "must name another statement" if other in kinds else "names no statement"
                    where = (*draft.pointer, "disputes", position)
                    raise BundleError(f"a dispute {problem}: `key`, or `article/key`", pointer=where, draft=draft)


def _stands(known: KnownClaim, draft: Draft) -> bool:
    """Whether the claim stands as it is to."""
    return known.withdrawn == (draft.withdrawn is not None) and (known.pinned or not draft.pinned)


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
        "explained": False,
        "record": "",
        "version": 0,
    }


def _same_label(draft: Draft, label: str) -> None:
    if draft.root.key.startswith("given:") and draft.root.label != label:
        problem = f"the origin {draft.root.key.removeprefix('given:')!r} is called {label!r}; one origin has one label"
        raise BundleError(problem, pointer=(*draft.pointer, "origin", "label"), draft=draft)


def by_key(connection: Connection, key: Any, value: Any, wanted: Iterable[Any]) -> dict[Any, Any]:  # noqa: ANN401
    """A column by another, for the wanted values of that."""
    found: dict[Any, Any] = {}
    for chunk in chunks(wanted):
        found.update(map(tuple, connection.execute(select(key, value).where(key.in_(chunk)))))
    return found
