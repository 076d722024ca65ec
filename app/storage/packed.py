"""Texts that are kept small: records that others have replaced, of which there are many and few are ever read."""

import zlib
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.types import TypeDecorator

from app.storage.dialect import TEXT, is_embedded

_FIRST = b"\x01"
"""Says which words a text was packed with. Other words get another sign, and what was packed can still be read."""
_WORDS = (
    b'{"id":"clm_","kind":"statement","statement":"","quote":null,"locator":null,"value":{"text":"at least ","number":'
    b'"low":"high":null,"low_open":false,"high_open":false,"qualifier":"at_least","unit":"person","pragmatic":{"low":'
    b'"high":"low_open":false,"high_open":false}},"measure":{"id":"msr_","label":"","unit":"person"},"event":{"id":'
    b'"evt_","title":"","date":"2024-08-"},"dimensions":{},"window":null,"scope":"known","as_of":{"edtf":"2024-01-",'
    b'"start":"2024-01-","end":"2024-01-","basis":"stated","why":null},"speaker":{"id":"ent_","name":"","named":true,'
    b'"of":null},"via":[],"article":{"id":"art_","title":"","url":"https://www.","published":"2024-01-","source":{"id":'
    b'"src_","name":""}},"entities":[{"id":"ent_","name":"","roles":["speaker"]},{"id":"ent_","name":"","roles":'
    b'["subject"]},{"id":"ent_","name":"","roles":["participant"]}],"origin":{"id":"org_","label":"","basis":"speaker",'
    b'"why":null},"figure":"fig_","conflict":true,"status":"conflict","n_conflicts":"conflicts_with":[{"claim":"clm_",'
    b'"explanation":"},"notes":[],"possible_copy_of":null,"withdrawn":null,"revision":1,"recorded_at":"2026-01-01T00:'
)
"""What records of claims have in common, in the order of their fields."""


class Packed(TypeDecorator[str]):
    """A text that an embedded database keeps packed. A server does that by itself, and is given it as it is.

    What was stored as it is, is read as it is: of two columns in one union, only one need be packed.
    """

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401 - what the driver takes
        """The text as it is stored."""
        if value is None or not is_embedded(dialect):
            return value
        packing = zlib.compressobj(wbits=-15, zdict=_WORDS)
        return _FIRST + packing.compress(value.encode()) + packing.flush()

    def process_result_value(self, value: str | bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the type says
        """The text. Raises ValueError for what another version has packed."""
        if value is None or isinstance(value, str):
            return value
        if not value.startswith(_FIRST):
            raise ValueError("this was packed by a later version of the service; read it with that one")
        return zlib.decompressobj(wbits=-15, zdict=_WORDS).decompress(value[1:]).decode()
