"""Text from outside, made safe to store and to print."""

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class UnusableText(ValueError):
    """The text has a character that no database keeps or no reader can see."""


def clean(text: str) -> str:
    """The text in normal form C without space around it.

    Raises UnusableText on NUL, other control characters and lone surrogates.
    """
    if text.isascii() and text.isprintable():
        return text.strip()  # as most are, and told sooner than looked through
    found = _FORBIDDEN.search(text)
    if found:
        code = f"U+{ord(found.group()):04X}"
        raise UnusableText(f"the character {code} at position {found.start()} cannot be stored; leave it out")
    return unicodedata.normalize("NFC", text).strip()


def cut(text: str, most: int) -> str:
    """The text's first characters, at most that many, without what `clean` refuses."""
    return unicodedata.normalize("NFC", _FORBIDDEN.sub(" ", text[:most])).strip()
