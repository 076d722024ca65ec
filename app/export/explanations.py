"""How editors explain conflicts, each with a bundle: that of the first claim that it is of."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import orjson
from sqlalchemy import Connection, Select, func, select

from app.storage.records import AnyRow, chunks
from app.storage.tables import Claim, Explanation, Figure

Json = dict[str, Any]
_ID = len("clm_") + 16


def explanations_of(connection: Connection, bundles: Collection[str]) -> dict[str, list[Json]]:
    """The explanations that go with those bundles, in order of what they are of.

    One of a figure that has no claim any more is left out: there is nothing that it explains.
    """
    rows = sorted(_rows(connection, bundles), key=lambda row: str(row.subject))
    revisions = _revisions(connection, rows)
    found: dict[str, list[Json]] = {}
    for row in rows:
        found.setdefault(row.bundle, []).append(_explanation(row, revisions))
    return found


def _rows(connection: Connection, bundles: Collection[str]) -> Iterator[AnyRow]:
    for chunk in chunks(bundles):
        for statement in (_of_figures(), _of_disputes()):
            yield from connection.execute(statement.where(Claim.bundle.in_(chunk)))


def _of_figures() -> Select[Any]:
    explained = Figure.public_id.in_(select(Explanation.subject))
    lowest = select(Figure.public_id.label("subject"), func.min(Claim.public_id).label("claim"))
    first = lowest.join(Claim, Claim.figure_id == Figure.id).where(explained).group_by(Figure.public_id).subquery()
    return (
        select(Explanation.__table__, Claim.bundle)
        .join(first, first.c.subject == Explanation.subject)
        .join(Claim, Claim.public_id == first.c.claim)
    )


def _of_disputes() -> Select[Any]:
    return select(Explanation.__table__, Claim.bundle).join(
        Claim, Claim.public_id == func.substr(Explanation.subject, 1, _ID)
    )


def _revisions(connection: Connection, rows: Iterable[AnyRow]) -> dict[str, int]:
    covered = {claim for row in rows for claim in orjson.loads(row.claims)}
    found: dict[str, int] = {}
    for chunk in chunks(covered):
        claims = connection.execute(select(Claim.public_id, Claim.revision).where(Claim.public_id.in_(chunk)))
        found.update((claim.public_id, claim.revision) for claim in claims)
    return found


def _explanation(row: AnyRow, revisions: dict[str, int]) -> Json:
    one = row.subject.split()
    subject: Json = {"figure": row.subject} if len(one) == 1 else {"statements": one}
    # Those that were corrected since are not covered any more: in the copy too they are to open the conflict again.
    as_they_were = {claim for claim, revision in orjson.loads(row.claims).items() if revisions.get(claim) == revision}
    return {**subject, "why": row.why, "by": row.by, "at": row.at, "url": row.url, "covers": sorted(as_they_were)}
