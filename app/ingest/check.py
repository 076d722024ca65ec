"""The proof that the database is as it should be: claims as drafted afresh, flags as compared, records as rendered."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, func, select

from app.domain.policy import Policy
from app.ingest.given import claim_rows
from app.ingest.restate import drafted
from app.storage import (
    articles,
    claims,
    comparison,
    entities,
    events,
    figures,
    measures,
    policies,
    reopening,
    sources,
    tables,
    texts,
)
from app.storage.lookups import lookup_differences
from app.storage.records import CHUNK, Render, stored, table_of

_RENDERED: tuple[tuple[type[tables.Base], str, Render], ...] = (
    (tables.Entity, "id", entities.render),
    (tables.Source, "id", sources.render),
    (tables.Event, "id", events.render),
    (tables.Measure, "id", measures.render),
    (tables.Article, "id", articles.render),
    (tables.Claim, "number", claims.render),
)


def size(connection: Connection) -> int:
    """How many rows `problems` looks at."""
    models: list[type[tables.Base]] = [*(model for model, _, _ in _RENDERED), tables.Figure]
    return sum(connection.execute(select(func.count()).select_from(model)).scalar_one() for model in models)


def n_claims(connection: Connection) -> int:
    """How many claims there are."""
    return connection.execute(select(func.count()).select_from(tables.Claim)).scalar_one()


def problems(connection: Connection, *, done: Callable[[int], object] = lambda _: None) -> Iterator[str]:
    """A sentence for every record and flag that is not what it should be; `done` is told of rows as they are done."""
    policy = policies.in_force(connection)
    if policies.recomputed_to(connection) is not None:
        yield "a recomputation is unfinished: run `counterclaim recompute` to go on with it"
    for numbers in _walk(connection, table_of(tables.Claim), "number"):
        yield from _drafted_otherwise(connection, numbers, policy)
        yield from comparison.statement_differences(connection, numbers)
    for numbers in _walk(connection, table_of(tables.Entity), "id"):
        yield from lookup_differences(connection, numbers)
    for model, key, render in _RENDERED:
        yield from _stale_records(connection, model, (key, render), done)
    yield from _stale_figures(connection, policy, done)
    yield from reopening.dispute_differences(connection)


def _drafted_otherwise(connection: Connection, numbers: list[int], policy: Policy) -> Iterator[str]:
    """Columns and links of live claims that are not what the claims as given come to now."""
    rows = [row for row in claim_rows(connection, tables.Claim.number, numbers) if row.withdrawn_at is None]
    if not rows:
        return
    stored_rows = {row.public_id: row for row in rows}
    entity, event = tables.ClaimEntity, tables.ClaimEvent
    entities = _links(connection, (entity.number, entity.entity_id, entity.roles), numbers)
    events = _links(connection, (event.number, event.event_id), numbers)
    for draft in drafted(connection, rows, policy)[1]:
        row = stored_rows[draft.public_id]
        for column, value in draft.row.items():
            if getattr(row, column) != value:
                yield f"claim {draft.public_id}: {column} is {getattr(row, column)!r}, as given it comes to {value!r}"
        if entities.get(row.number, set()) != set(draft.links.items()):
            yield f"claim {draft.public_id}: the links to its entities are not those of the claim as given"
        if events.get(row.number, set()) != {(number,) for number in draft.events}:
            yield f"claim {draft.public_id}: the links to its events are not those of the claim as given"


def _links(connection: Connection, columns: tuple[Any, ...], numbers: list[int]) -> dict[int, set[tuple[int, ...]]]:
    found: dict[int, set[tuple[int, ...]]] = {}
    for number, *rest in connection.execute(select(*columns).where(columns[0].in_(numbers))):
        found.setdefault(number, set()).add(tuple(rest))
    return found


def _stale_records(
    connection: Connection, model: type[tables.Base], rendering: tuple[str, Render], done: Callable[[int], object]
) -> Iterator[str]:
    (key, render), table = rendering, table_of(model)
    for ids in _walk(connection, table, key):
        fresh = render(connection, ids)
        yield from _stale(connection, table, key, fresh, ids)
        yield from texts.differences(connection, model, fresh)
        done(len(ids))


def _stale_figures(connection: Connection, policy: Policy, done: Callable[[int], object]) -> Iterator[str]:
    table = table_of(tables.Figure)
    for ids in _walk(connection, table, "id"):
        found = comparison.compute(connection, set(ids), policy)
        yield from comparison.differences(connection, found)
        yield from reopening.differences(connection, ids, policy)
        yield from _stale(connection, table, "id", figures.render(connection, found.figures), ids)
        done(len(ids))


def _stale(connection: Connection, table: Table, key: str, fresh: dict[int, str], ids: list[int]) -> Iterator[str]:
    kept = stored(connection, table, key, ids)
    for number in ids:
        if fresh.get(number) != kept[number]:
            yield f"{table.name} {number}: the stored record is not as rendered afresh: {kept[number][:200]}"


def _walk(connection: Connection, table: Table, key: str) -> Iterator[list[int]]:
    """Every row's number, in order, so many at a time: memory stays flat."""
    column = table.c[key]
    last: int | None = None
    while True:
        statement = select(column).order_by(column).limit(CHUNK)
        ids = list(connection.execute(statement if last is None else statement.where(column > last)).scalars())
        if not ids:
            return
        yield ids
        last = ids[-1]
