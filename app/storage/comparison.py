"""Flags and figures: computed from the claims of frames and of their parts and wholes, and stored where they differ."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, delete, select, update

from app.domain.figure import Figure as Known
from app.domain.figure import figure_of
from app.domain.flags import MOST_COUNTED, MOST_LISTED, Flags, flag_scene
from app.domain.kinship import Kinship
from app.domain.policy import Policy
from app.domain.relation import Kind
from app.domain.scene import scene_of
from app.storage import figures, history, records, reopening
from app.storage.copies import copies_among
from app.storage.figures import Member
from app.storage.records import AnyRow, chunks
from app.storage.tables import Claim, ClaimDispute, Figure


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
    pairs = {number: [(member.id, member.comparand) for member in found] for number, found in members.items()}
    computed = Computed({}, {}, {}, {})
    for number in sorted(wanted):
        below = [pairs[other] for other in kin.parts(number) if other in pairs]
        above = [pairs[other] for other in kin.wholes(number) if other in pairs]
        computed.members[number] = members.get(number, [])
        if number in pairs:
            scene = scene_of(pairs[number], below, above, policy)
            computed.flags[number] = flag_scene(scene)
            computed.copies[number] = copies_among(members[number])
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


def reflag(connection: Connection, touched: set[int], version: int, policy: Policy) -> set[int]:
    """Compare the touched frames and those related to them, and store what differs; the claims whose flags did."""
    if not touched:
        return set()
    near = figures.kin(connection, touched)
    reached = near.with_near(touched)
    # What is reached has parts and wholes of its own, beyond those of the touched.
    computed = _compute(connection, reached, near if reached == touched else figures.kin(connection, reached), policy)
    rows = [
        {"row": member.row.number, **_columns(computed, number, member.id)}
        for number, found in computed.members.items()
        for member in found
    ]
    stored = {m.row.number: m.row for found in computed.members.values() for m in found}
    changed = [row for row in rows if any(getattr(stored[row["row"]], c) != v for c, v in row.items() if c != "row")]
    _store_flags(connection, changed)
    reopening.review(connection, computed.members, policy)
    _store_figures(connection, computed, version)
    return {row["row"] for row in changed}


def _columns(computed: Computed, number: int, claim: str) -> dict[str, Any]:
    flags = computed.flags[number][claim]
    return {
        "status": flags.status,
        **_counted(flags.n_conflicts, flags.conflicts_with),
        "notes": orjson.dumps(flags.notes).decode(),
        "possible_copy_of": computed.copies[number].get(claim),
    }


def _store_flags(connection: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        names = [name for name in rows[0] if name != "row"]
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        statement = update(Claim.__table__).where(Claim.number == bindparam("row")).values(values)  # type: ignore[arg-type]
        connection.execute(
            statement, [{"row": row["row"], **{f"new_{name}": row[name] for name in names}} for row in rows]
        )


def _store_figures(connection: Connection, computed: Computed, version: int) -> None:
    table: Any = Figure.__table__
    empty = [number for number, found in computed.members.items() if not found]
    history.close_figures(connection, empty, version)
    for chunk in chunks(empty):
        connection.execute(delete(table).where(table.c.id.in_(chunk)))
    fresh = figures.render(connection, computed.figures)
    old = records.stored(connection, table, "id", fresh)
    history.close_figures(connection, [number for number in fresh if fresh[number] != old[number]], version)
    rows = [
        {"row": number, **{f"new_{name}": value for name, value in _summary(known).items()}}
        for number, known in computed.figures.items()
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
    _store_flags(connection, changed)
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
        **_counted(len(against), against[:MOST_LISTED]),
    }


def _counted(number: int, listed: Sequence[str]) -> dict[str, Any]:
    return {
        "conflict": number > 0,
        "n_conflicts": min(number, MOST_COUNTED),
        "conflicts_with": orjson.dumps(listed).decode(),
        "listed_upto": listed[-1] if number >= MOST_COUNTED else None,
    }
