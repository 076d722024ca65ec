"""Why two numbers stand to each other as they do, in one sentence that a newspaper could print."""

from dataclasses import dataclass

from app.domain.interval import Interval, Number, decimal_text
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.relation import Direction, Reason, Relation, RelationKind


@dataclass(frozen=True, slots=True)
class Side:
    """A claim as a sentence names it: the printed text, what it admits, who it goes back to, when it holds.

    `when` is a phrase such as "as of 15 August 2024". A statement has no interval, and its text, which is ours and not
    printed, is never put between quotation marks.
    """

    text: str
    literal: Interval | None
    origin: str
    when: str

    def __str__(self) -> str:
        # "102 (102)" would say nothing twice, and a statement admits no number.
        plain = self.literal is None or self.literal.low == self.literal.high is not None
        bracket = "" if plain or self.literal is None else f" ({interval_text(self.literal)})"
        return f"“{self.text}”{bracket} from {self.origin} ({self.when})"

    @property
    def low(self) -> Number:
        """The literal low; 0 where there is none."""
        return 0 if self.literal is None or self.literal.low is None else self.literal.low


def interval_text(interval: Interval) -> str:
    """An interval for readers: 1,500–2,500; 101 or more; over 4; up to 30."""
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
    return f"{number_text(low)}–{number_text(high)}"


def number_text(number: Number) -> str:
    """A number with thousands separated; one without a finite decimal form is cut after three places."""
    try:
        text = decimal_text(number)
    except ValueError:
        text = f"{float(number):.3f}".rstrip("0").rstrip(".")
    whole, _, decimals = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}" + (f".{decimals}" if decimals else "")


_TEXTS: dict[Reason, str] = {
    Reason.FRAMES_DIFFER: "{a} and {b} count different things, so neither speaks for or against the other.",
    Reason.UNITS_DIFFER: "{a} and {b} are in units that do not convert into each other, so they cannot be compared.",
    Reason.SCOPE_UNKNOWN: "Whether {a} and {b} contradict each other cannot be told: one of the articles does not say "
    "what exactly it counts.",
    Reason.DIFFERENT_DATES: "{a} and {b} are levels more than {drift_days} days apart, which may both have been right.",
    Reason.PART_OF_WHOLE: "{part} is part of what {whole} counts, and fits into it.",
    Reason.PART_EXCEEDS_WHOLE: "{part} is part of what {whole} counts, yet more than that whole can be: both cannot be "
    "true.",
    Reason.SAME_ORIGIN: "{a} and {b} go back to one origin and count once.",
    Reason.REVISED: "{new} replaces {old}: the same origin has since given another number.",
    Reason.REVISED_DOWN: "{new} replaces {old}: the same origin has since lowered its number.",
    Reason.CUMULATIVE_FELL: "{new} is below {old}, but a running total cannot fall: both cannot be true.",
    Reason.LATER_TOTAL: "{new} is a later state of the running total than {old}, which has grown in between.",
    Reason.IMPLAUSIBLE_GROWTH: "{new} is far above {old} for the time in between: the running total would have grown "
    "by more than the {growth} times that are plausible.",
    Reason.DRIFT: "{new} differs from {old} by no more than such a level may change in the time in between.",
    Reason.STRETCHED: "{a} and {b} can both be true only if the open words are stretched: readers would take them for "
    "numbers {ratio} times apart.",
    Reason.CONTAINED: "{inner} says the same as {outer}, more precisely.",
    Reason.OVERLAP: "{a} and {b} can both be true.",
    Reason.ROUNDING: "{a} and {b} differ only by rounding.",
    Reason.DISJOINT: "{a} and {b} cannot both be true: no number fits both, even allowing for rounding.",
    Reason.DECLARED: "{a.origin} ({a.when}) and {b.origin} ({b.when}) contradict each other. In our words, the one "
    "says: {a.text} The other says: {b.text}",
}


def sentence(relation: Relation, a: Side, b: Side, policy: Policy = DEFAULT_POLICY) -> str:
    """The sentence for the relation of a to b, with both numbers, both origins, both dates and the rule.

    It reads the same from either side wherever the relation has an order (part and whole, earlier and later).
    """
    first, second = (b, a) if _is_second(relation, a, b) else (a, b)
    ratio = "" if relation.ratio is None else number_text(round(relation.ratio, 1))
    words = {"a": first, "b": second, "part": first, "whole": second, "new": first, "old": second}
    words |= {"inner": first, "outer": second}
    text = _TEXTS[relation.reason].format(
        **words, ratio=ratio, drift_days=policy.drift_days, growth=number_text(policy.growth_cap)
    )
    if relation.notes:
        text = text.removesuffix(".") + ", though worded differently."
    return text[0].upper() + text[1:]


def _is_second(relation: Relation, a: Side, b: Side) -> bool:
    """Whether b is named first: the part, the later one, the preciser one; else the higher number (of a
    total that fell, the lower: it is the later one), or the text that sorts first."""
    if relation.direction is not None:
        return relation.direction in (Direction.HAS_PART, Direction.UPDATED_BY, Direction.REFINED_BY)
    if relation.kind in (RelationKind.CONFLICT, RelationKind.TENSION) and a.low != b.low:
        return (a.low < b.low) is not (relation.reason is Reason.CUMULATIVE_FELL)
    return (a.text, a.origin, a.when) > (b.text, b.origin, b.when)
