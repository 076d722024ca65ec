"""The requests that are measured, and how the peers are asked for the same.

A request that the service does not know is shown as not served, and measured as soon as it is.
"""

from base64 import urlsafe_b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import orjson

from app.domain.words import stems
from bench.driving import Ask, fetch
from bench.queries import COLUMNS, JOINS
from bench.stories import alias

EMPTY = [Ask("/empty")]
RANKS = range(2, 22)
"""The entities asked about in turn: in much of the news each, so that nothing is answered from what was just read."""
DEEP_PAGES = 5
DEEP_RANK = 2
MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Request:
    """One line of the table: what to ask ours, and Datasette and the queries by hand, where they can answer it."""

    name: str
    asks: Sequence[Ask]
    status: int = 200
    datasette: Sequence[Ask] = ()
    by_hand: Sequence[Ask] = ()
    goal: float | None = None
    """The share of the empty handler that it is to reach."""
    grows: bool = False
    """Whether its time is to stay the same in a database ten times as large."""


def _claims(**filters: str) -> Ask:
    return Ask(f"/claims?{urlencode(filters)}")


def _sql(database: str, query: str, **bound: str) -> Ask:
    return Ask(f"/{database}.json?{urlencode({'sql': query, '_shape': 'array', **bound})}")


def _page(database: str, where: str, **bound: str) -> Ask:
    return _sql(database, f"SELECT {_labelled()} FROM {where} LIMIT 50", **bound)


def _labelled() -> str:
    columns = (column.strip() for column in COLUMNS.split(","))
    return ", ".join(f"{column} AS {column.replace('.', '_')}" for column in columns)


OF_ENTITY = f"""claim_entity JOIN claim ON claim.number = claim_entity.number {JOINS}
    WHERE claim_entity.entity_id = (SELECT entity_id FROM entity_name WHERE folded = :name LIMIT 1)
    AND claim.withdrawn_at IS NULL"""


SEARCHES = {"zhazhano": "rare", "tekavo": "middling", "residents": "common"}
ANEW = range(1000)
"""Filters that say the same in so many ways: more than any counts are kept of."""
FOUND = f"""claim_text JOIN claim ON claim.number = claim_text.rowid {JOINS}
    WHERE claim_text MATCH :words AND claim.withdrawn_at IS NULL ORDER BY claim_text.rowid DESC"""
TOLD = f"""claim_event JOIN claim ON claim.number = claim_event.number {JOINS}
    WHERE claim_event.event_id = (SELECT id FROM event WHERE public_id = :id) AND claim.withdrawn_at IS NULL
    ORDER BY claim_event.number"""
EXPORT = f"""SELECT {_labelled()} FROM claim {JOINS}
    WHERE claim.source_id = (SELECT id FROM source WHERE public_id = :id) AND claim.withdrawn_at IS NULL
    ORDER BY claim.number DESC LIMIT {MOST_ROWS}"""
FIGURES = """SELECT figure.public_id AS id, figure.kind, figure.status, figure.n_claims, measure.label, event.title
    FROM figure JOIN measure ON measure.id = figure.measure_id LEFT JOIN event ON event.id = figure.event_id
    ORDER BY figure.rank DESC, figure.severity DESC, figure.id DESC LIMIT 50"""


def requests(port: int, database: str) -> list[Request]:
    """What to ask the service at that port; `database` is what Datasette calls the file of its stories."""
    items = orjson.loads(fetch(port, _claims(entity=alias(DEEP_RANK), limit="1000"))[2])["items"]
    some = [item["id"] for item in items[:: max(1, len(items) // 50)]]
    event = next(item["event"]["id"] for item in items if item["event"])
    return [
        Request(
            "Q1: claims of an entity by alias",
            [_claims(entity=alias(rank)) for rank in RANKS],
            datasette=[_latest(database, alias(rank)) for rank in RANKS],
            by_hand=[_claims(entity=alias(rank)) for rank in RANKS],
            goal=0.4,
            grows=True,
        ),
        _deep(port, database),
        *(
            Request(name, [_claims(q=word, **more)], datasette=[_page(database, FOUND, words=stems(word)[0])])
            for word, named in SEARCHES.items()
            for name, more in ((f"q= {named}", {"highlight": "false"}), (f"q= {named}, marked", {}))
        ),
        Request(
            "two filters with a facet",
            [_claims(entity=alias(rank), kind="flow", facet="source") for rank in RANKS],
        ),
        Request(
            "the same, counted anew",
            [_claims(entity=alias(DEEP_RANK), kind="flow", facet="source", value__gte=f"0.{at}") for at in ANEW],
        ),
        Request(
            "two filters",
            [_claims(entity=alias(rank), kind="flow") for rank in RANKS],
            datasette=[_latest(database, alias(rank), " AND claim.kind = 'flow'") for rank in RANKS],
        ),
        Request(
            "event timeline", [Ask(f"/events/{event}/timeline")], datasette=[_page(database, TOLD, id=event)], goal=0.3
        ),
        Request("/conflicts", [Ask("/conflicts")]),
        Request("/figures", [Ask("/figures")], datasette=[_sql(database, FIGURES)]),
        Request("/suggest", [Ask(f"/suggest?prefix={quote(alias(rank)[:4])}") for rank in RANKS]),
        Request(
            "one claim by id",
            [Ask(f"/claims/{one}") for one in some],
            datasette=[
                _sql(database, f"SELECT {_labelled()} FROM claim {JOINS} WHERE claim.public_id = :id", id=one)
                for one in some
            ],
            by_hand=[Ask(f"/claims/{one}") for one in some],
            goal=0.7,
            grows=True,
        ),
        _conditional(port, some[0]),
        _table(port, database),
    ]


def _latest(database: str, name: str, more: str = "") -> Ask:
    return _page(database, f"{OF_ENTITY}{more} ORDER BY claim_entity.number DESC", name=name.casefold())


def _deep(port: int, database: str) -> Request:
    """The fifth page of a thousand, or the last that there is."""
    name, last = alias(DEEP_RANK), ""
    ask = _claims(entity=name, limit="1000")
    for _ in range(DEEP_PAGES):
        following = orjson.loads(fetch(port, ask)[2])["next"]
        if following is None:
            break
        ask, last = _claims(entity=name, cursor=following, limit="1000"), following
    (after,) = orjson.loads(urlsafe_b64decode(last + "=" * (-len(last) % 4)))["k"] if last else (2**63 - 1,)
    return Request(
        "deep page of Q1",
        [Ask(ask.path.replace("limit=1000", "limit=50"))],
        datasette=[_latest(database, name, f" AND claim_entity.number < {after}")],
        grows=True,
    )


def _table(port: int, database: str) -> Request:
    """All claims of the source that has nearly as many as Datasette gives at a time."""
    counted = orjson.loads(fetch(port, _claims(facet="source", limit="1"))[2])["facets"]["source"]["values"]
    source = min(counted, key=lambda one: abs(MOST_ROWS - one["count"]))["value"]
    asked = _sql(database, EXPORT, id=source).path.replace(".json?", ".csv?")
    return Request("CSV of about 10,000 rows", [Ask(f"/claims.csv?source={source}")], datasette=[Ask(asked)])


def _conditional(port: int, claim: str) -> Request:
    ask = Ask(f"/claims/{claim}")
    tag = fetch(port, ask)[1].get("etag")
    known = Ask(ask.path, (("if-none-match", tag or '"none"'),))
    return Request("one claim, unchanged", [known], status=304, goal=0.7)


def is_served(port: int, request: Request) -> bool:
    """Whether the service answers it as it should."""
    return fetch(port, request.asks[0])[0] == request.status
