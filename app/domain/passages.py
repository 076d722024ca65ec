"""The texts of a record that searches look into, and the passages of them that a search found."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from app.domain.searches import Phrase, Search
from app.domain.words import each_run, places_of, spans, stems

MOST_INDEXED = 2000
"""Words of a record that are looked into, counted from its first text."""
MOST_SHOWN = 240
"""Characters of a text that are shown around what was found."""
BEFORE = 60
"""Of those, the most that stand before it."""

BETWEEN = "."
"""Stands between two texts, so that no phrase reaches from one into the other. No word is this."""
BEHIND = "|"
"""Stands behind the texts that say what the record itself is."""

Record = Mapping[str, Any]


class Passage(NamedTuple):
    """One text of a record; `main` where it says what the record itself is."""

    field: str
    text: str
    main: bool = False


class Highlight(NamedTuple):
    """Some of a text, as HTML: escaped, with what was found in `mark`."""

    field: str
    text: str


def _claim(record: Record) -> Iterator[tuple[str, str | None, bool]]:
    article = record["article"]
    yield "statement", record["statement"], True
    yield "quote", record["quote"], True
    yield "value.text", _of(record["value"], "text"), False
    yield "measure.label", _of(record["measure"], "label"), False
    yield "event.title", _of(record["event"], "title"), False
    yield "speaker.name", _of(record["speaker"], "name"), False
    yield "article.title", article["title"], False
    yield "article.source.name", article["source"]["name"], False
    for entity in record["entities"]:
        yield "entities.name", entity["name"], False


def _article(record: Record) -> Iterator[tuple[str, str | None, bool]]:
    yield "title", record["title"], True
    yield "source.name", record["source"]["name"], False


def _event(record: Record) -> Iterator[tuple[str, str | None, bool]]:
    yield "title", record["title"], True
    yield "description", record["description"], False
    yield "place.name", _of(record["place"], "name"), False
    for participant in record["participants"]:
        yield "participants.name", participant["name"], False


def _entity(record: Record) -> Iterator[tuple[str, str | None, bool]]:
    for name in record["names"]:
        yield "names.name", name["name"], True
    yield "description", record["description"], False


_OF: Mapping[str, Callable[[Record], Iterator[tuple[str, str | None, bool]]]] = {
    "claim": _claim,
    "article": _article,
    "event": _event,
    "entity": _entity,
}


def _of(thing: Record | None, field: str) -> str | None:
    return None if thing is None else thing[field]


def passages(noun: str, record: Record) -> list[Passage]:
    """The texts of a record of that noun ("claim"), those that say what it is first."""
    return [Passage(field, text, main) for field, text, main in _OF[noun](record) if text]


def indexed(noun: str, record: Record) -> str:
    """The words of a record as searches compare them, one space apart, with a sign between texts."""
    found: list[str] = []
    main = True
    for passage in passages(noun, record):
        if main and not passage.main:
            found.append(BEHIND)
        elif found:
            found.append(BETWEEN)
        main = passage.main
        found += stems(passage.text)
    return " ".join(found[:MOST_INDEXED])


def highlights(noun: str, records: Iterable[Record], search: Search) -> list[list[Highlight]]:
    """Of each record the texts in which the search finds what it wants, and of each the part around that."""
    read = _OF[noun]
    pages = [[(field, text) for field, text, _ in read(record) if text] for record in records]
    # Titles and names recur in a page: each is looked into once.
    marked = _all_marked({text for page in pages for _, text in page}, search)
    return [
        [Highlight(*one) for one in dict.fromkeys((field, marked[text]) for field, text in page if text in marked)]
        for page in pages
    ]


def _all_marked(texts: Iterable[str], search: Search) -> dict[str, str]:
    """Of those texts the ones in which something is found, each with what is shown of it."""
    phrases = [phrase for term in search.wanted for phrase in term]
    ends = {phrase.words[-1] for phrase in phrases if not phrase.begins}
    beginnings = tuple(phrase.words[-1] for phrase in phrases if phrase.begins)
    # Few texts have any: whether they have is told sooner than where.
    forms = [
        run
        for run, words in each_run(texts)
        if not ends.isdisjoint(words) or (beginnings and any(word.startswith(beginnings) for word in words))
    ]
    is_words = all(len(phrase.words) == 1 for phrase in phrases)
    found = {}
    for text in texts:
        if any(form in text for form in forms):
            marked = places_of(text, forms) if is_words else _marked(text, stems(text), phrases)
            if marked:
                found[text] = _excerpt(text, marked)
    return found


def _marked(text: str, there: Sequence[str], phrases: Iterable[Phrase]) -> list[tuple[int, int]]:
    """From where to where the words stand that are part of a phrase, each once and in order."""
    places = {place for phrase in phrases for last in _ends(phrase, there) for place in _places(phrase, last)}
    stand = spans(text) if places else []
    return sorted({stand[place] for place in places})


def _places(phrase: Phrase, last: int) -> range:
    return range(last + 1 - len(phrase.words), last + 1)


def _ends(phrase: Phrase, there: Sequence[str]) -> list[int]:
    """Where in those words the phrase stands, by its last word."""
    before, last = phrase.words[:-1], phrase.words[-1]
    if phrase.begins:
        ends = [place for place, word in enumerate(there) if word.startswith(last)]
    else:
        ends = [place for place, word in enumerate(there) if word == last] if last in there else []
    return [end for end in ends if end >= len(before) and there[end - len(before) : end] == before]


def _excerpt(text: str, marked: list[tuple[int, int]]) -> str:
    begin = max(0, marked[0][0] - BEFORE) if len(text) > MOST_SHOWN else 0
    begin = 0 if begin == 0 else text.find(" ", begin, marked[0][0]) + 1 or begin
    end = min(len(text), max(begin + MOST_SHOWN, marked[0][1]))
    pieces, at = ["…" if begin else ""], begin
    for start, stop in marked:
        if stop > end:
            break
        pieces += [escape(text[at:start], quote=False), "<mark>", escape(text[start:stop], quote=False), "</mark>"]
        at = stop
    return "".join([*pieces, escape(text[at:end], quote=False), "…" if end < len(text) else ""])
