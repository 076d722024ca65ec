"""A database with a bit of everything, the same each time: what lists, filters and paging are tried on."""

from collections.abc import Iterator
from random import Random
from typing import Any

from app.storage.engine import migrate
from tests.factories import load_bundles, opened

PEOPLE = {
    "ivan-petrenko": ["Ivan Petrenko", "Іван Петренко", "Petrenko Ivan"],
    "olena-petrenko": ["Olena Petrenko", "Олена Петренко"],
    "rene-oneil": ["René O’Neil", "Рене О'Ніл"],
    "georgia-lee": ["Georgia Lee", "Georgia"],
    "nobody": ["Nobody At All"],
}
PLACES = {"georgia": ["Georgia", "Sakartvelo"], "kursk": ["Kursk", "Курск"], "north": ["The North"]}
BODIES = {"army": ["The Army"], "relief": ["Petrenko Relief Fund", "PRF"]}
SOURCES = {"daily": "The Daily", "wire": "The Wire", "evening-wire": "Evening Wire", "channel": "Канал"}
MEASURES: dict[str, dict[str, Any]] = {
    "captured": {"label": "prisoners captured", "unit": "person"},
    "area": {"label": "area held", "unit": "square_kilometre"},
    "warmth": {"label": "mean temperature", "unit": "degree_celsius", "signed": True, "additive": False},
    "share": {"label": "share held", "unit": "percent", "additive": False},
}
TEXTS = {
    "captured": [
        *(
            "102",
            "more than 100",
            "about 2,000",
            "hundreds",
            "several hundred",
            "40 to 50",
            "up to 30",
            "fewer than 30",
        ),
        *("at least 1,200", "100", "95", "9,473,298", "dozens", "tens of thousands", "0"),
    ],
    "area": ["1,150 square kilometres", "8 km²", "300 hectares", "more than 1,000 square kilometres", "2.5 km²"],
    "warmth": ["-2.1 degrees Celsius", "30 degrees Celsius", "50 degrees Fahrenheit", "about 5 degrees Celsius"],
    "share": ["50%", "50.4%", "about 3%", "40% to 50%"],
}
EVENTS = {
    "war": ("2024-02~/..", None),
    "incursion": ("2024-08-06/..", "war"),
    "advance": ("2024-08-06/2024-08-20", "incursion"),
    "day": ("2024-08-14", "advance"),
    "night": ("2024-08-14T22:00+03:00/2024-08-15T04:00+03:00", "day"),
    "talks": ("2024-08", None),
    "long-ago": ("../1999-12-31", None),
    "exchange": ("2024-08-14", "talks"),
}
TAKING_PART = {"day": ["ivan-petrenko"], "talks": ["rene-oneil", "olena-petrenko"], "long-ago": ["georgia-lee"]}
WITHDRAWN = "a3"
"""The article that the second loading has no more claims of."""


def generated(url: str) -> None:
    """Prepare a database with a few hundred claims; some are withdrawn, some recorded later."""
    migrate(url)
    with opened(url) as database:
        load_bundles(database, world(), now="2024-09-01T00:00:00Z")
        load_bundles(database, *stories(), now="2024-09-02T00:00:00Z")
        changed = next(story for story in stories() if story["articles"][0]["key"] == WITHDRAWN)
        changed["articles"][0]["claims"] = changed["articles"][0]["claims"][:1]
        load_bundles(database, changed, now="2024-09-03T12:30:00Z")


def world() -> dict[str, Any]:
    """All but the articles."""
    people = [_entity(key, "person", names) for key, names in PEOPLE.items()]
    places = [_entity(key, "place", names) for key, names in PLACES.items()]
    bodies = [_entity(key, "organization", names) for key, names in BODIES.items()]
    dimensions = {"by": "entity", "stage": "word"}
    return {
        "bundle": "world",
        "entities": [*people, *places, *bodies],
        "sources": [
            {"key": key, "name": name, "kind": "agency" if "wire" in key else "other"} for key, name in SOURCES.items()
        ],
        "measures": [{"key": key, "dimensions": dimensions, **fields} for key, fields in MEASURES.items()],
        "events": [_event(key, date, parent) for key, (date, parent) in EVENTS.items()],
    }


def _entity(key: str, kind: str, names: list[str]) -> dict[str, Any]:
    return {"key": key, "kind": kind, "name": names[0], "aliases": [{"name": name} for name in names[1:]]}


def _event(key: str, date: str, parent: str | None) -> dict[str, Any]:
    taking_part = [{"entity": entity, "role": "side"} for entity in TAKING_PART.get(key, [])]
    event = {"key": key, "title": f"The {key}", "date": date, "participants": taking_part}
    if key == "incursion":
        event["place"] = "kursk"
    return event if parent is None else {**event, "part_of": parent}


def stories() -> list[dict[str, Any]]:
    """One bundle for each article; the last repeat a rare number of the one before them."""
    random = Random(20240814)
    told = [_article(random, number) for number in range(24)] + [*_repeated()]
    return [{"bundle": f"story-{number}", "articles": [article]} for number, article in enumerate(told)]


def _repeated() -> Iterator[dict[str, Any]]:
    for number, source in enumerate(("wire", "daily", "channel"), 24):
        claim: dict[str, Any] = {
            "key": "c",
            "kind": "stock",
            "statement": f"Count {number}.",
            "measure": "captured",
            "event": "talks",
        }
        claim |= {"text": "1,234 soldiers", "as_of": "2024-08-18"}
        claim |= {"speaker": {"unnamed": "an official"}} if source == "wire" else {}
        fields = {"source": source, "title": f"Story {number}", "published": f"2024-08-{number}"}
        yield {"key": f"a{number}", **fields, "claims": [claim]}


def _article(random: Random, number: int) -> dict[str, Any]:
    day = random.randint(13, 20)
    published: Any = f"2024-08-{day}"
    if number % 5 == 0:
        published = {"date": f"2024-08-{day}/2024-08-{day + 2}", "basis": "inferred", "why": "the text says so"}
    claims = [*_claims(random, number)]
    source = random.choice([*SOURCES])
    return {"key": f"a{number}", "source": source, "title": f"Story {number}", "published": published, "claims": claims}


def _claims(random: Random, number: int) -> Iterator[dict[str, Any]]:
    for position in range(random.randint(6, 12)):
        measure = random.choice([*MEASURES, "captured"])
        kind = random.choice(["flow", "cumulative", "stock", "stock"])
        event = random.choice([None, "incursion", "advance", "day", "night", "exchange"])
        claim: dict[str, Any] = {
            "key": f"c{position}",
            "kind": kind,
            "statement": f"Claim {position} of story {number}.",
            "measure": measure,
            "text": random.choice(TEXTS[measure]),
            **_attribution(random),
        }
        if event and not (kind == "flow" and event == "incursion"):
            claim["event"] = event
        if kind == "flow" and "event" not in claim:
            claim["window"] = random.choice(["2024-08-14", "2024-08-10/2024-08-14", "2024-08"])
        if kind == "cumulative":
            claim["window"] = "2024-08-06/.."
        if kind != "flow" and random.random() < 0.5:
            claim["as_of"] = random.choice(["2024-08-14", "2024-08-15", "2024-08", "2024-08-15T18:00Z", "2024-08-12"])
        if random.random() < 0.2:
            claim["dimensions"] = {"by": random.choice([*BODIES])}
        yield claim
    yield {"key": "s", "kind": "statement", "statement": f"Statement of story {number}.", **_attribution(random)}
    if number:
        disputes = [f"a{number - 1}/s"]
        yield {
            "key": "d",
            "kind": "statement",
            "statement": f"Denial {number}.",
            "event": "talks",
            "disputes": disputes,
        }


def _attribution(random: Random) -> dict[str, Any]:
    given: dict[str, Any] = {}
    chance = random.random()
    if chance < 0.5:
        given["speaker"] = random.choice([*PEOPLE][:-1])
    elif chance < 0.7:
        given["speaker"] = {"unnamed": "an official", "of": random.choice([*BODIES])}
    if random.random() < 0.3:
        given["via"] = [{"source": random.choice([*SOURCES])}]
    if random.random() < 0.3:
        given["subjects"] = random.sample([*PEOPLE, *PLACES][:-1], 2)
    return given
