"""Records as rows and as a dataframe."""

from decimal import Decimal
from typing import Any

import pytest

from counterclaim_client import Client, flatten, to_dataframe


def test_a_record_is_one_flat_row() -> None:
    record = {
        "id": "clm_1",
        "value": {"low": 101, "pragmatic": {"low": 101}},
        "speaker": None,
        "entities": [{"id": "ent_1", "name": "SBU"}, {"id": "ent_2"}],
        "notes": ["a", "b"],
        "bands": [{"low": Decimal("1.5")}],
        "via": [],
    }
    assert flatten(record) == {
        "id": "clm_1",
        "value.low": 101,
        "value.pragmatic.low": 101,
        "speaker": None,
        "entities": "SBU; ent_2",
        "notes": "a; b",
        "bands": '{"low": "1.5"}',
        "via": "",
    }


def test_what_is_null_here_and_has_parts_there_is_shown_by_its_parts() -> None:
    frame = to_dataframe([{"speaker": None, "of": "word"}, {"speaker": {"name": "Ann"}, "of": {"name": "Bob"}}])
    assert list(frame.columns) == ["of", "speaker.name", "of.name"]
    assert frame["speaker.name"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([1, None, 3], "Int64"),
        ([1, Decimal("2.5"), None], "Float64"),
        ([True, None], "boolean"),
        (["a", None], "string"),
        ([2**53 + 1, None], "Int64"),
        ([2**53 + 1, Decimal("0.5")], "object"),
        ([2**63, None], "object"),
        ([10**400, Decimal(1)], "object"),
        ([Decimal("1150.12345678901234567"), None], "object"),
        ([None, None], "object"),
    ],
)
def test_no_column_loses_a_digit(values: list[Any], dtype: str) -> None:
    column = to_dataframe([{"x": value} for value in values])["x"]
    assert str(column.dtype) == dtype
    assert [None if missing else value for value, missing in zip(column, column.isna(), strict=True)] == values


def test_claims_make_a_dataframe(client: Client) -> None:
    claims = list(client.claims(conflict=True))
    frame = to_dataframe(claims)
    assert len(frame) == len(claims)
    assert frame["value.text"].dropna().tolist() == [claim["value"]["text"] for claim in claims if claim["value"]]
    assert {"article.source.name", "measure.label", "as_of.start"} <= set(frame.columns)
    assert str(frame["value.low"].dtype) in {"Int64", "Float64"}


def test_nothing_makes_an_empty_dataframe() -> None:
    assert to_dataframe([]).empty
