"""How a sentence names two claims: each with what tells it from the other, and once what both have in common."""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.domain.dates import Span
from app.domain.interval import Interval
from app.domain.relation import Comparand, is_later
from app.domain.spelling import as_of, during, holding, interval_text

PAUSE = "\0"
"""A comma, unless another mark follows. No text from outside can hold it."""

_LONGEST_OWNER = 4
_OWNER = re.compile(r"[^\W\d_]+(?:[ .-]+[^\W\d_]+)*")
_BRACKETED = re.compile(r"\([^()]*\)")
_RECEIVER = re.compile(r"(?:(?:the|an?) |[^\Wa-z])")


@dataclass(frozen=True, slots=True)
class About:
    """What a number counts: its measure's label, its event's title, and what narrows it ("by Russia, of Ukraine")."""

    measure: str
    event: str | None = None
    narrowed: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """A claim as a sentence names it: what is printed, what that admits in its own unit, and who it goes back to.

    `date` is a flow's window where `window` says so, otherwise the as-of date; None is undated. `told` is the as-of
    date of what has a window. `claim` is the claim as it was compared. A statement has neither interval nor `claim`;
    its text is ours and not printed, so it is never put between quotation marks.
    """

    text: str
    literal: Interval | None
    origin: str
    date: Span | None = None
    window: bool = False
    about: About | None = None
    claim: Comparand | None = None
    told: Span | None = None

    @property
    def printed(self) -> str:
        """The printed number with what it admits: “about 2,000” (1,500–2,500)."""
        if self.literal is None:
            return self.text
        # “102” (102) would say nothing twice.
        plain = self.literal.low == self.literal.high is not None
        return f"“{self.text}”" + ("" if plain else f" ({interval_text(self.literal)})")

    @property
    def measure(self) -> str:
        """What is counted; empty where that is not known."""
        return "" if self.about is None else self.about.measure

    @property
    def event(self) -> str:
        """What it is counted of, or empty."""
        return "" if self.about is None else self.about.event or ""

    @property
    def narrowed(self) -> str:
        """What narrows the count, or empty."""
        return "" if self.about is None else self.about.narrowed

    @property
    def frame(self) -> tuple[str, tuple[str, bool], str, str]:
        """What two claims may have in common: measure, date, event, and what narrows the count."""
        return (self.measure, ("" if self.date is None else self.date.edtf, self.window), self.event, self.narrowed)

    @property
    def order(self) -> tuple[Any, ...]:
        """Which of two to name first where nothing else decides; it differs wherever they read differently.

        What ends with a name comes last: in "that officials gave the Financial Times and X's" X seems to be given too.
        """
        before, behind = _credit(self)
        ending = 2 * bool(before and behind) + bool(behind)
        return (ending, self.printed, self.origin, *self.frame)


class Mention(NamedTuple):
    """Two claims by name: `a` and `b` with their origins, `bare_a` and `bare_b` without, and what is of both."""

    a: str
    b: str
    bare_a: str
    bare_b: str
    shared: str


def mention(a: Side, b: Side) -> Mention:
    """Name the two, a first: what differs stands with each, what does not in `shared`, which may be empty.

    `shared` reads "for prisoners captured as of 15 August 2024 (Ukraine's incursion into the Kursk region)".
    """
    tail_a, tail_b = _tail(a, b), _tail(b, a)
    credit = ("the same origin's ", "") if same_origin(a, b) else _credit(b)
    return Mention(
        _around(a, _credit(a), tail_a),
        _around(b, credit, tail_b),
        _around(a, ("", ""), tail_a),
        _around(b, ("", ""), tail_b),
        _shared(a, b),
    )


def same_origin(a: Side, b: Side) -> bool:
    """Whether both go back to one root."""
    if a.claim is None or b.claim is None:
        return a.origin == b.origin
    return a.claim.origin == b.claim.origin and a.origin == b.origin


def date_text(side: Side, *, behind_noun: bool = False) -> str:
    """When the number holds: as of 15 August 2024; for, or behind what is counted on, 14 August 2024."""
    if side.date is None:
        return ""
    if not side.window:
        return as_of(side.date)
    return during(side.date) if behind_noun else holding(side.date)


def closed(text: str) -> str:
    """The text; where it holds a comma outside brackets, another closes what that opens."""
    return text + PAUSE if "," in _BRACKETED.sub("", text) else text


def _credit(side: Side) -> tuple[str, str]:
    """What stands around the number: Reuters' …; the … that an SBU official gave the Financial Times; … from X."""
    speaker, _, outlet = side.origin.rpartition(", to ")
    if speaker and _RECEIVER.match(outlet):
        return "the ", f" that {speaker} gave {outlet}"
    if _can_own(side.origin):
        return f"{side.origin}'{'' if side.origin.endswith('s') else 's'} ", ""
    return "", f" from {side.origin}"


def _can_own(origin: str) -> bool:
    """Whether 's may follow: a short name in Latin letters, without another 's."""
    plain = _OWNER.fullmatch(origin) and all(ord(character) < 0x250 for character in origin)
    return bool(plain) and len(origin.split()) <= _LONGEST_OWNER


def _tail(side: Side, other: Side) -> str:
    """What the number counts, when and where, as far as the other one's differ."""
    wanted = [mine != theirs for mine, theirs in zip(side.frame, other.frame, strict=True)]
    return _joined(side, wanted, as_of(side.told) if side.told and _are_of_different_dates(side, other) else "")


def _are_of_different_dates(a: Side, b: Side) -> bool:
    return a.claim is not None and b.claim is not None and (is_later(a.claim, b.claim) or is_later(b.claim, a.claim))


def _shared(a: Side, b: Side) -> str:
    return _joined(a, [mine == theirs for mine, theirs in zip(a.frame, b.frame, strict=True)])


def _joined(side: Side, wanted: list[bool], told: str = "") -> str:
    """What is counted, when and where: the wanted ones of `frame`, and when it was told where its window is not."""
    measured, dated, placed, narrowed = wanted
    measure = side.measure if measured else ""
    date = date_text(side, behind_noun=bool(measure)) if dated else told
    places = (side.event if placed else "", side.narrowed if narrowed else "")
    counted = " ".join(filter(None, (f"for {measure}" if measure else "", date)))
    return _bracketed(counted, "; ".join(filter(None, places)))


def _around(side: Side, credit: tuple[str, str], tail: str) -> str:
    before, behind = credit
    if tail.startswith("("):
        return before + _bracketed(side.printed, tail[1:-1]) + closed(behind)
    return before + side.printed + closed((f" {tail}" if tail else "") + behind)


def _bracketed(text: str, aside: str) -> str:
    """The text with an aside in brackets; one that stands there already takes it in: (101 or more; by Ukraine)."""
    if not aside:
        return text
    return f"{text[:-1]}; {aside})" if text.endswith(")") else f"{text} ({aside})".lstrip()
