"""Articles: the pieces that sources published."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from app.storage.records import chunks, dated, dump
from app.storage.tables import Article, Source


def render(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The records of those articles."""
    rendered: dict[int, str] = {}
    for chunk in chunks(ids):
        statement = (
            select(Article.__table__, Source.public_id.label("source_public"), Source.name.label("source_name"))
            .join(Source, Source.id == Article.source_id)
            .where(Article.id.in_(chunk))
        )
        for row in connection.execute(statement):
            rendered[row.id] = dump(
                {
                    "id": row.public_id,
                    "key": row.key,
                    "title": row.title,
                    "title_basis": row.title_basis,
                    "source": {"id": row.source_public, "name": row.source_name},
                    "source_basis": row.source_basis,
                    "url": row.url,
                    "archive_url": row.archive_url,
                    "published": dated(row.edtf, row.published_start, row.published_end, row.basis, row.why),
                    "language": row.language,
                    "note": row.note,
                }
            )
    return rendered
