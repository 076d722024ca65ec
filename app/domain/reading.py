"""Printed numbers: from "more than 100 soldiers" to what it admits. What cannot be read is an error, never a guess.

Text is English as newspapers print it: "1,234.5", "2.5 million", "1.2bn", "about two dozen". A number may have hedges
before and behind it, a unit, the noun that is counted, and a bracket that names one part of it ("(including 20
children)"); whatever else stands in the text makes it unreadable.
"""

from dataclasses import replace

from app.domain.phrase import phrase_of
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.printed import Setting, measure_named, value_of, value_of_text
from app.domain.stated import Given as Given
from app.domain.stated import value_from_parts as value_from_parts
from app.domain.tokens import ForeignUnit as ForeignUnit
from app.domain.tokens import UnreadableNumber as UnreadableNumber
from app.domain.tokens import tokens_of
from app.domain.value import Value
from app.domain.wording import Hedge

_HYPHENS = " -\u2010\u2011"


def read(text: str, *, unit: str | None = None, signed: bool = False, policy: Policy = DEFAULT_POLICY) -> Value:
    """The value of a printed number, in the unit that is printed, else in `unit`, the measure's.

    A printed unit must convert into the measure's. Without a measure, a number without a printed unit is a count and
    its unit None. `signed`: the measure may be negative. Raises UnreadableNumber.
    """
    return value_of_text(text, Setting(measure_named(unit), signed, policy))


def read_pair(
    text: str, *, unit: str | None = None, signed: bool = False, policy: Policy = DEFAULT_POLICY
) -> tuple[Value, Value]:
    """Both values of "1,000 for 500", each with its own part of the text. Raises UnreadableNumber."""
    setting = Setting(measure_named(unit), signed, policy)
    phrase = phrase_of(tokens_of(text), setting.measure)
    if phrase.number is None or phrase.exchanged is None:
        raise UnreadableNumber("these are not two numbers, one for the other", 'write "1,000 for 500"')
    if any(hedge is not Hedge.NOTHING for hedge in phrase.hedges):
        raise UnreadableNumber("a hedge beside two numbers may be for one or for both", "give two texts with `each`")
    middle = phrase.exchanged.at
    first, second = replace(phrase, exchanged=None), replace(phrase, number=phrase.exchanged, exchanged=None)
    left = text[:middle].rstrip(_HYPHENS)[: -len("for")].strip(_HYPHENS)
    return value_of(left, first, setting), value_of(text[middle:].strip(), second, setting)
