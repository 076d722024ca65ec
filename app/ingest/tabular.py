"""From the rows of a spreadsheet to a bundle: one claim a row, with its article, measure, event and people."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from app.domain.names import fold
from app.ingest.errors import BundleError, Pointer
from app.ingest.fields import KEY_PATTERN
from app.ingest.spreadsheet import NEEDED, Row

Data = dict[str, Any]

_KEY = re.compile(KEY_PATTERN)
_ARTICLE = ("title", "url", "archive_url", "language", "note")
_PLAIN = ("kind", "statement", "text", "measure", "event", "window", "scope", "locator")
_VALUE = ("qualifier", "number", "low", "high")
_YES, _NO = ("yes", "true", "1", "x"), ("no", "false", "0")
_FRAME = ("kind", "measure", "event", "dimensions", "window", "as_of", "speaker", "unnamed_speaker")
"""What tells the claims of an article apart where they have no keys: not their text, so that it can be revised."""
_LONGEST_SLUG = 60


@dataclass
class Sheet:
    """The bundle that rows make, and the cell that each part of it comes from."""

    bundle: str
    cells: dict[Pointer, str] = field(default_factory=dict)
    data: Data = field(init=False)
    _defined: dict[tuple[str, str], tuple[Row, int]] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        nouns = ("sources", "entities", "measures", "events", "articles")
        self.data = {"bundle": self.bundle, **{noun: [] for noun in nouns}}

    def add(self, row: Row) -> None:
        """Take in a row. Raises BundleError, with its cell."""
        for column in NEEDED:
            if column not in row.cells:
                raise _error("a claim needs it", row, column)
        self._measure(row)
        self._event(row)
        place = self._article(row)
        claims = self.data["articles"][place]["claims"]
        claims.append(self._claim(row, ("articles", place, "claims", len(claims))))

    def _define(self, noun: str, key: str, given: Data, row: Row, columns: dict[str, str]) -> int:
        """The place of a thing among those of its noun. What two rows say of it must not differ."""
        first, place = self._defined.setdefault((noun, key), (row, len(self.data[noun])))
        if place == len(self.data[noun]):
            self.data[noun].append({"key": key, **given})
            self.cells[noun, place] = row.place()
            self.cells |= {(noun, place, name): row.place(column) for name, column in columns.items()}
            return place
        known = self.data[noun][place]
        for name, value in given.items():
            if known.setdefault(name, value) != value:
                problem = f"{value!r} differs from {known[name]!r} in {first.place(columns.get(name))}"
                raise _error(problem, row, columns.get(name))
        return place

    def _measure(self, row: Row) -> None:
        cells = row.cells
        if "measure" in cells and ("unit" in cells or "measure_label" in cells):
            if "unit" not in cells:
                raise _error("a new measure needs its unit: person, square_kilometre, EUR", row, "unit")
            given: Data = {"unit": cells["unit"], "label": cells.get("measure_label", cells["measure"])}
            columns = {"key": "measure", "label": "measure_label", "unit": "unit"}
            place = self._define("measures", cells["measure"], given, row, columns)
            dimensions = self.data["measures"][place].setdefault("dimensions", {})
            dimensions |= dict.fromkeys(_pairs(row), "word") if "dimensions" in cells else {}

    def _event(self, row: Row) -> None:
        cells = row.cells
        given = {
            name: cells[column]
            for name, column in (("title", "event_title"), ("date", "event_date"), ("part_of", "event_part_of"))
            if column in cells
        }
        if given:
            for column in ("event", "event_title", "event_date"):
                if column not in cells:
                    raise _error("a new event needs key, title and date", row, column)
            columns = {"key": "event", **{name: f"event_{name}" for name in given}}
            self._define("events", cells["event"], given, row, columns)

    def _article(self, row: Row) -> int:
        cells = row.cells
        source = self._source(row)
        key = slug(f"{source}-{cells['published']}-{digest(cells.get('url') or cells['title'])}")
        published: Data | str = cells["published"]
        if "published_why" in cells:
            published = {"date": published, "basis": "inferred", "why": cells["published_why"]}
        given: Data = {name: cells[name] for name in _ARTICLE if name in cells}
        given |= {"source": source, "published": published, "claims": []}
        known = self._defined.get(("articles", key))
        if known:
            given["claims"] = self.data["articles"][known[1]]["claims"]
        return self._define("articles", key, given, row, {name: name for name in given if name != "claims"})

    def _source(self, row: Row) -> str:
        name = row.cells["source"]
        if _KEY.match(name):
            return name
        given = {"name": name}
        given |= {"kind": row.cells["source_kind"]} if "source_kind" in row.cells else {}
        key = self._key_of(name)
        self._define("sources", key, given, row, {"name": "source", "kind": "source_kind"})
        return key

    def _entity(self, name: str, kind: str, row: Row, column: str) -> str:
        """The key of an entity by name or key; a new one is defined, unless it is a source here."""
        if _KEY.match(name):
            return name
        key = self._key_of(name)
        if ("sources", key) not in self._defined:
            self._define("entities", key, {"name": name, "kind": kind}, row, {"name": column, "kind": "speaker_kind"})
        return key

    def _key_of(self, name: str) -> str:
        """A key made of a name, another for every other name."""
        key = slug(name)
        return key if self._names.setdefault(key, fold(name)) == fold(name) else f"{key}-{digest(fold(name))}"

    def _claim(self, row: Row, pointer: Pointer) -> Data:
        cells = row.cells
        claim: Data = {name: cells[name] for name in _PLAIN if name in cells}
        self.cells[pointer] = row.place()
        self.cells |= {(*pointer, name): row.place(name) for name in (*_PLAIN, "as_of", "dimensions", "via", "origin")}
        self.cells |= {(*pointer, "value", name): row.place(name) for name in _VALUE}
        self.cells[*pointer, "key"] = row.place("claim")
        claim["key"] = cells.get("claim") or _claim_key(row)
        if value := {name: cells[name] for name in _VALUE if name in cells}:
            claim["value"] = value
        if "dimensions" in cells:
            claim["dimensions"] = _pairs(row)
        if "as_of" in cells:
            why = cells.get("as_of_why")
            claim["as_of"] = {"date": cells["as_of"], **({"basis": "inferred", "why": why} if why else {})}
        if "partial" in cells:
            claim["partial"] = _is_yes(row, "partial")
        if speaker := self._speaker(row, (*pointer, "speaker")):
            claim["speaker"] = speaker
        claim["via"] = [
            {"entity": self._entity(name, "organization", row, "via")} for name in _listed(cells.get("via"))
        ]
        claim["via"] += [{"medium": cells["via_medium"]}] if "via_medium" in cells else []
        if "origin" in cells:
            why = cells.get("origin_why")
            claim["origin"] = {"key": slug(cells["origin"]), "label": cells["origin"]}
            claim["origin"] |= {"basis": "inferred", "why": why} if why else {}
        return claim

    def _speaker(self, row: Row, pointer: Pointer) -> Data | None:
        cells = row.cells
        unnamed, name = cells.get("unnamed_speaker"), cells.get("speaker")
        self.cells[pointer] = row.place("unnamed_speaker" if unnamed else "speaker")
        self.cells[*pointer, "of"] = row.place("speaker_of")
        if name and unnamed:
            raise _error("a speaker is named or unnamed, not both", row, "unnamed_speaker")
        if name:
            return {"entity": self._entity(name, cells.get("speaker_kind", "person"), row, "speaker")}
        if unnamed:
            body = cells.get("speaker_of")
            of = {"of": self._entity(body, "organization", row, "speaker_of")} if body else {}
            return {"unnamed": unnamed, **of}
        return None


def bundle_of(rows: Iterable[Row], bundle: str, origin: str) -> Sheet:
    """The bundle of that key that rows of the file `origin` make. Raises BundleError, with its cell."""
    sheet = Sheet(bundle)
    for row in rows:
        try:
            sheet.add(row)
        except BundleError as error:
            raise BundleError(error.problem, origin=origin, line=error.line) from None
    return sheet


def slug(text: str) -> str:
    """A key made of a text: its Latin letters and digits; a digest where there are none."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:_LONGEST_SLUG].strip("-")
    return plain or f"x-{digest(text)}"


def digest(text: str) -> str:
    """A short digest of a text."""
    return blake2b(text.encode(), digest_size=4).hexdigest()


def _claim_key(row: Row) -> str:
    told = "|".join(row.cells.get(column, "") for column in _FRAME)
    told += f"|{row.cells['statement']}" if row.cells["kind"] == "statement" else ""
    return f"{slug(row.cells.get('measure') or row.cells['kind'])}-{digest(told)}"


def _pairs(row: Row) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in _listed(row.cells["dimensions"]):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not (name and equals and value) or name in found:
            raise _error("write name=value; name=value, each name once", row, "dimensions")
        found[name] = value
    return found


def _listed(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def _is_yes(row: Row, column: str) -> bool:
    word = row.cells[column].lower()
    if word not in (*_YES, *_NO):
        raise _error("write yes or no", row, column)
    return word in _YES


def _error(problem: str, row: Row, column: str | None) -> BundleError:
    return BundleError(problem, line=row.place(column))
