"""What editors say with an edit: why, and who decides."""

from app.domain.text import UnusableText, clean

MOST_WHY = 2000
MOST_BY = 200


class UnusableRemark(ValueError):
    """A remark that says nothing, is too long, or cannot be stored; the message names it."""


def reason(why: str) -> str:
    """The reason of an edit, as it is kept. Raises UnusableRemark."""
    return remark("why", why, MOST_WHY, "say why")


def editor(by: str) -> str:
    """Who decides on an edit, as it is kept. Raises UnusableRemark."""
    return remark("by", by, MOST_BY, "say who decides")


def remark(name: str, text: str, longest: int, advice: str) -> str:
    """The text without space around it, of at most so many characters. Raises UnusableRemark."""
    try:
        text = clean(text)
    except UnusableText as unusable:
        raise UnusableRemark(f"`{name}`: {unusable}") from None
    if not text:
        raise UnusableRemark(f"`{name}` is empty: {advice}")
    if len(text) > longest:
        raise UnusableRemark(f"`{name}` has {len(text)} characters; it may have {longest}")
    return text
