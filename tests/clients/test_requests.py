"""How arguments become a query and a body, without a network."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from counterclaim_client import requests


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (0.1, "0.1"),
        (Decimal("12345678901234567890.5"), "12345678901234567890.5"),
        (date(2024, 8, 14), "2024-08-14"),
        (datetime(2024, 8, 14, 20, 30, tzinfo=UTC), "2024-08-14T20:30Z"),
        (datetime(2024, 8, 15, 1, 30, tzinfo=timezone(timedelta(hours=3))), "2024-08-14T22:30Z"),
        (["a", "b"], "a,b"),
        (["Smith, John", "Lee", '"Ace"'], '"Smith, John",Lee,"""Ace"""'),
        ([date(2024, 8, 14), 2], "2024-08-14,2"),
        ("a,b", "a,b"),
    ],
)
def test_a_value_is_written_as_the_service_reads_it(value: Any, text: str) -> None:
    assert requests.query({"name": value}) == {"name": text}


def test_names_of_python_lose_their_underscore_and_none_is_left_out() -> None:
    assert requests.query({"from_": "x", "entity__in": ["a"], "sort": None}) == {"from": "x", "entity__in": "a"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": {"text": "“100”"}, "kind": None}, r'{"a":{"text":"\u201c100\u201d"}}'),
        ([Decimal("0.1234567890123456789"), 1, True], "[0.1234567890123456789,1,true]"),
        ({"as_of": date(2024, 8, 14)}, '{"as_of":"2024-08-14"}'),
    ],
)
def test_a_body_is_json_with_exact_numbers(value: Any, text: str) -> None:
    assert requests.body(value) == text


@pytest.mark.parametrize("value", [Decimal("NaN"), float("inf")])
def test_what_is_no_number_is_not_sent(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        requests.body({"about_width": value})
