"""A frame that new claims come into: what they change in it, in its parts and wholes, without a look at all claims."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from app.domain.agreement import Agreement, joined, shared, with_one_more
from app.domain.flags import MOST_LISTED, Flags, Status
from app.domain.interval import Interval
from app.domain.kinship import Kinship
from app.domain.policy import Policy
from app.domain.relation import FrameRelation, Kind, Relation, RelationKind
from app.domain.row import rows_of
from app.domain.scene import not_superseded
from app.storage.figures import Member, comparable_columns, comparand, stance_columns, stance_of
from app.storage.meeting import AGREEING, Meeting, Side, Unsure, related
from app.storage.outlook import CLAIM, STANCE, WHOLE, Condition, Outlook
from app.storage.recopying import copies_with
from app.storage.records import AnyRow
from app.storage.tables import Claim, Measure

MOST_OF_AN_ORIGIN = 200
"""How many claims of the newcomers' origins a frame may have for them to be looked at one by one."""
MOST_INTERVALS = 2_000
"""How many different intervals may meet that of a newcomer."""

_N_ORIGINS = func.count(CLAIM.origin_id.distinct())


@dataclass(slots=True)
class Gathering:
    """What a claim turns out to be to others, one by one."""

    n_conflicts: int = 0
    conflicts_with: set[str] = field(default_factory=set)
    tension: bool = False
    agreed: bool = False
    notes: set[str] = field(default_factory=set)

    def note(self, other: str, relation: Relation, *, one_origin: bool) -> None:
        """Take in one relation to a claim of the frame, its parts or wholes."""
        if relation.kind is RelationKind.CONFLICT:
            self.n_conflicts += 1
            self.conflicts_with.add(other)
        self.tension |= relation.kind is RelationKind.TENSION
        self.agreed |= relation.kind in AGREEING and not one_origin
        self.notes.update(relation.notes)

    @property
    def flags(self) -> Flags:
        """Those of a claim that is not superseded."""
        listed = tuple(sorted(self.conflicts_with)[:MOST_LISTED])
        return Flags(
            n_conflicts=self.n_conflicts,
            conflicts_with=listed,
            tension=self.tension,
            agreed=self.agreed,
            notes=tuple(sorted(self.notes)),
        )


@dataclass(slots=True)
class Grown:
    """What new claims of a frame change.

    `newcomers` and `others`, stored claims of this frame or of one near, come with what is new about them; `pairs` and
    `ratios` count new conflicting pairs by figure and hold the ratios among which is the largest new one. `agreement`,
    `origins` (new ones) and `copies` (of newcomers, and of claims with their numbers) are of the frame; `recopied` are
    the rows of stored claims that may be copies of others, or of none, from now on.
    """

    newcomers: dict[str, tuple[Member, Gathering]] = field(default_factory=dict)
    others: dict[str, tuple[Member, Gathering]] = field(default_factory=dict)
    pairs: Counter[int] = field(default_factory=Counter)
    ratios: defaultdict[int, list[Fraction]] = field(default_factory=lambda: defaultdict(list))
    agreement: tuple[Agreement, ...] = ()
    origins: set[str] = field(default_factory=set)
    copies: dict[str, str] = field(default_factory=dict)
    recopied: dict[str, AnyRow] = field(default_factory=dict)


@dataclass
class Growth:
    """New claims of a frame.

    `around` are new claims of frames near, with how the frame stands to theirs; `without` names all new claims.
    `agreement` is that until now, `known` as for `Meeting`.
    """

    connection: Connection
    kin: Kinship
    figure: int
    newcomers: Sequence[Member]
    around: Sequence[tuple[Member, FrameRelation]]
    without: Sequence[str]
    known: dict[int, float]
    agreement: Sequence[Agreement]
    policy: Policy

    def find(self) -> Grown:
        """Raises Unsure where a newcomer replaces a claim or is replaced, and where too much may change."""
        grown = Grown({member.id: (member, Gathering()) for member in self.newcomers})
        own = self._of_own_origins()
        self._relate_to_own(grown, own)
        self._relate_newcomers(grown)
        for newcomer in self.newcomers:
            for side in self._sides():
                self._meet(grown, newcomer, side)
        grown.agreement = self._agreement(grown, own)
        grown.copies, grown.recopied = copies_with(self.connection, self.figure, self.newcomers, self.without)
        return grown

    def _of_own_origins(self) -> list[Member]:
        """The frame's claims of the newcomers' origins."""
        origins = {member.row.origin_id for member in self.newcomers}
        found = self._members(CLAIM.origin_id.in_(origins), MOST_OF_AN_ORIGIN)
        everybody = [(member.id, member.comparand) for member in (*found, *self.newcomers)]
        rows, _ = rows_of([everybody])
        current = {row.id for row in not_superseded(rows, self.policy)}
        before = {member.id for member in found if member.row.status != Status.SUPERSEDED}
        if current != before | {member.id for member in self.newcomers}:
            raise Unsure
        return found

    def _members(self, condition: Condition, most: int) -> list[Member]:
        """Stored claims of the frame. Raises Unsure where there are more than so many."""
        where = (CLAIM.figure_id == self.figure, CLAIM.public_id.not_in(self.without), condition)
        # The index holds all that is asked; most often nothing is found, and no claim is looked at.
        ids = list(self.connection.execute(select(CLAIM.public_id).where(*where).limit(most + 1)).scalars())
        if len(ids) > most:
            raise Unsure
        if not ids:
            return []
        statement = select(*comparable_columns()).join(Measure, Measure.id == Claim.measure_id)
        rows = self.connection.execute(statement.where(CLAIM.public_id.in_(ids)))
        return [Member(row, comparand(row, self.policy)) for row in rows]

    def _relate_to_own(self, grown: Grown, own: Sequence[Member]) -> None:
        for newcomer in self.newcomers:
            for other in own:
                if other.comparand.origin != newcomer.comparand.origin:
                    continue
                relation = related(newcomer, other, FrameRelation.EQUAL, self.policy)
                if other.row.status != Status.SUPERSEDED:
                    self._note(grown, newcomer, other, relation)
                    self._count(grown, relation, self.figure)
                elif relation.kind is RelationKind.UPDATE:
                    # It was replaced on another day before: the history changes.
                    raise Unsure
                elif relation.notes:
                    self._note(grown, newcomer, other, Relation(relation.kind, relation.reason, notes=relation.notes))

    def _relate_newcomers(self, grown: Grown) -> None:
        """To each other, and to those of frames near, which take note of it themselves."""
        for one, other in combinations(self.newcomers, 2):
            relation = related(one, other, FrameRelation.EQUAL, self.policy)
            one_origin = one.comparand.origin == other.comparand.origin
            grown.newcomers[one.id][1].note(other.id, relation, one_origin=one_origin)
            grown.newcomers[other.id][1].note(one.id, relation, one_origin=one_origin)
            self._count(grown, relation, self.figure)
        for one in self.newcomers:
            for other, standing in self.around:
                relation = related(one, other, standing, self.policy)
                grown.newcomers[one.id][1].note(other.id, relation, one_origin=False)
                self._count(grown, relation, self.figure)

    def _count(self, grown: Grown, relation: Relation, *figures: int) -> None:
        """Count a pair that nobody else counts."""
        for figure in set(figures):
            grown.pairs[figure] += relation.kind is RelationKind.CONFLICT
            if relation.ratio is not None and relation.kind in (RelationKind.CONFLICT, RelationKind.TENSION):
                grown.ratios[figure].append(relation.ratio)

    def _note(self, grown: Grown, newcomer: Member, other: Member, relation: Relation) -> None:
        one_origin = newcomer.comparand.origin == other.comparand.origin
        grown.newcomers[newcomer.id][1].note(other.id, relation, one_origin=one_origin)
        met = grown.others.setdefault(other.id, (other, Gathering()))
        met[1].note(newcomer.id, relation, one_origin=one_origin)

    def _sides(self) -> Iterator[Side]:
        kind = self.kin.frames[self.figure].kind
        yield Side([self.figure], FrameRelation.EQUAL, kind, self.without)
        if parts := self.kin.parts(self.figure):
            yield Side(parts, FrameRelation.B_PART_OF_A, kind, self.without)
        wholes = defaultdict[Kind, list[int]](list)
        for whole in self.kin.wholes(self.figure):
            wholes[self.kin.frames[whole].kind].append(whole)
        for of_kind, figures in wholes.items():
            yield Side(figures, FrameRelation.A_PART_OF_B, of_kind, self.without)

    def _meet(self, grown: Grown, newcomer: Member, side: Side) -> None:
        meeting = Meeting(self.connection, newcomer, side, self.policy, self.known)
        met = meeting.hold()
        gathering = grown.newcomers[newcomer.id][1]
        for other, relation in met.related:
            self._note(grown, newcomer, other, relation)
        # Those that were looked at one by one are among those counted.
        looked_at = sum(relation.kind is RelationKind.CONFLICT for _, relation in met.related)
        gathering.n_conflicts += met.conflicts.total() - looked_at
        gathering.conflicts_with.update(met.listed)
        for figure, number in met.conflicts.items():
            for one in {figure, self.figure}:
                grown.pairs[one] += number
        for figure, ratio in met.ratios:
            for one in {figure, self.figure}:
                grown.ratios[one].append(ratio)
        calm = not (gathering.n_conflicts or gathering.tension or gathering.agreed)
        if calm and side.standing is FrameRelation.EQUAL:
            gathering.agreed = meeting.agrees()

    def _agreement(self, grown: Grown, own: Sequence[Member]) -> tuple[Agreement, ...]:
        bands = tuple(self.agreement)
        admitted = {_wording(one) for one in own if one.row.status != Status.SUPERSEDED}
        origins = {origin for origin, _, _ in admitted}
        fresh: list[Interval] = []
        for newcomer in self.newcomers:
            origin, stance = newcomer.comparand.origin, newcomer.comparand.stance
            if origin not in origins:
                bands = self._with(bands, newcomer, fresh)
                fresh.append(stance)
                grown.origins.add(origin)
            elif _wording(newcomer) not in admitted:
                raise Unsure
            origins.add(origin)
            admitted.add(_wording(newcomer))
        return bands

    def _with(self, bands: tuple[Agreement, ...], newcomer: Member, fresh: Sequence[Interval]) -> tuple[Agreement, ...]:
        """The agreement with a newcomer of another origin; `fresh` are the intervals of newcomers before it."""
        stance, discrete = newcomer.comparand.stance, newcomer.comparand.discrete
        if bands and bands[0].n_origins == 1:
            # A single origin is taken at its word, which a second one ends.
            raise Unsure
        joined_in = shared(bands, stance, discrete=discrete)
        if joined_in:
            return joined_in
        side = Side([self.figure], FrameRelation.EQUAL, newcomer.comparand.kind, self.without)
        meeting = and_(side.current(newcomer), Outlook(newcomer.comparand, self.policy).meeting())
        n_origins = self.connection.execute(select(_N_ORIGINS).where(meeting)).scalar_one()
        if bands and n_origins + len(fresh) + 1 < bands[0].n_origins:
            return bands
        met = [*self._met(newcomer, meeting, n_origins), *((interval, 1) for interval in fresh)]
        return with_one_more(bands, stance, met, discrete=discrete)

    def _met(self, newcomer: Member, meeting: Condition, n_origins: int) -> list[tuple[Interval, int]]:
        """The intervals of so many other origins that may meet a newcomer's, with the number of origins."""
        columns = self._interval_columns(newcomer)
        groups = select(*columns, _N_ORIGINS.label("n")).where(meeting).group_by(*columns)
        rows = self._some(groups)
        found = [(self._interval(row, newcomer), int(row.n)) for row in rows]
        if sum(number for _, number in found) == n_origins:
            return found
        rows = self._some(select(CLAIM.origin_id, *columns).distinct().where(meeting))
        admitted = ((str(row.origin_id), self._interval(row, newcomer)) for row in rows)
        return joined(admitted, discrete=newcomer.comparand.discrete)

    def _some(self, statement: Select[Any]) -> Sequence[AnyRow]:
        rows = self.connection.execute(statement.limit(MOST_INTERVALS + 1)).all()
        if len(rows) > MOST_INTERVALS:
            raise Unsure
        return rows

    def _interval_columns(self, newcomer: Member) -> tuple[Any, ...]:
        return STANCE if newcomer.comparand.discrete else stance_columns()

    def _interval(self, row: AnyRow, newcomer: Member) -> Interval:
        if not newcomer.comparand.discrete:
            return stance_of(row, newcomer.row, self.policy)
        ends = (row.admits_from, row.admits_to)
        if any(end is not None and abs(end) >= WHOLE for end in ends):
            raise Unsure
        low, high = (None if end is None else int(end) for end in ends)
        return Interval(low, high)


def _wording(member: Member) -> tuple[str, Interval, Interval]:
    return member.comparand.origin, member.comparand.literal, member.comparand.stance
