"""From stored claims back to what their bundles gave."""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import Connection, select

from app.ingest.bundle import Article, Bundle, Claim
from app.storage import tables
from app.storage.records import AnyRow, chunks


def claim_rows(connection: Connection, column: Any, values: Iterable[Any]) -> list[AnyRow]:  # noqa: ANN401
    """Claims by a column of theirs, with the key and date of their article and the key of its source."""
    article, source, claim = tables.Article, tables.Source, tables.Claim
    statement = (
        select(
            claim.__table__,
            article.key.label("article_key"),
            article.title.label("article_title"),
            article.edtf.label("article_edtf"),
            article.basis.label("article_basis"),
            article.why.label("article_why"),
            source.key.label("source_key"),
        )
        .join(article, article.id == claim.article_id)
        .join(source, source.id == article.source_id)
        .order_by(claim.number)
    )
    return [row for chunk in chunks(values) for row in connection.execute(statement.where(column.in_(chunk)))]


def bundles_of(rows: Iterable[AnyRow]) -> list[Bundle]:
    """Those claims in the articles and bundles that they came in, as far as drafting them again needs."""
    found: dict[str, dict[str, list[AnyRow]]] = {}
    for row in rows:
        found.setdefault(row.bundle, {}).setdefault(row.article_key, []).append(row)
    return [
        Bundle(bundle=bundle, articles=[_article(of_article) for of_article in articles.values()])
        for bundle, articles in found.items()
    ]


def _article(rows: list[AnyRow]) -> Article:
    first = rows[0]
    return Article(
        key=first.article_key,
        source=first.source_key,
        title=first.article_title,
        published={"date": first.article_edtf, "basis": first.article_basis, "why": first.article_why},
        claims=[Claim.model_validate(orjson.loads(row.given)) for row in rows],
    )
