"""Makes `docs/dossiers.md`, what contradicts what in each of the dossiers under `seeds/`: a part of `make docs`."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.ingest.reader import read_file
from app.search import conflicts
from app.search.collections import CONFLICTS
from app.search.find import records
from app.search.query import Query, make_query

PAGE = Path(__file__).parent / "dossiers.md"

Json = dict[str, Any]

_HEAD = """# What contradicts what in the dossiers

Four stories of real reporting, each as `seeds/dossiers/` has it, and what the comparison makes of them: every figure in
conflict, the worst first, with the sentence on its worst pair. A *figure* is all that is known of one measure, event,
set of dimensions, kind and window; its *pairs* are of claims that cannot both be right. `make docs` writes this page
from databases that hold one dossier each (that of Kursk beside the five articles of the tour), and a test holds it, so
it is never edited by hand.
"""


def dossier_section(connection: Connection, path: Path) -> str:
    """One dossier: what it holds, and its figures in conflict. The database holds it, and what it builds on."""
    bundle = read_file(str(path)).bundle
    ours = {article.key for article in bundle.articles}
    claims = [claim for claim in _listed(connection, "claims") if _article_key(claim, connection) in ours]
    found = [item for item in _conflicts(connection) if item["figure"]]
    rows = "".join(_figure(item) for item in found)
    return f"## {_title(path)}\n\n{' '.join((bundle.description or '').split())}\n\n{_facts(claims, found)}\n{rows}"


def page(sections: Iterable[str]) -> str:
    """The whole page, as Markdown."""
    return "\n".join((_HEAD, *sections))


def _listed(connection: Connection, noun: str) -> list[Json]:
    return [json.loads(record) for record in records(connection, noun, {})]


def _article_key(claim: Json, connection: Connection) -> str:
    keys = connection.info.setdefault("article_keys", {})
    if not keys:
        keys.update((article["id"], article["key"]) for article in _listed(connection, "articles"))
    return str(keys[claim["article"]["id"]])


def _title(path: Path) -> str:
    return path.stem.replace("-", " ").capitalize()


def _facts(claims: list[Json], found: list[Json]) -> str:
    numbers = [claim for claim in claims if claim["value"]]
    statuses = Counter(claim["status"] for claim in numbers)
    articles = {claim["article"]["id"] for claim in claims}
    sources = {claim["article"]["source"]["id"] for claim in claims}
    told = ", ".join(f"{number} {status}" for status, number in sorted(statuses.items()))
    pairs = sum(item["figure"]["n_conflicts"] for item in found)
    return (
        f"- {len(articles)} articles of {len(sources)} outlets, {len(numbers)} numbers: {told}\n"
        f"- {len(found)} figures in conflict or tension, {pairs} conflicting pairs\n"
    )


def _figure(item: Json) -> str:
    figure, worst = item["figure"], item["relations"][0] if item["relations"] else None
    narrowed = "".join(f", {name} {_name(value)}" for name, value in figure["dimensions"].items())
    event = f": {figure['event']['title']}" if figure["event"] else ""
    counts = f"{figure['n_claims']} claims, {figure['n_origins']} origins, {figure['n_conflicts']} pairs"
    sentence = f"\n  {worst['sentence']}" if worst else ""
    return f"- **{figure['measure']['label']}{narrowed}{event}** (`{item['status']}`, {counts}){sentence}\n"


def _name(value: Json | str) -> str:
    return value if isinstance(value, str) else str(value["name"])


def _conflicts(connection: Connection) -> Iterator[Json]:
    query: Query | None = make_query([("limit", "100")], CONFLICTS)
    while query is not None:
        found = conflicts.page(connection, query)
        yield from map(json.loads, found.items)
        query = None if found.next is None else query.continued(found.next)
