"""What a feed tells of each item of a list: a title and a few sentences for a reader, and when they were last true."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection

from app.api.listing import Json, Listing
from app.domain.dates import parse_date, print_date
from app.search.nouns import EVENT_NOUN, FIGURE_NOUN
from app.search.recorded import times

MOST_SENTENCES = 5
"""How many sentences one entry quotes."""
BEGINNING = "1970-01-01T00:00:00Z"
"""Stands for a time that nothing tells."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. `updated` is RFC 3339 in UTC; `of` is where an article says it, if it is on the web."""

    id: str
    title: str
    paragraphs: Sequence[str]
    link: str
    updated: str
    author: str | None = None
    of: str | None = None
    tags: Sequence[str] = field(default=())


def urn(*parts: str) -> str:
    """The identifier of what those parts name, the same wherever the service stands."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(('counterclaim', *parts)))}"


def entries(connection: Connection, listing: Listing) -> list[Entry]:
    """The entries of a listing, in its order."""
    return list(_ENTRIES[listing.name](connection, listing))


def _claims(_connection: Connection, listing: Listing) -> Iterable[Entry]:
    return (_claim(listing, record) for record in listing.records())


def _claim(listing: Listing, claim: Json) -> Entry:
    link = listing.link("claims", claim["id"])
    if claim.get("gone"):
        told = claim["withdrawn"]
        why = [f"Withdrawn: {told['why'] or 'no reason is given'}."] if told else ["It is in this list no longer."]
        at = told["at"] if told else listing.at
        return Entry(urn(claim["id"]), f"Gone: {claim['id']}", why, link, at or BEGINNING)
    article = claim["article"]
    return Entry(
        id=urn(claim["id"]),
        title=_title(claim),
        paragraphs=[claim["statement"], *_circumstances(claim), *_standing(claim)],
        link=link,
        updated=claim["recorded_at"],
        author=article["source"]["name"],
        of=article["url"],
        tags=_tags(claim),
    )


def _title(claim: Json) -> str:
    who = claim["speaker"]["name"] if claim["speaker"] else claim["article"]["source"]["name"]
    if claim["value"] is None:
        return f"{who}: {claim['statement']}"
    return f"{who}: “{claim['value']['text']}” ({claim['measure']['label']})"


def _circumstances(claim: Json) -> list[str]:
    article = claim["article"]
    told = f"{article['source']['name']}, “{article['title']}”, {words(article['published'])}."
    of = [f"{claim['event']['title']}, as of {words(claim['as_of']['edtf'])}."] if claim["event"] else []
    return [*of, told]


def _standing(claim: Json) -> list[str]:
    many = len(claim["conflicts_with"])
    if claim["withdrawn"]:
        return [f"Withdrawn: {claim['withdrawn']['why'] or 'no reason is given'}."]
    return [f"Contradicted by {many if many > 1 else 'one'} other claim{'s' if many > 1 else ''}."] if many else []


def _tags(claim: Json) -> list[str]:
    measured = [claim["measure"]["label"]] if claim["measure"] else []
    return [*measured, claim["kind"], claim["status"]]


def words(edtf: str) -> str:
    """A date as a reader has it."""
    return print_date(parse_date(edtf))


def _timeline(connection: Connection, listing: Listing) -> Iterable[Entry]:
    records = listing.records()
    changed = times(connection, EVENT_NOUN, [item["event"]["id"] for item in records if item["event"]])
    for item in records:
        yield _event(listing, item["event"], changed) if item["event"] else _claim(listing, item["claim"])


def _event(listing: Listing, event: Json, changed: Mapping[str, str]) -> Entry:
    within = [f"Part of {event['part_of']['title']}."] if event["part_of"] else []
    about = [event["description"]] if event["description"] else []
    return Entry(
        id=urn(event["id"]),
        title=event["title"],
        paragraphs=[f"{words(event['date']['edtf'])}.", *about, *within],
        link=listing.link("events", event["id"]),
        updated=changed.get(event["id"], BEGINNING),
        tags=["event"],
    )


def _conflicts(connection: Connection, listing: Listing) -> Iterable[Entry]:
    records = listing.records()
    changed = times(connection, FIGURE_NOUN, [item["figure"]["id"] for item in records if item["figure"]])
    return (_conflict(listing, item, changed) for item in records)


def _conflict(listing: Listing, item: Json, changed: Mapping[str, str]) -> Entry:
    figure = item["figure"]
    said = dict.fromkeys(one["sentence"] for one in item["relations"] if one["relation"] in ("conflict", "tension"))
    explained = [f"Explained: {item['explanation']['why']}"] if item["explanation"] else []
    claims = [claim["recorded_at"] for claim in item["claims"]]
    names = [figure["id"]] if figure else sorted(claim["id"] for claim in item["claims"])
    return Entry(
        id=urn("conflict", *names),
        title=_heading(figure) if figure else f"Disputed: {item['claims'][0]['statement']}",
        paragraphs=[*list(said)[:MOST_SENTENCES], *explained],
        link=listing.link("figures", names[0]) if figure else listing.link("claims", names[0]),
        updated=max([*claims, changed.get(names[0], BEGINNING)]),
        tags=[item["kind"], item["status"]],
    )


def _heading(figure: Json) -> str:
    label = figure["measure"]["label"]
    about = f", {figure['event']['title']}" if figure["event"] else ""
    return f"{label[0].upper()}{label[1:]}{about}: {figure['status']}"


_ENTRIES: Mapping[str, Callable[[Connection, Listing], Iterable[Entry]]] = {
    "claims": _claims,
    "timeline": _timeline,
    "conflicts": _conflicts,
}
NEWEST = {"claims": "-recorded", "timeline": "-date"}
"""The order of a feed that asks for none: what is new comes first."""
FED = frozenset(_ENTRIES)
"""The lists that there are feeds of."""


def heading(listing: Listing) -> str:
    """The title of a feed."""
    named = [one["name"] for one in listing.page.resolved or () if one["name"]]
    return f"Counterclaim: {listing.name}" + (f" ({', '.join(named)})" if named else "")


def newest(given: Sequence[Entry], listing: Listing) -> str:
    """When the feed last changed."""
    return max((one.updated for one in given), default=listing.at or BEGINNING)


def identity(listing: Listing) -> str:
    """The identifier of the feed: of what it asks for, whatever address the service has."""
    return urn("feed", listing.address.removeprefix(listing.base))
