"""The page on reconciliation: each request gives the answer that it shows, and each limit is the one that holds."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.resemblance import _WHOLE, _WORDS
from app.search.reconcile import asked, candidates, lookup, titles
from app.search.reconcile.schema import TYPES
from app.search.values import MAX_TEXT
from tests.api.client import Client, serving
from tests.databases import Databases
from tests.docs.test_readme import agrees, read
from tests.factories import seeded_fully

PAGE = (Path(__file__).parents[2] / "docs" / "reconciliation.md").read_text(encoding="utf-8")
REQUESTS = re.findall(r"^```sh\n(.+)\n```\n```json\n((?:[^`].*\n)+)```$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def seeds(databases: Databases) -> Iterator[Client]:
    with databases.create("sqlite", seeded_fully) as url, serving(url) as client:
        yield client


def test_every_request_is_found() -> None:
    assert len(REQUESTS) == PAGE.count("curl ") > 0


@pytest.mark.parametrize(("command", "shown"), REQUESTS, ids=lambda text: str(text)[41:80])
def test_each_request_gives_the_answer_shown(seeds: Client, command: str, shown: str) -> None:
    curl, silent, address, option, field = shlex.split(command)
    assert (curl, silent, address, option) == ("curl", "-s", "127.0.0.1:8000/reconcile", "--data-urlencode")
    name, _, value = field.partition("=")
    real = seeds.form("/reconcile", {name: value}).json
    assert agrees(read(shown), real), json.dumps(real, ensure_ascii=False)


@pytest.mark.parametrize(
    "says",
    [
        f"at most {asked.MOST_QUERIES} queries",
        f"at most {asked.MOST_PROPERTIES} properties",
        f"at most {asked.MOST_IDS} ids and {asked.MOST_PROPERTIES} properties",
        f"at most {asked.MOST_CANDIDATES} candidates, {asked.DEFAULT_CANDIDATES} unless",
        f"the first {MAX_TEXT} characters",
        f"the {titles.MOST_EVENTS:,} latest events",
        f"{_WORDS:.0%}".replace("%", " %"),
        f"{_WHOLE:.0%}".replace("%", " %"),
        f"make {candidates._PROPERTIES:.0%}".replace("%", " %"),
        f"at {candidates._OTHER_TYPE:.0%}".replace("%", " %"),
        f"below {lookup.NEAR:.0f} are left out",
    ],
)
def test_what_it_says_holds(says: str) -> None:
    assert says in " ".join(PAGE.split())


def test_it_names_every_type() -> None:
    assert [one.name for one in TYPES.values() if f"*{one.name}*" not in PAGE] == []
