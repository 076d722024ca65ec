"""Flags and figures: computed from the claims of frames and of their parts and wholes, and stored where they differ."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from app.domain.figure import Figure as Known
from app.domain.figure import figure_of
from app.domain.flags import MOST_LISTED, Flags, flag_scene
from app.domain.kinship import Kinship
from app.domain.policy import Policy
from app.domain.relation import Kind
from app.domain.scene import scene_of
from app.storage import figures, flagging, history, records, reopening
from app.storage.copies import copies_among
from app.storage.figures import Member
from app.storage.increment import Increment, Increments
from app.storage.records import AnyRow, chunks
from app.storage.tables import Claim, ClaimDispute, Figure

FRAMES_AT_ONCE = 100
"""How many are compared before what came of it is stored: their claims are held together."""


@dataclass(frozen=True, slots=True)
class Computed:
    """Frames compared afresh, by figure: members, flags of each claim, what may be a copy, and what is known."""

    members: dict[int, list[Member]]
    flags: dict[int, dict[str, Flags]]
    copies: dict[int, dict[str, str]]
    figures: dict[int, Known]


class TooManyClaims(Exception):
    """More claims than may be compared; `number` is how many there are."""

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} claims are too many to compare")
        self.number = number


def compute(connection: Connection, wanted: set[int], policy: Policy) -> Computed:
    """Compare the claims of those figures, with one another and with those of their parts and wholes."""
    return _compute(connection, wanted, figures.kin(connection, wanted), policy)


def compute_until(connection: Connection, wanted: set[int], policy: Policy, until: int, most: int) -> Computed:
    """The same as if there were only the claims whose as-of range ends by `until`, in minutes since 1970.

    Raises TooManyClaims where the claims to compare, those of parts and wholes included, are more than `most`.
    """
    kin = figures.kin(connection, wanted)
    number = figures.count_until(connection, kin.with_near(wanted), until)
    if number > most:
        raise TooManyClaims(number)
    return _compute(connection, wanted, kin, policy, until)


def _compute(
    connection: Connection, wanted: set[int], kin: Kinship, policy: Policy, until: int | None = None
) -> Computed:
    members = figures.members(connection, kin.with_near(wanted), policy, until=until)
    return compared(members, wanted, kin, policy)


def compared(members: dict[int, list[Member]], wanted: set[int], kin: Kinship, policy: Policy) -> Computed:
    """Those figures, with the claims of them and of their kin, by figure."""
    pairs = {number: [(member.id, member.comparand) for member in found] for number, found in members.items()}
    computed = Computed({}, {}, {}, {})
    for number in sorted(wanted):
        below = [pairs[other] for other in kin.parts(number) if other in pairs]
        above = [pairs[other] for other in kin.wholes(number) if other in pairs]
        computed.members[number] = members.get(number, [])
        if number in pairs:
            scene = scene_of(pairs[number], below, above, policy)
            computed.flags[number] = flag_scene(scene)
            computed.copies[number] = copies_among(member.row for member in members[number])
            computed.figures[number] = figure_of(scene, computed.flags[number])
    return computed


def differences(connection: Connection, computed: Computed) -> Iterator[str]:
    """A sentence for every stored flag of a claim or figure that is not the computed one."""
    for number, found in computed.members.items():
        for member in found:
            yield from _unequal(f"claim {member.id}", member.row, _columns(computed, number, member.id))
    for chunk in chunks(computed.members):
        for row in connection.execute(select(Figure.__table__).where(Figure.id.in_(chunk))):
            known = computed.figures.get(row.id)
            if known is None:
                yield f"figure {row.public_id}: no claim is left in it"
            else:
                yield from _unequal(f"figure {row.public_id}", row, _summary(known))


def _unequal(name: str, row: Any, fresh: dict[str, Any]) -> Iterator[str]:  # noqa: ANN401 - any row
    for column, value in fresh.items():
        if getattr(row, column) != value:
            yield f"{name}: {column} is {getattr(row, column)!r}, compared afresh {value!r}"


def _summary(known: Known) -> dict[str, Any]:
    return {
        "status": known.status,
        "rank": figures.RANKS.get(known.status, 0),
        "severity": figures.severity(known),
        "n_claims": known.n_claims,
    }


def reflag(
    connection: Connection, altered: set[int], grown: Iterable[tuple[int, int]], version: int, policy: Policy
) -> set[int]:
    """Flag the claims of those frames and of those related to them, and store what differs; the claims that do.

    In `altered` figures claims have changed or gone; `grown` are figures with the number of a claim that is new there.
    """
    new = defaultdict[int, set[int]](set)
    for figure, claim in grown:
        new[figure].add(claim)
    touched = altered | new.keys()
    if not touched:
        return set()
    near = figures.kin(connection, touched)
    reached = near.with_near(touched)
    # What is reached has parts and wholes of its own, beyond those of the touched.
    wide = near if reached == touched else figures.kin(connection, reached)
    increment, afresh = Increments(connection, new, set(altered), near, wide, policy).find()
    flagging.store(connection, [*increment.claims.values()])
    changed, known = {row["row"] for row in increment.claims.values()}, dict[int, Known | None]()
    for some in _parted(afresh):
        computed = _compute(connection, some, wide, policy)
        rows = [*_changed(computed)]
        flagging.store(connection, rows)
        changed.update(row["row"] for row in rows)
        known |= {number: computed.figures.get(number) for number in computed.members}
    reopening.review(connection, known, policy)
    _store_figures(connection, known, increment, version)
    return changed


def _parted(wanted: set[int]) -> Iterator[set[int]]:
    ordered = sorted(wanted)
    for begin in range(0, len(ordered), FRAMES_AT_ONCE):
        yield {*ordered[begin : begin + FRAMES_AT_ONCE]}


def _changed(computed: Computed) -> Iterator[dict[str, Any]]:
    """The columns of every claim whose stored ones are not those computed."""
    for number, found in computed.members.items():
        for member in found:
            columns = _columns(computed, number, member.id)
            if any(getattr(member.row, column) != value for column, value in columns.items()):
                yield {"row": member.row.number, **columns}


def _columns(computed: Computed, number: int, claim: str) -> dict[str, Any]:
    columns = flagging.columns_of(computed.flags[number][claim])
    return {**columns, "possible_copy_of": computed.copies[number].get(claim)}


def _store_figures(
    connection: Connection, known: Mapping[int, Known | None], increment: Increment, version: int
) -> None:
    """Store what is known of figures; those of which nothing is have no claims left."""
    table: Any = Figure.__table__
    empty = [number for number, found in known.items() if found is None]
    computed = {number: found for number, found in known.items() if found is not None}
    history.close_figures(connection, empty, version)
    for chunk in chunks(empty):
        connection.execute(delete(table).where(table.c.id.in_(chunk)))
    fresh = figures.render(connection, computed) | increment.records
    old = records.stored(connection, table, "id", fresh)
    history.close_figures(connection, [number for number in fresh if fresh[number] != old[number]], version)
    summaries = {number: _summary(found) for number, found in computed.items()} | increment.figures
    rows = [
        {"row": number, **{f"new_{name}": value for name, value in summary.items()}}
        for number, summary in summaries.items()
    ]
    if rows:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("status", "rank", "severity", "n_claims")}
        connection.execute(update(table).where(table.c.id == bindparam("row")).values(values), rows)
    records.publish(connection, table, fresh, version)


def reflag_statements(connection: Connection, numbers: Iterable[int], disputed: Iterable[str]) -> set[int]:
    """Flag the statements that live ones dispute, among those and their counterparts; those whose flags changed."""
    changed = [
        {"row": row.number, **flags}
        for row, flags in _statements(connection, numbers, disputed)
        if any(getattr(row, column) != value for column, value in flags.items())
    ]
    flagging.store(connection, changed)
    reopening.review_disputes(connection, numbers)
    return {row["row"] for row in changed}


def statement_differences(connection: Connection, numbers: Iterable[int]) -> Iterator[str]:
    """A sentence for every stored flag of those statements that the declared disputes do not bear out."""
    for row, flags in _statements(connection, numbers, ()):
        yield from _unequal(f"claim {row.public_id}", row, flags)


def _statements(
    connection: Connection, numbers: Iterable[int], disputed: Iterable[str]
) -> list[tuple[AnyRow, dict[str, Any]]]:
    """Live statements, those given and their counterparts, with the flags that declared disputes give them."""
    ids = set(disputed)
    for chunk in chunks(numbers):
        mine = select(Claim.public_id).where(Claim.number.in_(chunk), Claim.kind == Kind.STATEMENT)
        ids.update(connection.execute(mine).scalars())
    ids |= {end for pair in _pairs(connection, ids) for end in pair}
    between = _pairs(connection, ids)
    alive: dict[str, AnyRow] = {}
    for chunk in chunks(ids | {end for pair in between for end in pair}):
        columns = (
            *(Claim.public_id, Claim.number, Claim.status),
            *(Claim.conflict, Claim.n_conflicts, Claim.conflicts_with, Claim.listed_upto),
        )
        live = Claim.withdrawn_at.is_(None)
        rows = connection.execute(select(*columns).where(Claim.public_id.in_(chunk), live))
        alive.update((row.public_id, row) for row in rows)
    against: dict[str, set[str]] = {public: set() for public in alive}
    for a, b in between:
        if a in alive and b in alive:
            against[a].add(b)
            against[b].add(a)
    return [(alive[public], _declared(sorted(against[public]))) for public in sorted(ids & alive.keys())]


def _pairs(connection: Connection, ids: Iterable[str]) -> set[tuple[str, str]]:
    link = ClaimDispute
    return {
        (row.claim, row.disputed)
        for chunk in chunks(ids)
        for row in connection.execute(
            select(link.claim, link.disputed).where(link.claim.in_(chunk) | link.disputed.in_(chunk))
        )
    }


def _declared(against: list[str]) -> dict[str, Any]:
    return {
        "status": "conflict" if against else "uncontested",
        **flagging.counted(len(against), against[:MOST_LISTED]),
    }
