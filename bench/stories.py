"""Bundles of the shape that a newsroom's database has, the same at every run: a bundle of one article a line.

Few entities are in most of the news and most in little of it (Zipf); few numbers are told by thousands of articles and
most by one. Names have a second script, numbers all the usual wordings, and of every fourth number one claim in twenty
is far off.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

Json = dict[str, Any]

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000, "5m": 5_000_000}
SEED = 20240814
CLAIMS_AN_ARTICLE = 5
LARGEST_FRAME = 10_000
"""Claims of the frame that is told most often; of a small database, a tenth of them all."""
FIRST_DAY = date(2014, 1, 1)
DAYS = 4000
DEFINED_AT_ONCE = 500

_SYLLABLES = tuple(
    zip(
        ["ba", "do", "ka", "le", "mi", "no", "ra", "sha", "te", "vo", "zha", "ty", "ur", "ost", "yn"],
        ["ба", "до", "ка", "ле", "ми", "но", "ра", "ша", "те", "во", "жа", "ти", "ур", "ост", "ин"],
        ["μπα", "ντο", "κα", "λε", "μι", "νο", "ρα", "σα", "τε", "βο", "ζα", "τι", "ουρ", "οστ", "ιν"],
        strict=True,
    )
)
_KINDS = ("person", "person", "organization", "place", "unit")
_UNITS = ("person", "person", "settlement", "vehicle", "USD", "square_kilometre", "percent")
_WORDS = [
    "residents",
    "officials",
    "drivers",
    "troops",
    "shelters",
    "bridges",
    "schools",
    "harvest",
    "border",
    "river",
    "market",
    "hospital",
]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a number is of: an event (by rank), a measure, a kind, and the days on which it is told."""

    event: int
    measure: int
    kind: str
    day: int
    last_day: int
    number: int
    disputed: bool


class Stories:
    """A database of about so many claims, as lines of JSON Lines."""

    def __init__(self, claims: int) -> None:
        self.random = Random(SEED)
        self.claims = claims
        self.n_entities, self.n_events = max(200, claims // 50), max(100, claims // 100)
        self.n_sources, self.n_measures = max(20, min(500, claims // 500)), max(30, min(300, claims // 2_000))
        self._entities, self._events = _zipf(self.n_entities), _zipf(self.n_events)
        self.frames = list(self._frames())

    def bundles(self) -> Iterator[Json]:
        """Definitions first, then articles in the order of their keys."""
        yield {
            "bundle": "outlets",
            "sources": [self._source(i) for i in range(self.n_sources)],
            "measures": [self._measure(i) for i in range(self.n_measures)],
        }
        yield from self._defined("entities", self.n_entities, self._entity)
        yield from self._defined("events", self.n_events, self._event)
        told = self._told()
        for number, begin in enumerate(range(0, len(told), CLAIMS_AN_ARTICLE)):
            yield self._article(number, told[begin : begin + CLAIMS_AN_ARTICLE])

    def _defined(self, noun: str, count: int, define: Any) -> Iterator[Json]:  # noqa: ANN401 - a method
        for begin in range(0, count, DEFINED_AT_ONCE):
            numbers = range(begin, min(begin + DEFINED_AT_ONCE, count))
            yield {"bundle": f"{noun}-{begin:07}", noun: [define(number) for number in numbers]}

    def _frames(self) -> Iterator[Frame]:
        """Frames whose sizes add up to the claims. The first is the largest: it makes the worst case sure."""
        left, largest = self.claims, min(LARGEST_FRAME, self.claims // 10)
        size = largest
        while left > 0:
            size = min(size, left)
            frame = self._frame(size)
            for _ in range(size):
                yield frame
            left -= size
            size = int(min(largest, 1 / (1 - self.random.random())))

    def _frame(self, size: int) -> Frame:
        day = self.random.randrange(DAYS - 400)
        number = max(2, int(self.random.lognormvariate(6, 2)))
        kind = self.random.choice(("flow", "flow", "cumulative", "stock"))
        event = self._drawn(self._events)
        measure, last_day = self.random.randrange(self.n_measures), day + min(365, size // 20)
        return Frame(event, measure, kind, day, last_day, number, disputed=self.random.random() < 0.25)

    def _told(self) -> list[Frame]:
        """The claims' frames in the order in which articles tell them: by day, so that an article is of one time."""
        return sorted(self.frames, key=lambda frame: self.random.randint(frame.day, frame.last_day))

    def _drawn(self, weights: list[float]) -> int:
        return bisect_right(weights, self.random.random() * weights[-1])

    def _entity(self, number: int) -> Json:
        latin, cyrillic, greek = (" ".join(name) for name in zip(*_spelled(number), strict=True))
        second = {"name": cyrillic, "language": "uk"} if number % 4 else {"name": greek, "language": "el"}
        return {
            "key": f"entity-{number}",
            "kind": _KINDS[number % len(_KINDS)],
            "name": latin,
            "aliases": [second, f"Nr {number} {latin.split()[1]}"],
        }

    def _source(self, number: int) -> Json:
        return {"key": f"source-{number}", "name": f"The {_name(number + 7)[0]} Gazette {number}", "kind": "newspaper"}

    def _measure(self, number: int) -> Json:
        word, unit = _WORDS[number % len(_WORDS)], _UNITS[number % len(_UNITS)]
        return {"key": f"measure-{number}", "label": f"{word} counted {number}", "unit": unit}

    def _event(self, number: int) -> Json:
        random = Random(f"event {number}")
        day = FIRST_DAY + timedelta(days=random.randrange(DAYS - 400))
        event: Json = {"key": f"event-{number}", "title": f"{_words(random, 3).capitalize()}", "date": f"{day}/.."}
        if number % 3 and number > 10:
            event["part_of"] = f"event-{number // 10}"
        participant = f"entity-{bisect_right(self._entities, random.random() * self._entities[-1])}"
        return {**event, "participants": [{"entity": participant, "role": "party"}]}

    def _article(self, number: int, frames: list[Frame]) -> Json:
        random, last = self.random, max(frame.last_day for frame in frames)
        published = FIRST_DAY + timedelta(days=last + 1)
        claims = [self._claim(position, frame, published) for position, frame in enumerate(frames)]
        article = {
            "key": f"article-{number:07}",
            "source": f"source-{int(self.n_sources * random.random() ** 3)}",
            "title": _words(random, 6).capitalize(),
            "url": f"https://news.example.org/{number:07}",
            "published": f"{published}",
            "claims": claims,
        }
        return {"bundle": article["key"], "articles": [article]}

    def _claim(self, position: int, frame: Frame, published: date) -> Json:
        day = FIRST_DAY + timedelta(days=self.random.randint(frame.day, frame.last_day))
        start, end = FIRST_DAY + timedelta(days=frame.day), FIRST_DAY + timedelta(days=frame.last_day)
        claim: Json = {
            "key": f"c{position}",
            "kind": frame.kind,
            "statement": f"{_words(self.random, 9).capitalize()}.",
            "text": self._printed(frame),
            "measure": f"measure-{frame.measure}",
            "event": f"event-{frame.event}",
            "subjects": [f"entity-{self._drawn(self._entities)}"],
        }
        if frame.kind == "flow":
            claim["window"] = f"{start}/{end}"
        else:
            claim["as_of"] = f"{min(day, published)}"
        if frame.kind == "cumulative":
            claim["window"] = f"{start}/.."
        claim["speaker"] = self._speaker()
        return claim

    def _speaker(self) -> Json | str:
        if self.random.random() < 0.3:
            return {"unnamed": f"an official of the {self.random.choice(_WORDS)}"}
        return f"entity-{self._drawn(self._entities)}"

    def _printed(self, frame: Frame) -> str:
        random = self.random
        is_off = frame.disputed and random.random() < 0.05
        exact = max(1, round(frame.number * (random.uniform(2, 6) if is_off else random.uniform(0.97, 1.03))))
        rounded = max(1, round(exact, 1 - len(str(exact))))
        wordings = (f"{exact:,}", f"about {rounded:,}", f"more than {rounded:,}", f"at least {exact:,}", f"{rounded:,}")
        return random.choice(wordings)


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


def _name(number: int) -> tuple[str, str, str]:
    """A word for a number, in three scripts; each number has its own."""
    base = len(_SYLLABLES)
    digits = [number % base] if number < base else []
    while not digits or number >= base ** len(digits):
        digits.append(number // base ** len(digits) % base)
    latin, cyrillic, greek = ("".join(_SYLLABLES[digit][script] for digit in digits) for script in range(3))
    return latin.capitalize(), cyrillic.capitalize(), greek.capitalize()


def _spelled(number: int) -> list[tuple[str, str, str]]:
    """Given and family name. Many share a given name, none a family name."""
    return [_name(3 + number % 150), _name(number + math.isqrt(number))]


def _words(random: Random, count: int) -> str:
    return " ".join(
        random.choice(_WORDS) if random.random() < 0.6 else _name(random.randrange(3000))[0].lower()
        for _ in range(count)
    )


def alias(number: int) -> str:
    """How the requests call the entity of that rank: by its full name in the second script."""
    script = 1 if number % 4 else 2
    return " ".join(name[script] for name in _spelled(number))
