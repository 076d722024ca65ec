"""What a client does to its copy of a list of claims to keep it in step: claims to put in, and claims to take away.

A walk brings a copy from the version asked about to the newest one when it began, whatever is written meanwhile: what
stood then is read from closed records. A claim is taken away where it stood in the list at any time since, not only at
the version asked about, so that a walk which was broken off can begin again.
"""

from typing import Any

import orjson
from sqlalchemy import Connection, Select, and_, false, func, literal, not_, select, tuple_

from app.problems import InvalidParameter
from app.search.nouns import CLAIM, CLAIM_HISTORY
from app.search.page import Page
from app.search.query import Query
from app.search.references import Resolution, resolve
from app.search.then import FILTERS, standing, stood, version_of
from app.storage.records import Json, dump
from app.storage.versions import current

_NOW, _THEN = CLAIM.c, CLAIM_HISTORY.c
_BY_ID = {name for name, one in FILTERS.items() if one.refers in ("entity", "source", "origin")}
"""Names may come to stand for others, and then claims would enter or leave the list without having changed."""


def page(connection: Connection, query: Query) -> Page:
    """The page of changes that the query asks for, in order of version and id. Raises a kind of Invalid."""
    assert query.changed_since is not None
    if query.after is None:
        since, until = version_of(connection, "changed_since", query.changed_since), current(connection)
    else:
        since, until = query.after[:2]
    resolution = resolve(connection, query.values, FILTERS)
    _check_by_id(query, resolution)
    if resolution.missing:
        return Page([], None, None, resolution.resolved, resolution.suggestions, until)
    rows = [
        (version, claim, gone, record)
        for statement in _statements(resolution, since, until)
        for version, claim, gone, record in connection.execute(_limited(statement, query))
    ]
    rows.sort()
    shown = rows[: query.limit]
    cursor = query.cursor((since, until, *shown[-1][:2])) if len(rows) > query.limit else None
    items = [_gone(claim, record) if gone else record for _, claim, gone, record in shown]
    return Page(items, cursor, resolved=resolution.resolved, version=until)


def _check_by_id(query: Query, resolution: Resolution) -> None:
    """Raises InvalidParameter for an entity, a source or an origin that is not named by its own id."""
    for name in _BY_ID & query.values.keys():
        ids, text = resolution.ids.get(name, ()), query.texts[name]
        if ids and ids != (text,):
            named = next(one for one in resolution.resolved or [] if one["parameter"] == name)
            raise InvalidParameter(
                f"{name}: who follows changes gives an id, because a name may come to stand for others; "
                f"{named['id']} is {named['name']}. Begin with changed_since=0.",
                parameter=name,
                nearest=named["id"],
            )


def _statements(resolution: Resolution, since: int, until: int) -> list[Select[Any]]:
    """Each selects version, id, whether it is gone, and record, of claims that changed after `since` up to `until`."""
    recent, later = and_(_NOW.version > since, _NOW.version <= until), _THEN.from_version > since
    found = standing(resolution, recent)
    matches = func.coalesce(and_(*found.then), false())
    left = select(_THEN.claim).where(_THEN.to_version > since, _THEN.to_version <= until, *found.then)
    listed = found.now.add_columns(found.number)
    now, then = (_NOW.version, _NOW.public_id), (_THEN.from_version, _THEN.claim)
    here, gone = literal(0), literal(1)
    return [
        found.now.add_columns(*now, here, _NOW.record),
        select(*then, here, _THEN.record).where(stood(until), later, matches),
        select(*now, gone, _NOW.record).where(recent, _NOW.public_id.in_(left), _NOW.number.not_in(listed)),
        select(*then, gone, _THEN.record).where(stood(until), later, _THEN.claim.in_(left), not_(matches)),
    ]


def _limited(statement: Select[Any], query: Query) -> Select[Any]:
    version, claim = list(statement.selected_columns)[:2]
    if query.after is not None:
        statement = statement.where(tuple_(version, claim) > tuple_(*query.after[2:]))
    return statement.order_by(version, claim).limit(query.limit + 1)


def _gone(claim: str, record: str) -> str:
    tombstone: Json = {"id": claim, "gone": True, "withdrawn": orjson.loads(record)["withdrawn"]}
    return dump(tombstone)
