"""Why two numbers stand to each other as they do, in one sentence that a newspaper could print."""

import re

from app.domain.mention import PAUSE, Side, closed, date_text, mention, same_origin
from app.domain.mention import About as About
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.relation import Comparand, Direction, Kind, Reason, Relation, days_apart, drift_days, is_later
from app.domain.spelling import counted, number_text, rounded_down, times_text
from app.domain.spelling import interval_text as interval_text

_TEXTS: dict[Reason, str] = {
    Reason.FRAMES_DIFFER: "{a} and {b}{both} count different things, so neither speaks for or against the other",
    Reason.UNITS_DIFFER: "{a} and {b}{both} cannot be compared: their units are not converted into each other",
    Reason.SCOPE_UNKNOWN: "whether {a} and {b}{both} contradict each other cannot be told: what exactly at least one of"
    " them counts is not known",
    Reason.ORDER_UNKNOWN: "{a} and {b}{both} need not contradict each other: such a number moves by the hour, and which"
    " came later is not known",
    Reason.DIFFERENT_DATES: "{a} and {b}{both} are levels {far_apart}, so both may have been right",
    Reason.PART_OF_WHOLE: "{of_both}{a} is part of {b}, and fits into it{fitting}",
    Reason.PART_EXCEEDS_WHOLE: "{of_both}{a} is counted as part of {b}, but is {as_high}, even allowing for"
    " {allowance}: the two cannot both be right",
    Reason.SAME_ORIGIN: "{bare_a} and {bare_b}{both} go back to one origin, {origin}, and count once{wording}",
    Reason.REVISED: "{bare_a} replaces {bare_b}{both}: they go back to one origin, {origin}, whose later number counts",
    Reason.REVISED_DOWN: "{bare_a} replaces {bare_b}{both}: they go back to one origin, {origin}, whose later number"
    " counts, though it is the lower one",
    Reason.CUMULATIVE_FELL: "{a} cannot be squared with {b}{both}: a running total does not fall, yet the later number"
    " is the lower one, even allowing for rounding",
    Reason.LATER_TOTAL: "{a} does not contradict {b}{both}: a running total grows, and the later number is the higher"
    " one",
    Reason.IMPLAUSIBLE_GROWTH: "{a} is doubtful beside {b}{both}: {growth}",
    Reason.DRIFT: "{a} does not contradict {b}{both}: in {days} such a level may change that much: by a"
    " factor of up to {drift} a day",
    Reason.STRETCHED: "{a} and {b}{both} can both be right only if an open wording is stretched: as readers take them,"
    " the higher is {times} the lower; from {tension} on, that counts as tension",
    Reason.CONTAINED: "{a} fits {b}{both}, and is the more precise",
    Reason.OVERLAP: "{a} and {b}{both} {overlap}",
    Reason.ROUNDING: "{a} and {b}{both} differ by no more than rounding explains",
    Reason.DISJOINT: "{a} cannot be squared with {b}{both}: even allowing for {allowance}, no number fits both{apart}",
    Reason.DECLARED: "{accounts} contradict each other; in our words, the first holds: {said_a}; the second: {said_b}",
}
_TOLD_TWICE = "told twice, {bare_a}{shared} goes back to {origin} both times and counts once"

_REPLACED = (
    "{bare_a} and {bare_b}{both} go back to one origin, {origin}: one replaces the other, but which came later is not"
    " known"
)

_SECOND_FIRST = (Direction.HAS_PART, Direction.UPDATED_BY, Direction.REFINED_BY)


def sentence(relation: Relation, a: Side, b: Side, policy: Policy = DEFAULT_POLICY) -> str:
    """The sentence for the relation of a to b, with both numbers, both origins, both dates and the rule.

    It is the same from either side. Named first is the part, the later, the preciser or the higher one where the reason
    rests on that, otherwise what reads and then what sorts first.
    """
    first, second = (b, a) if _is_second(relation, a, b) else (a, b)
    words = _joint(first, second) | _limits(relation, first, second, policy) | _accounts(first, second)
    twice = relation.reason is Reason.SAME_ORIGIN and words["bare_a"] == words["bare_b"]
    replaced = relation.reason is Reason.ORDER_UNKNOWN and same_origin(a, b)
    text = (_TOLD_TWICE if twice else _REPLACED if replaced else _TEXTS[relation.reason]).format_map(words)
    text = re.sub(f"{PAUSE}(?=[,.:;{PAUSE}])", "", text).replace(PAUSE, ",")
    return _capitalized(text) + ("" if text.endswith(("?", "!", "…")) else ".")


def _is_second(relation: Relation, a: Side, b: Side) -> bool:
    """Whether b is named first."""
    if relation.direction is not None:
        return relation.direction in _SECOND_FIRST
    one, other = a.claim, b.claim
    if one is not None and other is not None:
        match relation.reason:
            case Reason.CUMULATIVE_FELL | Reason.IMPLAUSIBLE_GROWTH:
                return is_later(other, one)
            case Reason.DISJOINT:
                return one.literal.is_below(other.literal)
    return a.order > b.order


def _capitalized(text: str) -> str:
    """With a capital, but for a name that is written without one (eBay)."""
    return text[0].upper() + text[1:] if text.partition(" ")[0].islower() else text


def _joint(a: Side, b: Side) -> dict[str, str]:
    """Who is compared, and what is said of both."""
    named = mention(a, b)
    shared = named.shared
    counted_alike = shared.startswith("for ") and a.measure == b.measure != ""
    return named._asdict() | {
        "shared": f" {shared}{PAUSE}" if "," in shared else f" {shared}" if shared else "",
        "both": f"{PAUSE} both {shared}{PAUSE}" if shared else "",
        "of_both": f"{'of ' + shared.removeprefix('for ') if counted_alike else shared}, " if shared else "",
        "origin": a.origin,
    }


def _limits(relation: Relation, a: Side, b: Side, policy: Policy) -> dict[str, str]:
    """What the rule goes by: ratios, days, and the limits of the policy."""
    if a.claim is None or b.claim is None:
        return {}
    one, other, ratio = a.claim, b.claim, _ratio(relation, a.claim, b.claim)
    days = days_apart(one, other)
    factor = number_text(policy.drift_per_day)
    moves = days and one.kind is Kind.STOCK and other.kind is Kind.STOCK
    allowance = f"rounding and a change by a factor of up to {factor} a day" if moves else "rounding"
    limit = drift_days(policy, volatile=one.volatile)
    return {
        "wording": ", though worded differently" if relation.notes else "",
        "days": counted(days, "day"),
        "far_apart": f"more than {counted(limit, 'day')} apart" if limit else "of different dates",
        "drift": factor,
        "allowance": allowance,
        "fitting": f", allowing for {allowance}" if other.literal.is_below(one.literal) else "",
        "tension": times_text(policy.tension_ratio),
        "times": ratio or "barely above",
        "as_high": f"{ratio} as high" if ratio else "higher",
        "apart": f", and the higher is {ratio} the lower" if ratio else "",
        "growth": _growth(ratio, one, other, policy),
        "overlap": _overlap(a, b),
    }


def _ratio(relation: Relation, a: Comparand, b: Comparand) -> str:
    """How many times, never more than it is; empty where that is nothing to speak of."""
    if relation.ratio is None or rounded_down(relation.ratio) <= 1:
        return ""
    rounded = rounded_down(relation.ratio)
    known = all(claim.literal.low == claim.literal.high is not None for claim in (a, b))
    whole = known and rounded == relation.ratio and relation.reason is not Reason.IMPLAUSIBLE_GROWTH
    return times_text(rounded) if whole else f"at least {times_text(rounded)}"


def _growth(ratio: str, later: Comparand, earlier: Comparand, policy: Policy) -> str:
    days = days_apart(later, earlier)
    factor = min(policy.growth_per_day ** min(days, 64), policy.growth_cap)
    high = earlier.pragmatic.high
    when, base = f"in {counted(days, 'day')}", "" if ratio else " what it was"
    if earlier.discrete and high is not None and high < policy.growth_floor:
        most = f"from so small a number, up to {number_text(factor * policy.growth_floor)}"
    else:
        most = "no growth" if factor == 1 else f"up to {times_text(factor)}{base}"
    grown = f" the running total would have grown to {ratio} what it was; " if ratio else ", "
    return f"{when}{grown}{most} counts as plausible"


def _overlap(a: Side, b: Side) -> str:
    if a.claim is None or b.claim is None or a.claim.literal != b.claim.literal:
        return "can both be right: some numbers fit both"
    exact = a.claim.literal.low == a.claim.literal.high is not None
    return "say the same" if exact or a.printed == b.printed else "leave the same numbers possible"


def _accounts(a: Side, b: Side) -> dict[str, str]:
    """Who gives two accounts that were declared to contradict each other, and what they are."""
    told = {"said_a": a.printed.removesuffix("."), "said_b": b.printed.removesuffix(".")}
    one, other = date_text(a), date_text(b)
    when = f"{PAUSE} both {one}{PAUSE}" if one == other != "" else ""
    if same_origin(a, b):
        dates = "" if one == other else f"{PAUSE} {one} and {other}{PAUSE}"
        return told | {"accounts": f"two accounts from {closed(a.origin)}{when}{dates}"}
    first = a.origin + (f" ({one})" if one and not when else "")
    second = b.origin + (f" ({other})" if other and not when else "")
    return told | {"accounts": f"{closed(first)} and {closed(second)}{when}"}
