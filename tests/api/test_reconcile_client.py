"""A reconciliation client that others wrote, against a running server: a column of names becomes one of ids."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from app.api.protocol import Protocol
from app.main import create_app
from app.settings import Settings
from tests.databases import Databases
from tests.factories import seeded

# The client is from before the pandas that it runs on.
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning")

COLUMN = {
    "Dmytro Lubinets": "ent_3pyttn3hkz74x666",
    "ЛУБИНЕЦ": "ent_3pyttn3hkz74x666",
    "Volodimir Zelenski": "ent_crzpfpglfk46fvln",
    "Збройні сили України": "ent_ef26rgiehvy5hau2",
    "SBU": "ent_555ng6ktipwbec56",
    "the new york sun": "ent_w3acnp7gbr6fqt6s",
    "Kursk oblast": "ent_5b63cgrwrstvsw5b",
    "Mirjana Spoljarić Egger": "ent_fd5ldbnvdpmnyekp",
    "Defence Inteligence of Ukraine": "ent_bbmv2x6cgm22pyti",
    "Incursion into the Kursk region": "evt_ltwct3nmijtagtdj",
    "Prisoner exchange, July 2024": "evt_3f6u5cja674l2gn4",
}
"""More than the ten that this client puts into one batch."""


@pytest.fixture(scope="module")
def endpoint(databases: Databases) -> Iterator[str]:
    with databases.create("sqlite", seeded) as url, socket.socket() as listening:
        app = create_app(Settings(database_url=url))
        server = uvicorn.Server(uvicorn.Config(app, http=Protocol, log_level="error"))
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/reconcile"
        server.should_exit = True
        thread.join()


def reconciled(endpoint: str, column: list[str], most: int | str = 1, **known: list[str]) -> list[dict[str, Any]]:
    """The best candidates of each name as the client reads them, given what is known besides."""
    # Late: only these tests take the second that it takes.
    import pandas as pd
    from reconciler import reconcile

    type_ = "event" if known else None
    properties = {name: pd.Series(values) for name, values in known.items()} or None
    found = reconcile(pd.Series(column), type_, most, properties, endpoint)
    rows: list[dict[str, Any]] = found.to_dict("records")
    return rows


def test_a_column_finds_its_ids(endpoint: str) -> None:
    found = {row["input_value"]: row for row in reconciled(endpoint, list(COLUMN))}
    assert {name: row["id"] for name, row in found.items()} == COLUMN
    sure = {name for name, row in found.items() if row["match"]}
    assert sure == {
        "Dmytro Lubinets",
        "Збройні сили України",
        "the new york sun",
        "Kursk oblast",
        "Mirjana Spoljarić Egger",
    }


def test_a_type_and_a_property_narrow(endpoint: str) -> None:
    column = ["Prisoner exchange", "Pause in the prisoner exchanges"]
    names = [row["name"] for row in reconciled(endpoint, column, date=["2025-10-02", "2025"])]
    assert names == ["Prisoner exchange of October 2025", "Pause in the prisoner exchanges after October 2025"]


def test_every_candidate_is_read(endpoint: str) -> None:
    found = reconciled(endpoint, ["Kursk"], "all")
    assert len(found) > 3
    scores = [row["score"] for row in found]
    assert scores == sorted(scores, reverse=True)
    assert {row["type_id"] for row in found} == {"place", "event"}
