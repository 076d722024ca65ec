"""A method for each operation of the service. Made by `clients.generator`: change nothing here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from counterclaim_client.async_connection import AsyncConnection
from counterclaim_client.requests import Share, path

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date

    from counterclaim_client.async_connection import AsyncListing
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
        FigureSeriesTableParameters,
        FiguresParameters,
        MeasuresParameters,
        SourcesParameters,
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
        Gone,
        HistoryPage,
        Measure,
        MeasurePage,
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


class AsyncClient(AsyncConnection):
    """The service at an address, to be used as a context manager; see `AsyncConnection` for what can be set.

    A list is walked by `async for`, page after page as it is needed: `limit` is how many items it gives in all,
    `page_size` how many a request fetches. A parameter that the service does not know is refused by it, not here.
    """

    def claims(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[ClaimsParameters]
    ) -> AsyncListing[Claim, ClaimPage]:
        """Claims, latest first: who said which number about what, where, and what contradicts it."""
        return self._listing("/claims", parameters, Share(limit, page_size, 1000))

    def claim_changes(
        self,
        changed_since: str | int | date,
        *,
        limit: int | None = None,
        page_size: int | None = None,
        **parameters: Unpack[ClaimsParameters],
    ) -> AsyncListing[Claim | Gone, ClaimPage]:
        """What to do to a copy of the list that was in step at this version, 0 for an empty one: each item
        replaces the claim of its id, or, where it has `"gone": true`, takes it away. After the last page the
        copy is the list as of `version`, whatever was written meanwhile; ask next time what changed since
        that. Goes with entity, role, speaker, source, article, event, measure, kind, origin, conflict,
        status, entities, sources and origins by id. Here too a time stands for its end
        """
        return self._listing("/claims", {"changed_since": changed_since, **parameters}, Share(limit, page_size, 1000))

    async def claim(self, id: str, /, **parameters: Unpack[ClaimParameters]) -> Claim:
        """One claim, by id."""
        answer: Claim = await self._read(path("/claims/{id}", id), parameters)
        return answer

    def claim_history(
        self,
        id: str,
        /,
        *,
        limit: int | None = None,
        page_size: int | None = None,
        **parameters: Unpack[ClaimHistoryParameters],
    ) -> AsyncListing[Stood, HistoryPage]:
        """A claim's record as it is and as it stood before, newest first, each with the versions between which
        it stood.
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
    ) -> AsyncListing[Relation, RelationPage]:
        """What a claim is to every other that it can be compared with, conflicts first, and why."""
        return self._listing(path("/claims/{id}/relations", id), parameters, Share(limit, page_size, 1000))

    def entities(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[EntitiesParameters]
    ) -> AsyncListing[Entity, EntityPage]:
        """Entities, by name."""
        return self._listing("/entities", parameters, Share(limit, page_size, 1000))

    async def entity(self, id: str, /) -> Entity:
        """One entity, by id or key. The id of one that was merged leads on to the one that it was merged into."""
        answer: Entity = await self._read(path("/entities/{id}", id), {})
        return answer

    def entity_timeline(
        self,
        id: str,
        /,
        *,
        limit: int | None = None,
        page_size: int | None = None,
        **parameters: Unpack[EntityTimelineParameters],
    ) -> AsyncListing[TimelineItem, Timeline]:
        """The events that an entity takes part in and the claims that concern it, earliest first."""
        return self._listing(path("/entities/{id}/timeline", id), parameters, Share(limit, page_size, 1000))

    def events(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[EventsParameters]
    ) -> AsyncListing[Event, EventPage]:
        """Events, latest first."""
        return self._listing("/events", parameters, Share(limit, page_size, 1000))

    async def event(self, id: str, /) -> Event:
        """One event, by id or key."""
        answer: Event = await self._read(path("/events/{id}", id), {})
        return answer

    async def event_figures(self, id: str, /, **parameters: Unpack[EventFiguresParameters]) -> Rollup:
        """An event's figures with those of its parts beneath it, as a tree: at most 1,000 figures, all in one
        answer.
        """
        answer: Rollup = await self._read(path("/events/{id}/figures", id), parameters)
        return answer

    def event_timeline(
        self,
        id: str,
        /,
        *,
        limit: int | None = None,
        page_size: int | None = None,
        **parameters: Unpack[EventTimelineParameters],
    ) -> AsyncListing[TimelineItem, Timeline]:
        """An event, its parts at any depth and all claims of them, earliest first."""
        return self._listing(path("/events/{id}/timeline", id), parameters, Share(limit, page_size, 1000))

    def articles(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[ArticlesParameters]
    ) -> AsyncListing[Article, ArticlePage]:
        """Articles, last published first."""
        return self._listing("/articles", parameters, Share(limit, page_size, 1000))

    async def article(self, id: str, /) -> Article:
        """One article, by id or key."""
        answer: Article = await self._read(path("/articles/{id}", id), {})
        return answer

    def sources(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[SourcesParameters]
    ) -> AsyncListing[Source, SourcePage]:
        """Sources, by name."""
        return self._listing("/sources", parameters, Share(limit, page_size, 1000))

    async def source(self, id: str, /) -> Source:
        """One source, by id or key."""
        answer: Source = await self._read(path("/sources/{id}", id), {})
        return answer

    def measures(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[MeasuresParameters]
    ) -> AsyncListing[Measure, MeasurePage]:
        """Measures, by label."""
        return self._listing("/measures", parameters, Share(limit, page_size, 1000))

    async def measure(self, id: str, /) -> Measure:
        """One measure, by id or key."""
        answer: Measure = await self._read(path("/measures/{id}", id), {})
        return answer

    def figures(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[FiguresParameters]
    ) -> AsyncListing[Figure, FigurePage]:
        """Figures, conflicts first, each by how far its numbers are apart; with `as_of`, as they stood by a
        date.
        """
        return self._listing("/figures", parameters, Share(limit, page_size, 1000))

    async def figure(self, id: str, /, **parameters: Unpack[FigureParameters]) -> Figure:
        """One figure, by id."""
        answer: Figure = await self._read(path("/figures/{id}", id), parameters)
        return answer

    def figure_series(
        self,
        id: str,
        /,
        *,
        limit: int | None = None,
        page_size: int | None = None,
        **parameters: Unpack[FigureSeriesParameters],
    ) -> AsyncListing[SeriesRow, Series]:
        """A figure's claims as flat rows for a chart, by date; as CSV, all of them, where `Accept` asks for it."""
        return self._listing(path("/figures/{id}/series", id), parameters, Share(limit, page_size, 1000))

    def figure_series_table(
        self, id: str, /, **parameters: Unpack[FigureSeriesTableParameters]
    ) -> AsyncIterator[bytes]:
        """A figure's claims as CSV: one row each, by date, all of them unless there is a `limit`.

        Pieces of text/csv, to be written to a file one after the other.
        """
        return self._pieces(path("/figures/{id}/series.csv", id), parameters, "text/csv")

    def conflicts(
        self, *, limit: int | None = None, page_size: int | None = None, **parameters: Unpack[ConflictsParameters]
    ) -> AsyncListing[Conflict, ConflictPage]:
        """Figures in conflict or tension and declared disputes, worst first, each with its claims side by side."""
        return self._listing("/conflicts", parameters, Share(limit, page_size, 100))

    async def compare(
        self, a: ClaimSide | PrintedSide, b: ClaimSide | PrintedSide, **parameters: Unpack[CompareParameters]
    ) -> Comparison:
        """What two numbers, printed ones or stored claims, are to each other, and why. Stores nothing."""
        answer: Comparison = await self._post("/compare", {"a": a, "b": b, **parameters})
        return answer

    async def policy(self) -> Policy:
        """The widths and limits of the comparison: policy, not fact. Every relation names the version that it
        rests on.
        """
        answer: Policy = await self._read("/policy", {})
        return answer

    async def liveness(self) -> Status:
        """Whether the process answers at all. Does not ask the database."""
        answer: Status = await self._read("/livez", {})
        return answer

    async def readiness(self) -> Status:
        """Whether the database answers and has the tables that this version needs."""
        answer: Status = await self._read("/readyz", {})
        return answer

    async def problem_kind(self, name: str, /) -> ProblemKind:
        """What a kind of problem means: the `type` of every problem leads here."""
        answer: ProblemKind = await self._read(path("/problems/{name}", name), {})
        return answer
