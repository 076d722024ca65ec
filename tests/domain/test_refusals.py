"""What is said of numbers that cannot be read: what is wrong, where, and what would be right, word for word."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.domain.reading import UnreadableNumber, read, read_pair, value_from_parts
from app.domain.value import Qualifier

TABLE = json.loads((Path(__file__).parent / "refusals.json").read_text(encoding="utf-8"))


def said(case: dict[str, Any]) -> str:
    return str(case["says"])[:60]


@pytest.mark.parametrize("case", TABLE["read"], ids=said)
def test_a_text(case: dict[str, Any]) -> None:
    with pytest.raises(UnreadableNumber) as raised:
        read(case["text"], unit=case.get("unit"))
    assert str(raised.value) == case["says"]
    if "(character " in case["says"]:
        assert raised.value.at == int(case["says"].split("(character ")[1].split(")")[0]) - 1


@pytest.mark.parametrize("case", TABLE["read_pair"], ids=said)
def test_a_pair(case: dict[str, Any]) -> None:
    with pytest.raises(UnreadableNumber) as raised:
        read_pair(case["text"])
    assert str(raised.value) == case["says"]


@pytest.mark.parametrize("case", TABLE["value_from_parts"], ids=said)
def test_fields(case: dict[str, Any]) -> None:
    given = dict(case["given"])
    if "qualifier" in given:
        given["qualifier"] = Qualifier(given["qualifier"])
    with pytest.raises(UnreadableNumber) as raised:
        value_from_parts(**given)
    assert str(raised.value) == case["says"]
