"""Corrections and withdrawals by hand: the other two ways, besides loading, that a claim changes."""

from typing import Any

import orjson
from pydantic import ValidationError
from sqlalchemy import Connection

from app.domain.ids import is_public_id
from app.ingest.bundle import Article, Claim
from app.ingest.changes import Changes
from app.ingest.draft import Draft, Drafter
from app.ingest.errors import BundleError
from app.ingest.expand import STANDING
from app.ingest.given import bundles_of, claim_rows
from app.ingest.reader import pointer_of, problem_of
from app.ingest.refresh import Dirty, refresh
from app.ingest.registry import KnownClaim, Registry, fetch
from app.ingest.remarks import reason
from app.ingest.resolve import Resolver
from app.ingest.save import Outcome, Saver, Writing
from app.storage import policies, tables
from app.storage.engine import Database
from app.storage.records import AnyRow
from app.storage.versions import advance, current


class NoSuchClaim(LookupError):
    """No claim has that id."""


def correct(database: Database, claim_id: str, changes: dict[str, Any], *, now: str) -> Outcome:
    """Change fields of a claim as a bundle would give them ({"text": "about 120"}); null takes a field away.

    The claim is pinned: loading its bundle again leaves it alone and says so. Raises NoSuchClaim, and BundleError by a
    field's pointer; then nothing is changed.
    """
    with database.write() as connection:
        edit = _Edit(connection, claim_id, now)
        outcome = edit.correct(changes)
        if outcome is not Outcome.UNCHANGED:
            edit.finish()
        return outcome


def withdraw(database: Database, claim_id: str, why: str, *, now: str) -> None:
    """Take a claim out of figures and flags, for a reason; it is kept, and pinned.

    Raises NoSuchClaim and UnusableRemark; then nothing is changed.
    """
    why = reason(why)
    with database.write() as connection:
        edit = _Edit(connection, claim_id, now)
        edit.saver.withdraw(edit.known, why)
        edit.finish()


class _Edit:
    """One claim under correction in one transaction."""

    def __init__(self, connection: Connection, claim_id: str, now: str) -> None:
        self.connection = connection
        self.policy = policies.in_force(connection)
        self.changes = Changes()
        self.dirty = Dirty()
        self.row = _row(connection, claim_id)
        self.known = KnownClaim(
            self.row.number,
            claim_id,
            self.row.key,
            self.row.bundle,
            self.row.definition,
            self.row.figure_id,
            self.row.pinned,
            self.row.withdrawn_at is not None,
            self.row.revision,
        )
        self.saver = Saver(connection, Registry(), self.changes, self.dirty, now, Writing.CORRECTION)

    def correct(self, changes: dict[str, Any]) -> Outcome:
        claim = _changed(self.row, changes)
        (bundle,) = bundles_of([self.row])
        article = bundle.articles[0].model_copy(update={"claims": [claim]})
        self.saver.registry = fetch(self.connection, [bundle.model_copy(update={"articles": [article]})])
        (outcome,) = self.saver.save([self._draft(article)])
        return outcome

    def _draft(self, article: Article) -> Draft:
        registry = self.saver.registry
        resolver = Resolver(registry, self.changes)
        drafter = Drafter(resolver, self.row.bundle, article, registry.articles[article.key], (), self.policy)
        try:
            (draft,) = drafter.drafts()
        except BundleError as error:
            # The claim is not in a file: its fields are what the pointer leads to.
            raise BundleError(error.problem, pointer=error.pointer[2:], origin=self.known.public_id) from None
        return draft

    def finish(self) -> None:
        """Write, compare and publish."""
        self.changes.write(self.connection)
        version = current(self.connection) + 1
        refresh(self.connection, self.dirty, version, self.policy)
        advance(self.connection, version, self.saver.now)


def _row(connection: Connection, claim_id: str) -> AnyRow:
    found = claim_rows(connection, tables.Claim.public_id, [claim_id]) if is_public_id(claim_id, "clm") else []
    if not found:
        raise NoSuchClaim(f"no claim has the id {claim_id!r}")
    return found[0]


def _changed(row: AnyRow, changes: dict[str, Any]) -> Claim:
    """What was given of the claim, with those changes. Raises BundleError."""
    standing = {*STANDING} & changes.keys()
    if standing:
        problem = "tells how the claim stands, not what it says: a correction pins it, `withdraw` takes it out"
        raise BundleError(problem, pointer=(min(standing),), origin=row.public_id)
    fixed = {"key", "each"} & changes.keys()
    if fixed:
        raise BundleError("stays as it is: it makes the claim's id", pointer=(min(fixed),), origin=row.public_id)
    try:
        given = orjson.loads(row.given) | changes
        return Claim.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_context=False)[0]
        raise BundleError(problem_of(first), pointer=pointer_of(first), origin=row.public_id) from None
