"""How names meet: one folded form whatever the case, the accents and the apostrophes."""

import unicodedata
from functools import lru_cache

SCRIPTLESS = "a name needs at least one letter or digit"

# Apostrophes and the soft sign's prime fall away rather than part a word: Lubinets', Rus', О'Ніл.
_DROPPED = dict.fromkeys(map(ord, "'’‘ʼʹ′`´"))
# Letters that are one with another to a reader without them, but that Unicode does not take apart.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "ə": "e"}
)
# All that folding comes to for most names, and ten times as fast.
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {ord("'"): "", ord("`"): ""}
_ACCENTED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW")


def fold(name: str) -> str:
    """The form by which names are compared: case, accents, apostrophes and punctuation folded, words one space apart.

    "Дмитро Лубінець" keeps its script; vowel signs and voicing marks of scripts in which they make another sound
    (Devanagari, Tamil, kana) stay. What has no letter or digit folds to "".
    """
    if name.isascii():
        return " ".join(name.translate(_ASCII).split())
    plain = unicodedata.normalize("NFKC", name).translate(_DROPPED).casefold().translate(_LETTERS)
    kept: list[str] = []
    accented = False
    for character in unicodedata.normalize("NFD", plain):
        shown, marks_fall = _folded(character)
        if marks_fall is not None:
            kept.append(shown)
            accented = marks_fall
        elif not accented:
            kept.append(shown)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


@lru_cache(maxsize=4096)
def _folded(character: str) -> tuple[str, bool | None]:
    """What stands for a character, and whether marks after it fall away; None of what is such a mark, or nothing."""
    category = unicodedata.category(character)
    if category.startswith("M"):
        return character, None
    if category == "Cf":
        return "", None
    shown = character if character.isalnum() else " "
    return shown, unicodedata.name(character, "").startswith(_ACCENTED_SCRIPTS)
