"""Numbers, intervals, ratios and dates as a newspaper prints them."""

from fractions import Fraction
from math import floor

from app.domain.dates import DAY, Span, print_date
from app.domain.interval import Interval, Number, decimal_text, exact

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number_text(number: Number) -> str:
    """A number with thousands separated; one without a finite decimal form is rounded to three places."""
    try:
        text = decimal_text(number)
    except ValueError:
        text = decimal_text(exact(round(Fraction(number), 3)))
    whole, _, decimals = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}" + (f".{decimals}" if decimals else "")


def interval_text(interval: Interval) -> str:
    """An interval for readers: 1,500–2,500; 101 or more; over 4; 30 or less."""
    low, high = interval.low, interval.high
    if low is None and high is None:
        return "any number"
    if high is None:
        assert low is not None
        return f"over {number_text(low)}" if interval.low_open else f"{number_text(low)} or more"
    if low is None:
        return f"under {number_text(high)}" if interval.high_open else f"{number_text(high)} or less"
    if low == high:
        return number_text(low)
    # 4–-2 would be read as a slip of the pen.
    return f"{number_text(low)} to {number_text(high)}" if low < 0 else f"{number_text(low)}–{number_text(high)}"


def counted(number: int, noun: str) -> str:
    """How many of a noun: one day, three days, 14 days."""
    return f"{_WORDS[number] if 0 < number < len(_WORDS) else f'{number:,}'} {noun}{'' if number == 1 else 's'}"


def times_text(ratio: Number) -> str:
    """How many times: twice, three times, 1.25 times."""
    if ratio == 2:
        return "twice"
    if ratio.denominator == 1 and 0 < ratio < len(_WORDS):
        return f"{_WORDS[int(ratio)]} {'time' if ratio == 1 else 'times'}"
    return f"{number_text(ratio)} times"


def rounded_down(ratio: Fraction) -> Number:
    """A ratio as short as a reader needs it, and never above what it is: 1.502 → 1.5; 1.486 → 1.48; 14.7 → 14."""
    places = 100 if ratio < 2 else 10 if ratio < 10 else 1
    return exact(Fraction(floor(ratio * places), places))


def during(window: Span) -> str:
    """When something was counted, behind a noun: on 14 August 2024, in August 2024, over 6–15 August 2024."""
    words = print_date(window)
    if window.start is None or window.end is None:
        return words
    if window.start // DAY == window.end // DAY:
        return f"on {words}"
    return f"over {words}" if "–" in words else f"in {words}"


def holding(window: Span) -> str:
    """What time a number is for, behind the number: for 14 August 2024, since 6 August 2024."""
    words = print_date(window)
    return words if window.start is None or window.end is None else f"for {words}"


def as_of(date: Span) -> str:
    """When a number holds: as of 15 August 2024."""
    words = print_date(date)
    return words if date.start is None or date.end is None else f"as of {words}"
