"""Corrections and withdrawals by hand, on both engines."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from app.ingest.check import problems
from app.ingest.edit import NoSuchClaim, correct, withdraw
from app.ingest.errors import BundleError
from app.ingest.save import Outcome
from app.storage import tables
from app.storage.engine import Database
from tests.factories import article, bundle, claim, load_bundles, opened

LATER = "2024-09-01T00:00:00Z"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        load_bundles(
            found, bundle(article("a", claim("low", "102", speaker="ann"), claim("high", "2,000", speaker="bob")))
        )
        yield found


def claims(database: Database) -> dict[str, dict[str, Any]]:
    with database.read() as connection:
        rows = connection.execute(select(tables.Claim.key, tables.Claim.record))
        return {key: json.loads(record) for key, record in rows}


def assert_sound(database: Database) -> None:
    with database.read() as connection:
        assert list(problems(connection)) == []


def test_a_correction_is_compared_anew_and_stays(database: Database) -> None:
    high = claims(database)["high"]
    assert correct(database, high["id"], {"text": "200 to 400", "speaker": "ann"}, now=LATER) is Outcome.CHANGED
    found = claims(database)
    assert found["high"]["value"]["low"] == 200
    assert found["high"]["speaker"]["name"] == "Ann Arbor"
    assert (found["high"]["revision"], found["high"]["recorded_at"]) == (2, LATER)
    assert_sound(database)
    (report,) = load_bundles(database, bundle(article("a", claim("high", "2,000", speaker="bob"))))
    assert report.pinned == [high["id"]]
    assert claims(database)["high"]["value"]["low"] == 200


def test_a_corrected_claim_follows_the_date_of_its_article(database: Database) -> None:
    total = claim("total", "2,000", kind="cumulative", event="incursion", window="2024-08-06")
    load_bundles(database, bundle(article("b", total), key="other"))
    correct(database, claims(database)["total"]["id"], {"text": "3,000"}, now=LATER)
    load_bundles(database, bundle(article("b", total, published="2024-08-20"), key="other"))
    found = claims(database)["total"]
    assert (found["value"]["low"], found["as_of"]["end"], found["revision"]) == (3000, "2024-08-20", 2)
    assert_sound(database)


def test_a_corrected_claim_follows_its_article_to_another_source(database: Database) -> None:
    one, two = claim("one", "2,000"), claim("two", "2,500")
    load_bundles(database, bundle(article("b", one, two), key="other"))
    correct(database, claims(database)["one"]["id"], {"text": "3,000"}, now=LATER)
    load_bundles(database, bundle(article("b", one, two, source="wire"), key="other"))
    found = claims(database)
    assert found["one"]["origin"] == found["two"]["origin"]
    assert found["one"]["origin"]["label"] == "The Wire"
    assert_sound(database)


def test_what_a_load_says_of_a_corrected_claim_leaves_no_trace(database: Database) -> None:
    high = claims(database)["high"]
    correct(database, high["id"], {"text": "200 to 400"}, now=LATER)
    moved = claim(
        "high", "2,000", event="incursion", window="2024-08-07", origin={"key": "staff", "label": "the staff"}
    )
    load_bundles(database, bundle(article("a", claim("low", "102", speaker="ann"), moved)))
    assert_sound(database)
    with database.read() as connection:
        assert len(connection.execute(select(tables.Figure.id)).all()) == 1
        assert "the staff" not in connection.execute(select(tables.Origin.label)).scalars().all()


def test_a_correction_that_changes_nothing_advances_nothing(database: Database) -> None:
    high = claims(database)["high"]
    assert correct(database, high["id"], {"text": "2,000"}, now=LATER) is Outcome.UNCHANGED
    assert claims(database)["high"] == high


def test_a_withdrawn_claim_raises_no_flag(database: Database) -> None:
    found = claims(database)
    assert found["low"]["conflict"] is True
    withdraw(database, found["high"]["id"], "the outlet took it back", now=LATER)
    found = claims(database)
    assert found["low"]["conflict"] is False
    assert found["high"]["withdrawn"] == {"at": LATER, "why": "the outlet took it back"}
    assert_sound(database)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"text": "many"}, ("text",)),
        ({"key": "other"}, ("key",)),
        ({"measure": None}, ()),
        ({"speaker": "nobody"}, ("speaker",)),
        ({"tex": "1"}, ("tex",)),
    ],
)
def test_a_wrong_correction_says_which_field(
    database: Database, changes: dict[str, Any], pointer: tuple[str, ...]
) -> None:
    before = claims(database)
    with pytest.raises(BundleError) as raised:
        correct(database, before["high"]["id"], changes, now=LATER)
    assert raised.value.pointer == pointer
    assert claims(database) == before


def test_an_unknown_claim_cannot_be_edited(database: Database) -> None:
    with pytest.raises(NoSuchClaim, match="clm_aaaaaaaaaaaaaaaa"):
        withdraw(database, "clm_aaaaaaaaaaaaaaaa", "why", now=LATER)
    with pytest.raises(NoSuchClaim, match="clm_nothing"):
        withdraw(database, "clm_nothing", "why", now=LATER)


def test_a_correction_of_a_wrong_type_is_told_by_its_field(database: Database) -> None:
    with pytest.raises(BundleError) as refused:
        correct(database, claims(database)["high"]["id"], {"text": {"a": 1}}, now=LATER)
    assert refused.value.pointer == ("text",)
