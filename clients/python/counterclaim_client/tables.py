"""Records as rows of a table, and as a dataframe."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

_LARGEST = 2**63
_TOO_LARGE = 10**300
"""Beyond all that a claim holds, and within a double."""


def to_dataframe(records: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A dataframe of one row a record; see `flatten` for its columns. Needs pandas: `counterclaim-client[pandas]`.

    Numbers are Float64 or Int64, missing ones <NA>; a column of which one would lose digits so keeps them all, as
    objects. Dates stay EDTF texts, as "2024-08" is not a day.
    """
    import pandas as pd  # noqa: PLC0415 - an extra

    rows = [flatten(record) for record in records]
    names = _columns(rows)
    columns = {name: [row.get(name) for row in rows] for name in names}
    return pd.DataFrame({name: pd.Series(values, dtype=_dtype(values)) for name, values in columns.items()})


def flatten(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record as one row: what is inside another has its name after that one's and a dot, `value.low`.

    A list is one text with semicolons, each thing in it by its name or id.
    """
    return dict(_cells(record, ""))


def _cells(record: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _cells(value, f"{before}{name}.")
        elif isinstance(value, list):
            yield before + name, "; ".join(map(_short, value))
        else:
            yield before + name, value


def _short(value: object) -> str:
    if isinstance(value, dict):
        called = next((value[name] for name in ("name", "label", "title", "id") if value.get(name)), None)
        return str(called) if called else json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The names of all rows in order. What is null in one record and has parts in another is shown by its parts."""
    names = dict.fromkeys(name for row in rows for name in row)
    parents = {name[:at] for name in names for at, letter in enumerate(name) if letter == "."}
    return [name for name in names if name not in parents or any(row.get(name) is not None for row in rows)]


def _dtype(values: Sequence[Any]) -> str:
    kinds = {type(value) for value in values if value is not None}
    if kinds in ({bool}, {str}):
        return "boolean" if kinds == {bool} else "string"
    if kinds == {int} and all(-_LARGEST <= value < _LARGEST for value in values if value is not None):
        return "Int64"
    if kinds and kinds <= {int, Decimal} and all(map(_is_double, values)):
        return "Float64"
    return "object"


def _is_double(value: Any) -> bool:  # noqa: ANN401 - an int, a Decimal or None
    """Whether a double prints as the same number."""
    return value is None or (abs(value) < _TOO_LARGE and Decimal(repr(float(value))) == value)
