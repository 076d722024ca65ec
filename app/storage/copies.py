"""The claims of a frame that may be copies, found from their rows."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_

from app.domain.copies import Print, copies
from app.domain.interval import exact
from app.storage.outlook import CLAIM
from app.storage.records import AnyRow


def copies_among(rows: Iterable[AnyRow]) -> dict[str, str]:
    """Which claims of one frame, given as rows, may be copies, by public id, and of which.

    When claims of a frame come, change or go, only those with their `amount` and `unit`, before or after, can differ.
    """
    return copies(_print(row) for row in rows)


def printed_columns() -> list[Any]:
    """The columns of a claim that decide what it may be a copy of."""
    names = "public_id text amount unit published source_id origin_id speaker_id unnamed_speaker origin_basis"
    return [CLAIM[name] for name in names.split()]


def says_itself(row: AnyRow) -> bool:
    """Whether the claim's article credits nobody with the number."""
    return row.speaker_id is None and row.unnamed_speaker is None and row.origin_basis == "source"


def saying_themselves() -> ColumnElement[bool]:
    """The same in SQL."""
    return and_(CLAIM.speaker_id.is_(None), CLAIM.unnamed_speaker.is_(None), CLAIM.origin_basis == "source")


def _print(row: AnyRow) -> Print:
    return Print(
        id=row.public_id,
        text=row.text,
        number=None if row.amount is None else exact(row.amount),
        unit=row.unit,
        published=row.published,
        source=str(row.source_id),
        origin=str(row.origin_id),
        own_voice=says_itself(row),
    )
