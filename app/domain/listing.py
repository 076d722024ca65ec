"""Which conflicts a claim names: the first few in order of id, found without looking at every pair."""

from collections.abc import Hashable, Iterable, Mapping

from app.domain.partners import Waiting
from app.domain.relation import Kind, is_unordered
from app.domain.row import Row
from app.domain.scene import Scene
from app.domain.strips import conflict_above, conflict_below, lines_of


class ConflictDesk:
    """Where current claims of a scene's frame wait for what they are in conflict with, above them and below."""

    def __init__(self, scene: Scene, rows: Iterable[Row]) -> None:
        rows = list(rows)
        moments = [row.start for row in scene.around] if scene.kind is Kind.STOCK else []
        lower = [row for row in rows if row.hull_high is not None]
        higher = [row for row in rows if row.hull_low is not None]
        self._scene = scene
        self._below = Waiting(
            lower, lambda row: row.hull_high or 0, group_of, lines_of(scene.kind, above=True), moments
        )
        self._above = Waiting(
            higher, lambda row: -(row.hull_low or 0), group_of, lines_of(scene.kind, above=False), moments
        )

    def below(self, row: Row) -> list[Row]:
        """Who of the waiting lies below a current claim of the frame or of a part and is in conflict with it."""
        if row.hull_low is None or not self._below.may_find(row.hull_low - 1):
            return []
        return self._below.find(conflict_above(row, self._scene.kind, self._scene.yardstick), group_of(row))

    def above(self, row: Row) -> list[Row]:
        """Who of the waiting lies above a current claim of the frame or of a whole and is in conflict with it."""
        if row.hull_high is None or not self._above.may_find(-row.hull_high - 1):
            return []
        return self._above.find(conflict_below(row, row.kind, self._scene.yardstick), group_of(row))

    def stop(self, row: Row) -> None:
        """Ends the waiting of one claim."""
        self._below.stop(row)
        self._above.stop(row)

    def __bool__(self) -> bool:
        return bool(self._below or self._above)


def list_conflicts(scene: Scene, numbers: Mapping[str, int], most: int) -> dict[str, list[str]]:
    """The lowest ids, at most that many, of what each claim is in conflict with; `numbers` says with how many it is."""
    listed = {row: list[str]() for row in scene.current if numbers[row.id]}
    if not listed:
        return {}
    desk = ConflictDesk(scene, listed)
    for row in sorted(scene.around, key=lambda row: row.id):
        if not desk:
            break
        if row.frame == 0 and row not in listed:
            continue
        below = [] if scene.is_whole(row) else desk.below(row)
        above = [] if scene.is_part(row) else desk.above(row)
        for waiting in below + above:
            whole = row if scene.is_whole(row) else waiting
            if is_unordered(row.comparand, waiting.comparand, whole=whole.comparand):
                continue
            names = listed[waiting]
            names.append(row.id)
            if len(names) >= most or len(names) == numbers[waiting.id]:
                desk.stop(waiting)
    return {row.id: names for row, names in listed.items()}


def group_of(row: Row) -> Hashable:
    """Of one origin and one number, claims are duplicates of each other, not in conflict.

    Of what moves, all claims of one origin: which of them is the later is not known.
    """
    return row.origin if row.comparand.is_moving else row.numbered or row.id
