"""How a word sounds, whatever the script and the spelling of the press that printed it.

A word is put into Latin letters, and those are read as sounds: consonants that languages write for one another become
one, vowels stand apart. Where letters may be read in two ways (ch, j), the word has two readings.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import NamedTuple

MOST_READINGS = 6
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
# What scripts write and their transliteration does not tell: a nasal before another consonant, hard B, K, P in front.
_NASAL = re.compile("[\u0902\u0982\u0a02\u0a70\u0a82](?![\u092a-\u092e\u09aa-\u09ae\u0a2a-\u0a2e\u0aaa-\u0aae])")
_IN_FRONT = {"ב": "b", "כ": "k", "פ": "p"}
# Two letters that Greek writes for one sound, which it has no letter for.
_GREEK_PAIRS = {"μπ": "b", "ντ": "d", "γκ": "g", "τζ": "dz", "γι": "i"}
_GREEK = re.compile("μπ|ντ|γκ|τζ|γι(?=[αεου])")
_PLAIN = (
    (re.compile("eh$"), "a"),
    (re.compile("(?<=[aeiou])k?h$"), ""),
    (re.compile("(?<=[^aeiouyj])yu"), "u"),
    (re.compile("[yj]"), "i"),
    (re.compile("w"), "v"),
    (re.compile("ou"), "u"),
    (re.compile("ie"), "i"),
)
_SOFT = re.compile("gi(?=[aou])|g(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1+")

# Longest first, first match wins. S is every hiss and its affricates, K every sound of the throat, V of the lip.
_LETTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("schtsch|shch|tsch|dsch", ("S",)),
    ("drz", ("DRS", "S")),
    ("sch|tch|dzh|tsh|dsj|tsj", ("S",)),
    ("rz", ("RS", "S")),
    ("zh|sh|ts|tz|cz|dz|sz|zs|ss", ("S",)),
    ("ch", ("K", "S")),
    ("ck(?=[iy]|$)", ("K", "SK")),  # Lucky, and Polish Potocki
    ("kh|gh|ck|gu(?=[eiy])|qu(?=[eiy])", ("K",)),
    ("ph", ("V",)),
    ("th", ("T", "TK")),  # Fethullah
    ("dj", ("S", "Di")),  # Djaparidze, Berdjansk
    ("dh", ("D",)),
    ("bh", ("B",)),
    ("ng(?=[^aeiouy]|$)", ("NK", "N")),
    ("^x", ("S", "KS")),
    ("x", ("KS", "S")),
    ("q", ("K", "S")),
    ("wh", ("V",)),
    ("c(?=[eiy])", ("S",)),
    ("c$", ("K", "S")),
    ("(?<=i)c(?=[aou])", ("S", "K")),  # Ivica, Fico, and Monica
    ("^j", ("i", "S", "K")),  # Jerson is Kherson in Spanish
    ("j", ("i", "S")),
    ("eh$", ("a",)),
    ("h$", ("", "K")),
    ("(?<=qu)es$", ("", "eS")),  # Jacques
    ("n(?='?[bp])", ("M",)),
    ("ow(?=[^aeiouy]|$)", ("oV", "u")),
    ("(?<=[aeiouy])h(?=[^aeiouyj])", ("", "K")),
    ("ou|oo", ("u",)),
    ("au", ("au", "o")),
    ("(?<=[^aeiouyj])yu", ("u", "iu")),
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
    """A word in Latin letters, and its readings. `vowelless`: of a script that leaves vowels out.

    `foreign`: of another script than the Latin one.
    """

    latin: str
    plain: str
    readings: tuple[Reading, ...]
    vowelless: bool
    foreign: bool


@lru_cache(maxsize=8192)
def sound(word: str) -> Sound:
    """How a folded word sounds; a word that no Latin letters are usual for has none."""
    word = _NASAL.sub("न", word[:LONGEST_WORD].removeprefix(_ARTICLE))
    script = unicodedata.name(word[0], "") if word else ""
    vowelless = script.startswith(_VOWELLESS_SCRIPTS)
    # Where vowels are left out, two letters that stand side by side are not one: z and h are no zh.
    letters = [_latin(_IN_FRONT.get(word[0], word[0])), *map(_latin, word[1:].replace("ב", "b"))] if word else []
    spelled = [("'" if vowelless else "").join(letters)]
    if script.startswith("GREEK"):
        spelled.insert(0, _latin(_GREEK.sub(lambda pair: _GREEK_PAIRS[pair.group()], word)))
    latin = plain = spelled[0].replace("'", "")[:LONGEST_WORD]
    for some, as_if in _PLAIN:
        plain = some.sub(as_if, plain)
    plain = plain if vowelless else _DOUBLED.sub(r"\1", plain)
    readings = _readings(spelled, vowelless=vowelless)
    if word.startswith(_SILENT):
        readings = tuple(Reading("A" + one.consonants.removeprefix("A"), one.vowels) for one in readings)
    return Sound(latin, plain, readings, vowelless, bool(word) and not script.startswith("LATIN"))


def _latin(text: str) -> str:
    # Not needed where names are found as they are written, and takes a while to import.
    from anyascii import anyascii  # noqa: PLC0415

    return "".join(letter for letter in anyascii(text).lower() if letter.isalnum())


def _readings(spelled: Iterable[str], *, vowelless: bool) -> tuple[Reading, ...]:
    """How it may be said, every g hard or every g before e and i soft: Giorgia, Georgia."""
    ways = {way: None for one in spelled for way in ((one,) if vowelless else (one, _SOFT.sub("dzh", one)))}
    return tuple(dict.fromkeys(reading for way in ways for reading in _read(way, vowelless=vowelless)))


def _read(latin: str, *, vowelless: bool) -> tuple[Reading, ...]:
    said = [_said(match) for match in _LETTER.finditer(latin)]
    if vowelless:
        said = [{"w": ("", "V"), "V": ("", "V"), "B": ("B", "P", "V")}.get(one[0], one) for one in said]
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
