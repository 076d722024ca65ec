"""From a claim as a bundle writes it to the rows of the database: numbers read, defaults filled in, names resolved."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import orjson

from app.domain.dates import DAY, Span, minute_text, parse_date
from app.domain.frame import Frame
from app.domain.ids import public_id
from app.domain.interval import Interval, Number, decimal_text
from app.domain.origin import Relay, Root, Voice, root_of, root_of_entity
from app.domain.policy import DEFAULT_POLICY, Policy
from app.domain.reading import UnreadableNumber, value_from_parts
from app.domain.relation import Kind
from app.domain.units import conversion
from app.domain.value import Qualifier, Value
from app.ingest.bundle import Article, Claim, Origin
from app.ingest.changes import canonical
from app.ingest.decisions import Withdrawal
from app.ingest.errors import BundleError, Pointer
from app.ingest.expand import One, as_given, expanded
from app.ingest.registry import KnownArticle, KnownEntity, KnownEvent, KnownMeasure, KnownSource
from app.ingest.resolve import Resolver
from app.storage.outward import outward
from app.storage.roles import PARTICIPANT, SPEAKER, SUBJECT, VIA

SO_FAR = "so far"
"""What a partial count says, whether or not it is printed."""


@dataclass(slots=True)
class Draft:
    """One claim ready to be stored: its row (without what the comparison adds), its links, and its frame."""

    public_id: str
    row: dict[str, Any]
    links: dict[int, int]
    events: tuple[int, ...]
    frame: Frame | None
    root: Root
    disputes: list[str]
    pointer: Pointer
    withdrawn: Withdrawal | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class _When:
    """Window and as-of date of a claim."""

    window: Span | None
    as_of: Span
    basis: str
    why: str | None


class Drafter:
    """Drafts the claims of one article."""

    def __init__(
        self,
        resolver: Resolver,
        owner: str,
        article: Article,
        known: KnownArticle,
        pointer: Pointer,
        policy: Policy = DEFAULT_POLICY,
    ) -> None:
        self.resolver = resolver
        self.owner = owner
        self.article = article
        self.known = known
        self.pointer = pointer
        self.policy = policy
        self.source: KnownSource = resolver.find("sources", article.source, (*pointer, "source"))

    def drafts(self) -> Iterator[Draft]:
        """Every claim of the article. Raises BundleError."""
        for position, claim in enumerate(self.article.claims):
            pointer = (*self.pointer, "claims", position)
            for one in expanded(claim, pointer):
                yield self._draft(claim, one, pointer)

    def _draft(self, claim: Claim, one: One, pointer: Pointer) -> Draft:
        measure = self._find("measures", claim.measure, (*pointer, "measure"))
        event = self._find("events", claim.event, (*pointer, "event"))
        dimensions, narrowing = self._dimensions(measure, one.dimensions, pointer)
        value = None if measure is None else self._value(claim, one, measure, pointer)
        when = self._when(claim, event, pointer)
        speaker, body, via = self._attribution(claim, pointer)
        public = public_id("clm", self.article.key, one.key)
        links = self._links(claim, event, (speaker, body, via, narrowing), pointer)
        row = {
            "public_id": public,
            "key": one.key,
            "bundle": self.owner,
            "given": canonical(as_given(claim, one)),
            "article_id": self.known.id,
            "source_id": self.source.id,
            "kind": claim.kind.value,
            "statement": claim.statement,
            "quote": claim.quote,
            "locator": claim.locator,
            "measure_id": measure.id if measure else None,
            "event_id": event.id if event else None,
            "dimensions": canonical(dimensions),
            "window_edtf": when.window.edtf if when.window else None,
            "window_start": when.window.start if when.window else None,
            "window_end": when.window.end if when.window else None,
            "scope": claim.scope,
            "as_of_edtf": when.as_of.edtf,
            "as_of_start": when.as_of.start,
            "as_of_end": when.as_of.end,
            "as_of_basis": when.basis,
            "as_of_why": when.why,
            "published": self.resolver.published(self.article.published, self.pointer)[0],
            "speaker_id": speaker.id if speaker else None,
            "unnamed_speaker": claim.speaker.unnamed if claim.speaker else None,
            "speaker_of_id": body.id if body else None,
            "via": canonical([{"entity": entity.id if entity else None, "medium": medium} for entity, medium in via]),
            **_value_columns(value, measure, self.policy),
        }
        return Draft(
            public_id=public,
            row=row,
            links=links,
            events=event.ancestors if event else (),
            frame=self._frame(claim, measure, event, (dimensions, narrowing), when),
            root=self._root(claim, speaker, via, pointer),
            disputes=[self._disputed(reference) for reference in claim.disputes],
            pointer=pointer,
            withdrawn=claim.withdrawn,
            pinned=claim.pinned,
        )

    def _find(self, noun: str, key: str | None, pointer: Pointer) -> Any:  # noqa: ANN401 - the noun decides the type
        return None if key is None else self.resolver.find(noun, key, pointer)

    def _value(self, claim: Claim, one: One, measure: KnownMeasure, pointer: Pointer) -> Value:
        given = claim.value.model_dump(exclude_none=True) if claim.value else {}
        if claim.partial and one.text is None:
            given.setdefault("qualifier", Qualifier.AT_LEAST)
        text = f"{one.text} {SO_FAR}" if claim.partial and one.text else one.text
        try:
            value = value_from_parts(
                text=text, measure_unit=measure.unit, signed=measure.signed, policy=self.policy, **given
            )
            return replace(value, text=one.text or value.text)
        except UnreadableNumber as unreadable:
            raise BundleError(str(unreadable), pointer=(*pointer, "value" if claim.value else "text")) from None

    def _dimensions(
        self, measure: KnownMeasure | None, given: dict[str, str], pointer: Pointer
    ) -> tuple[dict[str, int | str], dict[str, KnownEntity]]:
        """As stored, and the entities among them."""
        stored: dict[str, int | str] = {}
        entities: dict[str, KnownEntity] = {}
        for name, value in given.items():
            kinds: dict[str, str] = orjson.loads(measure.dimensions) if measure else {}
            if name not in kinds:
                allowed = ", ".join(sorted(kinds)) or "none"
                raise BundleError(
                    f"the measure has no dimension {name!r}; it has: {allowed}", pointer=(*pointer, "dimensions")
                )
            if kinds[name] == "entity":
                entities[name] = self.resolver.find("entities", value, (*pointer, "dimensions", name))
                stored[name] = entities[name].id
            else:
                stored[name] = value
        return stored, entities

    def _when(self, claim: Claim, event: KnownEvent | None, pointer: Pointer) -> _When:
        window = self._window(claim, event, pointer)
        if claim.kind is Kind.FLOW and claim.as_of is None:
            assert window is not None
            assert window.end is not None
            last = _day_ending(window.end)
            known = claim.window or event
            assert known is not None
            return _When(window, last, known.basis, known.why)
        given = claim.as_of or self.article.published
        as_of = parse_date(given.date)
        if as_of.start is None or as_of.end is None:
            raise BundleError("an as-of date has two ends; give the range that it lies in", pointer=(*pointer, "as_of"))
        if claim.kind is Kind.FLOW and window and window.start is not None and as_of.end < window.start:
            raise BundleError(
                f"this is before the window ({window.edtf}) begins: of a flow it is when the amount was counted",
                pointer=(*pointer, "as_of"),
            )
        if claim.as_of is not None or given.basis == "inferred":
            return _When(window, as_of, given.basis, given.why)
        return _When(window, as_of, "published", None)

    def _window(self, claim: Claim, event: KnownEvent | None, pointer: Pointer) -> Span | None:
        if claim.kind in (Kind.STOCK, Kind.STATEMENT):
            if claim.window is not None:
                raise BundleError(f"a {claim.kind} has no window; give `as_of`", pointer=(*pointer, "window"))
            return None
        given = parse_date(claim.window.date) if claim.window else event.date if event else None
        if given is None or given.start is None:
            raise BundleError(f"a {claim.kind} needs a `window`, or an event with a date", pointer=(*pointer, "window"))
        if claim.kind is Kind.CUMULATIVE:
            return parse_date(given.edtf.split("/")[0] + "/..")
        if given.end is None:
            raise BundleError(
                "the window of a flow has an end; a running total is `cumulative`", pointer=(*pointer, "window")
            )
        return given

    def _attribution(
        self, claim: Claim, pointer: Pointer
    ) -> tuple[KnownEntity | None, KnownEntity | None, list[tuple[KnownEntity | None, str | None]]]:
        """The named speaker, the body of an unnamed one, and the relays."""
        given = claim.speaker
        speaker = self._find("entities", given.entity if given else None, (*pointer, "speaker"))
        body = self._find("entities", given.of if given else None, (*pointer, "speaker", "of"))
        via: list[tuple[KnownEntity | None, str | None]] = []
        for position, step in enumerate(claim.via):
            place = (*pointer, "via", position)
            source: KnownSource | None = self._find("sources", step.source, place)
            entity = source.entity if source else self._find("entities", step.entity, place)
            via.append((entity, step.medium))
        return speaker, body, via

    def _links(
        self,
        claim: Claim,
        event: KnownEvent | None,
        named: tuple[KnownEntity | None, KnownEntity | None, list[tuple[KnownEntity | None, str | None]], Any],
        pointer: Pointer,
    ) -> dict[int, int]:
        speaker, body, via, narrowing = named
        subjects = [self.resolver.find("entities", key, (*pointer, "subjects")) for key in claim.subjects]
        # The body of someone unnamed has not spoken; it is one of those that the claim is about.
        roles = [(speaker, SPEAKER)] if speaker else []
        roles += [(entity, SUBJECT) for entity in (*narrowing.values(), *subjects, body) if entity]
        roles += [(entity, VIA) for entity, _ in via if entity]
        links = dict.fromkeys(event.participants, PARTICIPANT) if event else {}
        for entity, role in roles:
            links[entity.id] = links.get(entity.id, 0) | role
        return links

    def _root(
        self,
        claim: Claim,
        speaker: KnownEntity | None,
        via: list[tuple[KnownEntity | None, str | None]],
        pointer: Pointer,
    ) -> Root:
        given = self._given_root(claim.origin, (*pointer, "origin", "entity")) if claim.origin else None
        return root_of(
            _voice(speaker) if speaker else None,
            claim.speaker.unnamed if claim.speaker else None,
            [Relay(_voice(entity) if entity else None, medium) for entity, medium in via],
            _voice(self.source.entity),
            given,
        )

    def _given_root(self, given: Origin, pointer: Pointer) -> Root:
        if given.entity is None:
            return Root(f"given:{given.key}", given.label or "", given.basis, given.why)
        return root_of_entity(_voice(self.resolver.find("entities", given.entity, pointer)), given.basis, given.why)

    def _frame(
        self,
        claim: Claim,
        measure: KnownMeasure | None,
        event: KnownEvent | None,
        narrowed: tuple[dict[str, int | str], dict[str, KnownEntity]],
        when: _When,
    ) -> Frame | None:
        if measure is None or claim.scope == "unknown" or claim.withdrawn:
            return None
        stored, entities = narrowed
        return Frame(
            measure=measure.public_id,
            additive=measure.additive,
            volatile=measure.volatile,
            kind=claim.kind,
            event=event.public_id if event else None,
            dimensions=frozenset(
                (name, entities[name].public_id if name in entities else str(value)) for name, value in stored.items()
            ),
            start=when.window.start if when.window else None,
            end=when.window.end if when.window and claim.kind is Kind.FLOW else None,
        )

    def _disputed(self, reference: str) -> str:
        article, _, key = reference.rpartition("/")
        return public_id("clm", article or self.article.key, key)


def _voice(entity: KnownEntity) -> Voice:
    return Voice(entity.public_id, entity.name)


def _day_ending(end: int) -> Span:
    """The day that ends with that minute, or the moment itself where it lies within a day."""
    start = end + 1 - DAY if (end + 1) % DAY == 0 else end
    return Span(minute_text(start, end=False), start, end)


def _value_columns(value: Value | None, measure: KnownMeasure | None, policy: Policy) -> dict[str, Any]:
    if value is None or measure is None:
        return dict.fromkeys(_VALUE_COLUMNS) | {"low_open": False, "high_open": False}
    literal = value.literal
    within = _in_unit_of(measure, value, literal, policy)
    point = within
    if value.number is not None:
        point = _in_unit_of(measure, value, Interval(value.number, value.number), policy)
    taken = _in_unit_of(measure, value, value.pragmatic(policy), policy)
    return {
        "text": value.text,
        "qualifier": value.qualifier.value,
        "amount": _text(value.number),
        "low": _text(literal.low),
        "high": _text(literal.high),
        "low_open": literal.low_open,
        "high_open": literal.high_open,
        "low_grain": _text(value.low_grain),
        "high_grain": _text(value.high_grain),
        "unit": value.unit,
        "value_from": outward(point.low, up=False),
        "value_to": outward(point.high, up=True),
        "admits_from": outward(within.low, up=False),
        "admits_to": outward(within.high, up=True),
        "pragmatic_from": outward(taken.low, up=False),
        "pragmatic_to": outward(taken.high, up=True),
    }


_VALUE_COLUMNS = (
    "text",
    "qualifier",
    "amount",
    "low",
    "high",
    "low_grain",
    "high_grain",
    "unit",
    "value_from",
    "value_to",
    "admits_from",
    "admits_to",
    "pragmatic_from",
    "pragmatic_to",
)


def _in_unit_of(measure: KnownMeasure, value: Value, interval: Interval, policy: Policy) -> Interval:
    if value.unit in (None, measure.unit):
        return interval
    found = conversion(value.unit or "", measure.unit, policy)
    return interval if found is None else found.interval(interval)


def _text(number: Number | None) -> str | None:
    return None if number is None else decimal_text(number)
