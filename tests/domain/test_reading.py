"""Printed numbers: what each wording admits, what is refused and why, and laws over all texts."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain import currencies, unit_names, wording
from app.domain.interval import Interval, Number, decimal_text, exact
from app.domain.policy import Policy
from app.domain.reading import ForeignUnit, UnreadableNumber, read, read_pair
from app.domain.tokens import MAX_TEXT
from app.domain.value import Qualifier, Value
from tests.domain.strategies import decimals

EXACT, ABOUT, BETWEEN, MAGNITUDE = Qualifier.EXACT, Qualifier.ABOUT, Qualifier.BETWEEN, Qualifier.MAGNITUDE
AT_LEAST, MORE_THAN = Qualifier.AT_LEAST, Qualifier.MORE_THAN
AT_MOST, LESS_THAN = Qualifier.AT_MOST, Qualifier.LESS_THAN


def ends(low: Number | str | None, high: Number | str | None, mark: str = "[]") -> Interval:
    """`mark` shows which ends are open, as in mathematics."""
    least, most = (None if end is None else exact(end) for end in (low, high))
    return Interval(least, most, mark[0] == "(", mark[1] == ")")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("102", 102),
        ("  102 ", 102),
        ("102.", 102),
        ("“102”", 102),
        ("9,473,298 votes", 9_473_298),
        ("1\u00a0150", 1150),
        ("12\u2009345\u202f678 votes", 12_345_678),
        ("2024 soldiers", 2024),
        ("2,024", 2024),
        ("the 102 soldiers", 102),
        ("a total of 102", 102),
        ("another 100", 100),
        ("a further 100", 100),
        ("an additional 100 soldiers", 100),
        ("100 more", 100),
        ("six more agencies", 6),
        ("only 30", 30),
        ("a record 54", 54),
        ("95 soldiers each", 95),
        ("102 military-age men of the regiment", 102),
        ("2,000 soldiers killed or wounded", 2000),
        ("54 in all", 54),
        ("2.5 million people", 2_500_000),
        ("1.000 million", 1_000_000),
        ("1.2bn", 1_200_000_000),
        ("1.2 BN people", 1_200_000_000),
        ("5k", 5000),
        ("5 hundred thousand", 500_000),
        ("3 lakh", 300_000),
        ("1.5 crore", 15_000_000),
        ("15.6 crores", 156_000_000),
        ("10 lakhs", 1_000_000),
        ("2,00,000", 200_000),
        ("12,34,567 pilgrims", 1_234_567),
        ("2 crore votes", 20_000_000),
        ("1.5 trillion", 1_500_000_000_000),
        ("half a million", 500_000),
        ("half-a-million people", 500_000),
        ("half a dozen", 6),
        ("two and a half million", 2_500_000),
        ("2 and a half million", 2_500_000),
        ("a million and a half", 1_500_000),
        ("2½ million", 2_500_000),
        ("½ million", 500_000),
        ("a half million", 500_000),
        ("a quarter million", 250_000),
        ("a quarter of a million people", 250_000),
        ("2 ½ million", 2_500_000),
        ("one point five million", 1_500_000),
        ("ten point two five million", 10_250_000),
        ("3 million 200 thousand", 3_200_000),
        ("1 billion 200 million 300 thousand", 1_200_300_000),
        ("a reported 100", 100),
        ("three score", 60),
        ("3 score", 60),
        ("a score of people", 20),
        ("no soldiers", 0),
        ("no people were hurt", 0),
        ("none", 0),
        ("none of them", 0),
        ("100 (including 20 children)", 100),
        ("100 people (among them some 20 children) killed", 100),
        ("155 brigades", 155),
        ("one brigade", 1),
        ("three brigade commanders", 3),
        ("three army corps", 3),
        ("100 copies of daily newspapers", 100),
        ("a dozen", 12),
        ("two dozen", 24),
        ("3 dozen eggs", 36),
        ("a hundred", 100),
        ("four", 4),
        ("Four settlements", 4),
        ("zero", 0),
        ("0", 0),
        ("fifty-four", 54),
        ("one hundred and two", 102),
        ("eleven hundred", 1100),
        ("two trillion", 2_000_000_000_000),
        ("1,000 for 1,000", 1000),
        ("1,000-for-1,000", 1000),
        ("one thousand for one thousand prisoners", 1000),
        ("-5", -5),
        ("minus five", -5),
        ("\u22125", -5),
        ("+5", 5),
    ],
)
def test_exact_counts(text: str, number: int) -> None:
    value = read(text)
    assert (value.qualifier, value.number, value.literal) == (EXACT, number, Interval(number, number))
    assert (value.unit, value.text) == (None, text.strip())


@pytest.mark.parametrize(
    ("text", "qualifier", "number", "literal"),
    [
        ("about 2,000", ABOUT, 2000, ends(1500, 2500)),
        ("some 200 men", ABOUT, 200, ends(150, 250)),
        ("nearly 2,000", ABOUT, 2000, ends(1500, 2500)),
        ("almost 100", ABOUT, 100, ends(75, 125)),
        ("roughly 100", ABOUT, 100, ends(75, 125)),
        ("around 100", ABOUT, 100, ends(75, 125)),
        ("approx. 100", ABOUT, 100, ends(75, 125)),
        ("~100", ABOUT, 100, ends(75, 125)),
        ("an estimated 100", ABOUT, 100, ends(75, 125)),
        ("close to 100", ABOUT, 100, ends(75, 125)),
        ("circa 100", ABOUT, 100, ends(75, 125)),
        ("c. 100", ABOUT, 100, ends(75, 125)),
        ("100 or so", ABOUT, 100, ends(75, 125)),
        ("100-odd people", ABOUT, 100, ends(75, 125)),
        ("about a dozen", ABOUT, 12, ends(11, 13)),
        ("more than 100 soldiers", MORE_THAN, 100, ends(101, None)),
        ("over 100", MORE_THAN, 100, ends(101, None)),
        ("just over 100", MORE_THAN, 100, ends(101, None)),
        (">100", MORE_THAN, 100, ends(101, None)),
        ("easily over 100", MORE_THAN, 100, ends(101, None)),
        ("well over a hundred", MORE_THAN, 100, ends(101, None)),
        ("at least 1,200", AT_LEAST, 1200, ends(1200, None)),
        ("no fewer than 30", AT_LEAST, 30, ends(30, None)),
        ("≥ 30", AT_LEAST, 30, ends(30, None)),
        (">= 30", AT_LEAST, 30, ends(30, None)),
        ("100+", AT_LEAST, 100, ends(100, None)),
        ("100-plus", AT_LEAST, 100, ends(100, None)),
        ("1,200 or more", AT_LEAST, 1200, ends(1200, None)),
        ("1,200 prisoners or more", AT_LEAST, 1200, ends(1200, None)),
        ("102 so far", AT_LEAST, 102, ends(102, None)),
        ("so far 102", AT_LEAST, 102, ends(102, None)),
        ("102 captured so far", AT_LEAST, 102, ends(102, None)),
        ("already 102", AT_LEAST, 102, ends(102, None)),
        ("more than 100 so far", MORE_THAN, 100, ends(101, None)),
        ("up to 30", AT_MOST, 30, ends(0, 30)),
        ("as many as 30", AT_MOST, 30, ends(0, 30)),
        ("no more than 30", AT_MOST, 30, ends(0, 30)),
        ("≤30", AT_MOST, 30, ends(0, 30)),
        ("30 people at most", AT_MOST, 30, ends(0, 30)),
        ("fewer than 30", LESS_THAN, 30, ends(0, 29)),
        ("under 30", LESS_THAN, 30, ends(0, 29)),
        ("< 30", LESS_THAN, 30, ends(0, 29)),
        ("at least about 100", AT_LEAST, 100, ends(75, None)),
        ("about 100 so far", AT_LEAST, 100, ends(75, None)),
        ("up to about 30", AT_MOST, 30, ends(0, 35)),
        ("40 to 50", BETWEEN, None, ends(40, 50)),
        ("40-50", BETWEEN, None, ends(40, 50)),
        ("40–50 men", BETWEEN, None, ends(40, 50)),
        ("40 - 50", BETWEEN, None, ends(40, 50)),
        ("40-to-50", BETWEEN, None, ends(40, 50)),
        ("about 40 to 50", BETWEEN, None, ends(35, 55)),
        ("between 40 and 50 men and women", BETWEEN, None, ends(40, 50)),
        ("2.4 to 2.5 million", BETWEEN, None, ends(2_400_000, 2_500_000)),
        ("500,000 to 1.2 million", BETWEEN, None, ends(500_000, 1_200_000)),
        ("two to three hundred", BETWEEN, None, ends(200, 300)),
        ("ninety to a hundred", BETWEEN, None, ends(90, 100)),
        ("two to three dozen", BETWEEN, None, ends(24, 36)),
        ("between one hundred and two and three hundred", BETWEEN, None, ends(102, 300)),
        ("between two and a half and three million", BETWEEN, None, ends(2_500_000, 3_000_000)),
        ("tens", MAGNITUDE, None, ends(10, 99)),
        ("dozens of Russian soldiers", MAGNITUDE, None, ends(12, 99)),
        ("scores", MAGNITUDE, None, ends(20, 99)),
        ("“hundreds”", MAGNITUDE, None, ends(100, 999)),
        ("several dozen", MAGNITUDE, None, ends(24, 99)),
        ("several hundred", MAGNITUDE, None, ends(200, 999)),
        ("a few hundred", MAGNITUDE, None, ends(200, 999)),
        ("some hundreds", MAGNITUDE, None, ends(100, 999)),
        ("thousands", MAGNITUDE, None, ends(1000, 9999)),
        ("lakhs of devotees", MAGNITUDE, None, ends(100_000, 999_999)),
        ("dozens and dozens", MAGNITUDE, None, ends(12, 99)),
        ("hundreds upon hundreds of people", MAGNITUDE, None, ends(100, 999)),
        ("several thousand", MAGNITUDE, None, ends(2000, 9999)),
        ("tens of thousands", MAGNITUDE, None, ends(10_000, 99_999)),
        ("hundreds of thousands of people", MAGNITUDE, None, ends(100_000, 999_999)),
        ("several hundred thousand", MAGNITUDE, None, ends(200_000, 999_999)),
        ("millions", MAGNITUDE, None, ends(1_000_000, 9_999_999)),
        ("hundreds so far", AT_LEAST, None, ends(100, None)),
        ("at least several hundred", AT_LEAST, None, ends(200, None)),
        ("up to several hundred", AT_MOST, None, ends(0, 999)),
        ("more than several hundred", MORE_THAN, None, ends(201, None)),
        ("100s of people", MAGNITUDE, None, ends(100, 999)),
        ("10s of thousands", MAGNITUDE, None, ends(10_000, 99_999)),
        ("1,000-ish", ABOUT, 1000, ends(750, 1250)),
        ("100ish", ABOUT, 100, ends(75, 125)),
        ("just shy of 100", LESS_THAN, 100, ends(0, 99)),
        ("from 5 to 10", BETWEEN, None, ends(5, 10)),
        ("anywhere from 5-10 people", BETWEEN, None, ends(5, 10)),
        ("5 or 6", BETWEEN, None, ends(5, 6)),
        ("two or three hundred", BETWEEN, None, ends(200, 300)),
        ("5 or 6 million", BETWEEN, None, ends(5_000_000, 6_000_000)),
        ("2-3 million", BETWEEN, None, ends(2_000_000, 3_000_000)),
        ("500 to 1,000", BETWEEN, None, ends(500, 1000)),
        ("900-1,000", BETWEEN, None, ends(900, 1000)),
        ("10k-15,000", BETWEEN, None, ends(10_000, 15_000)),
        ("none so far", AT_LEAST, 0, ends(0, None)),
        ("about 100 (including about 20 children)", ABOUT, 100, ends(75, 125)),
    ],
)
def test_hedges(text: str, qualifier: Qualifier, number: int | None, literal: Interval) -> None:
    value = read(text)
    assert (value.qualifier, value.number, value.literal) == (qualifier, number, literal)


@pytest.mark.parametrize(
    ("text", "unit", "literal", "grain"),
    [
        ("1,150 square kilometres", "square_kilometre", ends(1150, 1150), 10),
        ("1\u00a0150 km²", "square_kilometre", ends(1150, 1150), 10),
        ("104,500 sq km of territory", "square_kilometre", ends(104_500, 104_500), 100),
        ("10.0 km", "kilometre", ends(10, 10), "0.1"),
        ("-5 °C", "degree_celsius", ends(-5, -5), 1),
        ("-5C", "degree_celsius", ends(-5, -5), 1),
        ("-40 to -30 °C", "degree_celsius", ends(-40, -30), 10),
        ("up to 30 °C", "degree_celsius", ends(None, 30), 10),
        ("over four months", "month", ends(4, None, "(]"), 1),
        ("a year and a half", "year", ends("1.5", "1.5"), "0.1"),
        ("two years and a half", "year", ends("2.5", "2.5"), "0.1"),
        ("half a year", "year", ends("0.5", "0.5"), "0.1"),
        ("100 sq. km", "square_kilometre", ends(100, 100), 100),
        ("1,150 sq km (444 sq miles)", "square_kilometre", ends(1150, 1150), 10),
        ("about 20 miles (over 32 km) wide", "mile", ends(15, 25), 10),
        ("10.6 billion euros ($11.6 billion)", "EUR", ends(10_600_000_000, 10_600_000_000), 100_000_000),
        ("128 kmph", "kilometre/hour", ends(128, 128), 1),
        ("130kmph", "kilometre/hour", ends(130, 130), 10),
        ("5 kms", "kilometre", ends(5, 5), 1),
        ("100 sq.km of land", "square_kilometre", ends(100, 100), 100),
        ("minus one point five degrees celsius", "degree_celsius", ends("-1.5", "-1.5"), "0.1"),
        ("100s of square kilometres", "square_kilometre", ends(100, 1000, "[)"), 1),
        ("C$1.5 billion", "CAD", ends(1_500_000_000, 1_500_000_000), 100_000_000),
        ("CA$100", "CAD", ends(100, 100), 100),
        ("A$5", "AUD", ends(5, 5), 1),
        ("NZ$5", "NZD", ends(5, 5), 1),
        ("HK$5", "HKD", ends(5, 5), 1),
        ("S$5", "SGD", ends(5, 5), 1),
        ("between C$5 and C$10", "CAD", ends(5, 10), 1),
        ("c. $100", "USD", ends(75, 125), 100),
        ("95 daily", "count/day", ends(95, 95), 1),
        ("95 soldiers killed weekly", "count/week", ends(95, 95), 1),
        ("4 months", "month", ends(4, 4), 1),
        ("a four-month pause", "month", ends(4, 4), 1),
        ("less than a week", "week", ends(0, 1, "[)"), 1),
        ("thousands of square kilometres", "square_kilometre", ends(1000, 10_000, "[)"), 1),
        ("about -2%", "percent", ends("-2.5", "-1.5"), 1),
        ("50%", "percent", ends(50, 50), 1),
        ("50.40 per cent of voters", "percent", ends("50.4", "50.4"), "0.01"),
        ("fifty percent", "percent", ends(50, 50), 1),
        ("40% to 50%", "percent", ends(40, 50), 1),
        ("5 to 10 percent", "percent", ends(5, 10), 1),
        ("2 percentage points", "percentage_point", ends(2, 2), 1),
        ("£1.2m", "GBP", ends(1_200_000, 1_200_000), 100_000),
        ("$45 million", "USD", ends(45_000_000, 45_000_000), 1_000_000),
        ("US$45m", "USD", ends(45_000_000, 45_000_000), 1_000_000),
        ("-$5", "USD", ends(-5, -5), 1),
        ("€5", "EUR", ends(5, 5), 1),
        ("UAH 45 million", "UAH", ends(45_000_000, 45_000_000), 1_000_000),
        ("45 million euros in aid", "EUR", ends(45_000_000, 45_000_000), 1_000_000),
        ("$1.2t", "USD", ends(1_200_000_000_000, 1_200_000_000_000), 100_000_000_000),
        ("$2 million to $3 million", "USD", ends(2_000_000, 3_000_000), 1_000_000),
        ("£2-3bn", "GBP", ends(2_000_000_000, 3_000_000_000), 1_000_000_000),
        ("5t of grain", "tonne", ends(5, 5), 1),
        ("5m tonnes", "tonne", ends(5_000_000, 5_000_000), 1_000_000),
        ("5 m/s", "metre/second", ends(5, 5), 1),
        ("120 km/h", "kilometre/hour", ends(120, 120), 10),
        ("500 barrels per day", "barrel/day", ends(500, 500), 100),
        ("500 people a day", "count/day", ends(500, 500), 1),
        ("12 deaths per 100,000 people", "count/100000", ends(12, 12), 1),
        ("12 per thousand", "count/1000", ends(12, 12), 1),
        ("420 ppm", "count/1000000", ends(420, 420), 1),
        ("2.5 million", None, ends(2_500_000, 2_500_000), 100_000),
        ("2.0 million", None, ends(2_000_000, 2_000_000), 100_000),
    ],
)
def test_printed_units(text: str, unit: str | None, literal: Interval, grain: int | str) -> None:
    value = read(text)
    assert (value.unit, value.literal) == (unit, literal)
    assert value.low_grain == exact(grain)


@pytest.mark.parametrize(
    ("text", "measure", "unit", "number"),
    [
        ("102 military men", "person", "person", 102),
        ("1,150 square kilometres", "hectare", "square_kilometre", 1150),
        ("1,150", "hectare", "hectare", 1150),
        ("2 years", "month", "year", 2),
        ("5m", "person", "person", 5_000_000),
        ("5m", "metre", "metre", 5),
        ("5m", "tonne", "tonne", 5_000_000),
        ("5M people", "person", "person", 5_000_000),
        ("5 tons", "short_ton", "short_ton", 5),
        ("5 pounds", "kilogram", "pound_mass", 5),
        ("5 pounds", "GBP", "GBP", 5),
        ("$5", "AUD", "AUD", 5),
        ("5 degrees", "degree_celsius", "degree_celsius", 5),
        ("50", "percent", "percent", 50),
        ("6.3 on the Richter scale", "number", "number", Fraction("6.3")),
        ("12 deaths per 100,000 people", "death/100000 person", "death/100000 person", 12),
        ("12 per 1,000", "death/100000 person", "death/1000 person", 12),
        ("75 mph", "kilometre/hour", "mile/hour", 75),
        ("500 arrivals a day", "person/week", "person/day", 500),
    ],
)
def test_the_unit_of_a_measure(text: str, measure: str, unit: str, number: Number) -> None:
    value = read(text, unit=measure)
    assert (value.unit, value.number) == (unit, number)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("1,150 square kilometres", "person"),
        ("$5", "person"),
        ("50%", "person"),
        ("€5", "USD"),
        ("10 days", "month"),
        ("10 km", "hectare"),
        ("2%", "percentage_point"),
        ("50 of voters", "percent"),
        ("45 million in aid", "USD"),
        ("12 deaths", "death/100000 person"),
        ("500 people a day", "person"),
        ("102 soldiers", "square_kilometre"),
        ("95 daily", "person"),
        ("95 weekly", "person"),
        ("95 a day", "person"),
    ],
)
def test_a_unit_that_does_not_convert(text: str, measure: str) -> None:
    with pytest.raises(ForeignUnit, match=r"convert"):
        read(text, unit=measure)


def test_a_rate_for_a_count_names_the_rate_to_choose() -> None:
    with pytest.raises(ForeignUnit, match="a rate such as person/day"):
        read("95 daily", unit="person")


def test_pairs_where_pairs_are_counted() -> None:
    assert read("two pairs", unit="pair").number == 2


def test_none_is_for_counts() -> None:
    with pytest.raises(UnreadableNumber):
        read("none", unit="square_kilometre")


def test_months_and_days_as_the_policy_says() -> None:
    assert read("10 days", unit="month", policy=Policy(days_per_month=Fraction(30))).unit == "day"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "blank"),
        (" \t", "blank"),
        ("soldiers", r"'soldiers' .*character 1"),
        ("many", "says no size"),
        ("several", "says no size"),
        ("a few", "says no size"),
        ("fewer than several hundred", "says no size"),
        ("a third", "share or an ordinal"),
        ("half", "share or an ordinal"),
        ("half the men", "share or an ordinal"),
        ("488th", r"ordinal .*character 4"),
        ("the 488th regiment", "ordinal"),
        ("2024", "may be a year.*write 2,024"),
        ("about 2000", "may be a year"),
        ("2023-2024", "may be a year"),
        ("in 2024", "neither a number nor a hedge"),
        ("14 August", "a date or a time"),
        ("August 14", "begins a date"),
        ("5 pm", "a date or a time"),
        ("2024-08-14", "part of a date"),
        ("18:00", "':' is not understood"),
        ("1990s", "'s' is not understood"),
        ("100men", "'men' is not understood"),
        ("COVID-19", "neither"),
        ("under-5", "neither"),
        ("007", "part of a date or a code"),
        ("1,00", "not a number in English print"),
        ("1,0000", "not a number in English print"),
        ("1.234.567", "not a number in English print"),
        ("1.234,5", "not a number in English print"),
        ("1\u00a0150,300", "not a number in English print"),
        ("1.000", "may be 1000 or a decimal.*write 1,000"),
        ("1.150 square kilometres", "may be 1150 or a decimal"),
        ("1'000", "not understood"),
        ("10 000", "'000'.*second number"),
        ("100 200", "second number"),
        ("102 in one action", "'one' is a second number"),
        ("30 or 40", "second number"),
        ("82 settlements and 1,150 square kilometres", "second number"),
        ("hundreds to thousands", "second number"),
        ("100 dead, 50 wounded", "',' is not understood"),
        ("1,000 for 500", "two different numbers.*`each`"),
        ("twenty-first", "ordinal"),
        ("155th", "ordinal"),
        ("c$100", "neither"),
        ("C $100", "neither"),
        ("10-15,000 people", "cut short"),
        ("5-6,000", "cut short"),
        ("2-3,000", "cut short"),
        ("5 to 6,000", "cut short"),
        ("between 10 and 15,000", "cut short"),
        ("two to three hundred thousand", "cut short"),
        ("4 to 5 hundred thousand", "cut short"),
        ("ten to fifteen thousand five hundred", "cut short"),
        ("2 to 3 million 200 thousand", "cut short"),
        ("two hundred to three hundred thousand", "cut short"),
        ("5 or 6,000", "second number"),
        ("5 or 50", "second number"),
        ("from 5", "no upper end"),
        ("from 10 to 5", "below its beginning"),
        ("score", "neither"),
        ("two score and ten", "second number"),
        ("twenty-something", "another number"),
        ("20-something", "another number"),
        ("six figures", "how long another number is"),
        ("six-figure sum", "how long another number is"),
        ("three-digit", "how long another number is"),
        ("95 daily newspapers", "a rate of it.*95 a day"),
        ("95 annual deaths", "a rate of it"),
        ("155 brigade", "name of a brigade"),
        ("155 Brigade soldiers", "name of a brigade"),
        ("1 Corps", "name of a corps"),
        ("155 mechanized brigade", "name of a brigade"),
        ("4 division of marines", "name of a division"),
        ("two pairs", "two at a time"),
        ("two young couples", "two at a time"),
        ("2/3", "a fraction"),
        ("9/11", "a fraction"),
        ("24/7", "a fraction"),
        ("1/4 million", "a fraction"),
        ("no reports", "nothing is known"),
        ("no known deaths", "nothing is known"),
        ("no deaths confirmed", "nothing is known"),
        ("none reported", "nothing is known"),
        ("almost none", "nothing is known"),
        ("No. 5", "nothing is known"),
        ("none of 300", "second number"),
        ("100 (including 200 children)", r"'\(' is not understood"),
        ("100 (including 20 children; 150 in all)", r"'\(' is not understood"),
        ("100 (including 20 children", r"'\(' is not understood"),
        ("1,00,00", "not a number in English print"),
        ("dozens and hundreds", "second number"),
        ("100 (200)", r"'\(' is not understood"),
        ("100 people (20 km)", r"'\(' is not understood"),
        ("100 km (20 sq km)", r"'\(' is not understood"),
        ("100 km (20 km)", r"'\(' is not understood"),
        ("100 km (62 miles, 5 ft)", r"'\(' is not understood"),
        ("3 million 2 million", "second number"),
        ("3 million 007 thousand", "second number"),
        ("one point twenty-five million", "second number"),
        ("fifty-second", "ordinal"),
        ("one two three", "not one number"),
        ("zero five", "not one number"),
        ("50 to 40", "ends below its beginning"),
        ("900 to 1 million", "ends below its beginning"),
        ("40 to", "ends in 'to'"),
        ("40-", "'-' is not understood"),
        ("40 -50", "one side only"),
        ("-2-1", "number below zero"),
        ("between 40", "two ends of the range"),
        ("between 40 or 50", "two ends of the range"),
        ("40 km to 50 miles", "in one range"),
        ("up to 40 to 50", "a range with at_most"),
        ("40 to 50 so far", "a range with at_least"),
        ("at least 40 at most", "contradict"),
        ("up to 30 so far", "contradict"),
        ("fewer than 0", "no number is left"),
        ("2.5 soldiers", "a count is whole"),
        ("102.0", "a count is whole"),
        ("1.2345 thousand", "a count is whole"),
        ("100 times", "turns it into another number"),
        ("100 more than yesterday", "turns it into another number"),
        ("100 if not more", "turns it into another number"),
        ("5m people", "may be million or metres"),
        ("5 tons", "tonne or short_ton or long_ton"),
        ("5 pounds", "pound_mass or GBP"),
        ("¥5", "JPY or CNY"),
        ("20 degrees", "degree_celsius or degree_fahrenheit"),
        ("1,150 KM", "write km"),
        ("four long months", "'months' does not follow its number"),
        ("$5 million euros", "two units"),
        ("12 per", "what it is per"),
        ("12 km/h per day", "one upper and one lower"),
        ("1" * 31, "too long"),
        ("0." + "0" * 31 + "1", "too long"),
        ("1\x00", r"U\+0000.*character 2"),
        ("\ud800", r"U\+D800"),
        ("1\u200b0", r"U\+200B"),
        ("٣", "neither"),
    ],
)
def test_what_cannot_be_read(text: str, wrong: str) -> None:
    with pytest.raises(UnreadableNumber, match=wrong):
        read(text)


def test_an_unknown_unit_is_a_number_that_cannot_be_read() -> None:
    with pytest.raises(UnreadableNumber, match="lower case"):
        read("102", unit="Person")


def test_errors_say_where() -> None:
    with pytest.raises(UnreadableNumber) as caught:
        read("102 men from the 488th regiment")
    assert caught.value.at == 17
    assert str(caught.value).startswith("'488' is a second number (character 18): keep one")


def test_two_numbers_for_each_other() -> None:
    first, second = read_pair("1,000 for 500 prisoners", unit="person")
    assert (first.number, first.text) == (1000, "1,000")
    assert (second.number, second.text) == (500, "500 prisoners")
    assert [read(value.text, unit="person") for value in (first, second)] == [first, second]
    assert [value.number for value in read_pair("1,000-for-1,000")] == [1000, 1000]


@pytest.mark.parametrize("text", ["1,000", "40 to 50", "about 1,000 for 500", "hundreds for dozens", "1,000 for peace"])
def test_not_two_numbers_for_each_other(text: str) -> None:
    with pytest.raises(UnreadableNumber):
        read_pair(text)


HEDGES = [
    phrase
    for table in (wording._BEFORE, wording._BEHIND)
    for phrases in table.values()
    for phrase in phrases.split("|")
]
PIECES = [
    *HEDGES,
    *wording.SPELT,
    *wording.SCALES,
    *wording.ABBREVIATIONS,
    *wording.MAGNITUDES,
    *wording.TURNING,
    *wording.LINKING,
    *unit_names.WORDS,
    *unit_names.SIGNS,
    *unit_names.SHARED,
    *currencies.CODES,
    *(
        "a",
        "an",
        "per",
        "several",
        "half",
        "and a half",
        "men",
        "100",
        "1,000",
        "2.5",
        "1.000",
        "0",
        "2024",
        "-",
        "–",
        "+",
    ),
    *(
        "½",
        ".",
        ",",
        "/",
        "'",
        "\u00a0",
        "100,000",
        "first",
        "st",
        "(",
        ")",
        "including",
        "s of",
        "point",
        "daily",
        "brigade",
        "no",
        "none",
        "or",
        "sq.",
        "$",
        "C",
    ),
]
texts = (
    st.text(max_size=60)
    | st.text("0123456789,.- –½%$£mkbn°C/", max_size=20)
    | st.tuples(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from([" ", "", "-"])).map(
        lambda drawn: drawn[1].join(drawn[0])
    )
)
measures = st.sampled_from(
    [None, "person", "square_kilometre", "percent", "USD", "month", "degree_celsius", "death/100000 person", "number"]
)


def attempt(text: str, measure: str | None) -> Value | str:
    try:
        return read(text, unit=measure)
    except UnreadableNumber as error:
        return str(error)


@given(texts, measures)
@example("100,000 per 1,000 trillion dollars", "month")
@example("two hundred and and two", None)
@example("ninety km² per 1,000 kg", "degree_celsius")
def test_every_text_is_read_or_refused_and_always_alike(text: str, measure: str | None) -> None:
    found = attempt(text, measure)
    assert found == attempt(text, measure)
    if isinstance(found, Value):
        assert found.literal.low is not None or found.literal.high is not None
        for number in (found.number, found.literal.low, found.literal.high):
            assert number is None or exact(decimal_text(number)) == number
        assert found.literal.meets(found.pragmatic())
        if found.unit:
            # What was printed converts, so it can be read as its own measure.
            assert attempt(text, found.unit) == found


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_round_trip(number: int) -> None:
    for printed in (f"{number:,}", f"{number:,} soldiers", f"{number:,}".replace(",", "\u202f")):
        if not 1900 <= number <= 2099:
            assert read(printed, unit="person").number == number


@given(decimals)
def test_decimals_round_trip(number: Number) -> None:
    value = read(f"{decimal_text(number)}%")
    assert value.number == number
    assert value.literal == Interval(number, number)


ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
SMALL = [*ONES.split(), "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelt(number: int) -> str:
    for scale, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            link = "" if rest == 0 else " and " if rest < 100 else " "
            return f"{spelt(number // scale)} {word}{link}{spelt(rest) if rest else ''}"
    if number < 20:
        return SMALL[number]
    return TENS[number // 10 - 2] + (f"-{SMALL[number % 10]}" if number % 10 else "")


@given(st.integers(0, 10**12 - 1))
def test_number_words_round_trip(number: int) -> None:
    assert read(spelt(number)).number == number


@given(st.sampled_from(HEDGES), st.integers(1, 10**9))
def test_every_hedge_keeps_its_number(hedge: str, number: int) -> None:
    for text in (f"{hedge} {number:,} men", f"{number:,} men {hedge}"):
        found = attempt(text, "person")
        if isinstance(found, Value):
            assert found.number == number


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "and ",
        "between 1 and ",
        "hundred ",
        "a ",
        "- ",
        "½",
        "\u00a0",
        "m ",
        "1 million ",
        "one point ",
        "1 (including ",
        "a year and a half ",
        "5 or ",
        "from 1 to ",
    ],
)
def test_long_texts_are_refused_at_once(piece: str) -> None:
    long = piece * (100_000 // len(piece))
    with pytest.raises(UnreadableNumber, match="too long"):
        read(long)
    attempt(long[:MAX_TEXT], None)


@pytest.mark.parametrize("text", ["Rs 10 lakh", "Rs. 10 lakh", "Rs10 lakh", "₹10 lakh", "10 lakh rupees ($12,000)"])
def test_rupees_as_india_prints_them(text: str) -> None:
    value = read(text, unit="INR")
    assert (value.number, value.unit) == (1_000_000, "INR")


def test_whose_rupees_is_said_by_the_measure_or_not_known() -> None:
    assert read("Rs 500", unit="PKR").unit == "PKR"
    with pytest.raises(UnreadableNumber, match="'Rs' may be INR or LKR"):
        read("Rs 500")
