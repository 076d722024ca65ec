"""The story that the seeds tell: what contradicts what, what only seems to, who is behind each number, found how."""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest

from app.domain.ids import public_id
from app.ingest.check import problems
from tests.api.client import Client, serving
from tests.databases import ENGINES, Databases
from tests.factories import opened, seeded

TALKS = "kursk-prisoner-talks-2024-08-15"
SUN = "nysun-pow-talks-2024-08-15"
PLANS = "kursk-plans-2024-08-15"
GROUP = "negotiation-group-2024-08-15"
PAUSE = "four-month-pause-2026-01"

HUNDREDS = (TALKS, "captured-hundreds")
SEVERAL_HUNDRED = (PLANS, "captured-several-hundred")
ABOUT_2000 = (GROUP, "captured-about-2000")
TOTALS = (HUNDREDS, SEVERAL_HUNDRED, ABOUT_2000)

MORE_THAN_100 = (TALKS, "captured-more-than-100")
ABOUT_100 = (SUN, "captured-about-100")
ANOTHER_100 = (SUN, "captured-another-100")
DAY = (MORE_THAN_100, ABOUT_100, ANOTHER_100)

BY_THE_SBU = ((TALKS, "sbu-captured-102"), (SUN, "captured-102"))
ON_VIDEO = (SUN, "dozens-surrender-on-video")
SETTLEMENTS_82 = (SUN, "settlements-82")
SETTLEMENTS_70 = (GROUP, "settlements-more-than-70")
HELD = ((SUN, "held-by-russia"), (PLANS, "held-by-russia"))
TEN_DAYS = (PLANS, "fighting-10-days")
SECOND_WEEK = (GROUP, "fighting-second-week")
SWAPS = (SUN, "exchanges-54")
PAUSES = tuple(
    (PAUSE, f"pause-{words}") for words in ("four-months-headline", "over-four-months", "more-than-four-months")
)
RELEASED_95 = ((SUN, "released-95~ukraine"), (SUN, "released-95~russia"))
RELEASED_185 = ((PAUSE, "released-185~ukraine"), (PAUSE, "released-185~russia"))
AGREED_1000 = ((PAUSE, "agreed-1000-for-1000~ukraine"), (PAUSE, "agreed-1000-for-1000~russia"))
AGREED_1200 = ((PAUSE, "agreed-at-least-1200~ukraine"), (PAUSE, "agreed-at-least-1200~russia"))

KYIV_BLOCKS = (TALKS, "kyiv-blocks-exchanges")
MOSCOW_AVOIDS = (TALKS, "moscow-avoids-exchanges")
RUSSIA_SLOWS = (TALKS, "russia-slows-exchanges")
KYIV_DELAYS = (PAUSE, "kyiv-delays-decisions")

Key = tuple[str, str]
Json = dict[str, Any]


@pytest.fixture(scope="module", params=[pytest.param(engine, marks=getattr(pytest.mark, engine)) for engine in ENGINES])
def seeds_url(request: pytest.FixtureRequest, databases: Databases) -> Iterator[str]:
    with databases.create(request.param, seeded) as url:
        yield url


@pytest.fixture(scope="module")
def seeds(seeds_url: str) -> Iterator[Client]:
    with serving(seeds_url) as client:
        yield client


def claim_id(key: Key) -> str:
    return public_id("clm", *key)


def ids(*keys: Key) -> set[str]:
    return {claim_id(key) for key in keys}


def listed(client: Client, target: str) -> list[Json]:
    """All items of a list, which one page must hold."""
    page = client.get(target).json
    assert page["next"] is None
    items: list[Json] = page["items"]
    return items


def found(client: Client, target: str) -> set[str]:
    return {item["id"] for item in listed(client, target)}


def relations(client: Client, key: Key) -> dict[str, Json]:
    """What the claim is to each other one that it can be compared with."""
    items = listed(client, f"/claims/{claim_id(key)}/relations?limit=1000")
    return {item["other"]["id"]: item for item in items}


class TestConflicts:
    def test_one_figure_is_in_conflict(self, seeds: Client) -> None:
        (figure,) = listed(seeds, "/figures?status=conflict")
        assert figure["measure"]["label"] == "prisoners captured"
        assert (figure["event"]["date"], figure["kind"], figure["dimensions"]) == ("2024-08-06/..", "cumulative", {})
        assert (figure["n_claims"], figure["n_origins"], figure["n_conflicts"]) == (3, 2, 2)
        assert listed(seeds, "/figures?status=tension") == []

    def test_it_has_two_conflicting_pairs(self, seeds: Client) -> None:
        (item,) = listed(seeds, "/conflicts?kind=number")
        pairs = [({pair["a"], pair["b"]}, pair["relation"], pair["reason"]) for pair in item["relations"]]
        assert len(pairs) == 2
        for other in (HUNDREDS, SEVERAL_HUNDRED):
            assert (ids(ABOUT_2000, other), "conflict", "disjoint") in pairs

    def test_three_numbers_are_flagged(self, seeds: Client) -> None:
        assert found(seeds, "/claims?conflict=true&kind=number") == ids(*TOTALS)
        assert listed(seeds, "/claims?status=tension") == []

    def test_the_accusations_dispute_each_other(self, seeds: Client) -> None:
        assert found(seeds, "/claims?conflict=true&kind=statement") == ids(KYIV_BLOCKS, MOSCOW_AVOIDS, RUSSIA_SLOWS)
        pairs = {
            frozenset(claim["id"] for claim in item["claims"]) for item in listed(seeds, "/conflicts?kind=statement")
        }
        assert pairs == {frozenset(ids(KYIV_BLOCKS, other)) for other in (MOSCOW_AVOIDS, RUSSIA_SLOWS)}

    def test_nothing_else_conflicts(self, seeds: Client) -> None:
        for claim in listed(seeds, "/claims?limit=1000"):
            items = listed(seeds, f"/claims/{claim['id']}/relations?limit=1000")
            against = {item["other"]["id"] for item in items if item["relation"] in ("conflict", "tension")}
            assert against == set(claim["conflicts_with"])
            assert bool(against) is claim["conflict"]


SEEMING = {
    "the day against the total": ([*product(DAY, TOTALS)], ("compatible", "part_of", "part_of_whole")),
    "one service against all on the day": ([*product(BY_THE_SBU, DAY)], ("compatible", "part_of", "part_of_whole")),
    "one service against the total": ([*product(BY_THE_SBU, TOTALS)], ("compatible", "part_of", "part_of_whole")),
    "dozens on video against the total": ([*product([ON_VIDEO], TOTALS)], ("compatible", "part_of", "part_of_whole")),
    "82 against more than 70": ([(SETTLEMENTS_82, SETTLEMENTS_70)], ("refines", "refines", "contained")),
    "10 days against the second week": ([(TEN_DAYS, SECOND_WEEK)], ("refines", "refines", "contained")),
    "about 100 against more than 100": ([(ABOUT_100, MORE_THAN_100)], ("duplicate", None, "same_origin")),
    "another 100 against both": ([*product([ANOTHER_100], DAY[:2])], ("duplicate", None, "same_origin")),
    "102 twice": ([BY_THE_SBU], ("agrees", None, "overlap")),
    "thousands twice": ([HELD], ("agrees", None, "overlap")),
    "hundreds and several hundred": ([(SEVERAL_HUNDRED, HUNDREDS)], ("refines", "refines", "contained")),
}


@pytest.mark.parametrize("name", SEEMING)
def test_what_only_seems_to_conflict_does_not(seeds: Client, name: str) -> None:
    pairs, expected = SEEMING[name]
    for one, other in pairs:
        relation = relations(seeds, one)[claim_id(other)]
        assert (relation["relation"], relation["direction"], relation["reason"]) == expected


UNRELATED = {
    "dozens on video and the day": [*product([ON_VIDEO], DAY)],
    "dozens on video and one service": [*product([ON_VIDEO], BY_THE_SBU)],
    "two agreements": [*product(AGREED_1000, AGREED_1200)],
    "two sides of one exchange": [RELEASED_95, RELEASED_185],
    "two exchanges": [*product(RELEASED_95, RELEASED_185)],
    "what was agreed and what was done": [*product(AGREED_1000, RELEASED_185)],
}


@pytest.mark.parametrize("name", UNRELATED)
def test_what_counts_different_things_is_not_compared(seeds: Client, name: str) -> None:
    for one, other in UNRELATED[name]:
        assert claim_id(other) not in relations(seeds, one)


class TestLubinets:
    NAMES = (
        "Lubinets",
        "Dmytro Lubinets",
        "лубінець",
        "ЛУБИНЕЦ",
        public_id("ent", "dmytro-lubinets"),
        "dmytro-lubinets",
    )
    NUMBERS = (SWAPS, *PAUSES, *RELEASED_95, *RELEASED_185, *AGREED_1000, *AGREED_1200)

    @pytest.mark.parametrize("name", NAMES)
    def test_each_of_his_names_finds_his_numbers_and_the_accusations(self, seeds: Client, name: str) -> None:
        address = f"/claims?entity={quote(name)}&limit=1000"
        assert found(seeds, f"{address}&kind=number") == ids(*self.NUMBERS)
        assert found(seeds, address) >= ids(KYIV_BLOCKS, MOSCOW_AVOIDS, RUSSIA_SLOWS, KYIV_DELAYS)

    def test_all_of_his_names_find_the_same(self, seeds: Client) -> None:
        answers = [seeds.get(f"/claims?entity={quote(name)}&limit=1000").json for name in self.NAMES]
        met = [one.pop("by") for answer in answers for one in answer["resolved"]]
        assert set(met) == {"id", "key", "name", "word"}
        assert answers == [answers[0]] * len(answers)
        assert [one["name"] for one in answers[0]["resolved"]] == ["Dmytro Lubinets"]

    def test_he_speaks_no_number_himself(self, seeds: Client) -> None:
        assert listed(seeds, "/claims?entity=Lubinets&role=speaker&kind=number") == []
        assert len(listed(seeds, "/claims?entity=Lubinets&role=speaker")) > 5

    def test_the_numbers_are_as_printed(self, seeds: Client) -> None:
        texts = sorted(item["value"]["text"] for item in listed(seeds, "/claims?entity=Lubinets&kind=number"))
        once = ["54", "four-month", "more than four months", "over four months"]
        assert texts == sorted([*once, *2 * ["95", "185", "1,000 for 1,000", "at least 1,200"]])

    def test_each_side_has_its_own(self, seeds: Client) -> None:
        for pair in (RELEASED_95, RELEASED_185, AGREED_1000, AGREED_1200):
            records = [seeds.get(f"/claims/{claim_id(key)}").json for key in pair]
            assert [record["dimensions"]["side"]["name"] for record in records] == ["Ukraine", "Russia"]


ORIGINS: dict[str, set[Key]] = {
    "officials and soldiers at the border, to the Financial Times": {HUNDREDS, SEVERAL_HUNDRED},
    "The Independent": {ABOUT_2000},
    "Volodymyr Zelensky": set(DAY),
    "an SBU official, to the Financial Times": {BY_THE_SBU[0]},
    "footage on social media of the 488th regiment's capture, with a Kyiv Operations post": {BY_THE_SBU[1]},
    "videos that emerged on 15 August, through the New York Sun": {ON_VIDEO},
    "the Financial Times report of 15 August 2024": {HELD[1], TEN_DAYS},
    "Oleksandr Syrskyi": {SETTLEMENTS_82, (SUN, "territory-1150")},
    "Russian Defense Ministry": {(SUN, "drones-117")},
    "Security Service of Ukraine": {(GROUP, "six-agencies-join")},
    "The New York Sun": {HELD[0], (SUN, "airfields-destroyed"), SWAPS, *RELEASED_95},
    "Unnamed outlet (article on the larger negotiation group)": {SECOND_WEEK, SETTLEMENTS_70},
    "Unnamed outlet (article on the four-month pause in prisoner exchanges)": {
        *(*PAUSES, *RELEASED_185, *AGREED_1000, *AGREED_1200),
    },
}


def test_every_number_goes_back_to_its_origin(seeds: Client) -> None:
    behind: dict[tuple[str, str], set[str]] = {}
    for claim in listed(seeds, "/claims?kind=number&limit=1000"):
        behind.setdefault((claim["origin"]["id"], claim["origin"]["label"]), set()).add(claim["id"])
    assert {label: claims for (_, label), claims in behind.items()} == {
        label: ids(*keys) for label, keys in ORIGINS.items()
    }
    assert len(behind) == len(ORIGINS)


def test_what_is_inferred_says_why(seeds: Client) -> None:
    records = [record for noun in ("claims", "articles", "events") for record in listed(seeds, f"/{noun}?limit=1000")]
    dated = [
        record[member] for record in records for member in ("as_of", "published", "date", "origin") if member in record
    ]
    assert {one["basis"] for one in dated} >= {"stated", "inferred"}
    assert [one for one in dated if one["basis"] == "inferred" and not one["why"]] == []


def test_no_sentence_is_quoted(seeds: Client) -> None:
    claims = listed(seeds, "/claims?limit=1000")
    assert len(claims) > 50
    assert {claim["quote"] for claim in claims} == {None}


def test_the_check_finds_nothing(seeds_url: str) -> None:
    with opened(seeds_url) as database, database.read() as connection:
        assert list(problems(connection)) == []


def test_both_engines_publish_the_same(databases: Databases) -> None:
    pages: list[bytes] = []
    for engine in ENGINES:
        with databases.create(engine, seeded) as url, serving(url) as client:
            nouns = (
                "claims",
                "entities",
                "events",
                "articles",
                "sources",
                "measures",
                "figures",
                "conflicts?limit=100",
            )
            pages.append(b"\n".join(client.get(f"/{noun}").body for noun in nouns))
    assert pages[0] == pages[1]
    assert json.loads(pages[0].partition(b"\n")[0])["items"]
