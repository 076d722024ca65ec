"""What the addresses of the reconciliation service take, and what a question is once it is read."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.text import clean
from app.search.collections import Collection, Parameter
from app.search.nouns import ENTITY_NOUN, EVENT_NOUN
from app.search.reconcile.schema import TYPES, Property, types_of
from app.search.values import MAX_TEXT, STORABLE, TEXT, ValueType, integer

MOST_QUERIES = 25
"""In one batch; the manifest says so."""
MOST_CANDIDATES = 50
DEFAULT_CANDIDATES = 10
MOST_IDS = 100
MOST_PROPERTIES = 20
MOST_SKIPPED = 1000
PAGE = 20
"""How many suggestions one answer has."""
_CALLBACK = r"^[A-Za-z_$][A-Za-z0-9_$.]{0,99}$"


def _callback(text: str) -> str:
    if not re.fullmatch(_CALLBACK, text):
        raise ValueError("must be the name of a function, of at most 100 letters, digits, _, $ and dots")
    return text


def _prefix(text: str) -> str:
    return clean(text)[:MAX_TEXT]


def _json(kind: str) -> ValueType:
    return ValueType(str, {"type": "string", "format": kind, "minLength": 1})


_NAME = {"type": "string", "pattern": _CALLBACK}
_QUERIES = Parameter(
    "queries",
    _json("reconciliation-queries"),
    f"A batch of at most {MOST_QUERIES} queries, as JSON: an object with a query, or properties, under any name",
    '{"q0": {"query": "Lubinets", "type": "person"}}',
)
_EXTEND = Parameter(
    "extend",
    _json("data-extension"),
    f"What to fetch, as JSON: `ids` (at most {MOST_IDS}) and `properties` (at most {MOST_PROPERTIES})",
    '{"ids": ["ent_3pyttn3hkz74x666"], "properties": [{"id": "n_claims"}]}',
)
_CALL = Parameter("callback", ValueType(_callback, _NAME), "A function of the page that asks, for JSONP", "shown")
_PREFIX = Parameter(
    "prefix",
    ValueType(_prefix, {"type": "string", "minLength": 1, "pattern": STORABLE}),
    "The beginning of a name, or of each of its words; or an id",
    "Lub",
)
_SKIPPED = Parameter("cursor", integer(0, MOST_SKIPPED, 0), "How many suggestions to skip", "0")
_TYPE = Parameter("type", TEXT, f"What it is to be: {', '.join(TYPES)}; any, where it is no type of ours", "person")
_LIMIT = Parameter("limit", integer(1, 1000, 1000), "Most properties to propose", "5")

RECONCILE = Collection("reconcile", (), own=(_QUERIES, _EXTEND, _CALL), counts=False, paged=False)
SUGGEST = Collection("suggest to reconcile", (), own=(_PREFIX, _SKIPPED, _TYPE, _CALL), paged=False, tolerant=True)
"""Tolerant: OpenRefine sends what an older service took."""
PROPOSE = Collection("propose properties", (), own=(_TYPE, _LIMIT, _CALL), paged=False, tolerant=True)
RECONCILIATION = (RECONCILE, SUGGEST, PROPOSE)


class Strictness(StrEnum):
    """What a query's types are to its candidates: of one of them, of all of them, or better of one of them."""

    ANY = "any"
    ALL = "all"
    SHOULD = "should"


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that stands for something, by id, and perhaps by the name that the client knows."""

    id: str
    name: str = ""


Given = str | float | bool | Reference


@dataclass(frozen=True, slots=True)
class Question:
    """One query of a batch: a text, what it may stand for, and what else is known of that."""

    text: str
    types: tuple[str, ...] = ()
    strictness: Strictness = Strictness.ANY
    limit: int = DEFAULT_CANDIDATES
    properties: tuple[tuple[Property, tuple[Given, ...]], ...] = field(default=())

    def is_of_type(self, kind: str) -> bool:
        """Whether what is of that kind is of the types that are asked for."""
        borne = {one.id for one in types_of(kind)}
        wanted = set(self.types)
        return not wanted or (wanted <= borne if self.strictness is Strictness.ALL else bool(wanted & borne))

    def admits(self, kind: str) -> bool:
        """Whether what is of that kind may be a candidate at all."""
        return self.strictness is Strictness.SHOULD or self.is_of_type(kind)


def is_id(text: str) -> bool:
    """Whether the text has the form of an id of what can be reconciled."""
    return ENTITY_NOUN.is_id(text) or EVENT_NOUN.is_id(text)
