"""Makes `docs/seeds.md`, the story of the five articles, and `docs/dossiers.md`, from databases: `make docs`."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection

from app.domain.dates import parse_date, print_date
from app.domain.interval import Interval, exact
from app.domain.spelling import interval_text, number_text
from app.ingest.reader import find_files
from app.ingest.stream import load_paths
from app.search import conflicts
from app.search.collections import CONFLICTS
from app.search.find import records
from app.search.query import Query, make_query
from app.storage.engine import Database, migrate
from docs import dossiers

PAGE = Path(__file__).parent / "seeds.md"
SEEDS = Path(__file__).parents[1] / "seeds"
STORY = (SEEDS / "kursk-2024.yaml", SEEDS / "prisoner-exchanges.yaml")
"""The five articles."""
DOSSIERS = tuple(sorted((SEEDS / "dossiers").glob("*.yaml")))
BESIDE = {"kursk-incursion-2024": STORY}
"""What a dossier is loaded beside, by its name."""

LOADED = "2024-08-16T12:00:00Z"
"""When the seeds are said to be loaded; the page does not show it."""

KINDS = {"flow": "an amount in a window", "cumulative": "a running total", "stock": "a level at an instant"}

Json = dict[str, Any]

_HEAD = """# The numbers of the five articles

What the database knows of the story once the five articles of `seeds/` are loaded: every figure with its claims, and
what contradicts what.
`make docs` writes this page from the database and a test holds it, so it is never edited by hand.

A *figure* is all that is known of one frame, that is, of one measure, event, set of dimensions, kind and window. Its
*envelope* reaches from the lowest to the highest number that any claim admits; its *agreement* lists the numbers that
most origins admit. A *claim* is one number in one article; *admits* tells which numbers its words leave possible;
*goes back to* names its origin, which counts once, however many articles repeat it. What a text does not state itself
(the date of an article, an event or a claim; a title, a source, an origin) is marked *inferred*; the records say why.
"""


def seeds_page(connection: Connection) -> str:
    """The whole page, as Markdown."""
    claims = _listed(connection, "claims", sort="date")
    articles = _listed(connection, "articles", sort="published")
    numbers = {article["id"]: number for number, article in enumerate(articles, 1)}
    sections = (
        _HEAD,
        _articles(articles),
        "\n".join(["## Figures\n", *_figures(connection, claims, numbers)]),
        _contradictions(connection),
        _unknown_scope(claims, numbers),
    )
    return "\n".join(section for section in sections if section)


def _listed(connection: Connection, noun: str, **filters: str) -> list[Json]:
    return [json.loads(record, parse_float=exact) for record in records(connection, noun, filters)]


def _articles(articles: Iterable[Json]) -> str:
    rows = ((number, *_article(article)) for number, article in enumerate(articles, 1))
    return f"## The articles\n\n{_table(('', 'title', 'source', 'published'), rows)}"


def _article(article: Json) -> tuple[str, ...]:
    title = article["title"] + _mark(article["title_basis"])
    return title, article["source"]["name"] + _mark(article["source_basis"]), _date(article["published"])


def _mark(basis: str) -> str:
    return " (inferred)" if basis == "inferred" else ""


def _date(date: Json) -> str:
    """A date in words, with a mark where it is inferred. Windows do not say how they are known."""
    return _words(date["edtf"]) + _mark(date.get("basis", "stated"))


def _words(edtf: str) -> str:
    return print_date(parse_date(edtf))


def _figures(connection: Connection, claims: Iterable[Json], articles: Mapping[str, int]) -> Iterator[str]:
    events = {event["id"]: event for event in _listed(connection, "events")}
    members: dict[str, list[Json]] = {}
    for claim in claims:
        members.setdefault(claim["figure"], []).append(claim)
    for figure in sorted(_listed(connection, "figures"), key=_place):
        unit = figure["measure"]["unit"]
        table = _claims(members[figure["id"]], unit, articles)
        yield f"### {_heading(figure)}\n\n{_facts(figure, events)}\n{table}"


def _place(figure: Json) -> tuple[Any, ...]:
    """Where a figure stands on the page: by the beginning of its event, then by measure."""
    event = figure["event"] or {"date": "0001", "title": ""}
    start = parse_date(event["date"]).start
    return (start or 0, event["title"], figure["measure"]["label"], _dimensions(figure), figure["id"])


def _heading(figure: Json) -> str:
    label, narrowed = figure["measure"]["label"], _dimensions(figure)
    heading = label[0].upper() + label[1:] + (f", {narrowed}" if narrowed else "")
    return f"{heading}: {figure['event']['title']}" if figure["event"] else heading


def _facts(figure: Json, events: Mapping[str, Json]) -> str:
    facts = {
        "measure": f"{figure['measure']['label']} (unit: {_unit(figure['measure']['unit'])})",
        "event": _event(events[figure["event"]["id"]]) if figure["event"] else "none",
        "dimensions": _dimensions(figure) or "none",
        "kind": f"{figure['kind']} ({KINDS[figure['kind']]})",
        "window": _date(figure["window"]) if figure["window"] else "none",
        "status": figure["status"] + (f" (ratio {number_text(figure['ratio'])})" if figure["ratio"] else ""),
        "envelope": _interval(figure["envelope"]),
        "agreement": "; ".join(f"{_interval(band)} ({_count(band, 'origin')})" for band in figure["agreement"]),
        "claims": f"{_count(figure, 'claim')} from {_count(figure, 'origin')}",
    }
    return "".join(f"- {name}: {fact}\n" for name, fact in facts.items())


def _event(event: Json) -> str:
    return f"{event['title']}, {_date(event['date'])}"


def _dimensions(figure: Json) -> str:
    named = ((name, value if isinstance(value, str) else value["name"]) for name, value in figure["dimensions"].items())
    return ", ".join(f"{name} {value}" for name, value in named)


def _unit(name: str) -> str:
    return name.replace("_", " ")


def _interval(bounds: Json) -> str:
    return interval_text(Interval(bounds["low"], bounds["high"], bounds["low_open"], bounds["high_open"]))


def _count(of: Json, noun: str) -> str:
    number = of[f"n_{noun}s"]
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _claims(claims: Iterable[Json], unit: str, articles: Mapping[str, int]) -> str:
    columns = ("as printed", "admits", "speaker", "via", "goes back to", "as of", "article", "status")
    return _table(columns, (_claim(claim, unit, articles[claim["article"]["id"]]) for claim in claims))


def _claim(claim: Json, unit: str, article: int) -> tuple[object, ...]:
    value, origin = claim["value"], claim["origin"]
    own_unit = "" if value["unit"] == unit else f" ({_unit(value['unit'])})"
    return (
        f"“{value['text']}”",
        _interval(value) + own_unit,
        claim["speaker"]["name"] if claim["speaker"] else "the article itself",
        ", ".join(_relay(step) for step in claim["via"]),
        origin["label"] + _mark(origin["basis"]),
        _date(claim["as_of"]),
        f"{article}, {claim['locator']}" if claim["locator"] else article,
        claim["status"],
    )


def _relay(step: Json) -> str:
    return ": ".join(filter(None, (step["name"], step["medium"])))


def _contradictions(connection: Connection) -> str:
    found = list(_conflicts(connection))
    numbers = [item for item in found if item["figure"]]
    statements = [item for item in found if not item["figure"]]
    sections = (("Numbers", numbers), ("Declared disputes", statements))
    body = "\n".join(f"### {title}\n\n{_sentences(items)}" for title, items in sections)
    return f"## What contradicts what\n\n{body}"


def _conflicts(connection: Connection) -> Iterator[Json]:
    query: Query | None = make_query([("limit", "100")], CONFLICTS)
    while query is not None:
        page = conflicts.page(connection, query)
        yield from map(json.loads, page.items)
        query = None if page.next is None else query.continued(page.next)


def _sentences(items: Iterable[Json]) -> str:
    relations = (relation for item in items for relation in item["relations"])
    # A dispute that both sides declare is said once.
    said = dict.fromkeys(f"- {relation['sentence']} (`{relation['reason']}`)\n" for relation in relations)
    return "".join(said) or "None.\n"


def _unknown_scope(claims: Iterable[Json], articles: Mapping[str, int]) -> str:
    rows = [
        (claim["statement"], f"“{claim['value']['text']}”", articles[claim["article"]["id"]])
        for claim in claims
        if claim["scope"] == "unknown" and claim["value"]
    ]
    if not rows:
        return ""
    why = "Their articles do not say what exactly is counted, so they are never in conflict."
    return f"## Claims whose scope is unknown\n\n{why}\n\n{_table(('claim', 'as printed', 'article'), rows)}"


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = (columns, ["---"] * len(columns), *rows)
    return "".join(f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


@contextmanager
def loaded(paths: Iterable[Path]) -> Iterator[Connection]:
    """A database of its own that holds those bundles."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'seeds.db'}"
        migrate(url)
        database = Database(url)
        for item in load_paths(database, find_files(map(str, paths)), now=lambda: LOADED):
            if isinstance(item, Exception):
                raise item
        with database.read() as connection:
            yield connection
        database.close()


def dossiers_page() -> str:
    """The page of the dossiers, each from a database of its own."""
    sections = []
    for path in DOSSIERS:
        with loaded([*BESIDE.get(path.stem, ()), path]) as connection:
            sections.append(dossiers.dossier_section(connection, path))
    return dossiers.page(sections)


def main() -> None:
    """Write both pages."""
    with loaded(STORY) as connection:
        PAGE.write_text(seeds_page(connection), encoding="utf-8")
    dossiers.PAGE.write_text(dossiers_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
