"""The page on formats: its table is the one that the service has, and its requests are answered as it shows."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api.formats import FORMATS, LISTS, Format
from tests.api.client import Client, serving
from tests.databases import Databases
from tests.factories import seeded_fully

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
REQUESTS = re.findall(r"^```sh\ncurl -s '127\.0\.0\.1:8000(\S+)'\n```\n(?:```csv\n(.+)\n```)?", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def seeds(databases: Databases) -> Iterator[Client]:
    with databases.create("sqlite", seeded_fully) as url, serving(url) as client:
        yield client


def row(form: Format) -> str:
    """What the table says of a format."""
    lists = "everything" if form.names is None else ", ".join(sorted(LISTS & set(form.names)))
    alone = "; and each of them alone" if {"event", "events"} <= set(form.names or ()) else ""
    return f"| {form.name} | `{form.suffix}` | `{form.media_type}` | {lists}{alone} |"


def test_the_table_is_that_of_the_service() -> None:
    assert [line for line in PAGE.splitlines() if re.match(r"\|.+\| `\.", line)] == [row(form) for form in FORMATS]


@pytest.mark.parametrize(("target", "shown"), REQUESTS, ids=lambda text: text[:60])
def test_each_request_is_answered_in_its_format(seeds: Client, target: str, shown: str) -> None:
    answer = seeds.get(target)
    assert answer.status == 200
    assert answer.body.count(b"\n") > 1 or len(answer.body) > 100
    (suffix,) = re.findall(r"(\.[a-z]+)(?:\?|$)", target) or [".json"]
    media_types = {form.suffix: form.content_type for form in FORMATS}
    assert answer.headers["content-type"] == media_types[suffix]
    if shown:
        assert answer.body.decode().splitlines()[0] == shown


def test_every_format_has_an_example() -> None:
    assert len(REQUESTS) == PAGE.count("curl ") > 8
    shown = {suffix for target, _ in REQUESTS for suffix in re.findall(r"\.[a-z]+(?=\?|$)", target)}
    assert {form.suffix for form in FORMATS[1:]} <= shown
