"""The worst disagreement of a frame, found without looking at every pair."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.domain.flags import Flags, relation_in
from app.domain.listing import ConflictDesk, group_of
from app.domain.partners import Line, Waiting
from app.domain.relation import FrameRelation, Kind, Relation, RelationKind
from app.domain.row import Row, back
from app.domain.scene import Scene
from app.domain.strips import grown_above, stretched_above


@dataclass(frozen=True, slots=True)
class Worst:
    """Two claims in conflict or tension, in order of id, and the relation of the first to the second."""

    ids: tuple[str, str]
    relation: Relation


def worst_of(scene: Scene, flags: Mapping[str, Flags]) -> Worst | None:
    """The pair in conflict or in tension with the largest ratio; of equal ones, that with the lowest ids.

    `flags` are those of the scene. Pairs without a ratio (a zero, a negative number, degrees) come after all that have
    one, in order of id. None where nothing disagrees.
    """
    if not any(flag.n_conflicts or flag.tension for flag in flags.values()):
        return None
    if scene.yardstick.ratio_scale:
        best = min(_Search(scene, flags, by_ratio=True).pairs(), key=_largest_ratio_first, default=None)
        if best is not None:
            return best
    return min(_Search(scene, flags, by_ratio=False).pairs(), key=lambda pair: pair.ids, default=None)


def _largest_ratio_first(pair: Worst) -> tuple[Fraction, tuple[str, str]]:
    return -(pair.relation.ratio or Fraction(0)), pair.ids


@dataclass(frozen=True)
class _Search:
    """For each claim that disagrees, the worst of what it disagrees with: the first that it meets, in the right order.

    With `by_ratio` higher numbers arrive first to meet a lower one (and lower ones to meet a higher), and only pairs
    with a ratio are met; otherwise all arrive in order of id.
    """

    scene: Scene
    flags: Mapping[str, Flags]
    by_ratio: bool

    def pairs(self) -> Iterator[Worst]:
        """One pair for each claim and each way to disagree."""
        yield from self._conflicts()
        tense = [row for row in self.scene.current if self.flags[row.id].tension and self._may_divide(row.high)]
        arrivals = self._highest_first(self.scene.current, _low)
        yield from self._stretched([row for row in tense if row.most is None], arrivals)
        # What is not open upward itself is in tension only with what is open downward.
        open_downward = [row for row in arrivals if row.least is None]
        yield from self._stretched([row for row in tense if row.most is not None], open_downward)
        if self.scene.kind is Kind.CUMULATIVE:
            yield from self._grown(tense, arrivals)

    def _conflicts(self) -> Iterator[Worst]:
        scene = self.scene
        lower = [row for row in scene.current if self.flags[row.id].n_conflicts and self._may_divide(row.most)]
        desk = ConflictDesk(scene, lower)
        yield from self._meet(self._highest_first([*scene.current, *scene.parts], _least), desk.below, desk.stop)

        desk = ConflictDesk(scene, (row for row in scene.current if self.flags[row.id].n_across))
        wholes = [row for row in scene.wholes if self._may_divide(row.most)]
        yield from self._meet(self._highest_first(wholes, _minus_most), desk.above, desk.stop)

    def _grown(self, tense: list[Row], arrivals: Iterable[Row]) -> Iterator[Worst]:
        yardstick = self.scene.yardstick
        growing = [row for row in tense if yardstick.growth_base(row) is not None]
        waiting = Waiting(growing, lambda row: yardstick.growth_base(row) or 0, lambda row: row.origin, [Line.END])
        return self._meet(arrivals, lambda row: waiting.find(grown_above(row, yardstick), row.origin), waiting.stop)

    def _stretched(self, hedges: list[Row], arrivals: Iterable[Row]) -> Iterator[Worst]:
        kind, yardstick = self.scene.kind, self.scene.yardstick
        lines, moments = [Line.END], list[int]()
        if kind is Kind.STOCK:
            days = yardstick.drift_days
            lines, moments = [Line.START, Line.SPAN], [back(row.start, days) for row in self.scene.current]
        waiting = Waiting(
            [row for row in hedges if row.high is not None and row.high > 0],
            lambda row: row.high or 0,
            group_of,
            lines,
            moments,
        )
        return self._meet(
            arrivals, lambda row: waiting.find(stretched_above(row, kind, yardstick), group_of(row)), waiting.stop
        )

    def _meet(
        self, arrivals: Iterable[Row], find: Callable[[Row], list[Row]], stop: Callable[[Row], None]
    ) -> Iterator[Worst]:
        for row in arrivals:
            for waiting in find(row):
                relation = self._relation(waiting, row)
                # Strips know nothing of some rare exceptions: a later total with a larger number but a lower interval,
                # a repeated interval that is taken to mean something else.
                if relation.kind in {RelationKind.CONFLICT, RelationKind.TENSION}:
                    stop(waiting)
                    in_order = waiting.id < row.id
                    ids = (waiting.id, row.id) if in_order else (row.id, waiting.id)
                    yield Worst(ids, relation if in_order else relation.reverse)

    def _relation(self, row: Row, other: Row) -> Relation:
        frame = FrameRelation.EQUAL
        if self.scene.is_part(other):
            frame = FrameRelation.B_PART_OF_A
        elif self.scene.is_whole(other):
            frame = FrameRelation.A_PART_OF_B
        return relation_in(row.comparand, other.comparand, frame, self.scene.yardstick.policy)

    def _may_divide(self, number: int | None) -> bool:
        return not self.by_ratio or (number is not None and number > 0)

    def _highest_first(self, rows: Iterable[Row], by: Callable[[Row], int | None]) -> list[Row]:
        if not self.by_ratio:
            return sorted(rows, key=lambda row: row.id)
        measured = [(by(row), row) for row in rows]
        return [row for _, _, row in sorted((-number, row.id, row) for number, row in measured if number is not None)]


def _least(row: Row) -> int | None:
    return row.least


def _minus_most(row: Row) -> int | None:
    return None if row.most is None else -row.most


def _low(row: Row) -> int | None:
    return row.low
