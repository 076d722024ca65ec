"""Figures as another policy would have them: read and compared anew in memory, with nothing stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

from sqlalchemy import Connection, func, select

from app.domain.interval import Number, decimal_text
from app.domain.policy import Policy
from app.domain.rereading import reread
from app.storage.comparison import Computed, TooManyClaims, compared
from app.storage.figures import Member, comparable_columns, comparand, kin, value_of
from app.storage.records import AnyRow, chunks
from app.storage.tables import Claim, Measure


@dataclass(frozen=True, slots=True)
class Supposition:
    """That claims stored by one policy were read and compared by another."""

    stored_by: Policy
    policy: Policy

    def compute(self, connection: Connection, wanted: Iterable[int], most: int) -> Computed:
        """Those figures as they would be. Raises TooManyClaims where more than `most` would have to be compared."""
        wanted = set(wanted)
        _refuse_beyond(most, connection, wanted)
        family = kin(connection, wanted)
        near = family.with_near(wanted)
        _refuse_beyond(most, connection, near)
        return compared(self._members(connection, near), wanted, family, self.policy)

    def _members(self, connection: Connection, figures: Iterable[int]) -> dict[int, list[Member]]:
        """The live claims of those figures, lowest id first."""
        found: dict[int, list[Member]] = {}
        for chunk in chunks(figures):
            live = Claim.figure_id.in_(chunk), Claim.withdrawn_at.is_(None)
            joined = select(*comparable_columns()).join(Measure, Measure.id == Claim.measure_id)
            for stored in connection.execute(joined.where(*live).order_by(Claim.public_id)):
                row = self.row(stored)
                found.setdefault(row.figure_id, []).append(Member(row, comparand(row, self.policy)))
        return found

    def row(self, row: AnyRow) -> AnyRow:
        """A number's row (`comparable_columns` and more) with the literal interval that the policy gives it."""
        literal = reread(value_of(row), self.stored_by, self.policy).literal
        ends = {"low": _text(literal.low), "high": _text(literal.high)}
        opens = {"low_open": literal.low_open, "high_open": literal.high_open}
        return cast("AnyRow", SimpleNamespace(**{**row._mapping, **ends, **opens}))  # noqa: SLF001 - public there


def _refuse_beyond(most: int, connection: Connection, figures: Iterable[int]) -> None:
    counted = select(func.count()).select_from(Claim).where(Claim.withdrawn_at.is_(None))
    number = sum(
        connection.execute(counted.where(Claim.figure_id.in_(chunk))).scalar_one() for chunk in chunks(figures)
    )
    if number > most:
        raise TooManyClaims(number)


def _text(number: Number | None) -> str | None:
    return None if number is None else decimal_text(number)
