"""How like a name that a reader gives is to one that an entity has: the same, the same by sound, or one typo away.

Strict, because a name taken for somebody else's is worse than one that is not found: every word given must be met, the
first sound must be the same, and no ending may come or go, by which Petrov and Petrova differ, and Niger and Nigeria.
"""

import re
from enum import IntEnum
from functools import cache
from itertools import product
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from app.domain.names import fold
from app.domain.sound import Reading, Sound, sound

MOST_WORDS = 10
"""Words of a name that are compared."""
SHORTEST_WITH_A_TYPO = 5
"""Letters of the shortest word that may be mistyped."""
LONG = 8
"""Letters from which on a word may be given as two."""
_ARTICLE = "the "
# It is said with the sound that follows it, and so written in some languages: al-Sadr, ас-Садр.
_ARABIC_ARTICLE = re.compile("[aeu](?:l|sh?|n|d|r|t|z)")
# Which of two is written is a matter of taste where a language has but one: Hezbollah, Hizbullah.
_NEAR_VOWELS = str.maketrans("eo", "iu")
_LEAST_LIKE_ALONE = 65
"""The same of a word of five letters that stands alone."""
_LEAST_LIKE = 80
"""Of 100: what two short words must have in common besides their consonants."""


class Likeness(IntEnum):
    """How two names are alike, the closer the higher."""

    NONE = 0
    SPELLING = 1
    SOUND = 2
    WORD = 3


class Alike(NamedTuple):
    """How alike two names are, and of 100 how much of their letters they share: compared in this order."""

    likeness: Likeness
    closeness: int = 0


_UNLIKE = Alike(Likeness.NONE)


class Given(NamedTuple):
    """A folded name as a reader gives it, less a leading article; `bare` of the titles that it begins with."""

    name: str
    bare: str

    def like(self, name: str, *, person: bool) -> Alike:
        """How alike it is to a folded name of an entity. Only persons bear titles."""
        found = _alike(self.name, name)
        return max(found, _alike(self.bare, name)) if person and self.bare != self.name else found


def given(folded: str) -> Given:
    """A folded name to be compared with many."""
    name = folded.removeprefix(_ARTICLE)
    words = name.split()
    first = next((at for at, word in enumerate(words) if not _is_title(word)), 0)
    return Given(name, " ".join(words[first:]))


def _is_title(word: str) -> bool:
    if word in _titles():
        return True
    heard = sound(word)
    return (
        len(heard.plain) >= SHORTEST_WITH_A_TYPO
        and not word.isascii()
        and heard.plain.replace("s", "z") in _sounding_titles()
    )


@cache
def _titles() -> frozenset[str]:
    # Not needed where names are found as they are written, and takes a while to import.
    from nameparser.config.titles import TITLES  # noqa: PLC0415

    return frozenset(folded for title in TITLES if (folded := fold(title)) and " " not in folded)


@cache
def _sounding_titles() -> frozenset[str]:
    return frozenset(sound(title).plain.replace("s", "z") for title in _titles() if title.isascii())


def _alike(one: str, other: str) -> Alike:
    return max(_alike_by_words(one.split(), other.split()), _alike_as_wholes(one, other))


def _alike_as_wholes(one: str, other: str) -> Alike:
    """Names that part their words otherwise, or not at all: Aljazeera, 习近平, Ahmadi Nejad."""
    wholes = [other.replace(" ", "")] if one.count(" ") != other.count(" ") else []
    if " " in one and " " in other:
        wholes += [word for word in other.split() if len(word) >= LONG]
    mine = sound(one.replace(" ", ""))
    alike = [theirs for theirs in map(sound, wholes) if _sounds_like(mine, theirs, among_others=False)]
    closest = max((round(fuzz.ratio(mine.plain, theirs.plain)) for theirs in alike), default=None)
    return _UNLIKE if closest is None else Alike(Likeness.SOUND, closest)


def _alike_by_words(one: list[str], other: list[str]) -> Alike:
    """As the least like of the words given. Each must be met by a word of its own, and at most one is mistyped."""
    left, met = other[:MOST_WORDS], list[Alike]()
    for at, word in enumerate(one[:MOST_WORDS]):
        best, where = _best(word, left, among_others=len(one) > 1)
        if best > _UNLIKE:
            met.append(best)
            del left[where]
        elif not 0 < at < len(one) - 1:
            return _UNLIKE
    if len(met) < len(one) and (left or len(met) < 2):  # only a middle name may be one that is not on record
        return _UNLIKE
    if not met or sum(like.likeness is Likeness.SPELLING for like in met) > 1:
        return _UNLIKE
    return Alike(min(met).likeness, sum(like.closeness for like in met) // len(met))


def _best(word: str, words: list[str], *, among_others: bool) -> tuple[Alike, int]:
    found = [(_alike_words(word, other, among_others=among_others), -at) for at, other in enumerate(words)]
    best, at = max(found, default=(_UNLIKE, 0))
    return best, -at


def _alike_words(word: str, other: str, *, among_others: bool) -> Alike:
    found = _likeness_of_word(word, other, among_others=among_others)
    return Alike(found, round(fuzz.ratio(sound(word).plain, sound(other).plain))) if found else _UNLIKE


def _likeness_of_word(word: str, other: str, *, among_others: bool) -> Likeness:
    if word == other:
        return Likeness.WORD
    one, two = sound(word), sound(other)
    if _ARABIC_ARTICLE.fullmatch(one.latin) and _ARABIC_ARTICLE.fullmatch(two.latin):
        return Likeness.SOUND
    if among_others and len(one.latin) == 1 and one.latin == two.latin[:1]:
        return Likeness.SOUND  # an initial
    if any(letter.isdigit() for letter in one.latin + two.latin):
        return Likeness.NONE
    if _sounds_like(one, two, among_others=among_others):
        return Likeness.SOUND
    return Likeness.SPELLING if _is_mistyped(one, two, among_others=among_others) else Likeness.NONE


def _sounds_like(one: Sound, other: Sound, *, among_others: bool) -> bool:
    if one.latin and one.plain == other.plain:
        return True
    readings = [_less_mute(mine, beside=theirs) for mine, theirs in ((one, other), (other, one))]
    same = [pair for pair in product(*readings) if pair[0].consonants == pair[1].consonants]
    if one.vowelless or other.vowelless:
        return any(len(mine.consonants) > (1 if among_others else 2) for mine, _ in same)
    if _ends_otherwise(one.plain, other.plain):
        return False
    if min(len(one.latin), len(other.latin)) < SHORTEST_WITH_A_TYPO:
        alike = among_others or fuzz.ratio(one.plain, other.plain) >= _LEAST_LIKE
        return alike and any(
            _near(mine.vowels, among_others) == _near(theirs.vowels, among_others) for mine, theirs in same
        )
    if not among_others and min(len(one.latin), len(other.latin)) == SHORTEST_WITH_A_TYPO:
        same = [pair for pair in same if fuzz.ratio(one.plain, other.plain) >= _LEAST_LIKE_ALONE]
    return any(_vowels_agree(mine, theirs) for mine, theirs in same)


def _near(vowels: str, among_others: bool) -> str:  # noqa: FBT001
    return vowels.translate(_NEAR_VOWELS) if among_others else vowels


def _less_mute(word: Sound, beside: Sound) -> list[Reading]:
    """Its readings and, beside a word of another script, those without a final e: Claude is Клод there."""
    mute = beside.foreign and not word.foreign and word.latin[-1:] == "e" and word.latin[-2:-1] not in "aeiouy"
    less = [Reading(one.consonants, one.vowels[:-1]) for one in word.readings if one.vowels.endswith("e")]
    return [*word.readings, *(less if mute else ())]


def _vowels_agree(one: Reading, other: Reading) -> bool:
    """Whether the vowels differ no more than two spellings of one name do; the longer the name, the more it bears."""
    if bool(one.vowels) != bool(other.vowels):
        return False
    allowed = (0, 0, 0, 1, 1, 2)[min(len(one.consonants), 5)]
    mine, theirs = _without_first(one), _without_first(other)
    if Levenshtein.distance(mine, theirs) <= allowed:
        return True
    return allowed > 0 and one.vowels.translate(_NEAR_VOWELS) == other.vowels.translate(_NEAR_VOWELS)


def _without_first(reading: Reading) -> str:
    """The vowels, less an a or o that the word begins with: Alexei, Oleksiy."""
    begins = reading.consonants.startswith("A") and reading.vowels[:1] in ("a", "o")
    return reading.vowels[1:] if begins else reading.vowels


def _ends_otherwise(one: str, other: str) -> bool:
    """Whether one has the ending -a that the other lacks: Petrov and Petrova, Martin and Martina."""
    if one.endswith("a") == other.endswith("a"):
        return False
    lacking = one if other.endswith("a") else other
    return not lacking.endswith(("e", "nko"))


def _is_mistyped(one: Sound, other: Sound, *, among_others: bool) -> bool:
    """Whether one letter is missing, wrong, too many or swapped: not the first, and not at the end alone."""
    word, intended = one.plain, other.plain
    if min(len(word), len(intended)) < SHORTEST_WITH_A_TYPO or word[0] != intended[0]:
        return False
    if among_others and word.rstrip("s") == intended.rstrip("s"):
        return True  # Security Services
    if word.startswith(intended) or intended.startswith(word) or _ends_otherwise(word, intended):
        return False
    if word[:-1] == intended[:-1]:
        return False
    return OSA.distance(word, intended, score_cutoff=1) <= 1
