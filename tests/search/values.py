"""Values to try each parameter with: some that match much, some that match little, none that is refused."""

from random import Random
from urllib.parse import urlencode

from app.search.collections import Collection
from app.search.variants import base_of, family
from tests.generated import BODIES, EVENTS, MEASURES, PEOPLE, PLACES, SOURCES

_NAMES = [name for names in (*PEOPLE.values(), *PLACES.values(), *BODIES.values()) for name in names]
DATES = ["2024-08-14", "2024-08-15", "2024-08", "2024", "2024-08-14T20:00Z", "2024-08-13/2024-08-15", "../2024-08-16"]
_NUMBERS = ["0", "95", "100", "100.5", "1200", "2000", "-2", "3", "8", "50", "1e3", "10000000"]
SEARCHES = [
    *("claim", "Claims story", "ПЕТРЕНКО", "petrenko -claim", "-story", '"claim 3"', '-"the day" prisoners', "pris*"),
    *("of", '"story 1" -"claim 1"', "held* area", "rené o'neil", "1,200", "nothing at all", "???", "-", '"'),
]
_WORDS = {
    "entity": [*_NAMES, *PEOPLE, *BODIES, "petrenko", "PETRENKO", "nobody at all", "unknown"],
    "speaker": [*_NAMES, *PEOPLE],
    "name": [*_NAMES, *SOURCES.values()],
    "source": [*SOURCES, *SOURCES.values(), "wire", "daily"],
    "article": [f"a{number}" for number in range(5)],
    "event": [*EVENTS],
    "part_of": [*EVENTS],
    "measure": [*MEASURES],
    "origin": ["entity:nobody", *_NAMES, *SOURCES.values(), "an official, to the Wire", "nobody at all", "petrenko"],
    "q": SEARCHES,
    "prefix": ["pet", "Petrenko I", "о'н", "the", "kursk", "x"],
    "unit": ["person", "square_kilometre", "km²", "hectare", "percent", "degC"],
    "policy": ["about_width:0.5", "about_grain_cap:0,tension_ratio:1.2", "rounding_width:0", "drift_days:0"],
}


def sorted_by(name: str) -> dict[str, str]:
    """What asks for that order of claims: relevance needs something to be relevant to."""
    return {"sort": name, "q": "claim"} if name == "relevance" else {"sort": name}


def sample(random: Random, collection: Collection, name: str) -> str:
    """A value for that parameter of the collection."""
    given = collection.parameters[name].type
    if given.schema["type"] == "array":
        one = base_of(name)
        several = range(random.randint(1, 4))
        return ",".join(sample(random, collection, one) if one else random.choice(given.words) for _ in several)
    if given.words:
        return random.choice(given.words)
    if given.schema["type"] == "boolean":
        return random.choice(["true", "false"])
    if given.schema["type"] == "number":
        return random.choice(_NUMBERS)
    if given.schema.get("format") == "edtf":
        return random.choice(DATES)
    return random.choice(_WORDS[name])


def random_filters(random: Random, collection: Collection) -> dict[str, str]:
    """A few filters of the collection."""
    names = random.sample([*collection.filters], random.randint(1, min(3, len(collection.filters))))
    if "as_of" in names:  # it takes what narrows, and no status
        names = [*dict.fromkeys((*(name for name in names if name not in family("status")), "measure"))]
    if "policy" in names and not {"event", "entity", "event__in", "entity__in"} & set(names):  # it needs one of them
        names.append("event")
    return {name: sample(random, collection, name) for name in names}


def random_pairs(random: Random, collection: Collection) -> str:
    """A query string with a few filters, and perhaps a sort, a limit, a count."""
    pairs = random_filters(random, collection)
    for name in collection.paging:
        if name not in {"cursor", "facet" if "as_of" in pairs else ""} and random.random() < 0.3:
            pairs[name] = str(random.randint(1, 20)) if name == "limit" else sample(random, collection, name)
    if pairs.get("sort") == "relevance":  # it needs something to be relevant to
        pairs.setdefault("q", random.choice(SEARCHES))
    return urlencode(pairs)
