"""Random stories for the proofs: what loads, edits and merges may bring in any order, small enough to collide often.

A `Story` has a few bundles, each in several versions, over one world: a flow inside a day inside an incursion, running
totals that replace each other, levels in two units, statements that dispute, relays, hedges and unknown scopes. Every
key and name carries the story's name, so that many stories can share a database without ever meeting.
"""

from random import Random
from typing import Any

Given = dict[str, Any]

COUNTS = [
    "95",
    "100",
    "102",
    "more than 100",
    "about 2,000",
    "hundreds",
    "40 to 50",
    "up to 30",
    "at least 120",
    "2,000",
]
AREAS = ["1,000 square kilometres", "100,000 hectares", "about 1,100 km²", "400 square kilometres", "more than 900 km²"]
DAYS = ["2024-08-13", "2024-08-14", "2024-08-15", "2024-08-16", "2024-08"]
SPEAKERS = ["ann", "ann", "anna", "bob"]
BUNDLES = ("b0", "b1", "b2")
VERSIONS = range(3)
KINDS = ("flow", "cumulative", "stock", "statement", "cumulative", "flow")
"""What the claims of an article are, by their position; a version of its bundle may leave some out."""
FIELDS = ["text", "measure", "event", "dimensions", "window", "as_of", "scope", "partial", "speaker", "via", "origin"]
"""What a correction sets, or takes away."""


class Story:
    """One story, the same for the same seed; `name` tells it from others."""

    def __init__(self, seed: int, name: str) -> None:
        self.name = name
        random = Random(f"{name} {seed}")
        self.versions = {key: [self._bundle(random, key) for _ in VERSIONS] for key in BUNDLES}

    def key(self, key: str) -> str:
        """A key of this story alone."""
        return f"{self.name}-{key}"

    def world(self) -> Given:
        """All but the articles that change: it is loaded first."""
        key = self.key
        people = {"ann": "Ann Arbor", "anna": "Anna Arbour", "bob": "Bob Baker"}
        entities = [{"key": key(one), "kind": "person", "name": f"{name} {self.name}"} for one, name in people.items()]
        army = {"key": key("army"), "kind": "organization", "name": f"Army {self.name}"}
        statement = {"kind": "statement", "statement": "So it was.", "event": key("incursion")}
        claims = [{"key": "yes", "speaker": key("ann"), **statement}, {"key": "no", "speaker": key("bob"), **statement}]
        return {
            "bundle": key("world"),
            "sources": [{"key": key(one), "name": f"The {one} {self.name}"} for one in ("daily", "wire", "post")],
            "entities": [*entities, army],
            "measures": [
                {"key": key("captured"), "label": "captured", "unit": "person", "dimensions": {"by": "entity"}},
                {"key": key("area"), "label": "held", "unit": "square_kilometre", "dimensions": {"by": "entity"}},
            ],
            "events": [
                {"key": key("incursion"), "title": "Incursion", "date": "2024-08-06/.."},
                {"key": key("day"), "title": "Day", "date": "2024-08-14", "part_of": key("incursion")},
                {"key": key("raid"), "title": "Raid", "date": "2024-08-14", "part_of": key("day")},
            ],
            "articles": [self._article("base", "daily", claims)],
        }

    def every_claim(self, bundle: str) -> Given:
        """The bundle with each claim that any version of it has, as that version has it."""
        found = {
            claim["key"]: claim
            for version in self.versions[bundle]
            for article in version["articles"]
            for claim in article["claims"]
        }
        (article,) = self.versions[bundle][0]["articles"]
        return {**self.versions[bundle][0], "articles": [{**article, "claims": [*found.values()]}]}

    def correction(self, random: Random, kind: str) -> Given:
        """All that a claim of a kind may say, said anew: what it said before does not matter."""
        marked = {"locator": "as corrected"}  # what changes nothing would not pin the claim
        if kind == "statement":
            return marked | self._statement(random)
        claim = self._number(random, kind)
        return marked | {field: claim.get(field) for field in FIELDS}

    def _article(self, key: str, source: str, claims: list[Given]) -> Given:
        return {
            "key": self.key(key),
            "source": self.key(source),
            "title": f"Article {key}",
            "published": "2024-08-15",
            "claims": claims,
        }

    def _bundle(self, random: Random, key: str) -> Given:
        claims = [self._claim(random, position) for position in range(len(KINDS)) if random.random() < 0.75]
        alias = random.choice([None, f"Robert Baker {self.name}", f"Bobby Baker {self.name}"])
        bob: Given = {"key": self.key("bob"), "kind": "person", "name": f"Bob Baker {self.name}"}
        return {
            "bundle": self.key(key),
            "entities": [{**bob, "aliases": [alias] if alias else []}],
            "articles": [self._article(key, (BUNDLES.index(key) % 2 and "post") or "daily", claims)],
        }

    def _claim(self, random: Random, position: int) -> Given:
        # A claim's kind goes with its key: a number does not become a statement that others dispute.
        kind = KINDS[position]
        made = self._statement(random) if kind == "statement" else self._number(random, kind)
        return {"key": f"c{position}", "kind": kind, "statement": "What was counted.", **made}

    def _statement(self, random: Random) -> Given:
        disputed = random.choice([[], [self.key("base") + "/yes"], [self.key("base") + "/no"]])
        return {"speaker": self.key(random.choice(SPEAKERS)), "disputes": disputed}

    def _number(self, random: Random, kind: str) -> Given:
        made: Given = {"measure": self.key("captured"), "text": random.choice(COUNTS)}
        if kind == "flow":
            made |= random.choice(
                [
                    {"event": self.key("day")},
                    {"event": self.key("raid")},
                    {"window": "2024-08-14"},
                    {"window": "2024-08"},
                ]
            )
            if random.random() < 0.3:
                # Counted anew, later.
                made["as_of"] = random.choice(DAYS[2:4])
        else:
            event = self.key(random.choice(["incursion", "incursion", "incursion", "day"]))
            made |= {"event": event, "as_of": random.choice(DAYS)}
        if kind == "stock":
            made |= {"measure": self.key("area"), "text": random.choice(AREAS)}
        if random.random() < 0.15:
            made["dimensions"] = {"by": self.key("army")}
        if random.random() < 0.1:
            made["scope"] = "unknown"
        if made["text"].isdecimal() and random.random() < 0.3:
            made["partial"] = True
        return made | self._attribution(random)

    def _attribution(self, random: Random) -> Given:
        key, chance = self.key, random.random()
        if chance < 0.6:
            return {"speaker": key(random.choice(SPEAKERS))}
        if chance < 0.7:
            return {"speaker": {"unnamed": "an officer", "of": key("army")}, "via": [key("wire")]}
        if chance < 0.8:
            return {"via": [key("wire")]}
        if chance < 0.9:
            return {"origin": {"key": key("staff"), "label": "the staff"}}
        return {}
