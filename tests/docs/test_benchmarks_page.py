"""The page of what things cost: every part that the benchmark writes has its place, and is filled."""

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
PARTS = ("10k", "100k", "1m", "postgres", "growth")


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_figures_with_their_date_and_versions(part: str) -> None:
    (content,) = re.findall(f"<!-- {part} -->\n(.*?)<!-- end of {part} -->\n", PAGE, re.DOTALL)
    assert re.match(r"Measured on \d+ \w+ 20\d\d: \d+ cores, .*Python 3.*SQLite 3.*datasette \d", content)
    assert content.count("\n| ") >= 4


def test_the_table_names_every_request_that_is_to_be_measured() -> None:
    wanted = {"Q1: claims of an entity by alias", "deep page of Q1", "q= rare", "q= middling", "q= common"}
    wanted |= {"two filters with a facet", "event timeline", "/conflicts", "/figures", "one claim by id"}
    wanted |= {"one claim, unchanged", "CSV of about 10,000 rows"}
    assert {name for name in wanted if f"\n| {name} " not in PAGE} == set()
