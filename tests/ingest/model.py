"""What a database must answer, kept in dictionaries: flags and figures by their definitions, looking at all pairs.

It shares with the service the reading of numbers, dates and units, and the relation of two claims; nothing of storing,
loading, sorting or counting.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.domain.dates import DAY, parse_date
from app.domain.frame import Frame, frame_relation
from app.domain.ids import public_id
from app.domain.interval import Interval, Number
from app.domain.reading import read
from app.domain.relation import Comparand, Direction, FrameRelation, Kind, Relation, RelationKind, relate
from app.domain.units import conversion, unit_named
from tests.ingest.stories import Given, Story

UNITS = {"captured": "person", "area": "square_kilometre"}
EVENTS = {
    "incursion": ("2024-08-06/..", ["incursion"]),
    "day": ("2024-08-14", ["day", "incursion"]),
    "raid": ("2024-08-14", ["raid", "day", "incursion"]),
}
PUBLISHED = "2024-08-15"


@dataclass
class Kept:
    """A claim as it was last given."""

    given: Given
    bundle: str
    source: str
    article: str
    pinned: bool = False
    withdrawn: bool = False


@dataclass(frozen=True)
class Standing:
    """What a claim's flags must be."""

    status: str
    conflicts_with: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What a figure must say, but for where most origins agree."""

    status: str
    n_claims: int
    n_origins: int
    n_superseded: int
    latest: str
    low: Number | None
    high: Number | None


class Model:
    """The claims of one story, by id."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.claims: dict[str, Kept] = {}
        self.loaded: dict[str, Given] = {}
        self.merged = False

    def load(self, bundle: Given) -> None:
        """Take in a bundle; the same again is nothing new."""
        name = bundle["bundle"]
        if self.loaded.get(name) == bundle:
            return
        self.loaded[name] = bundle
        present = set()
        for article in bundle["articles"]:
            for given in article["claims"]:
                identifier = public_id("clm", article["key"], given["key"])
                present.add(identifier)
                known = self.claims.get(identifier)
                if known is None or not known.pinned:
                    self.claims[identifier] = Kept(given, name, article["source"], article["key"])
        for identifier, kept in self.claims.items():
            if kept.bundle == name and identifier not in present and not kept.pinned:
                kept.withdrawn = True

    def correct(self, identifier: str, changes: Given) -> None:
        kept = self.claims[identifier]
        kept.given = {name: value for name, value in (kept.given | changes).items() if value is not None}
        kept.pinned, kept.withdrawn = True, False

    def withdraw(self, identifier: str) -> None:
        self.claims[identifier].pinned = self.claims[identifier].withdrawn = True

    @property
    def live(self) -> dict[str, Kept]:
        return {identifier: kept for identifier, kept in self.claims.items() if not kept.withdrawn}

    def who(self, key: str) -> str:
        """The entity that a key stands for now."""
        return self.story.key("ann") if self.merged and key == self.story.key("anna") else key

    def entities(self, kept: Kept) -> set[str]:
        """Keys of those that a claim concerns."""
        given, speaker = kept.given, kept.given.get("speaker")
        named = [*given.get("via", []), *given.get("dimensions", {}).values()]
        named += [speaker["of"]] if isinstance(speaker, dict) else [speaker] if speaker else []
        return {self.who(key) for key in named}

    def events(self, kept: Kept) -> list[str]:
        """Keys of a claim's event and of all that it lies in."""
        event = self._event(kept)
        return [self.story.key(key) for key in EVENTS[event][1]] if event else []

    def origin(self, kept: Kept) -> str:
        given, speaker = kept.given, kept.given.get("speaker")
        outlet = given["via"][0] if given.get("via") else kept.source
        if "origin" in given:
            return f"given {given['origin']['key']}"
        if isinstance(speaker, str):
            return self.who(speaker)
        return f"{outlet} {speaker['unnamed']}" if speaker else str(outlet)

    def frame(self, kept: Kept) -> Frame | None:
        """What a number counts; None where that is not known."""
        given, kind = kept.given, Kind(kept.given["kind"])
        if kind is Kind.STATEMENT or given.get("scope") == "unknown":
            return None
        event, window = self._event(kept), self._window(kept)
        return Frame(
            measure=given["measure"],
            additive=True,
            kind=kind,
            event=self.story.key(event) if event else None,
            events=frozenset(self.events(kept)),
            dimensions=frozenset((name, self.who(key)) for name, key in given.get("dimensions", {}).items()),
            start=None if kind is Kind.STOCK or window is None else window[0],
            end=window[1] if kind is Kind.FLOW and window else None,
        )

    def comparand(self, kept: Kept) -> Comparand:
        given, kind = kept.given, Kind(kept.given["kind"])
        unit = unit_named(UNITS[given["measure"].removeprefix(self.story.name + "-")])
        value = read(given["text"] + (" so far" if given.get("partial") else ""), unit=unit.name)
        into = conversion(value.unit or unit.name, unit.name)
        assert into is not None
        window = self._window(kept)
        if kind is Kind.FLOW and "as_of" not in given:
            assert window is not None
            assert window[1] is not None
            start, end = window[1] + 1 - DAY, window[1]
        else:
            as_of = parse_date(given.get("as_of", PUBLISHED))
            assert as_of.start is not None
            assert as_of.end is not None
            start, end = as_of.start, as_of.end
        return Comparand(
            kind=kind,
            origin=self.origin(kept),
            number=None if value.number is None else into.number(value.number),
            literal=into.interval(value.literal),
            pragmatic=into.interval(value.pragmatic()),
            start=start,
            end=end,
            discrete=unit.discrete,
        )

    def _event(self, kept: Kept) -> str | None:
        key: str | None = kept.given.get("event")
        return None if key is None else key.removeprefix(self.story.name + "-")

    def _window(self, kept: Kept) -> tuple[int | None, int | None] | None:
        event = self._event(kept)
        given = kept.given.get("window") or (EVENTS[event][0] if event else None)
        span = parse_date(given) if given else None
        return None if span is None else (span.start, span.end)


class Judged:
    """All pairs of a model's live claims, looked at."""

    def __init__(self, model: Model) -> None:
        self.model = model
        live = model.live
        frames = {identifier: model.frame(kept) for identifier, kept in live.items()}
        self.frames = {identifier: frame for identifier, frame in frames.items() if frame is not None}
        self.comparands = {identifier: model.comparand(live[identifier]) for identifier in self.frames}
        self.superseded = {a for a in self.frames if any(self._replaces(b, a) for b in self.frames)}
        self.current = self.frames.keys() - self.superseded

    def relation(self, a: str, b: str) -> Relation | None:
        """What a is to b; None where their frames neither equal nor contain each other."""
        one, other = self.comparands[a], self.comparands[b]
        stands = frame_relation(self.frames[a], self.frames[b])
        part, whole = (one, other) if stands is FrameRelation.A_PART_OF_B else (other, one)
        if stands in (FrameRelation.DISJOINT, FrameRelation.OVERLAPPING):
            return None
        if stands is not FrameRelation.EQUAL and whole.kind is Kind.CUMULATIVE and part.start > whole.end:
            return None  # what has happened since is in no total
        return relate(one, other, stands)

    def _replaces(self, a: str, b: str) -> bool:
        one, other = self.comparands[a], self.comparands[b]
        if a == b or self.frames[a].key != self.frames[b].key or one.origin != other.origin:
            return False
        found = relate(one, other, FrameRelation.EQUAL)
        return found.kind is RelationKind.UPDATE and found.direction is Direction.UPDATES

    def disputes(self) -> set[tuple[str, str]]:
        """Pairs of live statements of which one disputes the other, in the order of their ids."""
        live = self.model.live
        pairs = {
            (identifier, public_id("clm", *reference.split("/")))
            for identifier, kept in live.items()
            for reference in kept.given.get("disputes", [])
        }
        return {(min(pair), max(pair)) for pair in pairs if pair[0] in live and pair[1] in live}

    def standing(self, identifier: str) -> Standing:
        if self.model.claims[identifier].withdrawn:
            return Standing("withdrawn", ())
        if self.model.claims[identifier].given["kind"] == "statement":
            against = sorted(
                other for pair in self.disputes() if identifier in pair for other in {*pair} - {identifier}
            )
            return Standing("conflict" if against else "uncontested", tuple(against))
        if identifier in self.superseded:
            return Standing("superseded", ())
        if identifier not in self.frames:
            return Standing("uncontested", ())
        found = {b: relation for b in sorted(self.current - {identifier}) if (relation := self.relation(identifier, b))}
        conflicts = tuple(b for b, relation in found.items() if relation.kind is RelationKind.CONFLICT)
        if conflicts:
            return Standing("conflict", conflicts)
        if any(relation.kind is RelationKind.TENSION for relation in found.values()):
            return Standing("tension", ())
        agreed = any(
            relation.kind in (RelationKind.AGREES, RelationKind.REFINES)
            and self.frames[b].key == self.frames[identifier].key
            and self.comparands[b].origin != self.comparands[identifier].origin
            for b, relation in found.items()
        )
        return Standing("agreed" if agreed else "uncontested", ())

    def figures(self) -> dict[str, Known]:
        """What each figure must say, by the id of its latest claim: one claim is in one figure."""
        found = {}
        for key in {frame.key for frame in self.frames.values()}:
            known = self._figure([identifier for identifier, frame in self.frames.items() if frame.key == key])
            found[known.latest] = known
        return found

    def members(self, latest: str) -> list[str]:
        """The current claims of the figure with that latest claim."""
        return [name for name in self.current if self.frames[name].key == self.frames[latest].key]

    def _figure(self, members: list[str]) -> Known:
        current = [identifier for identifier in members if identifier in self.current]
        statuses = {self.standing(identifier).status for identifier in current}
        one = self.comparands
        literals = [one[identifier].literal for identifier in current]
        return Known(
            status=next(
                (status for status in ("conflict", "tension", "agreed") if status in statuses), "single_origin"
            ),
            n_claims=len(current),
            n_origins=len({one[identifier].origin for identifier in current}),
            n_superseded=len(members) - len(current),
            latest=min(current, key=lambda name: (-one[name].end, -one[name].start, name)),
            low=_end(min, [literal.low for literal in literals]),
            high=_end(max, [literal.high for literal in literals]),
        )

    def admitting(self, latest: str, number: Number) -> int:
        """How many origins of a figure admit a number."""
        return len({origin for origin, admitted in self._admitted(latest) if admitted.admits(number)})

    def ends(self, latest: str) -> Iterator[Number]:
        """Every end that a figure's claims give, and a number beyond each: where the count of origins may change."""
        intervals = [interval for _, interval in self._admitted(latest)]
        for end in {end for interval in intervals for end in (interval.low, interval.high) if end is not None}:
            yield from (end - 1, end, end + 1)

    def _admitted(self, latest: str) -> list[tuple[str, Interval]]:
        """What each claim admits, with its origin; hedges as far as they are read to reach, if anybody else speaks."""
        members = [self.comparands[name] for name in self.members(latest)]
        alone = len({one.origin for one in members}) == 1
        return [(one.origin, one.literal if alone else one.stance) for one in members]


def _end(choose: Any, ends: list[Number | None]) -> Number | None:
    return None if None in ends else choose(ends)
