"""A number that was read by one policy, as another policy reads it."""

from dataclasses import replace

from app.domain.interval import Interval
from app.domain.policy import Policy
from app.domain.reading import UnreadableNumber, read
from app.domain.value import Qualifier, Value, literal_interval

_READS = ("about_width", "about_grain_cap")
"""The widths that a literal interval may rest on; all others come in only when numbers are compared."""


def reread(value: Value, old: Policy, new: Policy) -> Value:
    """The value as the new policy has it, where its literal interval is what the old policy makes of its words.

    That is so of "about 2,000", "at least about 100" and "some 40 to 50". An interval that was given in figures stays.
    """
    if value.qualifier is Qualifier.EXACT or all(getattr(old, name) == getattr(new, name) for name in _READS):
        return value
    for interval in (_of_text, _of_number):
        if interval(value, old) == value.literal:
            return replace(value, literal=interval(value, new) or value.literal)
    return value


def _of_text(value: Value, policy: Policy) -> Interval | None:
    """What the printed text admits; None where it cannot be read."""
    try:
        return read(value.text, unit=value.unit, signed=value.scale.signed, policy=policy).literal
    except UnreadableNumber:
        return None


def _of_number(value: Value, policy: Policy) -> Interval | None:
    """What "about" the number admits, whatever the text."""
    if value.qualifier is not Qualifier.ABOUT or value.number is None:
        return None
    return literal_interval(Qualifier.ABOUT, value.number, value.low_grain, value.scale, policy)
