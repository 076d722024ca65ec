"""Which claims of a frame are flagged, without looking at every pair: at worst O(n log² n) in the claims.

What a flag means is defined by pairs: every claim with every other of its frame and of the frames that are part of it
or whole to it, as `relate` has it. How such pairs are counted is in `pairing` and `counting`; how some of them are
found, in `partners` and `strips`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.counting import Census
from app.domain.listing import group_of, list_conflicts
from app.domain.pairing import Funnel, overlapping, rules_for
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.relation import WORDING_DIFFERS, Comparand, FrameRelation, Kind, Relation, is_later, relate
from app.domain.row import Member, Row
from app.domain.scene import WHOLE_KINDS, Scene, scene_of

MOST_LISTED = 20
"""How many of the claims that one conflicts with are named."""
MOST_COUNTED = 100
"""Up to how many conflicts a published claim counts; this number means that many or more.

So one more claim against a thousand others does not rewrite a thousand records.
"""


class Status(StrEnum):
    """The strongest thing that the other claims of its frame, its parts and wholes say about a claim."""

    SUPERSEDED = "superseded"
    CONFLICT = "conflict"
    TENSION = "tension"
    AGREED = "agreed"
    UNCONTESTED = "uncontested"


@dataclass(frozen=True, slots=True)
class Flags:
    """What the others make of a claim.

    `n_conflicts` counts the claims that it is in conflict with, `n_across` those of them in parts and wholes;
    `conflicts_with` names the first of them in order of id. `tension` and `agreed` (another origin agrees or refines)
    look at the claim's own frame. A superseded claim raises no flag; it keeps its `notes`.
    """

    superseded: bool = False
    n_conflicts: int = 0
    conflicts_with: tuple[str, ...] = ()
    tension: bool = False
    agreed: bool = False
    notes: tuple[str, ...] = ()
    n_across: int = 0

    @property
    def status(self) -> Status:
        """The first that holds, in the order of `Status`."""
        raised = (self.superseded, self.n_conflicts > 0, self.tension, self.agreed, True)
        return next(status for status, holds in zip(Status, raised, strict=True) if holds)


def pair_frame(a: Comparand, b: Comparand, frame: FrameRelation) -> FrameRelation:
    """How the frames of these two stand to each other, given how their frames do in general.

    A part is compared with its whole only where their kinds allow it, and with a running total only if the part's as-of
    date is not wholly later than the total's: what happened since is not in it. Otherwise the two merely overlap.
    """
    if frame is FrameRelation.A_PART_OF_B:
        return frame if _lies_within(a, b) else FrameRelation.OVERLAPPING
    if frame is FrameRelation.B_PART_OF_A:
        return frame if _lies_within(b, a) else FrameRelation.OVERLAPPING
    return frame


def relation_in(a: Comparand, b: Comparand, frame: FrameRelation, policy: Policy = DEFAULT_POLICY) -> Relation:
    """What a is to b, given how the frame of a stands to that of b in general."""
    return relate(a, b, pair_frame(a, b, frame), policy=policy)


def flag_frame(
    members: Iterable[Member],
    parts: Iterable[Sequence[Member]] = (),
    wholes: Iterable[Sequence[Member]] = (),
    policy: Policy = DEFAULT_POLICY,
) -> dict[str, Flags]:
    """The flags of each claim of one frame, by id, in the order given.

    `members` are all live claims of known scope of that frame, in one unit; `parts` and `wholes` hold the same of each
    frame that is part of it or whole to it. Ids are unique and compare as text. Raises ValueError where a frame is of
    several kinds or an interval is unsound (see `rows_of`).
    """
    members = list(members)
    return flag_scene(scene_of(members, parts, wholes, policy)) if members else {}


def flag_scene(scene: Scene) -> dict[str, Flags]:
    """The flags of each claim of a scene's own frame, by id, in order."""
    within, across = _conflicts_within(scene), _conflicts_across(scene)
    totals = {row.id: here + there for row, here, there in zip(scene.current, within, across, strict=True)}
    beyond = {row.id: there for row, there in zip(scene.current, across, strict=True)}
    listed = list_conflicts(scene, totals, MOST_LISTED)
    tense = _paired(scene, scene.rules.tension) | _tense_within_an_origin(scene)
    agreed = _paired(scene, scene.rules.agreement)
    reworded = _reworded(scene.rows)

    def flags(row: Row) -> Flags:
        notes = (WORDING_DIFFERS,) if row.id in reworded else ()
        if row.id not in totals:
            return Flags(superseded=True, notes=notes)
        return Flags(
            n_conflicts=totals[row.id],
            conflicts_with=tuple(listed.get(row.id, ())),
            tension=row.id in tense,
            agreed=row.id in agreed,
            notes=notes,
            n_across=beyond[row.id],
        )

    return {row.id: flags(row) for row in scene.rows}


def _lies_within(part: Comparand, whole: Comparand) -> bool:
    if whole.kind not in WHOLE_KINDS.get(part.kind, set()):
        return False
    return whole.kind is not Kind.CUMULATIVE or not is_later(part, whole)


def _conflicts_within(scene: Scene) -> list[int]:
    apart = scene.census.count(scene.rules.conflict)
    alike = Census(scene.current, scene.current, group_of).count(scene.rules.own_conflict)
    return [number - same for number, same in zip(apart, alike, strict=True)]


def _conflicts_across(scene: Scene) -> list[int]:
    counts = [Census(scene.parts, scene.current).count(scene.rules.conflict_above)]
    for kind in {row.kind for row in scene.wholes}:
        wholes = [row for row in scene.wholes if row.kind is kind]
        counts.append(Census(wholes, scene.current).count(rules_for(kind, scene.yardstick).conflict_below))
    return [sum(numbers) for numbers in zip(*counts, strict=True)]


def _paired(scene: Scene, funnels: list[Funnel]) -> set[str]:
    """Who is paired by any of the funnels with somebody of another origin."""
    if len({row.origin for row in scene.current}) == 1:
        return set()
    left = set(range(len(scene.current)))
    for funnel in funnels:
        caught = left
        for pairs in funnel:
            everybody = scene.census.count(pairs, caught)
            own = scene.census_by_origin.count(pairs, caught)
            caught = {place for place in caught if everybody[place] > own[place]}
        left = left - caught
    return {row.id for place, row in enumerate(scene.current) if place not in left}


def _tense_within_an_origin(scene: Scene) -> set[str]:
    """Who is in tension with its own origin, but by what has the same interval or number: that is a duplicate."""
    if scene.is_moving:
        return set()
    current, tension = scene.current, scene.rules.own_tension
    counts = (
        scene.census_by_origin.count(tension),
        Census(current, current, lambda row: row.wording).count(tension),
        Census(current, current, lambda row: row.numbered).count(tension),
        Census(current, current, lambda row: row.numbered and (row.numbered, row.wording)).count(tension),
    )
    numbers = zip(current, *counts, strict=True)
    return {row.id for row, tense, repeated, renumbered, both in numbers if tense > repeated + renumbered - both}


def _reworded(rows: list[Row]) -> set[str]:
    """Whose origin gave the same number on the same date as another interval."""
    duplicates = Census(rows, rows, lambda row: row.numbered).count(overlapping())
    repeats = Census(rows, rows, lambda row: row.numbered and (row.numbered, row.wording)).count(overlapping())
    return {row.id for row, number, same in zip(rows, duplicates, repeats, strict=True) if number > same}
