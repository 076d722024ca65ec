"""Comparing on request: two printed numbers, two stored claims, or one of each. Stores nothing."""

from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from app.domain.compare import Comparison, Printed, Stated, compare, read_beside, readable
from app.domain.dates import Span
from app.domain.flags import pair_frame
from app.domain.frame import frame_relation
from app.domain.mention import About
from app.domain.policy import Changes, Policy
from app.domain.reading import UnreadableNumber
from app.domain.relation import FrameRelation, Kind
from app.domain.rereading import reread
from app.domain.value import Value
from app.problems import InvalidBody, NotFound
from app.search.nouns import CLAIM, EVENT, MEASURE, ORIGIN
from app.storage.figures import comparable_columns, comparand, frames, value_of
from app.storage.policies import in_force
from app.storage.records import AnyRow
from app.storage.relations import abouts_of

_NOTHING = Printed("")
_ONE, _ANOTHER = "one origin", "another origin"
_UNNAMED = "\0"
"""Before what stands for an origin that is not given: no text from outside can hold it, so it is nobody else's."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side: a stored claim by its id, or a number as printed with what is known of it."""

    claim: str | None = None
    printed: Printed = _NOTHING
    origin: str | None = None
    as_of: Span | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What to compare, and by which widths and limits instead of those of the policy in force.

    Claims are of their own kinds and, two of them, in their own frames, unless `kind` or `frame` says otherwise.
    """

    a: Side
    b: Side
    frame: FrameRelation | None = None
    kind: Kind | None = None
    widths: Changes = field(default_factory=dict)


def answer(connection: Connection, asked: Asked) -> Comparison:
    """The comparison asked for.

    Raises InvalidBody for text that is no number and for a claim that has none or was withdrawn, NotFound for an
    unknown one.
    """
    stored_by = in_force(connection)
    policy = stored_by.custom(asked.widths) if asked.widths else stored_by
    first, second = _claim(connection, asked.a, "/a"), _claim(connection, asked.b, "/b")
    known = (_value(first, stored_by, policy), _value(second, stored_by, policy))
    a_value, b_value = _values((_printed(asked.a, second), _printed(asked.b, first)), known, policy)
    a = _stated(asked.a, (first, second), a_value, asked.kind, _ONE)
    b = _stated(asked.b, (second, first), b_value, asked.kind, _ANOTHER)
    # A printed number is taken to count what the claim beside it counts.
    about_a, about_b = _about(connection, first or second), _about(connection, second or first)
    a, b = replace(a, about=about_a), replace(b, about=about_b)
    frame = asked.frame or _frame(connection, first, second, policy)
    return compare(a, b, frame, policy)


def _claim(connection: Connection, side: Side, pointer: str) -> AnyRow | None:
    if side.claim is None:
        return None
    row = connection.execute(
        select(
            *comparable_columns(),
            CLAIM.c.window_edtf,
            CLAIM.c.withdrawn_at,
            CLAIM.c.withdrawn_why,
            ORIGIN.c.public_id.label("origin"),
            ORIGIN.c.label.label("credited"),
            MEASURE.c.label.label("measure_label"),
            EVENT.c.title.label("event_title"),
        )
        .join(ORIGIN, ORIGIN.c.id == CLAIM.c.origin_id)
        .outerjoin(MEASURE, MEASURE.c.id == CLAIM.c.measure_id)
        .outerjoin(EVENT, EVENT.c.id == CLAIM.c.event_id)
        .where(CLAIM.c.public_id == side.claim)
    ).one_or_none()
    if row is None:
        raise NotFound(f"There is no claim {side.claim}.", pointer=f"{pointer}/claim")
    if row.kind == Kind.STATEMENT:
        raise InvalidBody("This claim is a statement: it has no number to compare.", pointer=f"{pointer}/claim")
    if row.withdrawn_at is not None:
        why = f" ({row.withdrawn_why})" if row.withdrawn_why else ""
        raise InvalidBody(
            f"This claim was withdrawn{why}: it is not compared any more. Its text may be, with `text`.",
            pointer=f"{pointer}/claim",
        )
    return row


def _value(row: AnyRow | None, stored_by: Policy, policy: Policy) -> Value | None:
    return None if row is None else reread(value_of(row), stored_by, policy)


def _printed(side: Side, beside: AnyRow | None) -> Printed:
    """The number as printed; what a claim beside it measures may be negative, so it may be too."""
    return replace(side.printed, signed=side.printed.signed or (beside is not None and beside.signed))


def _values(
    printed: tuple[Printed, Printed], known: tuple[Value | None, Value | None], policy: Policy
) -> tuple[Value, Value]:
    (a, b), (first, second) = printed, known
    if second is None:
        second = _read(b, "/b", first or readable(a, policy), policy)
    return first or _read(a, "/a", second, policy), second


def _read(printed: Printed, pointer: str, beside: Value | None, policy: Policy) -> Value:
    try:
        return read_beside(printed, beside, policy)
    except UnreadableNumber as unreadable:
        raise InvalidBody(
            f"This text is no number that can be read: {unreadable}.", pointer=f"{pointer}/text"
        ) from None


def _kind(row: AnyRow | None, other: AnyRow | None) -> Kind:
    """A claim's own kind; a printed number is of the kind of what it is compared with."""
    known = row if row is not None else other
    return Kind.FLOW if known is None else Kind(known.kind)


def _stated(
    side: Side, rows: tuple[AnyRow | None, AnyRow | None], value: Value, kind: Kind | None, unnamed: str
) -> Stated:
    """The side as it is compared; `rows` are its own claim and the other side's."""
    row, beside = rows
    kind = kind or _kind(row, beside)
    if row is not None:
        as_of = Span(row.as_of_edtf, row.as_of_start, row.as_of_end)
        window = Span(row.window_edtf, row.window_start, row.window_end) if row.window_edtf else None
        return Stated(value, kind, row.origin, row.credited, as_of, window, volatile=row.volatile)
    if side.origin is None:
        return Stated(value, kind, _UNNAMED + unnamed, unnamed, side.as_of)
    if beside is not None and side.origin in (beside.origin, beside.credited):
        return Stated(value, kind, beside.origin, beside.credited, side.as_of)
    return Stated(value, kind, side.origin, side.origin, side.as_of)


def _about(connection: Connection, row: AnyRow | None) -> About | None:
    return None if row is None else abouts_of(connection, [row])[0]


def _frame(connection: Connection, a: AnyRow | None, b: AnyRow | None, policy: Policy) -> FrameRelation:
    """How the frames of two claims stand to each other; a printed number is taken to count the same."""
    if any(row is not None and row.scope == "unknown" for row in (a, b)):
        return FrameRelation.UNKNOWN
    if a is None or b is None:
        return FrameRelation.EQUAL
    known = frames(connection, {a.figure_id, b.figure_id})
    frame = frame_relation(known[a.figure_id], known[b.figure_id])
    return pair_frame(comparand(a, policy), comparand(b, policy), frame)
