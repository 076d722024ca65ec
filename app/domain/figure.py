"""All that is known of one frame: how far its claims reach, where most origins agree, and what speaks against it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.agreement import Agreement, agreements
from app.domain.flags import Flags
from app.domain.history import Day, history_of
from app.domain.interval import Interval
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.row import Member, Row
from app.domain.scene import Scene, scene_of
from app.domain.worst import Worst, worst_of


class FigureStatus(StrEnum):
    """What the origins of a figure make of each other.

    `single_origin`: no number here has more than one origin behind it. That is so of several origins too, as long as
    they speak of different dates (totals that grow, levels far apart): nothing contradicts, but nothing confirms.
    """

    CONFLICT = "conflict"
    TENSION = "tension"
    AGREED = "agreed"
    SINGLE_ORIGIN = "single_origin"


@dataclass(frozen=True, slots=True)
class Figure:
    """What is known of a frame; all but `n_superseded` and `history` is of its current claims, those not superseded.

    `envelope` reaches from their lowest low to their highest high, `agreement` holds what most origins admit ("more
    than 100" as far as readers take it to reach: who says so does not speak for a million). `latest` is the id of
    the claim whose as-of range ends last (then: begins last; then: the lowest id). `n_conflicting_pairs` are within the
    frame, `n_pairs_across` with claims of its parts and wholes; `worst` is of either.
    """

    status: FigureStatus
    n_claims: int
    n_origins: int
    n_superseded: int
    envelope: Interval
    agreement: tuple[Agreement, ...]
    latest: str
    n_conflicting_pairs: int
    n_pairs_across: int
    worst: Worst | None
    history: tuple[Day, ...]


def figure(
    members: Iterable[Member],
    flags: Mapping[str, Flags],
    parts: Iterable[Sequence[Member]] = (),
    wholes: Iterable[Sequence[Member]] = (),
    policy: Policy = DEFAULT_POLICY,
) -> Figure:
    """The figure of a frame, its claims given as to `flag_frame`, whose result `flags` is.

    Raises ValueError for a frame without claims and wherever `flag_frame` does.
    """
    return figure_of(scene_of(members, parts, wholes, policy), flags)


def figure_of(scene: Scene, flags: Mapping[str, Flags]) -> Figure:
    """The figure of a scene's own frame."""
    current = scene.current
    raised = [flags[row.id] for row in current]
    across = sum(flag.n_across for flag in raised)
    return Figure(
        status=_status(raised),
        n_claims=len(current),
        n_origins=len({row.origin for row in current}),
        n_superseded=len(scene.rows) - len(current),
        envelope=envelope_of([row.comparand.literal for row in current]),
        agreement=_agreement(current, discrete=scene.yardstick.discrete),
        latest=min(current, key=lambda row: (-row.end, -row.start, row.id)).id,
        n_conflicting_pairs=(sum(flag.n_conflicts for flag in raised) - across) // 2,
        n_pairs_across=across,
        worst=worst_of(scene, flags),
        history=history_of(scene),
    )


def _status(flags: Sequence[Flags]) -> FigureStatus:
    if any(flag.n_conflicts for flag in flags):
        return FigureStatus.CONFLICT
    if any(flag.tension for flag in flags):
        return FigureStatus.TENSION
    return FigureStatus.AGREED if any(flag.agreed for flag in flags) else FigureStatus.SINGLE_ORIGIN


def _agreement(current: Sequence[Row], *, discrete: bool) -> tuple[Agreement, ...]:
    """What most origins admit; a single one is taken at its word, however far that reaches."""
    claims = [row.comparand for row in current]
    alone = len({one.origin for one in claims}) == 1
    return agreements(((one.origin, one.literal if alone else one.stance) for one in claims), discrete=discrete)


def envelope_of(intervals: Sequence[Interval]) -> Interval:
    """From the lowest low to the highest high; an end that any of them includes is included."""
    lows = [(interval.low, interval.low_open) for interval in intervals if interval.low is not None]
    highs = [(interval.high, not interval.high_open) for interval in intervals if interval.high is not None]
    low, low_open = min(lows) if len(lows) == len(intervals) else (None, False)
    high, included = max(highs) if len(highs) == len(intervals) else (None, True)
    return Interval(low, high, low_open, not included)
