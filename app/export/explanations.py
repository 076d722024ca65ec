"""How editors explain conflicts, each with a bundle: that of the first claim that it is of."""

from collections.abc import Collection
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from app.storage.records import AnyRow, chunks
from app.storage.tables import Claim, Explanation, Figure

Json = dict[str, Any]


def explanations_of(connection: Connection, bundles: Collection[str]) -> dict[str, list[Json]]:
    """The explanations that go with those bundles, in order of what they are of.

    One of a figure that has no claim any more is left out: there is nothing that it explains.
    """
    found: dict[str, list[Json]] = {}
    for row in connection.execute(select(Explanation.__table__).order_by(Explanation.subject)).all():
        bundle = _bundle(connection, row)
        if bundle is not None and bundle in bundles:
            found.setdefault(bundle, []).append(_explanation(connection, row))
    return found


def _bundle(connection: Connection, row: AnyRow) -> str | None:
    """The bundle of the claim with the lowest id among those that the explanation is of."""
    subject = row.subject.split()
    of_figure = select(func.min(Claim.public_id)).join(Figure, Figure.id == Claim.figure_id)
    first = connection.execute(of_figure.where(Figure.public_id == row.subject)).scalar() if len(subject) == 1 else None
    first = subject[0] if len(subject) == 2 else first
    return connection.execute(select(Claim.bundle).where(Claim.public_id == first)).scalar() if first else None


def _explanation(connection: Connection, row: AnyRow) -> Json:
    one = row.subject.split()
    subject: Json = {"figure": row.subject} if len(one) == 1 else {"statements": one}
    covers = _covered(connection, orjson.loads(row.claims))
    return {**subject, "why": row.why, "by": row.by, "at": row.at, "url": row.url, "covers": covers}


def _covered(connection: Connection, revisions: dict[str, int]) -> list[str]:
    """The claims that are as they were when they were explained."""
    as_they_were: list[str] = []
    for chunk in chunks(revisions):
        rows = connection.execute(select(Claim.public_id, Claim.revision).where(Claim.public_id.in_(chunk)))
        as_they_were += [row.public_id for row in rows if revisions[row.public_id] == row.revision]
    return sorted(as_they_were)
