"""A method for each operation of the service. Made by `clients.generator`: change nothing here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from counterclaim_client.connection import Connection
from counterclaim_client.requests import Share, path

if TYPE_CHECKING:
    from datetime import date

    from counterclaim_client.connection import Listing
    from counterclaim_client.parameters import (
        ArticlesParameters,
        ClaimHistoryParameters,
        ClaimParameters,
        ClaimRelationsParameters,
        ClaimsParameters,
        CompareParameters,
        ConflictsParameters,
        EntitiesParameters,
        EntityTimelineParameters,
        EventFiguresParameters,
        EventsParameters,
        EventTimelineParameters,
        FigureParameters,
        FigureSeriesParameters,
        FiguresParameters,
        MeasuresParameters,
        SearchParameters,
        SourcesParameters,
        SuggestNamesParameters,
    )
    from counterclaim_client.shapes import (
        Article,
        ArticlePage,
        Claim,
        ClaimPage,
        ClaimSide,
        Comparison,
        Conflict,
        ConflictPage,
        Entity,
        EntityPage,
        Event,
        EventPage,
        Figure,
        FigurePage,
        Found,
        FoundPage,
        Gone,
        HistoryPage,
        Measure,
        MeasurePage,
        NamedSoPage,
        Policy,
        PrintedSide,
        ProblemKind,
        Relation,
        RelationPage,
        Rollup,
        Series,
        SeriesRow,
        Source,
        SourcePage,
        Status,
        Stood,
        Timeline,
        TimelineItem,
    )


class Client(Connection):
    """The service at an address, to be used as a context manager; see `Connection` for what can be set.

    A list is walked by `async for`, page after page as it is needed: `limit` is how many items it gives in all,
    `page_size` how many a request fetches. A parameter that the service does not know is refused by it, not here.
    """

    def claims(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[ClaimsParameters]
    ) -> Listing[Claim, ClaimPage]:
        """Claims, latest first: who said which number about what, where, and what contradicts it.

        Also, by `Accept` or by suffix, as CSV (`/claims.csv`), NDJSON (`/claims.ndjson`), JSON-LD
        (`/claims.jsonld`), Atom (`/claims.atom`), JSON Feed (`/claims.jsonfeed`).
        """
        return self._listing("/claims", parameters, Share(limit, page_size, 1000))

    def claim_changes(
        self,
        changed_since: str | int | date,
        *,
        limit: int | None = None,
        page_size: int | None = None,
        **parameters: Unpack[ClaimsParameters],
    ) -> Listing[Claim | Gone, ClaimPage]:
        """What to do to a copy of the list that was in step at this version, 0 for an empty one: each item
        replaces the claim of its id, or, where it has `"gone": true`, takes it away. After the last page the
        copy is the list as of `version`, whatever was written meanwhile; ask next time what changed since
        that. Goes with entity, role, speaker, source, article, event, measure, kind, origin, conflict,
        status, entities, sources and origins by id. Here too a time stands for its end
        """
        return self._listing("/claims", {"changed_since": changed_since, **parameters}, Share(limit, page_size, 1000))

    def claim(self, id: str, /, **parameters: Unpack[ClaimParameters]) -> Claim:
        """One claim, by id.

        Also, by `Accept` or by suffix, as JSON-LD (`/claims/{id}.jsonld`).
        """
        answer: Claim = self._read(path("/claims/{id}", id), parameters)
        return answer

    def claim_history(
        self,
        id: str,
        /,
        *,
        limit: int | None = None,
        page_size: int | None = None,
        **parameters: Unpack[ClaimHistoryParameters],
    ) -> Listing[Stood, HistoryPage]:
        """A claim's record as it is and as it stood before, newest first, each with the versions between which
        it stood.

        Also, by `Accept` or by suffix, as CSV (`/claims/{id}/history.csv`), NDJSON
        (`/claims/{id}/history.ndjson`).
        """
        return self._listing(path("/claims/{id}/history", id), parameters, Share(limit, page_size, 1000))

    def claim_relations(
        self,
        id: str,
        /,
        *,
        limit: int | None = None,
        page_size: int | None = None,
        **parameters: Unpack[ClaimRelationsParameters],
    ) -> Listing[Relation, RelationPage]:
        """What a claim is to every other that it can be compared with, conflicts first, and why.

        Also, by `Accept` or by suffix, as CSV (`/claims/{id}/relations.csv`), NDJSON
        (`/claims/{id}/relations.ndjson`).
        """
        return self._listing(path("/claims/{id}/relations", id), parameters, Share(limit, page_size, 1000))

    def entities(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[EntitiesParameters]
    ) -> Listing[Entity, EntityPage]:
        """Entities, by name.

        Also, by `Accept` or by suffix, as CSV (`/entities.csv`), NDJSON (`/entities.ndjson`), JSON-LD
        (`/entities.jsonld`).
        """
        return self._listing("/entities", parameters, Share(limit, page_size, 1000))

    def entity(self, id: str, /) -> Entity:
        """One entity, by id or key. The id of one that was merged leads on to the one that it was merged into.

        Also, by `Accept` or by suffix, as JSON-LD (`/entities/{id}.jsonld`).
        """
        answer: Entity = self._read(path("/entities/{id}", id), {})
        return answer

    def entity_timeline(
        self,
        id: str,
        /,
        *,
        limit: int | None = None,
        page_size: int | None = None,
        **parameters: Unpack[EntityTimelineParameters],
    ) -> Listing[TimelineItem, Timeline]:
        """The events that an entity takes part in and the claims that concern it, earliest first.

        Also, by `Accept` or by suffix, as CSV (`/entities/{id}/timeline.csv`), NDJSON
        (`/entities/{id}/timeline.ndjson`), JSON-LD (`/entities/{id}/timeline.jsonld`), Atom
        (`/entities/{id}/timeline.atom`), JSON Feed (`/entities/{id}/timeline.jsonfeed`).
        """
        return self._listing(path("/entities/{id}/timeline", id), parameters, Share(limit, page_size, 1000))

    def events(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[EventsParameters]
    ) -> Listing[Event, EventPage]:
        """Events, latest first.

        Also, by `Accept` or by suffix, as CSV (`/events.csv`), NDJSON (`/events.ndjson`), JSON-LD
        (`/events.jsonld`), iCalendar (`/events.ics`).
        """
        return self._listing("/events", parameters, Share(limit, page_size, 1000))

    def event(self, id: str, /) -> Event:
        """One event, by id or key.

        Also, by `Accept` or by suffix, as JSON-LD (`/events/{id}.jsonld`), iCalendar (`/events/{id}.ics`).
        """
        answer: Event = self._read(path("/events/{id}", id), {})
        return answer

    def event_figures(self, id: str, /, **parameters: Unpack[EventFiguresParameters]) -> Rollup:
        """An event's figures with those of its parts beneath it, as a tree: at most 1,000 figures, all in one
        answer.
        """
        answer: Rollup = self._read(path("/events/{id}/figures", id), parameters)
        return answer

    def event_timeline(
        self,
        id: str,
        /,
        *,
        limit: int | None = None,
        page_size: int | None = None,
        **parameters: Unpack[EventTimelineParameters],
    ) -> Listing[TimelineItem, Timeline]:
        """An event, its parts at any depth and all claims of them, earliest first.

        Also, by `Accept` or by suffix, as CSV (`/events/{id}/timeline.csv`), NDJSON
        (`/events/{id}/timeline.ndjson`), JSON-LD (`/events/{id}/timeline.jsonld`), Atom
        (`/events/{id}/timeline.atom`), JSON Feed (`/events/{id}/timeline.jsonfeed`).
        """
        return self._listing(path("/events/{id}/timeline", id), parameters, Share(limit, page_size, 1000))

    def articles(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[ArticlesParameters]
    ) -> Listing[Article, ArticlePage]:
        """Articles, last published first.

        Also, by `Accept` or by suffix, as CSV (`/articles.csv`), NDJSON (`/articles.ndjson`), JSON-LD
        (`/articles.jsonld`).
        """
        return self._listing("/articles", parameters, Share(limit, page_size, 1000))

    def article(self, id: str, /) -> Article:
        """One article, by id or key.

        Also, by `Accept` or by suffix, as JSON-LD (`/articles/{id}.jsonld`).
        """
        answer: Article = self._read(path("/articles/{id}", id), {})
        return answer

    def sources(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[SourcesParameters]
    ) -> Listing[Source, SourcePage]:
        """Sources, by name.

        Also, by `Accept` or by suffix, as CSV (`/sources.csv`), NDJSON (`/sources.ndjson`), JSON-LD
        (`/sources.jsonld`).
        """
        return self._listing("/sources", parameters, Share(limit, page_size, 1000))

    def source(self, id: str, /) -> Source:
        """One source, by id or key.

        Also, by `Accept` or by suffix, as JSON-LD (`/sources/{id}.jsonld`).
        """
        answer: Source = self._read(path("/sources/{id}", id), {})
        return answer

    def measures(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[MeasuresParameters]
    ) -> Listing[Measure, MeasurePage]:
        """Measures, by label.

        Also, by `Accept` or by suffix, as CSV (`/measures.csv`), NDJSON (`/measures.ndjson`), JSON-LD
        (`/measures.jsonld`).
        """
        return self._listing("/measures", parameters, Share(limit, page_size, 1000))

    def measure(self, id: str, /) -> Measure:
        """One measure, by id or key.

        Also, by `Accept` or by suffix, as JSON-LD (`/measures/{id}.jsonld`).
        """
        answer: Measure = self._read(path("/measures/{id}", id), {})
        return answer

    def figures(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[FiguresParameters]
    ) -> Listing[Figure, FigurePage]:
        """Figures, conflicts first, each by how far its numbers are apart; with `as_of`, as they stood by a
        date.

        Also, by `Accept` or by suffix, as CSV (`/figures.csv`), NDJSON (`/figures.ndjson`), JSON-LD
        (`/figures.jsonld`).
        """
        return self._listing("/figures", parameters, Share(limit, page_size, 1000))

    def figure(self, id: str, /, **parameters: Unpack[FigureParameters]) -> Figure:
        """One figure, by id.

        Also, by `Accept` or by suffix, as JSON-LD (`/figures/{id}.jsonld`).
        """
        answer: Figure = self._read(path("/figures/{id}", id), parameters)
        return answer

    def figure_series(
        self,
        id: str,
        /,
        *,
        limit: int | None = None,
        page_size: int | None = None,
        **parameters: Unpack[FigureSeriesParameters],
    ) -> Listing[SeriesRow, Series]:
        """A figure's claims as flat rows for a chart, by date.

        Also, by `Accept` or by suffix, as CSV (`/figures/{id}/series.csv`), NDJSON
        (`/figures/{id}/series.ndjson`).
        """
        return self._listing(path("/figures/{id}/series", id), parameters, Share(limit, page_size, 1000))

    def conflicts(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[ConflictsParameters]
    ) -> Listing[Conflict, ConflictPage]:
        """Figures in conflict or tension and declared disputes, worst first, each with its claims side by side.

        Also, by `Accept` or by suffix, as CSV (`/conflicts.csv`), NDJSON (`/conflicts.ndjson`), JSON-LD
        (`/conflicts.jsonld`), Atom (`/conflicts.atom`), JSON Feed (`/conflicts.jsonfeed`).
        """
        return self._listing("/conflicts", parameters, Share(limit, page_size, 100))

    def search(
        self, q: str, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[SearchParameters]
    ) -> Listing[Found, FoundPage]:
        """Entities, events, articles and claims that have what was typed, best first: the latest 1,000 of each."""
        return self._listing("/search", {"q": q, **parameters}, Share(limit, page_size, 100))

    def suggest_names(self, prefix: str, **parameters: Unpack[SuggestNamesParameters]) -> NamedSoPage:
        """Entities, sources, events and measures of whose name a word begins so: at most 20, the likeliest
        first.
        """
        answer: NamedSoPage = self._read("/suggest", {"prefix": prefix, **parameters})
        return answer

    def compare(
        self, a: ClaimSide | PrintedSide, b: ClaimSide | PrintedSide, **parameters: Unpack[CompareParameters]
    ) -> Comparison:
        """What two numbers, printed ones or stored claims, are to each other, and why. Stores nothing."""
        answer: Comparison = self._post("/compare", {"a": a, "b": b, **parameters})
        return answer

    def policy(self) -> Policy:
        """The widths and limits of the comparison: policy, not fact. Every relation names the version that it
        rests on.
        """
        answer: Policy = self._read("/policy", {})
        return answer

    def liveness(self) -> Status:
        """Whether the process answers at all. Does not ask the database."""
        answer: Status = self._read("/livez", {})
        return answer

    def readiness(self) -> Status:
        """Whether the database answers and has the tables that this version needs."""
        answer: Status = self._read("/readyz", {})
        return answer

    def problem_kind(self, name: str, /) -> ProblemKind:
        """What a kind of problem means: the `type` of every problem leads here."""
        answer: ProblemKind = self._read(path("/problems/{name}", name), {})
        return answer
