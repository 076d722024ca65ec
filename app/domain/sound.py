"""How a word sounds, whatever the script and the spelling of the press that printed it.

A word is put into Latin letters, and those are read as sounds: consonants that languages write for one another become
one, vowels stand apart. Where letters may be read in two ways (ch, j), the word has two readings.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product
from typing import NamedTuple

MOST_READINGS = 4
LONGEST_WORD = 40
"""Letters of a word that are read."""
LEAST_LETTERS = 3
"""A shorter word is too common to be looked up by its sound; "Xi" is found with "Jinping"."""
_VOWELS = "aeiou"
# As they are put into Latin letters: short vowels, or the vowel that goes without saying, are left out.
_VOWELLESS_SCRIPTS = ("ARABIC", "HEBREW", "SYRIAC", "DEVANAGARI", "BENGALI", "GUJARATI", "GURMUKHI")
_ARTICLE = "ال"
# Of scripts that leave vowels out: what stands where a word begins with one.
_SILENT = ("ا", "ع", "א", "ע")
_PLAIN = ((re.compile(r"[yj]"), "i"), (re.compile("w"), "v"), (re.compile("ou"), "u"), (re.compile("ie"), "i"))
_DOUBLED = re.compile(r"(.)\1+")

# Longest first, first match wins. S is every hiss and its affricates, K every sound of the throat, V of the lip.
_LETTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("schtsch|shch|tsch|dsch", ("S",)),
    ("drz", ("DRS", "S")),
    ("sch|tch|dzh|tsh|dsj|tsj", ("S",)),
    ("rz", ("RS", "S")),
    ("zh|sh|ts|tz|cz|dz|dj|sz|zs|ss", ("S",)),
    ("ch", ("K", "S")),
    ("ck(?=[iy]|$)", ("K", "SK")),  # Lucky, and Polish Potocki
    ("kh|gh|ck|gu(?=[eiy])|qu(?=[eiy])", ("K",)),
    ("ph", ("V",)),
    ("th", ("T",)),
    ("dh", ("D",)),
    ("bh", ("B",)),
    ("ng$", ("NK", "N")),
    ("^x", ("S", "KS")),
    ("x", ("KS", "S")),
    ("q", ("K", "S")),
    ("wh", ("V",)),
    ("c(?=[eiy])", ("S",)),
    ("c$", ("K", "S")),
    ("j", ("i", "S")),
    ("h$", ("",)),
    ("(?<=[aeiouy])h(?=[^aeiouyj])", ("", "K")),
    ("ou|oo", ("u",)),
    ("ie|yi|iy|ii|yy|ee|y", ("i",)),
    ("[ckgh]", ("K",)),
    ("[sz]", ("S",)),
    ("[vwf]", ("V",)),
    ("[aeiou]", ()),
    ("[bpdtlrmn0-9]", ()),
)
_LETTER = re.compile("|".join(f"({letters})" for letters, _ in _LETTERS))


class Reading(NamedTuple):
    """One way to say a word. `consonants` begin with A where the word begins with a vowel."""

    consonants: str
    vowels: str


class Sound(NamedTuple):
    """A word in Latin letters, and its readings. `vowelless`: of a script that leaves vowels out."""

    latin: str
    plain: str
    readings: tuple[Reading, ...]
    vowelless: bool


@lru_cache(maxsize=8192)
def sound(word: str) -> Sound:
    """How a folded word sounds; a word that no Latin letters are usual for has none."""
    # Not needed where names are found as they are written, and takes a while to import.
    from anyascii import anyascii  # noqa: PLC0415

    word = word[:LONGEST_WORD].removeprefix(_ARTICLE)
    spelled = anyascii(word)
    latin = "".join(letter for letter in spelled.lower() if letter.isalnum())[:LONGEST_WORD]
    vowelless = bool(word) and unicodedata.name(word[0], "").startswith(_VOWELLESS_SCRIPTS)
    plain = latin
    for letters, as_if in _PLAIN:
        plain = letters.sub(as_if, plain)
    plain = plain if vowelless else _DOUBLED.sub(r"\1", plain)
    readings = _readings(latin, vowelless=vowelless)
    if word.startswith(_SILENT):
        readings = tuple(Reading("A" + one.consonants.removeprefix("A"), one.vowels) for one in readings)
    return Sound(latin, plain, readings, vowelless)


def _readings(latin: str, *, vowelless: bool) -> tuple[Reading, ...]:
    said = [_said(match) for match in _LETTER.finditer(latin)]
    if vowelless:
        said = [{"w": ("", "V"), "V": ("", "V"), "B": ("B", "P")}.get(one[0], one) for one in said]
    several = [tuple(one) for one in product(*_bounded(said))]
    read = [_reading("".join(one) if vowelless else _DOUBLED.sub(r"\1", "".join(one))) for one in several]
    return tuple(dict.fromkeys(reading for reading in read if reading.consonants))[: 2 * MOST_READINGS]


def _said(match: re.Match[str]) -> tuple[str, ...]:
    assert match.lastindex is not None
    said = _LETTERS[match.lastindex - 1][1]
    letter = match.group()
    return said or ((letter if letter in _VOWELS else letter.upper()),)


def _bounded(said: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The same with so few alternatives that the readings stay few: the first letters keep theirs."""
    readings, kept = 1, list[tuple[str, ...]]()
    for one in said:
        readings *= len(one)
        kept.append(one if readings <= MOST_READINGS else one[:1])
        readings = min(readings, MOST_READINGS)
    return kept


def _reading(said: str) -> Reading:
    consonants = "".join(letter for letter in said if letter not in _VOWELS)
    vowels = "".join(letter for letter in said if letter in _VOWELS).replace("ie", "i").replace("ii", "i")
    return Reading("A" + consonants if said[:1] and said[0] in _VOWELS else consonants, vowels)


def keys(name: str) -> set[str]:
    """By what a folded name is looked up: its words, and all of them as one."""
    words = name.split()
    return {key for word in words for key in keys_of_word(word)} | keys_of_whole("".join(words))


def keys_of_whole(joined: str) -> set[str]:
    """The keys of a name whose words are written as one: how it may be said."""
    heard = sound(joined)
    return set() if len(heard.latin) < LEAST_LETTERS else {reading.consonants for reading in heard.readings}


def keys_of_word(word: str) -> set[str]:
    """The keys of one word: how it may be said, and, marked with "-", the first of it with a consonant left out.

    These hold the vowels too: who mistypes one letter has the others right, and so they stay few to a key.
    """
    found = keys_of_whole(word)
    for consonants, vowels in sound(word).readings[:1] if found else ():
        found.add(f"-{consonants}.{vowels}")
        for place in range(1, len(consonants)):
            found.add(f"-{consonants[:place]}{consonants[place + 1 :]}.{vowels}")
    return found
