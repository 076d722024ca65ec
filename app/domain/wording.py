"""The words around and inside a printed number: which hedge says what, which words make a number. Tables only."""

from enum import StrEnum

from app.domain.value import Qualifier


class Hedge(StrEnum):
    """What words beside a number say about it."""

    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    PARTIAL = "partial"
    """A count that is not finished: at least so many, whatever the other words leave open."""
    BETWEEN = "between"
    FROM = "from"
    """Opens a range and is nothing without one: "from 5 to 10"."""
    NOTHING = "nothing"
    """Words that change nothing: "a total of"."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BOUNDS = {
    Hedge.AT_LEAST: Qualifier.AT_LEAST,
    Hedge.MORE_THAN: Qualifier.MORE_THAN,
    Hedge.AT_MOST: Qualifier.AT_MOST,
    Hedge.LESS_THAN: Qualifier.LESS_THAN,
}

# "Just under 100" bounds as "under 100" does: the words do not say how near. "Nearly 100" is printed of 98 and 101.
_BEFORE = {
    Hedge.ABOUT: (
        "about|around|round about|roughly|approximately|approx|some|nearly|almost|close to|near|nearing|approaching"
        "|an estimated|estimated|estimated at|est|circa|c|ca|in the region of|in the order of|on the order of"
        "|of the order of|somewhere around|something like|just about|~|≈"
    ),
    Hedge.AT_LEAST: "at least|at the very least|no fewer than|no less than|not fewer than|not less than|a minimum of"
    "|minimum of|minimum|as few as|as little as|≥|>=",
    Hedge.MORE_THAN: "more than|over|above|exceeding|in excess of|upwards of|upward of|north of|greater than"
    "|higher than|easily over|easily more than"
    "|well over|well above|well more than|far more than|far over|just over|just above|just more than"
    "|slightly over|slightly above|slightly more than|a little over|a little more than|a bit more than|>",
    Hedge.AT_MOST: "up to|as many as|as much as|at most|at the most|no more than|not more than|no greater than"
    "|a maximum of|maximum of|maximum|≤|<=",
    Hedge.LESS_THAN: "fewer than|less than|under|below|lower than|well under|well below|far fewer than|far less than"
    "|just under|just below|slightly under|slightly below|slightly less than|slightly fewer than|a little under"
    "|a little less than|a little fewer than|not quite|just shy of|shy of|just short of|<",
    Hedge.PARTIAL: "so far|thus far|to date|up to now|until now|already",
    Hedge.BETWEEN: "between|anywhere between|somewhere between",
    Hedge.FROM: "from|anywhere from|somewhere from|ranging from",
    Hedge.NOTHING: "the|another|a further|further|an additional|additional|an extra|extra|a total of|total of|in total"
    "|exactly|precisely|only|just|all|a record|altogether|a reported"
    "|reported|reportedly|a confirmed|confirmed",
}
_BEHIND = {
    Hedge.ABOUT: "or so|or thereabouts|odd|ish|give or take|approximately|roughly",
    Hedge.AT_LEAST: "or more|and more|or above|or greater|or higher|plus|+|and counting|at least|minimum",
    Hedge.AT_MOST: "or fewer|or less|at most|at the most|maximum|max|tops",
    Hedge.PARTIAL: "so far|thus far|to date|up to now|until now|already|as of now",
    Hedge.NOTHING: "in total|in all|altogether|overall|more|exactly",
}

Trie = dict[str, "Trie | Hedge"]
"""Words to what may follow; under "" stands what the words so far say."""


def _trie(table: dict[Hedge, str]) -> Trie:
    root: Trie = {}
    for hedge, phrases in table.items():
        for phrase in phrases.split("|"):
            node = root
            for word in phrase.split():
                below = node.setdefault(word, {})
                assert isinstance(below, dict)
                node = below
            node[""] = hedge
    return root


BEFORE = _trie(_BEFORE)
BEHIND = _trie(_BEHIND)

SCALES = {
    "dozen": 12,
    "score": 20,
    "hundred": 100,
    "thousand": 1000,
    "lakh": 10**5,
    "lakhs": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
ABBREVIATIONS = {
    "k": 1000,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "t": 10**12,
    "tn": 10**12,
    "trn": 10**12,
}
"""Printed behind digits."""
ALSO_UNITS = {"m": "metre", "t": "tonne"}
"""Abbreviations that are also the sign of a unit."""

SPELT_SCALES = frozenset({"hundred", "thousand", "million", "billion"})
"""Scales that the number-word library knows."""
SMALL = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
SPELT = SMALL | SPELT_SCALES
_DIGITS = "zero one two three four five six seven eight nine"
DIGITS = {word: digit for digit, word in enumerate(_DIGITS.split())}
"""What may follow "point": one point two five."""

MAGNITUDES = {
    "tens": (10, 100),
    "dozens": (12, 100),
    "scores": (20, 100),
    "hundreds": (100, 1000),
    "thousands": (1000, 10_000),
    "lakhs": (10**5, 10**6),
    "crores": (10**7, 10**8),
    "millions": (10**6, 10**7),
    "billions": (10**9, 10**10),
    "trillions": (10**12, 10**13),
}
"""The least number that the word admits, and the first one that it does not. Tens to hundreds follow ACLED's rule."""
SEVERAL = {
    "tens": (20, 100),
    "dozen": (24, 100),
    "dozens": (24, 100),
    "hundred": (200, 1000),
    "hundreds": (200, 1000),
    "thousand": (2000, 10_000),
    "thousands": (2000, 10_000),
    "million": (2 * 10**6, 10**7),
    "millions": (2 * 10**6, 10**7),
    "billion": (2 * 10**9, 10**10),
    "billions": (2 * 10**9, 10**10),
    "trillion": (2 * 10**12, 10**13),
}
"""The same behind "several" and "a few"."""
MULTIPLIERS = {"thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
"""What may follow a magnitude: "several hundred thousand", "tens of millions"."""

FRACTIONS = {"¼": "0.25", "½": "0.5", "¾": "0.75"}
VAGUE = _words("many several few numerous countless couple multiple various some most")
SHARES = {"half": 2, "quarter": 4}
"""Parts of one scale or unit: half a million, a quarter of a million."""
PARTS = _words("half third thirds quarter quarters fifth fifths tenth tenths")
ORDINALS = _words("first second third fourth fifth sixth seventh eighth ninth tenth")
MONTHS = _words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec"
)
TIMES_OF_DAY = _words("am pm o'clock bc ad bce ce")
TURNING = _words(
    "than times fold less fewer as half third thirds quarter quarters versus vs if perhaps maybe possibly probably not"
    " many several few numerous countless even something somethings"
)
"""Words behind a number that make another number of it."""
LENGTHS = _words("figure figures digit digits")
"""Behind a number they say how long another number is: a six-figure sum."""
GROUPS = {"pair": "pair", "pairs": "pair", "couple": "couple", "couples": "couple"}
"""Nouns that count two at a time, and the unit of a measure that counts them."""
FORMATIONS = _words("brigade regiment division battalion squadron platoon corps")
"""Units of an army, which bear numbers: "155 brigade" is one of them."""
EVERY = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
}
RECURRING = frozenset(EVERY) | _words("annual nightly quarterly")
"""Before a noun they may be its name (daily newspapers) or make a rate of it (daily deaths)."""
NO_THINGS = _words(
    "reports figures details data numbers totals counts estimates claims signs records statistics comments indications"
    " indicators doubts ideas words changes limits results plans updates confirmations clues answers statements sources"
    " grounds reasons facts news means terms tallies tolls always perhaps besides doubtless"
)
"""Plurals of which "no" says that nothing is known, rather than that there were none."""
UNSURE = _words("reported confirmed known verified identified counted recorded announced expected believed yet")
"""Words with which "no" and "none" say what is not known."""
PEOPLE = _words("people men women children servicemen policemen fishermen firefighters")
LINKING = _words("of in by from for on at since during with to into near against and who that which were was are have")
"""Words that end the noun that is counted."""
UNFINISHED = LINKING | _words("a an the about over under between up than some nearly roughly around per another")
"""Words that cannot end a text: what they lead to is missing."""
