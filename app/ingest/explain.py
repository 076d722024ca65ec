"""Conflicts explained by a person: they stay in the data, and open again where something new contradicts."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import orjson
from sqlalchemy import Connection, insert, select, update

from app.domain.ids import is_public_id
from app.ingest.decisions import Explanation as Given
from app.ingest.refresh import Dirty, refresh
from app.ingest.remarks import editor, reason, remark
from app.storage import explanations, policies
from app.storage.engine import Database
from app.storage.records import AnyRow
from app.storage.reopening import Covered, contradicting
from app.storage.tables import Claim, ClaimDispute, Explanation, Figure
from app.storage.versions import advance, current

MOST_URL = 2000


class CannotExplain(ValueError):
    """The conflict cannot be explained, or its explanation taken back, with the reason."""


def explain(database: Database, subject: Sequence[str], *, why: str, by: str, url: str | None = None, now: str) -> None:
    """Explain the conflict of a figure (one id), or the declared dispute of two statements (two ids).

    An explanation that is there already is replaced. It covers the claims that stand against each other now: others
    that come later, or corrections of these, open it again. Raises CannotExplain and UnusableRemark; then nothing is
    changed.
    """
    why, by = reason(why), editor(by)
    link = None if url is None else _link(url)
    with database.write() as connection:
        name, covered = _covered(connection, subject)
        explanations.remove(connection, name)
        claims = orjson.dumps(covered, option=orjson.OPT_SORT_KEYS).decode()
        connection.execute(insert(Explanation).values(subject=name, claims=claims, why=why, url=link, by=by, at=now))
        _settle(connection, subject, now)


def explained(given: Given) -> str:
    """What the explanation that a bundle gives is stored under."""
    return given.figure or explanations.subject_of(*given.statements)


def as_row(given: Given, now: str) -> dict[str, Any]:
    """Its columns but for the subject: claims that a bundle brings are of their first revision."""
    claims = orjson.dumps(dict.fromkeys(given.covers, 1), option=orjson.OPT_SORT_KEYS).decode()
    told = {"why": given.why, "url": given.url, "by": given.by, "at": given.at or now}
    return {"claims": claims, "reopened_by": None, **told}


def unexplain(database: Database, subject: Sequence[str], *, now: str) -> None:
    """Take back the explanation of a figure, or of the dispute of two statements. Raises CannotExplain."""
    with database.write() as connection:
        name = _name(subject)
        if not explanations.remove(connection, name):
            raise CannotExplain(f"{name} is not explained")
        connection.execute(update(Figure).where(Figure.public_id == name).values(explained=False))
        _settle(connection, subject, now)


def _name(subject: Sequence[str]) -> str:
    """What the explanation is stored under."""
    match [*subject]:
        case [figure] if is_public_id(figure, "fig"):
            return figure
        case [one, other] if one != other and is_public_id(one, "clm") and is_public_id(other, "clm"):
            return explanations.subject_of(one, other)
    raise CannotExplain(f"{' '.join(subject)!r} is neither the id of a figure nor those of two statements")


def _covered(connection: Connection, subject: Sequence[str]) -> tuple[str, Covered]:
    name = _name(subject)
    return name, _of_figure(connection, name) if len(subject) == 1 else _of_dispute(connection, name)


def _of_figure(connection: Connection, public_id: str) -> Covered:
    number = connection.execute(select(Figure.id).where(Figure.public_id == public_id)).scalar()
    if number is None:
        raise CannotExplain(f"there is no figure {public_id!r}")
    covered = contradicting(connection, number, policies.in_force(connection))
    if not covered:
        raise CannotExplain(f"nothing in {public_id} is in conflict or in tension: there is nothing to explain")
    return covered


def _of_dispute(connection: Connection, name: str) -> Covered:
    one, other = name.split()
    columns = (Claim.public_id, Claim.revision, Claim.withdrawn_at)
    rows = {row.public_id: row for row in connection.execute(select(*columns).where(Claim.public_id.in_([one, other])))}
    missing = [claim for claim in (one, other) if claim not in rows]
    if missing:
        raise CannotExplain(f"there is no claim {missing[0]!r}")
    if any(row.withdrawn_at for row in rows.values()) or _declared(connection, one, other) is None:
        raise CannotExplain(f"no bundle declares that one of {one} and {other} disputes the other")
    return {claim: row.revision for claim, row in rows.items()}


def _declared(connection: Connection, one: str, other: str) -> AnyRow | None:
    link = ClaimDispute
    forth, back = (link.claim == one) & (link.disputed == other), (link.claim == other) & (link.disputed == one)
    return connection.execute(select(link.claim).where(forth | back)).first()


def _settle(connection: Connection, subject: Sequence[str], now: str) -> None:
    """The figure's record with its explanation, as of a new version."""
    figures = connection.execute(select(Figure.id).where(Figure.public_id.in_(subject))).scalars()
    version = current(connection) + 1
    refresh(connection, Dirty(figures=set(figures)), version, policies.in_force(connection))
    advance(connection, version, now)


def _link(url: str) -> str:
    url = remark("url", url, MOST_URL, "leave it out where there is none")
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or " " in url:
        raise CannotExplain(f"{url!r} is no address of a page: give one that begins with https:// or http://")
    return url
