"""The names of units: which printed words and signs stand for which unit. Tables only; `units` gives them meaning.

Only what stands here is a measured unit. Every other lower-case noun counts things, however `pint` might read it (to
`pint` a hand is 4 inches and a shot is a volume), so no count turns into a quantity because of how it is spelled.
"""

from collections.abc import Iterator

from app.domain import currencies

# canonical name → signs, as printed; the words (plural, American spelling, "sq km") are derived below.
_SIMPLE: dict[str, str] = {
    "millimetre": "mm",
    "centimetre": "cm",
    "metre": "m",
    "kilometre": "km",
    "inch": "",
    "foot": "ft",
    "yard": "yd yds",
    "mile": "mi",
    "nautical_mile": "nmi",
    "hectare": "ha",
    "acre": "",
    "millilitre": "ml mL",
    "litre": "l L",
    "gallon": "gal",
    "imperial_gallon": "",
    "barrel": "bbl",
    "milligram": "mg",
    "gram": "g",
    "kilogram": "kg",
    "tonne": "t",
    "kilotonne": "kt",
    "megatonne": "Mt",
    "gigatonne": "Gt",
    "short_ton": "",
    "long_ton": "",
    "ounce": "oz",
    "troy_ounce": "",
    "pound_mass": "lb lbs",
    "bushel": "",
    "second": "sec secs",
    "minute": "min mins",
    "hour": "h hr hrs",
    "day": "",
    "week": "",
    "fortnight": "",
    "month": "",
    "year": "yr yrs",
    "decade": "",
    "century": "",
    "watt": "W",
    "kilowatt": "kW",
    "megawatt": "MW",
    "gigawatt": "GW",
    "terawatt": "TW",
    "horsepower": "hp",
    "watt_hour": "Wh",
    "kilowatt_hour": "kWh",
    "megawatt_hour": "MWh",
    "gigawatt_hour": "GWh",
    "terawatt_hour": "TWh",
    "joule": "J",
    "kilojoule": "kJ",
    "megajoule": "MJ",
    "gigajoule": "GJ",
    "calorie": "cal",
    "kilocalorie": "kcal",
    "pascal": "Pa",
    "hectopascal": "hPa",
    "kilopascal": "kPa",
    "millibar": "mbar",
    "volt": "V",
    "kilovolt": "kV",
    "ampere": "A",
    "hertz": "Hz",
    "kilohertz": "kHz",
    "megahertz": "MHz",
    "gigahertz": "GHz",
    "byte": "",
    "kilobyte": "kB KB",
    "megabyte": "MB",
    "gigabyte": "GB",
    "terabyte": "TB",
    "petabyte": "PB",
    "sievert": "Sv",
    "millisievert": "mSv",
    "microsievert": "µSv μSv",
    "becquerel": "Bq",
    "knot": "kn",
    "degree_celsius": "°C ℃ C",
    "degree_fahrenheit": "°F ℉ F",
    "kelvin": "",
    "arc_degree": "",
    "number": "",
    "percent": "% pct",
    "percentage_point": "pp",
    "permille": "‰",
    "basis_point": "bp bps",
}
_POWERS = {
    "square": ("² 2 ^2", "millimetre centimetre metre kilometre inch foot yard mile"),
    "cubic": ("³ 3 ^3", "centimetre metre kilometre inch foot yard"),
}
_PLURALS = {"foot": "feet", "inch": "inches", "century": "centuries", "celsius": "celsius", "fahrenheit": "fahrenheit"}
_PLURALS |= {
    unit: unit for unit in ("hertz", "kilohertz", "megahertz", "gigahertz", "horsepower", "percent", "permille")
}

# words that no rule above derives
_EXTRA = {
    "celsius": "degree_celsius",
    "centigrade": "degree_celsius",
    "degrees centigrade": "degree_celsius",
    "degrees celsius": "degree_celsius",
    "degrees c": "degree_celsius",
    "degc": "degree_celsius",
    "fahrenheit": "degree_fahrenheit",
    "degrees fahrenheit": "degree_fahrenheit",
    "degrees f": "degree_fahrenheit",
    "degf": "degree_fahrenheit",
    "metric ton": "tonne",
    "metric tons": "tonne",
    "metric tonne": "tonne",
    "metric tonnes": "tonne",
    "us ton": "short_ton",
    "us tons": "short_ton",
    "us gallon": "gallon",
    "us gallons": "gallon",
    "barrel of oil": "barrel",
    "barrels of oil": "barrel",
    "per cent": "percent",
    "per mille": "permille",
    "kph": "kilometre/hour",
    "kmh": "kilometre/hour",
    "kmph": "kilometre/hour",
    "kms": "kilometre",
    "mph": "mile/hour",
    "ppm": "count/1000000",
    "ppb": "count/1000000000",
    "parts per million": "count/1000000",
    "parts per billion": "count/1000000000",
    "sq km": "square_kilometre",
    "sqkm": "square_kilometre",
    "sq m": "square_metre",
    "sq mi": "square_mile",
    "sq ft": "square_foot",
    "cu m": "cubic_metre",
    "cu km": "cubic_kilometre",
    "cu ft": "cubic_foot",
}
# "s" alone is no sign: "the 1990s".
_RATES = {"m/s": "metre/second", "km/s": "kilometre/second", "m³/s": "cubic_metre/second"}
_SHARED: dict[str, tuple[str, ...]] = dict.fromkeys(("ton", "tons"), ("tonne", "short_ton", "long_ton"))
_SHARED |= dict.fromkeys(("degree", "degrees", "°"), ("degree_celsius", "degree_fahrenheit", "arc_degree"))
_SHARED |= dict.fromkeys(("pound", "pounds"), ("pound_mass", *currencies.SHARED["pound"]))
SHARED = currencies.SHARED | _SHARED
"""Words and signs that stand for several units, with their canonical names."""


def _american(words: str) -> str:
    return words.replace("metre", "meter").replace("litre", "liter")


def _worded(name: str) -> Iterator[str]:
    singular = name.replace("_", " ")
    head, _, last = singular.rpartition(" ")
    plural = f"{head} {_PLURALS.get(last, last + 's')}".strip()
    for words in (singular, plural):
        yield words
        yield _american(words)


def _powers() -> Iterator[tuple[str, str, list[str]]]:
    """Canonical name, name of the base, and signs, of every square and cubic unit."""
    for power, (marks, bases) in _POWERS.items():
        for base in bases.split():
            yield (
                f"{power}_{base}",
                base,
                [f"{sign}{mark}" for sign in _SIMPLE[base].split()[:1] for mark in marks.split()],
            )


def _tables() -> tuple[dict[str, str], dict[str, str]]:
    words, signs = _EXTRA | currencies.WORDS, currencies.SIGNS | _RATES
    for name, printed in _SIMPLE.items():
        words |= dict.fromkeys(_worded(name), name)
        signs |= dict.fromkeys(printed.split(), name)
    for name, base, printed_signs in _powers():
        words |= dict.fromkeys(_worded(name), name)
        words |= {f"sq {word}": name for word in _worded(base) if name.startswith("square")}
        signs |= dict.fromkeys(printed_signs, name)
    signs |= {code: code for code in currencies.CODES}
    # "Number" as a printed word names nothing.
    return {word: name for word, name in words.items() if word not in SHARED and name != "number"}, signs


WORDS, SIGNS = _tables()
"""Printed words in lower case, and signs in their exact case, to canonical names."""

NAMES = frozenset({*_SIMPLE, *(name for name, _, _ in _powers())})
"""Canonical names of all units but counts, currencies and rates."""
