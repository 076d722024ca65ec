"""One more claim against the stored ones of some frames: which it touches, how, and how many it contradicts.

What a condition in SQL is sure of is counted there; whatever it is not sure of, and every claim that the newcomer may
change, is fetched and given to `relate`. The number of statements, and of rows fetched, does not depend on how many
claims there are.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf, nextafter

from sqlalchemy import Connection, and_, false, func, not_, or_, select

from app.domain.flags import MOST_LISTED, Status, relation_in
from app.domain.interval import Number
from app.domain.policy import Policy
from app.domain.relation import FrameRelation, Kind, Relation, RelationKind
from app.storage.figures import Member, comparable_columns, comparand, literal_of
from app.storage.outlook import CLAIM, WHOLE, Condition, Outlook
from app.storage.records import AnyRow
from app.storage.tables import Claim, Measure

MOST_TOUCHED = 200
"""How many claims are looked at one by one for a newcomer; with more, comparing afresh costs hardly more."""

FEW = 10
"""How many of them at a time, where one may be enough."""


class Unsure(Exception):
    """Only comparing the frame afresh can tell."""


@dataclass(frozen=True, slots=True)
class Side:
    """Frames that stand alike to the newcomer's: its own, its parts, or its wholes of one kind.

    `kind` is that of the frame, or of whichever is the whole; `without` names claims to leave out.
    """

    figures: Sequence[int]
    standing: FrameRelation
    kind: Kind
    without: Sequence[str]

    def current(self, newcomer: Member) -> Condition:
        """Its claims to compare the newcomer with, those of its own origin in its own frame left out."""
        conditions = [
            CLAIM.figure_id.in_(self.figures),
            CLAIM.status != Status.SUPERSEDED,
            CLAIM.public_id.not_in(self.without),
        ]
        if self.standing is FrameRelation.EQUAL:
            conditions.append(CLAIM.origin_id != newcomer.row.origin_id)
        return and_(*conditions)

    def conflict(self, outlook: Outlook, *, sure: bool) -> tuple[Condition, Condition]:
        """Those in conflict, above and below."""
        whole, part = FrameRelation.A_PART_OF_B, FrameRelation.B_PART_OF_A
        above = false() if self.standing is whole else outlook.conflict_above(self.kind, sure=sure)
        return above, false() if self.standing is part else outlook.conflict_below(self.kind, sure=sure)


@dataclass(slots=True)
class Met:
    """What a newcomer is to the claims of a side.

    `conflicts` counts those in conflict, by figure; `listed` are the lowest ids of these; `related` are claims that it
    was compared with, among them every one whose flags it may change; `ratios` are figures with ratios of disagreement,
    among them the largest of each figure if that is larger than the one known.
    """

    conflicts: Counter[int] = field(default_factory=Counter)
    listed: list[str] = field(default_factory=list)
    related: list[tuple[Member, Relation]] = field(default_factory=list)
    ratios: list[tuple[int, Fraction]] = field(default_factory=list)


@dataclass
class Meeting:
    """A newcomer and a side. `known` gives the largest ratio known of each figure, 0 where there is none."""

    connection: Connection
    newcomer: Member
    side: Side
    policy: Policy
    known: dict[int, float]

    def __post_init__(self) -> None:
        self.outlook = Outlook(self.newcomer.comparand, self.policy)
        self.current = self.side.current(self.newcomer)
        self.above, self.below = self.side.conflict(self.outlook, sure=True)
        self.sure = or_(self.above, self.below)
        within = self.side.standing is FrameRelation.EQUAL
        self.tense_above = self.outlook.tension_above() if within else false()
        self.tense_below = self.outlook.tension_below() if within else false()
        self.tense = or_(self.tense_above, self.tense_below)
        self.agreeing = self.outlook.agreement() if within else false()

    def hold(self) -> Met:
        """Raises Unsure."""
        met = Met()
        surveyed = self._survey()
        n_tense = sum(row.tense for row in surveyed)
        few_tense = n_tense <= MOST_TOUCHED
        for row in self._rows(few_tense=few_tense) if any(row.wanted for row in surveyed) else ():
            other = Member(row, comparand(row, self.policy))
            relation = self.relation(other)
            met.related.append((other, relation))
            if relation.ratio is not None and relation.kind in (RelationKind.CONFLICT, RelationKind.TENSION):
                met.ratios.append((row.figure_id, relation.ratio))
            if relation.kind is RelationKind.CONFLICT and not row.sure:
                met.conflicts[row.figure_id] += 1
                met.listed.append(other.id)
        for row in surveyed:
            met.conflicts[row.figure_id] += row.sure
            ratio = self._largest_ratio(row, few_tense=few_tense)
            if ratio is not None:
                met.ratios.append((row.figure_id, ratio))
        if any(row.sure for row in surveyed):
            met.listed += self._listed()
        elif not few_tense and not met.conflicts.total():
            raise Unsure
        return met

    def agrees(self) -> bool:
        """Whether any claim of another origin agrees with it. Raises Unsure."""
        found = self._few(self.agreeing, MOST_TOUCHED)
        for start in range(0, len(found), FEW):
            rows = self._fetched(found[start : start + FEW])
            if any(self.relation(Member(row, comparand(row, self.policy))).kind in AGREEING for row in rows):
                return True
        if len(found) == MOST_TOUCHED:
            raise Unsure
        return False

    def relation(self, other: Member) -> Relation:
        """The newcomer's relation to a claim of the side."""
        return related(self.newcomer, other, self.side.standing, self.policy)

    def _survey(self) -> Sequence[AnyRow]:
        """Counts and extremes of each figure, where there is anything to count."""
        low, high = CLAIM.admits_from, CLAIM.admits_to
        taken_low, taken_high = CLAIM.pragmatic_from, CLAIM.pragmatic_to
        statement = (
            select(
                CLAIM.figure_id,
                func.count().filter(self.sure).label("sure"),
                func.count().filter(self.tense).label("tense"),
                func.count().filter(self._wanted(few_tense=True)).label("wanted"),
                func.max(low).filter(self.above).label("highest"),
                func.min(high).filter(self.below, high > 0).label("lowest"),
                func.max(taken_low).filter(self.tense_above).label("tense_highest"),
                func.min(taken_high).filter(self.tense_below, taken_high > 0).label("tense_lowest"),
            )
            .where(self.current)
            .group_by(CLAIM.figure_id)
        )
        return self.connection.execute(statement).all()

    def _rows(self, *, few_tense: bool) -> Sequence[AnyRow]:
        """The claims that the newcomer may change, and those that only `relate` can tell about. Raises Unsure."""
        found = self._few(self._wanted(few_tense=few_tense), MOST_TOUCHED + 1)
        if len(found) > MOST_TOUCHED:
            raise Unsure
        return self._fetched(found)

    def _wanted(self, *, few_tense: bool) -> Condition:
        possible = or_(*self.side.conflict(self.outlook, sure=False))
        unsettled = or_(CLAIM.listed_upto.is_(None), CLAIM.listed_upto > self.newcomer.id)
        calm = CLAIM.status.in_([Status.AGREED, Status.UNCONTESTED])
        return or_(
            and_(possible, not_(self.sure)),
            and_(self.sure, unsettled),
            self.tense if few_tense else and_(self.tense, calm),
            and_(self.agreeing, CLAIM.status == Status.UNCONTESTED),
        )

    def _few(self, wanted: Condition, most: int) -> list[str]:
        """The ids of that many claims of the side: from the index, which holds all that is asked."""
        return list(self.connection.execute(select(CLAIM.public_id).where(self.current, wanted).limit(most)).scalars())

    def _fetched(self, ids: list[str]) -> Sequence[AnyRow]:
        if not ids:
            return []
        columns = (*comparable_columns(), self.sure.label("sure"))
        statement = select(*columns).join(Measure, Measure.id == Claim.measure_id).where(CLAIM.public_id.in_(ids))
        return self.connection.execute(statement).all()

    def _listed(self) -> list[str]:
        """The lowest ids of those that are surely in conflict."""
        statement = select(CLAIM.public_id).where(self.current, self.sure).order_by(CLAIM.public_id).limit(MOST_LISTED)
        return list(self.connection.execute(statement).scalars())

    def _largest_ratio(self, row: AnyRow, *, few_tense: bool) -> Fraction | None:
        """Of sure conflicts with a figure's claims, if larger than known. Raises Unsure where tension may be larger."""
        claim = self.newcomer.comparand
        known = min(self.known[row.figure_id], self.known[self.newcomer.row.figure_id])
        if not claim.ratio_scale:
            return None
        if not few_tense:
            taken = claim.pragmatic
            bounds = _quotient(_next(row.tense_highest), taken.high), _quotient(taken.low, row.tense_lowest)
            if any(bound is not None and float(bound) > known for bound in bounds):
                raise Unsure
        lows = self._exact_ends(row, self.above, "admits_from", row.highest, claim.literal.high, known)
        highs = self._exact_ends(row, self.below, "admits_to", row.lowest, claim.literal.low, known)
        ratios = [_quotient(low, claim.literal.high) for low in lows]
        ratios += [_quotient(claim.literal.low, high) for high in highs]
        return max((ratio for ratio in ratios if ratio is not None), default=None)

    def _exact_ends(
        self, row: AnyRow, side: Condition, column: str, extreme: float | None, mine: Number | None, known: float
    ) -> Iterable[Number]:
        """The exact numbers among which is the one whose double is the extreme; none where none can set a record."""
        if extreme is None or mine is None or mine <= 0:
            return []
        if self.newcomer.comparand.discrete and abs(extreme) < WHOLE:
            return [int(extreme)]
        far = _quotient(_next(extreme), mine) if column == "admits_from" else _quotient(mine, _before(extreme))
        if far is not None and float(far) <= known:
            return []
        return self._ends_at(row.figure_id, and_(side, CLAIM[column] == extreme), column)

    def _ends_at(self, figure: int, condition: Condition, column: str) -> list[Number]:
        columns = (CLAIM.low, CLAIM.high, CLAIM.low_open, CLAIM.high_open, CLAIM.unit)
        where = (self.current, CLAIM.figure_id == figure, condition)
        rows = self.connection.execute(select(*columns).distinct().where(*where).limit(MOST_LISTED + 1)).all()
        if len(rows) > MOST_LISTED:
            raise Unsure
        literals = [literal_of(row, self.newcomer.row.measure_unit, self.policy) for row in rows]
        ends = (literal.low if column == "admits_from" else literal.high for literal in literals)
        return [end for end in ends if end is not None]


AGREEING = frozenset({RelationKind.AGREES, RelationKind.REFINES})


def related(a: Member, b: Member, standing: FrameRelation, policy: Policy) -> Relation:
    """The relation of one to the other, given how their frames stand."""
    return relation_in(a.comparand, b.comparand, standing, policy)


def _quotient(higher: Number | float | None, lower: Number | float | None) -> Fraction | None:
    """None where it is not positive."""
    if higher is None or lower is None or higher <= 0 or lower <= 0:
        return None
    return Fraction(higher) / Fraction(lower)


def _next(number: float | None) -> float | None:
    return None if number is None else nextafter(number, inf)


def _before(number: float) -> float:
    return nextafter(number, -inf)
