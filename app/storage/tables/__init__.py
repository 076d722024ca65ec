"""Every table. Moments are whole minutes since 1970-01-01T00:00Z; exact numbers are decimal text.

A noun's row carries `record`, its public JSON as last rendered, and `version`, the database's version at that.
"""

from app.storage.tables.base import Base, Defined, Noun
from app.storage.tables.claims import Claim, ClaimDispute, ClaimEntity, ClaimEvent
from app.storage.tables.history import ClaimHistory, ClaimHistoryEntity, EntityMerge, Explanation, FigureHistory
from app.storage.tables.nouns import (
    Article,
    Entity,
    EntityKey,
    EntityName,
    EntitySound,
    EntityWord,
    Event,
    EventAncestor,
    EventParticipant,
    EventWord,
    Figure,
    Measure,
    MeasureWord,
    Origin,
    Source,
)
from app.storage.tables.state import State, StoredBundle, Version
from app.storage.tables.texts import TEXT_TABLES, ArticleText, ClaimText, EntityText, EventText, Text

__all__ = [
    "TEXT_TABLES",
    "Article",
    "ArticleText",
    "Base",
    "Claim",
    "ClaimDispute",
    "ClaimEntity",
    "ClaimEvent",
    "ClaimHistory",
    "ClaimHistoryEntity",
    "ClaimText",
    "Defined",
    "Entity",
    "EntityKey",
    "EntityMerge",
    "EntityName",
    "EntitySound",
    "EntityText",
    "EntityWord",
    "Event",
    "EventAncestor",
    "EventParticipant",
    "EventText",
    "EventWord",
    "Explanation",
    "Figure",
    "FigureHistory",
    "Measure",
    "MeasureWord",
    "Noun",
    "Origin",
    "Source",
    "State",
    "StoredBundle",
    "Text",
    "Version",
]
