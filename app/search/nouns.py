"""What the service lists: where each noun's rows are, and by what an address names one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from sqlalchemy import ColumnElement, Table, bindparam, literal, or_, select

from app.domain.ids import is_public_id
from app.storage import tables
from app.storage.tables import Base


def table(model: type[Base]) -> Table:
    """The model's table: queries are Core, never the ORM."""
    return cast("Table", model.__table__)


CLAIM = table(tables.Claim)
CLAIM_ENTITY = table(tables.ClaimEntity)
CLAIM_EVENT = table(tables.ClaimEvent)
CLAIM_DISPUTE = table(tables.ClaimDispute)
ENTITY = table(tables.Entity)
ENTITY_KEY = table(tables.EntityKey)
ENTITY_NAME = table(tables.EntityName)
ENTITY_SOUND = table(tables.EntitySound)
ENTITY_WORD = table(tables.EntityWord)
EVENT = table(tables.Event)
EVENT_ANCESTOR = table(tables.EventAncestor)
EVENT_PARTICIPANT = table(tables.EventParticipant)
ARTICLE = table(tables.Article)
SOURCE = table(tables.Source)
MEASURE = table(tables.Measure)
FIGURE = table(tables.Figure)
CLAIM_HISTORY = table(tables.ClaimHistory)
CLAIM_HISTORY_ENTITY = table(tables.ClaimHistoryEntity)
FIGURE_HISTORY = table(tables.FigureHistory)
ENTITY_MERGE = table(tables.EntityMerge)
ORIGIN = table(tables.Origin)
EXPLANATION = table(tables.Explanation)
CLAIM_TEXT = table(tables.ClaimText)
ARTICLE_TEXT = table(tables.ArticleText)
EVENT_TEXT = table(tables.EventText)
ENTITY_TEXT = table(tables.EntityText)
EVENT_WORD = table(tables.EventWord)
MEASURE_WORD = table(tables.MeasureWord)

TEXT = bindparam("text", type_=CLAIM.c.public_id.type)
"""Stands for an id or a key, so that a statement is built once and not for every look-up."""


@dataclass(frozen=True, eq=False)
class Noun:
    """One noun: its table, the column that numbers its rows, and the prefix of its ids.

    `keys` maps bundle keys (stored with `key_prefix`) to numbers, where a key alone names a row. `label` and `kind` are
    what names a row to a reader.
    """

    name: str
    table: Table
    number: ColumnElement[int]
    prefix: str
    label: ColumnElement[str] | None = None
    kind: ColumnElement[str] | None = None
    keys: tuple[ColumnElement[str], ColumnElement[int]] | None = None
    key_prefix: str = ""

    def is_id(self, text: str) -> bool:
        """Whether the text has the form of a public id of this noun."""
        return is_public_id(text, self.prefix)

    @cached_property
    def by_id(self) -> ColumnElement[bool]:
        """The condition by which the id that is bound as `text` picks a row."""
        return self.table.c.public_id == TEXT

    @cached_property
    def by_key(self) -> ColumnElement[bool] | None:
        """The condition by which the key that is bound as `text` picks a row; None where none can."""
        if self.keys is None:
            return None
        key, number = self.keys
        if self.key_prefix:
            return or_(key == TEXT, key == literal(self.key_prefix) + TEXT)
        return key == TEXT if number is self.number else self.number.in_(select(number).where(key == TEXT))


def _keyed(name: str, of: Table, prefix: str, label: str, *, key_prefix: str = "") -> Noun:
    keys = (of.c.key, of.c.id)
    return Noun(name, of, of.c.id, prefix, label=of.c[label], keys=keys, key_prefix=key_prefix)


CLAIM_NOUN = Noun("claim", CLAIM, CLAIM.c.number, "clm")
ENTITY_NOUN = Noun(
    "entity",
    ENTITY,
    ENTITY.c.id,
    "ent",
    label=ENTITY.c.name,
    kind=ENTITY.c.kind,
    keys=(ENTITY_KEY.c.key, ENTITY_KEY.c.entity_id),
)
SOURCE_NOUN = _keyed("source", SOURCE, "src", "name")
EVENT_NOUN = _keyed("event", EVENT, "evt", "title")
ARTICLE_NOUN = _keyed("article", ARTICLE, "art", "title")
TEXTS: Mapping[str, tuple[Table, ColumnElement[int]]] = {
    "claim": (CLAIM_TEXT, CLAIM.c.number),
    "article": (ARTICLE_TEXT, ARTICLE.c.id),
    "event": (EVENT_TEXT, EVENT.c.number),
    "entity": (ENTITY_TEXT, ENTITY.c.id),
}
"""The words that are searched, by the name of the noun, and the column that is their `rowid`."""

MEASURE_NOUN = _keyed("measure", MEASURE, "msr", "label")
ORIGIN_NOUN = _keyed("origin", ORIGIN, "org", "label", key_prefix="given:")
FIGURE_NOUN = Noun("figure", FIGURE, FIGURE.c.id, "fig")
