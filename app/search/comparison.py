"""Comparing on request: two printed numbers, two stored claims, or one of each. Stores nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, select

from app.domain.compare import Comparison, Printed, Stated, compare, read_beside, readable
from app.domain.dates import Span
from app.domain.flags import pair_frame
from app.domain.frame import frame_relation
from app.domain.mention import About
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.reading import UnreadableNumber
from app.domain.relation import FrameRelation, Kind
from app.domain.value import Value
from app.problems import InvalidBody, NotFound
from app.search.nouns import CLAIM, EVENT, MEASURE, ORIGIN
from app.storage.figures import comparable_columns, comparand, frames, value_of
from app.storage.records import AnyRow
from app.storage.relations import abouts_of

_NOTHING = Printed("")


@dataclass(frozen=True, slots=True)
class Side:
    """One side: a stored claim by its id, or a number as printed with what is known of it."""

    claim: str | None = None
    printed: Printed = _NOTHING
    origin: str | None = None
    as_of: Span | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What to compare, and by which widths of the policy instead of its own.

    Claims are of their own kinds and, two of them, in their own frames, unless `kind` or `frame` says otherwise.
    """

    a: Side
    b: Side
    frame: FrameRelation | None = None
    kind: Kind | None = None
    widths: Mapping[str, Fraction] = field(default_factory=dict)


def answer(connection: Connection, asked: Asked) -> Comparison:
    """The comparison asked for. Raises InvalidBody for text that is no number, NotFound for an unknown claim."""
    policy = _policy(asked.widths)
    first, second = _claim(connection, asked.a, "/a"), _claim(connection, asked.b, "/b")
    a_value, b_value = _values(asked, first, second, policy)
    a = _stated(asked.a, first, a_value, asked.kind or _kind(first, second), "one origin")
    b = _stated(asked.b, second, b_value, asked.kind or _kind(second, first), "another origin")
    # A printed number is taken to count what the claim beside it counts.
    about_a, about_b = _about(connection, first or second), _about(connection, second or first)
    a, b = replace(a, about=about_a), replace(b, about=about_b)
    frame = asked.frame or _frame(connection, first, second, policy)
    return compare(a, b, frame, policy)


def _policy(widths: Mapping[str, Fraction]) -> Policy:
    changes: dict[str, Any] = dict(widths)
    return replace(DEFAULT_POLICY, name="custom", **changes) if changes else DEFAULT_POLICY


def _claim(connection: Connection, side: Side, pointer: str) -> AnyRow | None:
    if side.claim is None:
        return None
    row = connection.execute(
        select(
            *comparable_columns(),
            CLAIM.c.window_edtf,
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
    return row


def _values(asked: Asked, a: AnyRow | None, b: AnyRow | None, policy: Policy) -> tuple[Value, Value]:
    first, second = (None if row is None else value_of(row) for row in (a, b))
    if second is None:
        beside = first or readable(asked.a.printed, policy)
        second = _read(asked.b, "/b", beside, policy)
    return first or _read(asked.a, "/a", second, policy), second


def _read(side: Side, pointer: str, beside: Value | None, policy: Policy) -> Value:
    try:
        return read_beside(side.printed, beside, policy)
    except UnreadableNumber as unreadable:
        raise InvalidBody(
            f"This text is no number that can be read: {unreadable}.", pointer=f"{pointer}/text"
        ) from None


def _kind(row: AnyRow | None, other: AnyRow | None) -> Kind:
    """A claim's own kind; a printed number is of the kind of what it is compared with."""
    known = row if row is not None else other
    return Kind.FLOW if known is None else Kind(known.kind)


def _stated(side: Side, row: AnyRow | None, value: Value, kind: Kind, unnamed: str) -> Stated:
    if row is not None:
        as_of = Span(row.as_of_edtf, row.as_of_start, row.as_of_end)
        window = Span(row.window_edtf, row.window_start, row.window_end) if row.window_edtf else None
        return Stated(value, kind, row.origin, row.credited, as_of, window)
    return Stated(value, kind, side.origin or unnamed, side.origin or unnamed, side.as_of)


def _about(connection: Connection, row: AnyRow | None) -> About | None:
    return None if row is None else abouts_of(connection, [row])[0]


def _frame(connection: Connection, a: AnyRow | None, b: AnyRow | None, policy: Policy) -> FrameRelation:
    """How the frames of two claims stand to each other; a printed number is taken to count the same."""
    if a is None or b is None:
        return FrameRelation.EQUAL
    if a.figure_id is None or b.figure_id is None:
        return FrameRelation.UNKNOWN
    known = frames(connection, {a.figure_id, b.figure_id})
    frame = frame_relation(known[a.figure_id], known[b.figure_id])
    return pair_frame(comparand(a, policy), comparand(b, policy), frame)
