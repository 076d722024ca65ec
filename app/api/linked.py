"""Records as JSON-LD in the words of schema.org: a `Claim` about an `Observation`, where it appeared, who said it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson
from sqlalchemy import Connection

from app.api.listing import Json, Listing
from app.domain.dates import InvalidDate, parse_date
from app.search.recorded import kinds

Node = dict[str, Any]
CONTEXT = {
    "@vocab": "https://schema.org/",
    **{name: {"@type": "@id"} for name in ("url", "sameAs", "archivedAt")},
}
"""Written into each document, so that nothing has to be fetched to read it."""

_TYPES = {"person": "Person", "organization": "Organization", "unit": "Organization", "place": "Place"}
_NEWSROOMS = ("newspaper", "agency", "broadcaster")


def as_linked(connection: Connection, listing: Listing) -> bytes:
    """The page as a graph, or a single record as its node."""
    records = listing.records()
    made = _Nodes(listing, kinds(connection, _speakers(records)))
    nodes = [made.node(record) for record in records]
    if listing.alone:
        return orjson.dumps({"@context": CONTEXT, **nodes[0]})
    return orjson.dumps({"@context": CONTEXT, "@id": listing.address, "@graph": nodes})


def _speakers(records: Iterable[Json]) -> set[str]:
    claims = [claim for record in records for claim in _claims_of(record)]
    return {claim["speaker"]["id"] for claim in claims if claim.get("speaker") and claim["speaker"]["id"]}


def _claims_of(record: Json) -> Iterable[Json]:
    if "claims" in record:
        return list(record["claims"])
    return [record["claim"]] if record.get("claim") else [record]


def _kept(node: Node) -> Node:
    """The node without what there is not."""
    return {name: value for name, value in node.items() if value is not None and value != []}


def _day(edtf: str) -> str | None:
    """The date where schema.org can write it: a day or a time, nothing open, vague or long."""
    try:
        span = parse_date(edtf)
    except InvalidDate:
        return None
    return edtf if "/" not in edtf and span.edtf == edtf and len(edtf) >= 10 and edtf[-1] not in "~?%" else None


class _Nodes:
    """Makes the nodes of one listing; `kinds` are those of the entities that speak in it."""

    def __init__(self, listing: Listing, kinds: Mapping[str, str]) -> None:
        self._listing = listing
        self._kinds = kinds
        self._of: Mapping[str, Callable[[Json], Node]] = {
            "claim": self.claim,
            "entity": self.entity,
            "event": self.event,
            "article": self.article,
            "source": self.source,
            "measure": self.measure,
            "figure": self.figure,
            "timeline": self.told,
            "conflict": self.conflict,
        }

    def node(self, record: Json) -> Node:
        """The node of a record of the listing."""
        return _kept(self._of[SINGULAR[self._listing.name]](record))

    def _at(self, noun: str, public_id: str) -> str:
        return self._listing.link(noun, public_id)

    def claim(self, claim: Json) -> Node:
        """A claim; one that is gone is only named."""
        node: Node = {"@id": self._at("claims", claim["id"]), "@type": "Claim", "identifier": claim["id"]}
        if claim.get("gone"):
            return {**node, "creativeWorkStatus": "withdrawn" if claim["withdrawn"] else "gone"}
        return _kept(
            {
                **node,
                "text": claim["statement"],
                "author": self._speaker(claim),
                "appearance": self._appearance(claim["article"]),
                "about": self._observation(claim),
                "creativeWorkStatus": claim["status"],
                "dateModified": claim["recorded_at"],
            }
        )

    def _speaker(self, claim: Json) -> Node:
        speaker = claim["speaker"]
        if speaker is None:
            return self._source_ref(claim["article"]["source"])
        if speaker["id"] is None:
            body = self._named("Organization", "entities", speaker["of"])
            return _kept({"@type": "Person", "name": speaker["name"], "affiliation": body})
        type_ = _TYPES.get(self._kinds.get(speaker["id"], ""), "Thing")
        return {"@id": self._at("entities", speaker["id"]), "@type": type_, "name": speaker["name"]}

    def _source_ref(self, source: Json) -> Node:
        return {"@id": self._at("sources", source["id"]), "@type": "Organization", "name": source["name"]}

    def _appearance(self, article: Json) -> Node:
        return _kept(
            {
                "@id": self._at("articles", article["id"]),
                "@type": "NewsArticle",
                "headline": article["title"],
                "url": article["url"],
                "datePublished": _day(article["published"]),
                "publisher": self._source_ref(article["source"]),
            }
        )

    def _observation(self, claim: Json) -> Node | None:
        value, event = claim["value"], claim["event"]
        if value is None:
            return self._titled(event)
        return _kept(
            {
                "@type": "Observation",
                "name": value["text"],
                "value": value["number"],
                "minValue": value["low"],
                "maxValue": value["high"],
                "unitText": value["unit"],
                "measurementQualifier": value["qualifier"],
                "measuredProperty": self._property(claim["measure"]),
                "observationDate": _day(claim["as_of"]["edtf"]),
                "observationAbout": self._titled(event),
                "temporalCoverage": claim["window"]["edtf"] if claim["window"] else None,
            }
        )

    def _property(self, measure: Json) -> Node:
        return {"@id": self._at("measures", measure["id"]), "@type": "Property", "name": measure["label"]}

    def _titled(self, event: Json | None) -> Node | None:
        return self._named("Event", "events", event)

    def _named(self, type_: str, noun: str, thing: Json | None) -> Node | None:
        if thing is None:
            return None
        name = thing["title"] if "title" in thing else thing["name"]
        return {"@id": self._at(noun, thing["id"]), "@type": type_, "name": name}

    def entity(self, entity: Json) -> Node:
        """A person, an organization, a place, or a thing."""
        others = [name["name"] for name in entity["names"] if name["name"] != entity["name"]]
        node = {"@id": self._at("entities", entity["id"]), "@type": _TYPES.get(entity["kind"], "Thing")}
        return {**node, "name": entity["name"], "alternateName": others, "description": entity["description"]}

    def event(self, event: Json) -> Node:
        """An event with whoever took part in it."""
        return {
            "@id": self._at("events", event["id"]),
            "@type": "Event",
            "name": event["title"],
            "startDate": event["date"]["start"],
            "endDate": event["date"]["end"],
            "superEvent": self._titled(event["part_of"]),
            "location": self._named("Place", "entities", event["place"]),
            "contributor": [self._named("Thing", "entities", one) for one in event["participants"]],
            "description": event["description"],
        }

    def article(self, article: Json) -> Node:
        """An article."""
        return {
            **self._appearance({**article, "published": article["published"]["edtf"]}),
            "archivedAt": article["archive_url"],
            "inLanguage": article["language"],
        }

    def source(self, source: Json) -> Node:
        """An outlet."""
        type_ = "NewsMediaOrganization" if source["kind"] in _NEWSROOMS else "Organization"
        return {
            "@id": self._at("sources", source["id"]),
            "@type": type_,
            "name": source["name"],
            "url": source["url"],
            "sameAs": self._at("entities", source["entity"]),
        }

    def measure(self, measure: Json) -> Node:
        """What is counted."""
        return {**self._property(measure), "unitText": measure["unit"], "description": measure["description"]}

    def figure(self, figure: Json) -> Node:
        """All that is known of one frame, as what its claims span."""
        return _kept(
            {
                "@id": self._at("figures", figure["id"]),
                "@type": "Observation",
                "minValue": figure["envelope"]["low"],
                "maxValue": figure["envelope"]["high"],
                "unitText": figure["measure"]["unit"],
                "measuredProperty": self._property(figure["measure"]),
                "observationAbout": self._titled(figure["event"]),
                "temporalCoverage": figure["window"]["edtf"] if figure["window"] else None,
                "measurementQualifier": figure["status"],
            }
        )

    def told(self, item: Json) -> Node:
        """An item of a timeline."""
        return self.event(item["event"]) if item["event"] else self.claim(item["claim"])

    def conflict(self, item: Json) -> Node:
        """Claims that contradict each other, and what about."""
        sentences = list(dict.fromkeys(one["sentence"] for one in item["relations"]))
        return {
            "@type": "Collection",
            "about": self.figure(item["figure"]) if item["figure"] else None,
            "hasPart": [self.claim(claim) for claim in item["claims"]],
            "abstract": sentences,
            "creativeWorkStatus": item["status"],
        }


_PLURAL = {
    "claims": "claim",
    "entities": "entity",
    "events": "event",
    "articles": "article",
    "sources": "source",
    "measures": "measure",
    "figures": "figure",
}
SINGULAR = {**_PLURAL, **{name: name for name in _PLURAL.values()}, "timeline": "timeline", "conflicts": "conflict"}
"""What each item is, of the lists and single records that have this form."""
