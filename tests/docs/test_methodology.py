"""The methodology: every table of it says what the program does, and every example from the articles is one."""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.domain.compare import Stated, compare
from app.domain.dates import Span, parse_date
from app.domain.figure import FigureStatus, figure
from app.domain.flags import Status, flag_frame
from app.domain.interval import exact
from app.domain.origin import Relay, Voice, root_of
from app.domain.policy import BOUNDS, DEFAULT_POLICY
from app.domain.reading import read
from app.domain.relation import Comparand, FrameRelation, Kind, Reason, drift, growth_limit
from app.domain.spelling import interval_text, number_text
from app.domain.value import Qualifier
from tests.domain.test_sentence import CASES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "methodology.md").read_text(encoding="utf-8")

KINDS = {
    "amount": Kind.FLOW,
    "amounts": Kind.FLOW,
    "total": Kind.CUMULATIVE,
    "totals": Kind.CUMULATIVE,
    "levels": Kind.STOCK,
}
FRAMES = {
    "the same": FrameRelation.EQUAL,
    "first part of second": FrameRelation.A_PART_OF_B,
    "different": FrameRelation.DISJOINT,
    "unknown": FrameRelation.UNKNOWN,
}
ONE_DATE = "15 August 2024"

Row = dict[str, str]


def table(*columns: str) -> list[Row]:
    """The rows of the one table that begins with those columns."""
    (found,) = tables(*columns)
    return found


def tables(*columns: str) -> list[list[Row]]:
    return [rows for rows in _tables() if list(rows[0])[: len(columns)] == list(columns)]


def _tables() -> Iterator[list[Row]]:
    for block in re.findall(r"(?:^\|.*\|\n)+", PAGE, re.MULTILINE):
        head, _, *lines = ([cell.strip() for cell in line[1:-1].split("|")] for line in block.splitlines())
        yield [dict(zip(head, cells, strict=True)) for cells in lines]


def code(cell: str) -> str:
    return cell.strip("`")


def quoted(cell: str) -> str:
    """The printed text that stands first in a cell."""
    found = re.match("“(.*?)”", cell)
    assert found, cell
    return found.group(1)


def day(words: str) -> Span:
    number, month, year = words.split()
    assert month == "August"
    return parse_date(f"{year}-08-{int(number):02}")


READINGS = table("wording", "as printed")
EXAMPLES, OTHERS = tables("first", "second")
FIGURES = table("claims", "kind")


@pytest.mark.parametrize("row", READINGS, ids=[row["as printed"] for row in READINGS])
def test_numbers_are_read_as_the_table_says(row: Row) -> None:
    value = read(quoted(row["as printed"]))
    assert value.qualifier == code(row["wording"])
    assert interval_text(value.literal) == row["its words admit"]
    assert interval_text(value.pragmatic()) == row["readers take it to mean"]


def test_every_wording_is_shown() -> None:
    assert {code(row["wording"]) for row in READINGS} == set(Qualifier)


def test_the_rules_are_all_there_are() -> None:
    rules = [(code(row["relation"]), code(row["reason"])) for row in table("relation", "reason", "when")]
    assert {*rules, ("conflict", "declared")} == {(case["relation"], case["reason"]) for case in CASES}
    assert len(rules) == len(Reason) - 1


def stated(cell: str, kind: str, origin: str) -> Stated:
    date = cell.partition("”, ")[2] or ONE_DATE
    return Stated(read(quoted(cell)), KINDS[kind], origin, origin, day(date))


@pytest.mark.parametrize("row", EXAMPLES + OTHERS, ids=lambda row: f"{row['first']} {row['second']} {row['reason']}")
def test_examples_are_compared_as_the_table_says(row: Row) -> None:
    kinds = row["they are"].split(" and ")
    first = stated(row["first"], kinds[0], "one")
    second = stated(row["second"], kinds[-1], {"one": "one", "two": "another"}[row["origins"]])
    relation = compare(first, second, FRAMES[row["frames"]]).relation
    assert (relation.kind, relation.reason) == (code(row["relation"]), code(row["reason"]))


def test_the_examples_show_every_rule() -> None:
    assert {code(row["reason"]) for row in EXAMPLES + OTHERS} == set(Reason) - {Reason.DECLARED}


def printed() -> set[str]:
    """Every number that the articles of the seeds print."""
    return set(_texts([yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "seeds").glob("*.yaml")]))


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "statement" in node and "text" in node:
            # One text may hold the numbers of both sides: 1,000 for 1,000.
            yield from [node["text"], *node["text"].split(" for ")]
        node = list(node.values())
    if isinstance(node, list):
        for below in node:
            yield from _texts(below)


def test_examples_from_the_articles_are_from_the_articles() -> None:
    assert {quoted(row[side]) for row in EXAMPLES for side in ("first", "second")} <= printed()


def test_the_sentence_is_the_one_that_is_printed() -> None:
    lines = re.findall(r"^> (.*)$", PAGE, re.MULTILINE)
    assert f"- {' '.join(lines)} (`disjoint`)\n" in (ROOT / "docs" / "seeds.md").read_text(encoding="utf-8")


def comparand(text: str, kind: Kind, origin: str, date: Span) -> Comparand:
    value = read(text)
    assert date.start is not None
    assert date.end is not None
    return Comparand(kind, origin, value.number, value.literal, value.pragmatic(), date.start, date.end)


@pytest.mark.parametrize("row", table("days between"), ids=lambda row: row["days between"])
def test_so_much_may_change_in_time(row: Row) -> None:
    days = int(row["days between"])
    limit = growth_limit(comparand("102", Kind.CUMULATIVE, "", day(ONE_DATE)), days, DEFAULT_POLICY)
    assert limit is not None
    assert row["a total may become"] == f"{number_text(exact(Fraction(limit) / 102))} times"
    change = f"{number_text(exact(drift(days, DEFAULT_POLICY)))} times"
    assert row["a level may change by"] == (change if days <= DEFAULT_POLICY.drift_days else "not compared")


@pytest.mark.parametrize("row", table("speaker", "through"), ids=lambda row: row["goes back to"])
def test_claims_go_back_to_what_the_table_says(row: Row) -> None:
    speaker, through = row["speaker"], row["through"]
    named = Voice("speaker", speaker) if speaker and "“" not in speaker else None
    unnamed = quoted(speaker) if "“" in speaker else None
    relay = Relay(None, quoted(through)) if "“" in through else Relay(Voice("relay", through), None)
    root = root_of(named, unnamed, [relay] if through else [], Voice("outlet", row["published by"]))
    assert root.label == row["goes back to"]


@pytest.mark.parametrize("row", FIGURES, ids=lambda row: row["claims"])
def test_figures_are_as_the_table_says(row: Row) -> None:
    kind = KINDS[row["kind"]]
    claims = re.findall(r"“([^”]*)” \(([^,)]*)(?:, ([^)]*))?\)", row["claims"])
    members = [
        (str(place), comparand(text, kind, origin, day(date or ONE_DATE)))
        for place, (text, origin, date) in enumerate(claims)
    ]
    assert len(members) == row["claims"].count("“")
    known = figure(members, flag_frame(members))
    agreed = "; ".join(f"{interval_text(band.interval)} ({band.n_origins})" for band in known.agreement)
    numbers = [int(number) for number in re.findall("[0-9]+", row["counted"])]
    assert interval_text(known.envelope) == row["envelope"]
    assert agreed == row["most origins admit"]
    assert [known.n_claims, known.n_origins] == numbers
    assert known.status == code(row["status"])


def test_figures_of_three_statuses_are_shown() -> None:
    assert {code(row["status"]) for row in FIGURES} == set(FigureStatus) - {FigureStatus.TENSION}


def test_every_status_of_a_claim_is_explained_in_order() -> None:
    assert [code(row["status"]) for row in table("status", "the claim")] == [*Status, "withdrawn"]


def test_the_policy_is_as_the_table_says() -> None:
    rows = {code(row["field"]): (row["value"], row["may be"]) for row in table("field", "value")}
    values = {name: value for name, value in DEFAULT_POLICY.as_text().items() if name not in ("name", "version")}
    assert {name: value for name, (value, _) in rows.items()} == {
        name: "none" if value is None else str(value) for name, value in values.items()
    }
    bounds = {name: "–".join(number_text(exact(Fraction(end))) for end in ends) for name, ends in BOUNDS.items()}
    assert {name: may_be for name, (_, may_be) in rows.items()} == {name: bounds[name] for name in values}


def test_the_policy_is_named() -> None:
    assert f"`{DEFAULT_POLICY.label}`" in PAGE
