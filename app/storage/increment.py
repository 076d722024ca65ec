"""A few new claims in large frames: what they change, found without comparing the frames afresh.

What comes out is what a comparison afresh would find. Where that cannot be told, because a claim is replaced, an
editor has explained a conflict, or too much may change, a frame is left to the comparison.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from app.domain.flags import MOST_LISTED, Status
from app.domain.frame import frame_relation
from app.domain.kinship import Kinship
from app.domain.policy import Policy
from app.storage import figures, flagging, regrown
from app.storage.figures import Member
from app.storage.growth import Gathering, Grown, Growth
from app.storage.meeting import Unsure
from app.storage.records import AnyRow, Json, chunks
from app.storage.tables import Claim, Explanation, Figure

MOST_NEW = 20
"""How many claims may be new in a frame."""
LEAST_CLAIMS = 200
"""From how many claims on, to be read for a comparison afresh, looking at the new ones alone is faster."""

_RAISED = (Status.UNCONTESTED, Status.AGREED, Status.TENSION, Status.CONFLICT, Status.SUPERSEDED)


@dataclass(slots=True)
class Increment:
    """Changed columns of claims, by number, and of figures, by id, with the figures' records."""

    claims: dict[int, dict[str, Any]] = field(default_factory=dict)
    figures: dict[int, dict[str, Any]] = field(default_factory=dict)
    records: dict[int, str] = field(default_factory=dict)


@dataclass
class Increments:
    """New claims by figure, `altered` figures in which more has changed, and how the frames of all stand.

    `near` has at least the parts and wholes of those figures, `wide` those of these too.
    """

    connection: Connection
    new: dict[int, set[int]]
    altered: set[int]
    near: Kinship
    wide: Kinship
    policy: Policy

    def find(self) -> tuple[Increment, set[int]]:
        """What the new claims change, and the figures that are to be compared afresh instead."""
        self._leave_small()
        members = self._newcomers()
        found = {figure: grown for figure in sorted(members) if (grown := self._grown(figure, members))}
        self._leave_explained(found)
        afresh = self.near.with_near(self.altered)
        increment = Increment()
        certain = {figure: grown for figure, grown in found.items() if figure not in self.altered}
        try:
            _Outcome(self.connection, certain, afresh, self.policy, increment).settle()
        except Unsure:
            self._leave(certain)
            return Increment(), self.near.with_near(self.altered)
        return increment, afresh

    def _leave(self, figures_: Iterable[int]) -> None:
        """To the comparison: new claims there, and with them those in what it reaches."""
        self.altered.update(figures_)
        while more := self.new.keys() & self.near.with_near(self.altered) - self.altered:
            self.altered |= more

    def _leave_small(self) -> None:
        self._leave(figure for figure, claims in self.new.items() if len(claims) > MOST_NEW)
        reach = {
            figure: self.wide.with_near(self.near.with_near([figure])) for figure in self.new.keys() - self.altered
        }
        sizes: dict[int, int] = {}
        for chunk in chunks(set().union(*reach.values())):
            counted = select(Claim.figure_id, func.count()).where(Claim.figure_id.in_(chunk)).group_by(Claim.figure_id)
            sizes.update(map(tuple, self.connection.execute(counted)))  # type: ignore[arg-type]
        self._leave(figure for figure, those in reach.items() if sum(sizes.get(one, 0) for one in those) < LEAST_CLAIMS)

    def _newcomers(self) -> dict[int, list[Member]]:
        numbers = [number for figure in self.new.keys() - self.altered for number in self.new[figure]]
        return figures.members_by_number(self.connection, numbers, self.policy)

    def _grown(self, figure: int, members: Mapping[int, list[Member]]) -> Grown | None:
        if figure in self.altered:
            return None
        mine = self.near.frames[figure]
        around = [
            (member, frame_relation(mine, self.near.frames[other]))
            for other in self.near.with_near([figure]) - {figure}
            for member in members.get(other, ())
        ]
        without = [member.id for member in members[figure]] + [member.id for member, _ in around]
        try:
            known, bands = self._known(figure)
            growth = Growth(
                self.connection, self.near, figure, members[figure], around, without, known, bands, self.policy
            )
            return growth.find()
        except Unsure:
            self._leave([figure])
            return None

    def _known(self, figure: int) -> tuple[dict[int, float], Any]:
        """The largest ratio known of the figure and of those near, and the figure's agreement."""
        known: dict[int, float] = {}
        for chunk in chunks(self.near.with_near([figure])):
            rows = self.connection.execute(select(Figure.id, Figure.severity).where(Figure.id.in_(chunk)))
            # A severity of 1 is that of a disagreement without a ratio.
            known.update((row.id, row.severity if row.severity > 1 else 0.0) for row in rows)
        record = self.connection.execute(select(Figure.record).where(Figure.id == figure)).scalar_one()
        return known, regrown.bands_of(regrown.read(record)) if record else []

    def _leave_explained(self, found: Mapping[int, Grown]) -> None:
        touched = {figure: _touched(figure, grown) for figure, grown in found.items()}
        explained: set[int] = set()
        for chunk in chunks(set().union(*touched.values())):
            joined = select(Figure.id).join(Explanation, Explanation.subject == Figure.public_id)
            explained.update(self.connection.execute(joined.where(Figure.id.in_(chunk))).scalars())
        self._leave([figure for figure, those in touched.items() if those & explained])


def _touched(figure: int, grown: Grown) -> set[int]:
    """The figures that new claims of one change."""
    others = {member.row.figure_id for member, _ in grown.others.values()}
    return {figure, *others, *(one for one, pairs in grown.pairs.items() if pairs), *grown.ratios}


@dataclass
class _Outcome:
    """What grown frames come to together, but for figures to be compared afresh."""

    connection: Connection
    found: Mapping[int, Grown]
    afresh: Collection[int]
    policy: Policy
    increment: Increment

    def settle(self) -> None:
        """Raises Unsure."""
        statuses = defaultdict[int, set[str]](set)
        for figure, grown in self.found.items():
            if figure not in self.afresh:
                for member, gathering in grown.newcomers.values():
                    columns = flagging.columns_of(gathering.flags)
                    self._change(member.row, columns, grown.copies.get(member.id))
                    statuses[figure].add(columns["status"])
                for row in grown.recopied.values():
                    self._change(row, _as_stored(row), grown.copies.get(row.public_id))
        for member, gatherings in self._others():
            columns = _with(member.row, gatherings)
            statuses[member.row.figure_id].add(columns["status"])
            changed = self.increment.claims.get(member.row.number, {})
            copy = changed.get("possible_copy_of", member.row.possible_copy_of)
            self._change(member.row, columns, copy)
        touched = set().union(*(_touched(figure, grown) for figure, grown in self.found.items()))
        for row in self._figures(touched - set(self.afresh)):
            self._regrow(row, statuses[row.id])

    def _others(self) -> Iterable[tuple[Member, list[Gathering]]]:
        together: dict[str, tuple[Member, list[Gathering]]] = {}
        for grown in self.found.values():
            for claim, (member, gathering) in grown.others.items():
                if member.row.figure_id not in self.afresh:
                    together.setdefault(claim, (member, []))[1].append(gathering)
        return together.values()

    def _change(self, row: AnyRow, columns: dict[str, Any], copy: str | None) -> None:
        columns = {**columns, "possible_copy_of": copy}
        if any(getattr(row, column) != value for column, value in columns.items()):
            self.increment.claims[row.number] = {"row": row.number, **columns}

    def _figures(self, ids: Iterable[int]) -> Iterable[AnyRow]:
        columns = (Figure.id, Figure.severity, Figure.record)
        for chunk in chunks(ids):
            yield from self.connection.execute(select(*columns).where(Figure.id.in_(chunk))).all()

    def _regrow(self, row: AnyRow, statuses: Iterable[str]) -> None:
        record = self._grown_record(row) if row.id in self.found else regrown.read(row.record)
        pairs = sum(grown.pairs[row.id] for grown in self.found.values())
        ratios = [ratio for grown in self.found.values() for ratio in grown.ratios.get(row.id, ())]
        record, severity = regrown.disagreeing(record, row.severity, pairs, ratios, statuses)
        self.increment.records[row.id] = regrown.written(record)
        self.increment.figures[row.id] = {
            "status": record["status"],
            "rank": figures.RANKS.get(record["status"], 0),
            "severity": severity,
            "n_claims": regrown.n_claims(record),
        }

    def _grown_record(self, row: AnyRow) -> Json:
        grown = self.found[row.id]
        newcomers = [member for member, _ in grown.newcomers.values()]
        if not row.record:
            return regrown.undisputed(
                regrown.read(figures.first_record(self.connection, row.id, newcomers, self.policy))
            )
        record = regrown.read(row.record)
        columns = (Claim.public_id, Claim.as_of_start, Claim.as_of_end)
        latest = self.connection.execute(select(*columns).where(Claim.public_id == record["latest"])).one()
        return regrown.grown(record, newcomers, grown.agreement, len(grown.origins), latest)


def _as_stored(row: AnyRow) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in flagging.COLUMNS}


def _with(row: AnyRow, gatherings: Iterable[Gathering]) -> dict[str, Any]:
    """The columns of a stored claim's flags with what new claims add."""
    listed, notes = set(orjson.loads(row.conflicts_with)), set(orjson.loads(row.notes))
    number, statuses = row.n_conflicts, [Status(row.status)]
    for gathering in gatherings:
        listed |= gathering.conflicts_with
        notes |= gathering.notes
        number += gathering.n_conflicts
        statuses.append(gathering.flags.status)
    columns = flagging.counted(number, sorted(listed)[:MOST_LISTED])
    return {"status": max(statuses, key=_RAISED.index), **columns, "notes": orjson.dumps(sorted(notes)).decode()}
