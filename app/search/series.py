"""A figure as flat rows, one for each claim that it has or had: what a chart or a spreadsheet takes."""

from typing import Any

import orjson
from sqlalchemy import Connection, Select, func, select

from app.domain.dates import date_of
from app.domain.policy import Policy
from app.domain.relation import FrameRelation, relate
from app.search.find import number_of
from app.search.nouns import CLAIM, FIGURE, FIGURE_NOUN, MEASURE
from app.search.page import Page
from app.search.query import Query
from app.storage import policies
from app.storage.figures import Member, comparable_columns, comparand, number_text
from app.storage.records import AnyRow, dump, literal

LATEST = "latest"
"""What the figure's latest claim is to itself."""

NUMBERS = ("low", "high", "number")
"""The columns that hold numbers, in the measure's unit."""
COLUMNS = (
    *("date", *NUMBERS, "unit", "text", "status", "relation", "origin", "source", "claim", "as_of"),
    *("speaker", "article", "url", "published"),
)
"""The columns of a row, in order."""

Row = dict[str, str | None]
"""By column; numbers are decimal text. None is an open end, or what a claim does not have."""


def page(connection: Connection, figure: str, query: Query) -> Page | None:
    """The page of a figure's series that the query asks for; None where no figure has that id.

    Rows are in the order of the days that the claims speak of; those of one day in an order that stays.
    """
    number = number_of(connection, FIGURE_NOUN, figure)
    if number is None:
        return None
    policy = policies.in_force(connection)
    last = connection.execute(_claims().where(CLAIM.c.public_id == _latest(connection, number))).one()
    latest = Member(last, comparand(last, policy))
    statement = _claims().where(CLAIM.c.figure_id == number, CLAIM.c.withdrawn_at.is_(None))
    if query.after is not None:
        statement = statement.where(CLAIM.c.number > query.after[0])
    found = connection.execute(statement.order_by(CLAIM.c.number).limit(query.limit + 1)).all()
    shown = found[: query.limit]
    cursor = query.cursor([shown[-1].number]) if len(found) > query.limit else None
    total = connection.execute(_count(figure)).scalar_one() if query.count else None
    return Page([_json(_row(row, latest, policy)) for row in shown], cursor, total)


def _claims() -> Select[Any]:
    joined = CLAIM.join(MEASURE, MEASURE.c.id == CLAIM.c.measure_id)
    return select(*comparable_columns(), CLAIM.c.record).select_from(joined)


def _count(figure: str) -> Select[Any]:
    joined = CLAIM.join(FIGURE, FIGURE.c.id == CLAIM.c.figure_id)
    live = CLAIM.c.withdrawn_at.is_(None)
    return select(func.count()).select_from(joined).where(FIGURE.c.public_id == figure, live)


def _latest(connection: Connection, number: int) -> str:
    record = connection.execute(select(FIGURE.c.record).where(FIGURE.c.id == number)).scalar_one()
    return str(orjson.loads(record)["latest"])


def _row(row: AnyRow, latest: Member, policy: Policy) -> Row:
    claim, measured = orjson.loads(row.record), comparand(row, policy)
    # What a claim is to the figure's latest, or that it is that one.
    relation = LATEST
    if row.public_id != latest.id:
        relation = relate(measured, latest.comparand, FrameRelation.EQUAL, policy=policy).kind
    return {
        "date": date_of(row.as_of_end).isoformat(),
        "low": number_text(measured.literal.low),
        "high": number_text(measured.literal.high),
        "number": number_text(measured.number),
        "unit": row.measure_unit,
        "text": row.text,
        "status": row.status,
        "relation": relation,
        "origin": claim["origin"]["label"],
        "source": claim["article"]["source"]["name"],
        "claim": row.public_id,
        "as_of": row.as_of_edtf,
        "speaker": claim["speaker"]["name"] if claim["speaker"] else None,
        "article": claim["article"]["title"],
        "url": claim["article"]["url"],
        "published": claim["article"]["published"],
    }


def _json(row: Row) -> str:
    return dump({name: literal(row[name]) if name in NUMBERS else row[name] for name in COLUMNS})
