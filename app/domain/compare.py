"""Two printed numbers set against each other, with all that the answer rests on."""

from dataclasses import dataclass
from typing import Any

import orjson

from app.domain.dates import Span
from app.domain.interval import Interval, Number, decimal_text, exact
from app.domain.mention import About, Side
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.reading import UnreadableNumber, read
from app.domain.relation import DAY, Comparand, FrameRelation, Kind, Relation, relate
from app.domain.sentence import sentence
from app.domain.units import COUNT, SAME, Conversion, Unit, conversion, unit_named
from app.domain.value import Value

_ALWAYS = DAY * 2**50
"""Minutes beyond every date, in whole days: an undated number may hold at any time."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as someone states it; `origin` tells origins apart, `credited` names whose it is.

    A flow may have the `window` in which it was counted; `about` is what it counts, where that is known. `volatile`:
    the measure is.
    """

    value: Value
    kind: Kind
    origin: str
    credited: str
    as_of: Span | None = None
    window: Span | None = None
    about: About | None = None
    volatile: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a is to b, given how the frame of a stands to the frame of b.

    `comparands` are both as they were compared, in one unit where their units convert.
    """

    a: Stated
    b: Stated
    frame: FrameRelation
    relation: Relation
    policy: Policy
    comparands: tuple[Comparand, Comparand]

    @property
    def sentence(self) -> str:
        """The relation for a reader."""
        here, there = self.comparands
        return sentence(self.relation, _side(self.a, here), _side(self.b, there), self.policy)

    def shown(self) -> dict[str, Any]:
        """As JSON shows it: exact numbers are literals, an unbounded end is null."""
        ratio = self.relation.ratio
        return {
            "relation": self.relation.kind,
            "reason": self.relation.reason,
            "direction": self.relation.direction,
            "ratio": None if ratio is None else round(float(ratio), 3),
            "notes": list(self.relation.notes),
            "sentence": self.sentence,
            "policy": self.policy.label,
            "frame": self.frame,
            "a": _shown(self.a, self.policy),
            "b": _shown(self.b, self.policy),
        }


def compare(
    a: Stated, b: Stated, frame: FrameRelation = FrameRelation.EQUAL, policy: Policy = DEFAULT_POLICY
) -> Comparison:
    """Compare in the unit of a. A side without a unit is taken to be in the other's."""
    unit = unit_named(a.value.unit or b.value.unit or COUNT.name)
    found = conversion(b.value.unit, unit.name, policy) if b.value.unit else SAME
    here, there = _comparand(a, unit, SAME, policy), _comparand(b, unit, found or SAME, policy)
    relation = relate(here, there, frame, convertible=found is not None, policy=policy)
    return Comparison(a, b, frame, relation, policy, (here, there))


def compare_texts(a: str, b: str, *, kind: str = "flow", policy: Policy = DEFAULT_POLICY) -> dict[str, Any]:
    """What two printed numbers are to each other, as two origins' for the same thing on the same day.

    Raises UnreadableNumber.
    """
    second = read_beside(Printed(b), readable(Printed(a), policy), policy)
    first = read_beside(Printed(a), second, policy)
    one = Stated(first, Kind(kind), "one", "one origin")
    another = Stated(second, Kind(kind), "another", "another origin")
    return compare(one, another, policy=policy).shown()


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed, the unit that goes without saying, and whether what it measures may be negative."""

    text: str
    unit: str | None = None
    signed: bool = False


def readable(printed: Printed, policy: Policy = DEFAULT_POLICY) -> Value | None:
    """The value; None where it cannot be read alone: "50.4" is no count, but beside "52%" it is a share."""
    try:
        return read(printed.text, unit=printed.unit, signed=printed.signed, policy=policy)
    except UnreadableNumber:
        return None


def read_beside(printed: Printed, beside: Value | None, policy: Policy = DEFAULT_POLICY) -> Value:
    """The value; without a unit it has that of the number beside it. Raises UnreadableNumber."""
    alone = readable(printed, policy)
    if alone is not None and alone.unit is not None:
        return alone
    unit = printed.unit or (beside.unit if beside else None)
    return read(printed.text, unit=unit, signed=printed.signed, policy=policy)


def _comparand(stated: Stated, unit: Unit, found: Conversion, policy: Policy) -> Comparand:
    value, as_of = stated.value, stated.as_of
    start = None if as_of is None else as_of.start
    end = None if as_of is None else as_of.end
    return Comparand(
        kind=stated.kind,
        origin=stated.origin,
        number=None if value.number is None else found.number(value.number),
        literal=found.interval(value.literal),
        pragmatic=found.interval(value.pragmatic(policy)),
        start=-_ALWAYS if start is None else start,
        end=_ALWAYS - 1 if end is None else end,
        ratio_scale=not unit.has_offset,
        discrete=unit.discrete,
        volatile=stated.volatile,
    )


def _side(stated: Stated, comparand: Comparand) -> Side:
    windowed = stated.kind is Kind.FLOW and stated.window is not None
    return Side(
        text=stated.value.text,
        literal=stated.value.literal,
        origin=stated.credited,
        date=stated.window if windowed else stated.as_of,
        window=windowed,
        about=stated.about,
        claim=comparand,
        told=stated.as_of if windowed else None,
    )


def _shown(stated: Stated, policy: Policy) -> dict[str, Any]:
    value = stated.value
    return {
        "text": value.text,
        "qualifier": value.qualifier,
        "number": _literal(value.number),
        **_ends(value.literal),
        "unit": value.unit,
        "kind": stated.kind,
        "origin": stated.credited,
        "as_of": None if stated.as_of is None else stated.as_of.edtf,
        "pragmatic": _ends(value.pragmatic(policy)),
    }


def _ends(interval: Interval) -> dict[str, Any]:
    return {
        "low": _literal(interval.low),
        "high": _literal(interval.high),
        "low_open": interval.low_open,
        "high_open": interval.high_open,
    }


def _literal(number: Number | None) -> orjson.Fragment | None:
    return None if number is None else orjson.Fragment(decimal_text(exact(number)))
