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
    Figure,
    Measure,
    Origin,
    Source,
)
from app.storage.tables.state import State, StoredBundle, Version

__all__ = [
    "Article",
    "Base",
    "Claim",
    "ClaimDispute",
    "ClaimEntity",
    "ClaimEvent",
    "ClaimHistory",
    "ClaimHistoryEntity",
    "Defined",
    "Entity",
    "EntityKey",
    "EntityMerge",
    "EntityName",
    "EntitySound",
    "EntityWord",
    "Event",
    "EventAncestor",
    "EventParticipant",
    "Explanation",
    "Figure",
    "FigureHistory",
    "Measure",
    "Noun",
    "Origin",
    "Source",
    "State",
    "StoredBundle",
    "Version",
]
