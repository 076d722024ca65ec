"""What a format writes: a page of one list, or a single record, with the addresses around it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from app.search.page import Page

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page on its way out. A single record is a page of one item, and `alone`.

    `name` is that of the collection or noun; `base` the address of the service, `address` the page's own, `next` that
    of the page after it, None on the last one. `at` is when the data last changed, where that is known.
    """

    name: str
    page: Page
    base: str
    address: str
    next: str | None = None
    at: str | None = None
    array: bool = False
    alone: bool = False

    def records(self) -> list[Any]:
        """The items as objects; numbers are put out again with the very digits that they have."""
        return [json.loads(item, parse_float=orjson.Fragment, parse_int=orjson.Fragment) for item in self.page.items]

    def link(self, noun: str, public_id: str) -> str:
        """The address of one thing: `link("claims", "clm_…")`."""
        return f"{self.base}/{noun}/{public_id}"
