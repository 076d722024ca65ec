"""Claims that may have been copied: an article, in its own voice, repeats a rare number that another had printed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from app.domain.interval import Number, decimal_text
from app.domain.names import fold

RARE_DIGITS = 3
"""Significant digits from which on two articles hardly hit upon the same number by chance: 102 and 1,150, not 2,000."""
NEAR_VERBATIM = 90
"""Of 100: how alike two folded texts are that say the same."""
MOST_WORDINGS = 64
"""Of one number, the earliest wordings that are looked through for what a claim may repeat."""

_GROUPING = re.compile(r"(?<=[0-9])[,.'’\s](?=[0-9]{3}(?![0-9]))")
_Key = tuple[str, str, str]


@dataclass(frozen=True)
class Print:
    """A claim as copies are looked for: its number and text as printed, and who published it when.

    `published` is in minutes since 1970; `own_voice`: nobody is credited with the number.
    """

    id: str
    text: str
    number: Number | None
    unit: str | None
    published: int
    source: str
    origin: str
    own_voice: bool

    @cached_property
    def wording(self) -> str:
        """The text with case, accents and the signs between its words and digits folded."""
        return fold(_GROUPING.sub("", self.text))

    @property
    def key(self) -> _Key:
        """What decides which claims it may repeat, but for the date."""
        return self.wording, self.source, self.origin

    @property
    def place(self) -> tuple[int, str]:
        """By publication, then by id."""
        return self.published, self.id


def is_rare(number: Number) -> bool:
    """Whether the number has so many significant digits that chance hardly repeats it."""
    try:
        digits = decimal_text(number).lstrip("-")
    except ValueError:
        return True
    # Zeros at the end of decimals are not printed by then, and those of a whole number are what makes it round.
    digits = digits.replace(".", "").lstrip("0") if "." in digits else digits.rstrip("0")
    return len(digits) >= RARE_DIGITS


def copies(prints: Iterable[Print]) -> dict[str, str]:
    """Which claims of one frame may be copies, by id, and of which: the earliest that they repeat.

    A claim may be a copy where its article says the number in its own voice, the number is rare, and a claim of another
    source and another origin, published no later, has the same number in nearly the same words. Of two published at
    once the lower id is the earlier. Only claims of the same number and unit bear on each other.
    """
    numbers = defaultdict[tuple[Number, str | None], list[Print]](list)
    for one in prints:
        if one.number is not None and is_rare(one.number):
            numbers[one.number, one.unit].append(one)
    return {copy: original for equal in numbers.values() for copy, original in _copies_of_number(equal)}


def _copies_of_number(equal: list[Print]) -> Iterator[tuple[str, str]]:
    if len({one.source for one in equal}) == 1 or not any(one.own_voice for one in equal):
        return
    equal.sort(key=lambda one: one.place)
    wordings = _originals(equal)
    # Equal keys repeat the same claim, if any: a frame of ten thousand equal texts is looked through once a source.
    found: dict[_Key, Print | None] = {}
    for one in equal:
        if one.own_voice:
            if one.key not in found:
                found[one.key] = _earliest(one, wordings)
            original = found[one.key]
            if original is not None and original.place < one.place:
                yield one.id, original.id


def _originals(ordered: Iterable[Print]) -> dict[str, list[Print]]:
    """The first claim of each key, by wording, the earliest first; of wordings, too, only the earliest."""
    wordings: dict[str, dict[_Key, Print]] = {}
    for one in ordered:
        if one.wording in wordings or len(wordings) < MOST_WORDINGS:
            wordings.setdefault(one.wording, {}).setdefault(one.key, one)
    return {wording: list(keys.values()) for wording, keys in wordings.items()}


def _earliest(copy: Print, wordings: Mapping[str, Sequence[Print]]) -> Print | None:
    """The earliest claim that this one may repeat, whenever it was itself published."""
    near = [ones for wording, ones in wordings.items() if fuzz.ratio(wording, copy.wording) >= NEAR_VERBATIM]
    foreign = (
        next((one for one in ones if one.source != copy.source and one.origin != copy.origin), None) for ones in near
    )
    return min((one for one in foreign if one is not None), key=lambda one: one.place, default=None)
