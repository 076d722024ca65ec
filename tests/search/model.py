"""What every filter means, in plain Python over published records: what SQL is compared with."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Connection, select

from app.domain.dates import bounds
from app.domain.ids import public_id
from app.domain.names import fold
from app.domain.units import UnknownUnit, conversion, unit_named
from app.domain.words import stems
from app.search.facets import MOST_VALUES
from app.search.nouns import ARTICLE, CLAIM, ENTITY, EVENT, FIGURE, MEASURE, SOURCE

Record = dict[str, Any]
VARIANTS = ("__in", "__not", "__isnull")
_TABLES = {
    "claims": CLAIM,
    "entities": ENTITY,
    "events": EVENT,
    "articles": ARTICLE,
    "sources": SOURCE,
    "measures": MEASURE,
    "figures": FIGURE,
}


@dataclass
class World:
    """Every record of a database, by noun, and by id."""

    nouns: dict[str, list[Record]]

    def __post_init__(self) -> None:
        # The same few names are asked for of every record.
        self.entities = cache(self._entities)
        self.sources = cache(self._sources)
        self.keyed = cache(self._keyed)
        self.by_id = {record["id"]: record for records in self.nouns.values() for record in records}

    def matching(self, noun: str, filters: Mapping[str, str]) -> set[str]:
        """The ids of the noun's records that all the filters leave."""
        return {
            record["id"]
            for record in self.nouns[noun]
            if (noun != "claims" or _is_shown(record, filters))
            and all(self._holds(noun, record, name, text, filters) for name, text in filters.items())
        }

    def _holds(self, noun: str, record: Record, name: str, text: str, filters: Mapping[str, str]) -> bool:
        base, _, variant = name.partition("__") if name.endswith(VARIANTS) else (name, "", "")
        if variant == "isnull":
            return _MISSING[noun, base](record) == (text == "true")
        if base == "role":
            one: Callable[[str], bool] = lambda role: self._in_role(record, role, filters)  # noqa: E731
        else:
            one = lambda value: _FILTERS[noun, base](self, record, value)  # noqa: E731
        if not variant:
            return one(text)
        return any(map(one, text.split(","))) == (variant == "in")

    def _in_role(self, claim: Record, role: str, filters: Mapping[str, str]) -> bool:
        """Of the entity that is asked for, or else of one of those in a list, or else of any."""
        concerned = {one["id"] for one in claim["entities"] if role in one["roles"]}
        if "entity" in filters:
            return not self.entities(filters["entity"]).isdisjoint(concerned)
        if "entity__in" in filters:
            return any(not self.entities(text).isdisjoint(concerned) for text in filters["entity__in"].split(","))
        return bool(concerned)

    def facet(self, noun: str, name: str, filters: Mapping[str, str]) -> dict[str, Any]:
        """The values of a facet, with how many records have them that all but its own filters leave."""
        own = ("as_of__gte", "as_of__lte") if name == "year" else (name, *(name + variant for variant in VARIANTS))
        left = self.matching(noun, {one: text for one, text in filters.items() if one not in own})
        counts = Counter(_FACETS[name](self.by_id[record]) for record in left)
        told = [{"value": value, "label": label, "count": count} for (value, label), count in counts.items()]
        if name == "year":
            told.sort(key=lambda one: str(one["value"]))
            shown = told[-MOST_VALUES:]
        else:
            # What has none comes last among those of one count.
            told.sort(key=lambda one: (-int(str(one["count"])), one["label"] is None, one["label"] or "", one["value"]))
            shown = told[:MOST_VALUES]
        return {"values": shown, "other": len(left) - sum(int(str(one["count"])) for one in shown)}

    def published(self, claim: Record) -> str:
        """The first day (or minute) on which the claim's article may have been published."""
        start: str = self.by_id[claim["article"]["id"]]["published"]["start"]
        return start

    def _entities(self, text: str) -> set[str]:
        """The entities that an id, key or name stands for."""
        folded = fold(text)
        exact = {
            entity["id"]
            for entity in self.nouns["entities"]
            if text == entity["id"] or text in entity["keys"] or folded in _folded_names(entity)
        }
        return exact or {
            entity["id"]
            for entity in self.nouns["entities"]
            if folded and set(folded.split()) <= {word for name in _folded_names(entity) for word in name.split()}
        }

    def origins(self, text: str) -> set[str]:
        """The origins that are an entity which the text stands for."""
        return {public_id("org", f"entity:{entity}") for entity in self.entities(text)}

    def _sources(self, text: str) -> set[str]:
        """The sources that an id, key or name stands for."""
        exact = {source["id"] for source in self.nouns["sources"] if text in (source["id"], source["key"])}
        by_name = {source["id"] for source in self.nouns["sources"] if fold(text) in _folded_names(self._voice(source))}
        entities = self.entities(text)
        words = {source["id"] for source in self.nouns["sources"] if source["entity"] in entities}
        return exact | by_name or words

    def _voice(self, source: Record) -> Record:
        found: Record = self.by_id[source["entity"]]
        return found

    def _keyed(self, noun: str, text: str) -> set[str]:
        """The records of a noun that an id or key names."""
        return {record["id"] for record in self.nouns[noun] if text in (record["id"], record["key"])}

    def within(self, event: Record | None, ids: set[str]) -> bool:
        """Whether the event is one of those, or lies inside one."""
        while event is not None:
            if event["id"] in ids:
                return True
            parent = self.by_id[event["id"]]["part_of"]
            event = parent and self.by_id[parent["id"]]
        return False


def read_world(connection: Connection) -> World:
    """Every record of the database."""
    return World(
        {
            noun: [orjson.loads(record) for record in connection.execute(select(table.c.record)).scalars()]
            for noun, table in _TABLES.items()
        }
    )


def _is_shown(claim: Record, filters: Mapping[str, str]) -> bool:
    if claim["withdrawn"] is None:
        return True
    return any("withdrawn" in filters.get(name, "").split(",") for name in ("status", "status__in"))


def _folded_names(entity: Record) -> set[str]:
    return {fold(name["name"]) for name in entity["names"]}


def _id(thing: Record | None) -> str | None:
    return None if thing is None else thing["id"]


def _in_measure_unit(claim: Record, number: float | None) -> Fraction | None:
    if number is None:
        return None
    found = conversion(claim["value"]["unit"], claim["measure"]["unit"])
    assert found is not None
    return Fraction(found.number(Fraction(str(number))))


def _ends(claim: Record) -> tuple[Fraction | None, Fraction | None]:
    """Where the number lies, or begins and ends."""
    value = claim["value"]
    low, high = (value["low"], value["high"]) if value["number"] is None else (value["number"], value["number"])
    return _in_measure_unit(claim, low), _in_measure_unit(claim, high)


def _admits(claim: Record, number: Fraction) -> bool:
    if claim["value"] is None:
        return False
    value = claim["value"]
    low, high = (_in_measure_unit(claim, value[end]) for end in ("low", "high"))
    above = low is None or low < number or (low == number and not value["low_open"])
    return above and (high is None or number < high or (number == high and not value["high_open"]))


def _number(text: str) -> Fraction:
    return Fraction(Decimal(text))


def _unit(text: str) -> str:
    try:
        return unit_named(text).name
    except UnknownUnit:
        return text


def _not_over(end: str | None, text: str) -> bool:
    start, last = bounds(text)[0], None if end is None else bounds(end)[1]
    return start is None or last is None or last >= start


def _from(begin: str, text: str) -> bool:
    start, first = bounds(text)[0], bounds(begin)[0]
    assert first is not None
    return start is None or first >= start


def _begun(begin: str | None, text: str) -> bool:
    end, first = bounds(text)[1], None if begin is None else bounds(begin)[0]
    return end is None or first is None or first <= end


def _is_explained(figure: Record) -> bool:
    return figure["explanation"] is not None and not figure["explanation"]["reopened_by"]


def _ended(end: str, text: str) -> bool:
    limit, last = bounds(text)[1], bounds(end)[1]
    assert last is not None
    return limit is None or last <= limit


_FILTERS: dict[tuple[str, str], Callable[[World, Record, str], bool]] = {
    ("claims", "q"): lambda _w, c, t: is_found("claims", c, t),
    ("articles", "q"): lambda _w, a, t: is_found("articles", a, t),
    ("events", "q"): lambda _w, e, t: is_found("events", e, t),
    ("entities", "q"): lambda _w, e, t: is_found("entities", e, t),
    ("claims", "entity"): lambda w, c, t: any(e["id"] in w.entities(t) for e in c["entities"]),
    ("claims", "speaker"): lambda w, c, t: _id(c["speaker"]) in w.entities(t),
    ("claims", "source"): lambda w, c, t: c["article"]["source"]["id"] in w.sources(t),
    ("claims", "article"): lambda w, c, t: c["article"]["id"] in w.keyed("articles", t),
    ("claims", "event"): lambda w, c, t: w.within(c["event"], w.keyed("events", t)),
    ("claims", "measure"): lambda w, c, t: _id(c["measure"]) in w.keyed("measures", t),
    ("claims", "kind"): lambda _w, c, t: c["kind"] == t or (t == "number" and c["kind"] != "statement"),
    ("claims", "unit"): lambda _w, c, t: bool(c["value"]) and c["value"]["unit"] == _unit(t),
    ("claims", "qualifier"): lambda _w, c, t: bool(c["value"]) and c["value"]["qualifier"] == t,
    ("claims", "origin"): lambda w, c, t: (
        t in (c["origin"]["id"], c["origin"]["label"]) or c["origin"]["id"] in w.origins(t)
    ),
    ("claims", "conflict"): lambda _w, c, t: c["conflict"] == (t == "true"),
    ("claims", "possible_copy"): lambda _w, c, t: (c["possible_copy_of"] is not None) == (t == "true"),
    ("claims", "status"): lambda _w, c, t: c["status"] == t,
    ("claims", "value__gte"): lambda _w, c, t: bool(c["value"]) and _above(_ends(c)[1], t),
    ("claims", "value__lte"): lambda _w, c, t: bool(c["value"]) and _below(_ends(c)[0], t),
    ("claims", "admits"): lambda _w, c, t: _admits(c, _number(t)),
    ("claims", "as_of__gte"): lambda _w, c, t: _not_over(c["as_of"]["end"], t),
    ("claims", "as_of__lte"): lambda _w, c, t: _begun(c["as_of"]["start"], t),
    ("claims", "published__gte"): lambda w, c, t: _from(w.published(c), t),
    ("claims", "published__lte"): lambda w, c, t: _begun(w.published(c), t),
    ("entities", "kind"): lambda _w, e, t: e["kind"] == t,
    ("entities", "name"): lambda w, e, t: e["id"] in w.entities(t),
    ("sources", "kind"): lambda _w, s, t: s["kind"] == t,
    ("sources", "name"): lambda w, s, t: s["id"] in w.sources(t),
    ("events", "entity"): lambda w, e, t: (
        any(one["id"] in w.entities(t) for one in e["participants"]) or _id(e["place"]) in w.entities(t)
    ),
    ("events", "part_of"): lambda w, e, t: w.within(e["part_of"], w.keyed("events", t)),
    ("events", "date__gte"): lambda _w, e, t: _not_over(e["date"]["end"], t),
    ("events", "date__lte"): lambda _w, e, t: _begun(e["date"]["start"], t),
    ("articles", "source"): lambda w, a, t: a["source"]["id"] in w.sources(t),
    ("articles", "published__gte"): lambda _w, a, t: _from(a["published"]["start"], t),
    ("articles", "published__lte"): lambda _w, a, t: _begun(a["published"]["start"], t),
    ("measures", "unit"): lambda _w, m, t: m["unit"] == _unit(t),
    ("figures", "entity"): lambda w, f, t: any(
        c["figure"] == f["id"] and any(e["id"] in w.entities(t) for e in c["entities"]) for c in w.nouns["claims"]
    ),
    ("figures", "event"): lambda w, f, t: w.within(f["event"], w.keyed("events", t)),
    ("figures", "measure"): lambda w, f, t: f["measure"]["id"] in w.keyed("measures", t),
    ("figures", "as_of"): lambda w, f, t: any(
        c["figure"] == f["id"] and _ended(c["as_of"]["end"], t) for c in w.nouns["claims"]
    ),
    ("figures", "kind"): lambda _w, f, t: f["kind"] == t,
    ("figures", "explained"): lambda _w, f, t: _is_explained(f) == (t == "true"),
    ("figures", "status"): lambda _w, f, t: f["status"] == t,
}


def _named(thing: Record | None, label: str) -> tuple[str | None, str | None]:
    return (None, None) if thing is None or thing["id"] is None else (thing["id"], thing[label])


_FACETS: dict[str, Callable[[Record], tuple[str | None, str | None]]] = {
    "source": lambda r: _named(r["article"]["source"], "name"),
    "speaker": lambda r: _named(r["speaker"], "name"),
    "measure": lambda r: _named(r["measure"], "label"),
    "event": lambda r: _named(r["event"], "title"),
    "origin": lambda r: _named(r["origin"], "label"),
    "kind": lambda r: (r["kind"], r["kind"]),
    "status": lambda r: (r["status"], r["status"]),
    "year": lambda r: (r["as_of"]["end"][:4], r["as_of"]["end"][:4]),
}


_MISSING: dict[tuple[str, str], Callable[[Record], bool]] = {
    ("claims", "entity"): lambda c: not c["entities"],
    ("claims", "speaker"): lambda c: c["speaker"] is None,
    ("claims", "event"): lambda c: c["event"] is None,
    ("claims", "measure"): lambda c: c["measure"] is None,
    ("claims", "unit"): lambda c: c["value"] is None or c["value"]["unit"] is None,
    ("claims", "qualifier"): lambda c: c["value"] is None,
    ("claims", "value"): lambda c: c["value"] is None,
    ("claims", "quote"): lambda c: c["quote"] is None,
    ("events", "entity"): lambda e: not e["participants"] and e["place"] is None,
    ("events", "part_of"): lambda e: e["part_of"] is None,
    ("figures", "event"): lambda f: f["event"] is None,
}


def texts_of(noun: str, record: Record) -> list[str]:
    """Every text of a record that searches look into."""
    if noun == "claims":
        article, names = record["article"], [one["name"] for one in record["entities"]]
        given = [record["statement"], record["quote"], article["title"], article["source"]["name"], *names]
        of = (("value", "text"), ("measure", "label"), ("event", "title"), ("speaker", "name"))
        given += [record[thing][field] for thing, field in of if record[thing]]
    elif noun == "articles":
        given = [record["title"], record["source"]["name"]]
    elif noun == "events":
        given = [record["title"], record["description"], *(one["name"] for one in record["participants"])]
        given += [record["place"]["name"]] if record["place"] else []
    else:
        given = [record["description"], *(one["name"] for one in record["names"])]
    return [text for text in given if text]


@cache
def _words(text: str) -> tuple[str, ...]:
    return stems(text)


def is_found(noun: str, record: Record, search: str) -> bool:
    """Whether a search finds a record. It is written plainly: words, phrases in quotes, - before and * behind."""
    texts = [_words(text) for text in texts_of(noun, record)]
    parts = [part for part in re.findall(r'-?"[^"]*"?|[^\s"]+', search) if _words(part)]
    return bool(parts) and all(_stands_in(part.lstrip("-"), texts) != part.startswith("-") for part in parts)


def _stands_in(part: str, texts: Sequence[Sequence[str]]) -> bool:
    wanted, beginning = _words(part), fold(part)
    return any(
        all(a == b for a, b in zip(text[at:], wanted, strict=False)) and len(text[at:]) >= len(wanted)
        for text in texts
        for at in range(len(text))
    ) or (part.endswith("*") and any(word.startswith(beginning) for text in texts for word in text))


def _above(end: Fraction | None, text: str) -> bool:
    return end is not None and end >= _number(text)


def _below(end: Fraction | None, text: str) -> bool:
    return end is not None and end <= _number(text)
