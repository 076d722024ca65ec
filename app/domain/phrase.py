"""The parts of a printed number: hedges, one or two amounts or a magnitude, a unit, and the noun that is counted."""

from fractions import Fraction

from app.domain.interval import exact
from app.domain.magnitudes import take_magnitude
from app.domain.nothing import take_none
from app.domain.numerals import Numeral, and_a_half, is_number, take_numeral
from app.domain.parts import EXPLICIT, Amount, Phrase, take_hedge
from app.domain.tail import take_tail
from app.domain.tokens import Cursor, Token, TokenKind, UnreadableNumber
from app.domain.unit_text import take_currency, take_unit, unit_at
from app.domain.units import Unit
from app.domain.value import grain_of
from app.domain.wording import BEFORE, MONTHS, ORDINALS, PARTS, SHARES, VAGUE, Hedge

_MINUS = ("-", "+", "minus")


def phrase_of(tokens: list[Token], measure: Unit | None) -> Phrase:
    """The parts of a text; only a bracket that names a part of the number is passed over. Raises UnreadableNumber."""
    cursor, phrase = Cursor(tokens), Phrase()
    while hedge := take_hedge(cursor, BEFORE):
        phrase.hedges.append(hedge)
    if Hedge.BETWEEN in phrase.hedges:
        _between(cursor, phrase, measure)
    else:
        _core(cursor, phrase, measure)
    if Hedge.FROM in phrase.hedges and phrase.upper is None:
        raise UnreadableNumber("the range has no upper end", 'write "from 5 to 10"', cursor.where())
    take_tail(cursor, phrase, measure)
    return phrase


def _take_amount(cursor: Cursor, measure: Unit | None) -> Amount | None:
    start = cursor.at
    negative = _take_minus(cursor)
    currency = take_currency(cursor, measure)
    negative = negative or (currency is not None and _take_minus(cursor))
    numeral = take_numeral(cursor, measure, currency) or _one(cursor)
    if numeral is None:
        cursor.at = start
        return None
    at = cursor.where()
    if cursor.word() == "/" and is_number(cursor.peek(1)):
        raise UnreadableNumber(
            "a fraction, a date or a name may be printed so", 'write "0.5", "half a million" or "12 per 100,000"', at
        )
    if not numeral.digits and cursor.word() in ORDINALS and cursor.tokens[cursor.at].glue == "-":
        raise UnreadableNumber("an ordinal is not an amount", "leave it out, or write how many", at)
    unit = take_unit(cursor, measure)
    if unit and numeral.place == numeral.scale == 1:
        # A year and a half.
        numeral = and_a_half(cursor, numeral)
    if unit and currency and unit != currency:
        raise UnreadableNumber(f"{currency.name} and {unit.name} are two units", "leave one out", at)
    return Amount(numeral.negated() if negative else numeral, unit or currency)


def _take_minus(cursor: Cursor) -> bool:
    if cursor.word() not in _MINUS:
        return False
    if cursor.skip("minus"):
        return True
    sign, behind = cursor.peek(), cursor.peek(1)
    if sign is None or behind is None or not sign.glue or behind.glue:
        return False
    cursor.at += 1
    return sign.text == "-"


def _one(cursor: Cursor) -> Numeral | None:
    """A week, an acre: one; half an acre."""
    if (parts := SHARES.get(cursor.word())) and cursor.word(1) in ("a", "an") and unit_at(cursor, 2):
        cursor.at += 2
        share = exact(Fraction(1, parts))
        return Numeral(share, grain_of(share), 1, "0.", cursor.where())
    if cursor.word() in ("a", "an") and unit_at(cursor, 1):
        cursor.at += 1
        return Numeral(1, 1, 1, "", cursor.where())
    return None


def _core(cursor: Cursor, phrase: Phrase, measure: Unit | None) -> None:
    phrase.number = take_none(cursor, phrase.hedges, measure)
    if phrase.number:
        return
    phrase.magnitude = take_magnitude(cursor)
    if phrase.magnitude:
        phrase.unit = _unit_of_magnitude(cursor, measure)
        return
    amount = _take_amount(cursor, measure)
    if amount is None:
        raise _no_number(cursor)
    phrase.number, phrase.unit = amount
    if _take_dash(cursor) or _is_range_to(cursor):
        at = cursor.where()
        upper = _take_amount(cursor, measure)
        if upper is None:
            raise UnreadableNumber("the range has no upper end", 'write "40 to 50"', at)
        _set_range(phrase, amount, upper)
    elif cursor.word() == "or" and is_number(cursor.peek(1)):
        _alternative(cursor, phrase, amount, measure)
    elif cursor.word() == "for" and is_number(cursor.peek(1)):
        cursor.at += 1
        exchanged = _take_amount(cursor, measure)
        phrase.exchanged = exchanged and exchanged.numeral


def _unit_of_magnitude(cursor: Cursor, measure: Unit | None) -> Unit | None:
    """Thousands of dollars, several hundred square kilometres."""
    if cursor.word() == "of" and unit_at(cursor, 1):
        cursor.at += 1
    return take_unit(cursor, measure)


def _is_range_to(cursor: Cursor) -> bool:
    behind = cursor.peek(1)
    if cursor.word() != "to" or behind is None:
        return False
    starts = is_number(behind) or behind.lower in ("a", "an", "half", "minus") or behind.kind is TokenKind.SIGN
    cursor.at += 1 if starts else 0
    return starts


def _take_dash(cursor: Cursor) -> bool:
    dash, behind = cursor.peek(), cursor.peek(1)
    if dash is None or behind is None or dash.text not in "-–":
        return False
    if bool(dash.glue) is not bool(behind.glue):
        raise UnreadableNumber("a dash with a space on one side only may be a minus or a range", 'write "to"', dash.at)
    below_zero = any(token.text == "-" for token in cursor.tokens[: cursor.at])
    if below_zero or behind.text == "-":
        raise UnreadableNumber("a dash beside a number below zero", 'write the range with "to"', dash.at)
    cursor.at += 1
    return True


def _between(cursor: Cursor, phrase: Phrase, measure: Unit | None) -> None:
    """Tries every "and", because number words have their own: between two hundred and one and three hundred."""
    found: list[tuple[Amount, Amount, int]] = []
    tokens = cursor.tokens
    for middle in (place for place in range(cursor.at + 1, len(tokens) - 1) if tokens[place].lower == "and"):
        lower, upper = Cursor(tokens[:middle], cursor.at), Cursor(tokens, middle + 1)
        try:
            left, right = _take_amount(lower, measure), _take_amount(upper, measure)
        except UnreadableNumber:
            continue
        if left and right and lower.at == middle and upper.word() != "and":
            found.append((left, right, upper.at))
    if len(found) != 1:
        raise UnreadableNumber("the two ends of the range are not clear", 'write "between 40 and 50"', cursor.where())
    left, right, cursor.at = found[0]
    _set_range(phrase, left, right)


def _set_range(phrase: Phrase, left: Amount, right: Amount) -> None:
    if left.unit and right.unit and left.unit != right.unit:
        raise UnreadableNumber(
            f"{left.unit.name} and {right.unit.name} in one range", "give both ends in one unit", right.numeral.at
        )
    phrase.unit = left.unit or right.unit
    if _is_cut_short(left.numeral, right.numeral):
        raise UnreadableNumber(
            "the lower end may be cut short, as in 10-15,000 for 10,000 to 15,000",
            f"write both ends in full, or {EXPLICIT}",
            left.numeral.at,
        )
    phrase.number, phrase.upper = _share_scale(left.numeral, right.numeral), right.numeral
    if phrase.number.number > phrase.upper.number:
        raise UnreadableNumber(
            "the range ends below its beginning", "write the lower number first, each with its scale", left.numeral.at
        )


def _share_scale(left: Numeral, right: Numeral) -> Numeral:
    """2.4 to 2.5 million: the scale of the second is also that of a short first one."""
    if left.scale > 1 or right.scale == 1 or not -1000 < left.number < 1000:
        return left
    shared = left.scaled(right.scale)
    # "ninety to a hundred" is no ninety hundred; "900 to 1 million" could be either and is refused.
    return left if right.scale <= 100 and shared.number >= right.number else shared


def _is_cut_short(left: Numeral, right: Numeral) -> bool:
    """Whether the thousands of the upper end may be those of the lower one too: not in "500 to 1,000"."""
    size = max(left.number, -left.number)
    if left.scale >= 1000 or not 0 < size < 1000:
        return False
    if left.scale == 1 and (right.compound or right.scale > 1):
        # "Two to three million" shares its scale; of "two to three hundred thousand" it is not clear which.
        return right.compound
    return size * 1000 < right.number


def _alternative(cursor: Cursor, phrase: Phrase, left: Amount, measure: Unit | None) -> None:
    """5 or 6: a range where nothing lies between the two; "5 or 50" is two accounts, and stays a second number."""
    start = cursor.at
    cursor.at += 1
    right = _take_amount(cursor, measure)
    if right and _share_scale(left.numeral, right.numeral).number + right.numeral.scale == right.numeral.number:
        _set_range(phrase, left, right)
    else:
        cursor.at = start


def _no_number(cursor: Cursor) -> UnreadableNumber:
    token, at, word = cursor.peek(), cursor.where(), cursor.word()
    if word in ("a", "an") and cursor.peek(1):
        word = cursor.word(1)
    if token is None:
        return UnreadableNumber("there is no number", 'write one, such as "more than 100"', at)
    if word in ("no", "none"):
        return UnreadableNumber(f"{word!r} may say that nothing is known", "write 0 if there were none", at)
    if word in VAGUE:
        return UnreadableNumber(f"{word!r} says no size", EXPLICIT, at)
    if word in PARTS or word in ORDINALS:
        return UnreadableNumber(f"{word!r} is a share or an ordinal", "give a percentage or a whole number", at)
    if word in MONTHS:
        return UnreadableNumber(f"{token.text!r} begins a date, not an amount", "leave dates to the date fields", at)
    return UnreadableNumber(
        f"{token.text!r} is neither a number nor a hedge known here", f"begin with the number, or {EXPLICIT}", at
    )
