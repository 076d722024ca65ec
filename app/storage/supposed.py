"""Figures as another policy would have them: read and compared anew in memory, with nothing stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

from sqlalchemy import Connection, func, select

from app.domain.figure import Figure as Known
from app.domain.figure import figure_of
from app.domain.flags import Flags, flag_scene
from app.domain.interval import Number, decimal_text
from app.domain.policy import Policy
from app.domain.rereading import reread
from app.domain.scene import scene_of
from app.storage.comparison import TooManyClaims
from app.storage.figures import Member, comparable_columns, comparand, kin, value_of
from app.storage.records import AnyRow, chunks
from app.storage.tables import Claim, Measure


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is known of some figures, with their claims and the flags of these."""

    members: dict[int, list[Member]]
    flags: dict[int, dict[str, Flags]]
    figures: dict[int, Known]


@dataclass(frozen=True, slots=True)
class Supposition:
    """That claims stored by one policy were read and compared by another."""

    stored_by: Policy
    policy: Policy

    def compute(self, connection: Connection, wanted: Iterable[int], most: int) -> Supposed:
        """Those figures as they would be. Raises TooManyClaims where more than `most` would have to be compared."""
        wanted = set(wanted)
        _refuse_beyond(most, connection, wanted)
        family = kin(connection, wanted)
        near = family.with_near(wanted)
        _refuse_beyond(most, connection, near)
        members = self._members(connection, near)
        pairs = {number: [(one.id, one.comparand) for one in found] for number, found in members.items()}
        supposed = Supposed(members, {}, {})
        for number in sorted(wanted & pairs.keys()):
            parts = [pairs[part] for part in family.parts(number) if part in pairs]
            wholes = [pairs[whole] for whole in family.wholes(number) if whole in pairs]
            scene = scene_of(pairs[number], parts, wholes, self.policy)
            supposed.flags[number] = flag_scene(scene)
            supposed.figures[number] = figure_of(scene, supposed.flags[number])
        return supposed

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
