"""What is made from the code and the seeds and committed: the reference page and the examples of the OpenAPI document.

Write both anew with `python -m tests.api.written`.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from app.api import openapi, reference
from tests.api.client import Client, serving
from tests.factories import seeded

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "app" / "api" / "examples.json"
REFERENCE = ROOT / "docs" / "api.md"

REQUESTS = {
    "list_claims": "/claims?entity=Lubinets&kind=number&limit=1",
    "get_claim": "/claims/{conflicting}",
    "list_claim_history": "/claims/{conflicting}/history?limit=1",
    "list_claim_relations": "/claims/{conflicting}/relations?limit=2",
    "list_entities": "/entities?name=Лубінець",
    "get_entity": "/entities/dmytro-lubinets",
    "get_entity_timeline": "/entities/dmytro-lubinets/timeline?limit=2",
    "list_events": "/events?part_of=prisoner-exchanges&limit=2",
    "get_event": "/events/kursk-incursion",
    "get_event_figures": "/events/prisoner-exchanges/figures?status=agreed",
    "get_event_timeline": "/events/kursk-incursion/timeline?limit=2",
    "list_articles": "/articles?published__gte=2024-08-15&limit=1",
    "get_article": "/articles/nysun-pow-talks-2024-08-15",
    "list_sources": "/sources?kind=newspaper&limit=1",
    "get_source": "/sources/financial-times",
    "list_measures": "/measures?unit=person&limit=2",
    "get_measure": "/measures/prisoners-captured",
    "list_figures": "/figures?event=kursk-incursion&measure=prisoners-captured&limit=1",
    "get_figure": "/figures/{figure}",
    "get_figure_series": "/figures/{figure}/series?limit=2",
    "search": "/search?q=Lubinets&limit=2",
    "suggest_names": "/suggest?prefix=lub",
    "list_conflicts": "/conflicts?event=kursk-incursion&limit=1",
    "compare": "/compare",
    "get_policy": "/policy",
    "get_reconciliation": "/reconcile?queries={batch}",
    "reconcile_form": "/reconcile",
    "suggest_entities": "/reconcile/suggest/entity?prefix=Lub",
    "suggest_types": "/reconcile/suggest/type?prefix=per",
    "suggest_properties": "/reconcile/suggest/property?prefix=n",
    "propose_properties": "/reconcile/properties?type=event&limit=3",
    "preview_reconciled": "/reconcile/{entity}",
    "get_liveness": "/livez",
    "get_readiness": "/readyz",
    "get_problem_kind": "/problems/unknown-parameter",
}
"""A request for each operation, as a reader of the seeds would make it."""
BODY = {
    "a": {"text": "more than 100 soldiers", "as_of": "2024-08-14"},
    "b": {"text": "about 2,000", "as_of": "2024-08-15"},
    "kind": "cumulative",
}
BATCH = '{"q0":{"query":"Lubinets","type":"person"}}'
FETCHED = '{"ids":["ent_3pyttn3hkz74x666"],"properties":[{"id":"n_claims"},{"id":"latest_date"}]}'


def examples(client: Client) -> dict[str, Any]:
    """The requests with their answers, over the seeds."""
    conflict = client.get("/conflicts?kind=number&limit=1").json["items"][0]
    named = {"conflicting": conflict["claims"][0]["id"], "figure": conflict["figure"]["id"]}
    named |= {"batch": quote(BATCH), "entity": client.get("/entities/dmytro-lubinets").json["id"]}
    found: dict[str, Any] = {}
    for operation, template in REQUESTS.items():
        target = template.format(**named)
        if operation == "compare":
            found[operation] = {"request": target, "body": BODY, "answer": client.post(target, BODY).json}
        elif operation == "reconcile_form":
            form = {"extend": FETCHED}
            found[operation] = {"request": target, "body": form, "answer": client.form(target, form).json}
        else:
            answer = client.get(target)
            is_json = answer.headers["content-type"] == "application/json"
            found[operation] = {"request": target, "answer": answer.json if is_json else answer.body.decode()}
    return found


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/seeds.db"
        seeded(url)
        with serving(url) as client:
            found = examples(client)
            write(EXAMPLES, as_text(found))
            write(REFERENCE, reference.page(openapi.document(client.app), found))


def as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    main()
