"""A printed number as words, digits and signs, each with its place in the text."""

import re
from enum import IntEnum
from typing import NamedTuple

MAX_TEXT = 300


class UnreadableNumber(ValueError):
    """A text or a set of fields that gives no number: what is wrong, where in the text, and what would be right."""

    def __init__(self, wrong: str, right: str, at: int | None = None) -> None:
        """`at`: characters before the place in the text."""
        self.at = at
        where = "" if at is None else f" (character {at + 1})"
        super().__init__(f"{wrong}{where}: {right}")


class ForeignUnit(UnreadableNumber):
    """A number in a unit that does not convert into the one that is asked for."""


class TokenKind(IntEnum):
    """What a token is made of."""

    NUMBER = 1
    WORD = 2
    SIGN = 3


class Token(NamedTuple):
    """One word, digit group or sign; `glue` is how it hangs on the one before: "", " " or "-"."""

    kind: TokenKind
    text: str
    lower: str
    at: int
    glue: str


THIN_SPACES = "\u00a0\u2007\u2009\u202f"
"""Spaces that do not break a line stand between thousands."""

# One character for one, so that places hold.
_PLAIN = str.maketrans(
    {
        "\u2212": "-",
        "\u2010": "-",
        "\u2011": "-",
        "\u2014": "\u2013",
        "\u2019": "'",
        **dict.fromkeys('"“”„«»', " "),
        "\u03bc": "\u00b5",
    }
)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]")
# The groups are numbered as the kinds. Every alternative takes at least one character and can give none back, so the
# time is linear in the text.
_TOKEN = re.compile(
    rf"([0-9](?:[.,{THIN_SPACES}]?[0-9])*)"
    r"|((?:[Rr]s|RS)(?=[0-9])|[^\W\d_½¼¾²³](?:[^\W_½¼¾]|'(?=[^\W\d_]))*(?:\^[23])?)"
    r"|(>=|<=|[^\s])"
)
_SPACE = re.compile(r"\s+")
_KINDS = (TokenKind.SIGN, *TokenKind)
_NOTHING_MORE = [""] * 8
# Hyphens that join a word to a number behind it: "1,000-for-1,000"; "under-5" is an age group.
_JOINING = ("for", "to")


class Cursor:
    """A place in a run of tokens."""

    __slots__ = ("at", "tokens", "words")

    def __init__(self, tokens: list[Token], at: int = 0) -> None:
        """Starts at token `at`."""
        self.tokens = tokens
        # Padded, so that looking ahead needs no check.
        self.words = [token.lower for token in tokens] + _NOTHING_MORE
        self.at = at

    def peek(self, ahead: int = 0) -> Token | None:
        """The token so many places ahead, or None."""
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def word(self, ahead: int = 0) -> str:
        """What stands so many places ahead, at most 7, in lower case; empty at the end."""
        return self.words[self.at + ahead]

    def skip(self, *words: str) -> bool:
        """Steps over these words if they stand here; whether they did."""
        if self.words[self.at : self.at + len(words)] != list(words):
            return False
        self.at += len(words)
        return True

    def where(self) -> int:
        """Characters before the next token, or before the end of the last one."""
        token = self.peek()
        return token.at if token else self.tokens[-1].at + len(self.tokens[-1].text)


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text. Raises UnreadableNumber for what is too long, blank or not printable."""
    if len(text) > MAX_TEXT:
        raise UnreadableNumber(f"a text of {len(text)} characters is too long", f"at most {MAX_TEXT}: the number alone")
    if unprintable := _UNPRINTABLE.search(text):
        code = f"U+{ord(unprintable.group()):04X}"
        raise UnreadableNumber(f"{code} cannot be printed", "leave it out", unprintable.start())
    found: list[Token] = []
    end = -1  # so that the first token hangs on nothing
    for match in _TOKEN.finditer(text.translate(_PLAIN)):
        printed, at = match.group(), match.start()
        kind = _KINDS[match.lastindex or 0]
        glue = " " if at > end else _glue(found, kind)
        end = match.end()
        if glue == "-":
            found.pop()
        found.append(Token(kind, printed, printed.lower(), at, glue))
    if not found:
        raise UnreadableNumber("the text is blank", 'write the number as printed, such as "more than 100"')
    return found


def _glue(found: list[Token], kind: TokenKind) -> str:
    """How a token hangs on the one that it touches; "-" where a hyphen between two words, or so, is to be dropped."""
    if found[-1].text != "-" or found[-1].glue or len(found) < 2 or kind is TokenKind.SIGN:
        return ""
    before = found[-2]
    if kind is TokenKind.NUMBER:
        return "-" if before.lower in _JOINING else ""
    return "" if before.kind is TokenKind.SIGN else "-"
