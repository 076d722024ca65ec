"""An event's figures with those of its parts beneath it: a tree, each node of which says what it comes to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from app.problems import Invalid
from app.search.clauses import within_event
from app.search.collections import ROLLUP
from app.search.compile import walk
from app.search.filter import Part
from app.search.find import nothing, number_of
from app.search.nouns import CLAIM, EVENT, EVENT_ANCESTOR, EVENT_NOUN, FIGURE
from app.search.page import Page
from app.search.query import Query
from app.search.references import resolve
from app.storage.records import AnyRow, chunks, dump

MOST_FIGURES = 1000
"""How many figures one tree may hold."""
_STATUSES = ("conflict", "tension", "agreed", "single_origin")


@dataclass(slots=True)
class _Node:
    """An event: its own figures, worst first, and what was added up of it and of its parts so far."""

    row: AnyRow
    figures: list[AnyRow]
    parts: list[str] = field(default_factory=list)
    origins: set[int] = field(default_factory=set)
    n_claims: int = 0
    n_figures: int = 0
    statuses: set[str] = field(default_factory=set)

    def add(self, part: "_Node") -> None:
        """Take in a part, complete by now; parts come earliest first."""
        self.parts.append(part.text())
        self.origins |= part.origins
        self.n_claims += part.n_claims
        self.n_figures += part.n_figures
        self.statuses |= part.statuses

    def text(self) -> str:
        """The node as JSON."""
        head = {
            "event": {"id": self.row.public_id, "title": self.row.title, "date": self.row.edtf},
            "status": next((status for status in _STATUSES if status in self.statuses), None),
            "n_figures": self.n_figures,
            "n_claims": self.n_claims,
            "n_origins": len(self.origins),
        }
        figures = ",".join(figure.record for figure in self.figures)
        return f'{dump(head).removesuffix("}")},"figures":[{figures}],"parts":[{",".join(self.parts)}]}}'


def page(connection: Connection, event: str, query: Query) -> Page | None:
    """One item: the tree of what an id or key names; None where it names nothing.

    Raises Invalid where the tree has more figures than one answer holds.
    """
    root = number_of(connection, EVENT_NOUN, event)
    if root is None:
        return None
    resolution = resolve(connection, query.values, ROLLUP.filters)
    if resolution.missing:
        return nothing(query, resolution)
    walked = walk(Part.ROLLUP, FIGURE, FIGURE.c.id, resolution.values, within_event(FIGURE.c.event_id, (root,)))
    worst = (FIGURE.c.rank.desc(), FIGURE.c.severity.desc(), FIGURE.c.id.desc())
    columns = (FIGURE.c.id, FIGURE.c.event_id, FIGURE.c.status, FIGURE.c.record)
    statement = select(*columns).where(*walked.conditions).order_by(*worst).limit(MOST_FIGURES + 1)
    figures = connection.execute(statement).all()
    if len(figures) > MOST_FIGURES:
        raise Invalid(
            f"This event has more than {MOST_FIGURES} figures with its parts, the most that are shown as a tree. "
            f"Narrow them with {', '.join(ROLLUP.declared)}, or page through them at /figures?event=…"
        )
    return Page([_tree(connection, root, figures)], **resolution.told)


def _tree(connection: Connection, root: int, figures: Sequence[AnyRow]) -> str:
    nodes = _nodes(connection, root, figures)
    _count(connection, nodes, figures)
    # From the deepest up, so that a part is complete when its whole takes it in.
    for node in sorted(nodes.values(), key=lambda node: (-node.row.depth, node.row.number)):
        if node.row.id != root:
            nodes[node.row.parent_id].add(node)
    return nodes[root].text()


def _nodes(connection: Connection, root: int, figures: Iterable[AnyRow]) -> dict[int, _Node]:
    """The event, those of its parts that have figures, and what lies between, by number."""
    own = defaultdict[int, list[AnyRow]](list)
    for figure in figures:
        own[figure.event_id].append(figure)
    beneath, above = EVENT_ANCESTOR.alias(), EVENT_ANCESTOR.alias()
    columns = (EVENT.c.id, EVENT.c.parent_id, EVENT.c.number, EVENT.c.public_id, EVENT.c.title, EVENT.c.edtf)
    events = select(*columns, beneath.c.depth).join(beneath, beneath.c.event_id == EVENT.c.id)
    nodes: dict[int, _Node] = {}
    for chunk in chunks({root, *own}):
        wholes = select(above.c.ancestor_id).where(above.c.event_id.in_(chunk))
        for row in connection.execute(events.where(beneath.c.ancestor_id == root, EVENT.c.id.in_(wholes))):
            nodes.setdefault(row.id, _Node(row, own.get(row.id, [])))
    return nodes


def _count(connection: Connection, nodes: Mapping[int, _Node], figures: Iterable[AnyRow]) -> None:
    """Give each event what its own figures come to. Superseded claims do not count, as they do not in figures."""
    events = {figure.id: figure.event_id for figure in figures}
    for figure in figures:
        nodes[figure.event_id].n_figures += 1
        nodes[figure.event_id].statuses.add(figure.status)
    columns = (CLAIM.c.figure_id, CLAIM.c.origin_id, func.count())
    counted = select(*columns).where(CLAIM.c.withdrawn_at.is_(None), CLAIM.c.status != "superseded")
    for chunk in chunks(events):
        grouped = counted.where(CLAIM.c.figure_id.in_(chunk)).group_by(CLAIM.c.figure_id, CLAIM.c.origin_id)
        for figure, origin, number in connection.execute(grouped):
            nodes[events[figure]].origins.add(origin)
            nodes[events[figure]].n_claims += number
