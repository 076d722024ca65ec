"""Records as CSV, NDJSON and Parquet: every cell what the record says, exact, and read back by other programs."""

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest

from app.export import parquet, tables, write
from app.export.write import Format
from app.search.columns import COLUMNS, Type, parsed
from app.search.find import records
from app.storage.engine import Database
from tests.databases import Databases
from tests.factories import article, claim, load_bundles, opened, statement
from tests.generated import generated

HUGE = "123456789012345678901234567890.000000000000000000000001"


@pytest.fixture(scope="module")
def database(databases: Databases) -> Iterator[Database]:
    with databases.create("sqlite", generated) as url, opened(url) as found:
        exact = {"number": HUGE, "qualifier": "exact", "unit": "square_kilometre"}
        area = claim("huge", None, kind="stock", measure="z-area", event=None, as_of="2024-08-14", value=exact)
        measures = [{"key": "z-area", "label": "=people", "unit": "square_kilometre"}]
        told = article("z", area, statement("s", event=None, quote="+1 is what he said"))
        load_bundles(found, {"bundle": "z", "measures": measures, "articles": [told]})
        yield found


def written(database: Database, folder: Path, as_format: Format) -> Path:
    folder.mkdir()
    with database.read() as connection:
        write.write(connection, folder, None, {}, as_format, lambda: None)
    return folder


def stored(database: Database, noun: str) -> list[str]:
    with database.read() as connection:
        return [*write.everything(connection, noun)]


def read(query: str) -> list[dict[str, Any]]:
    """The rows of a query, by column."""
    found = duckdb.sql(query)
    assert found is not None
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("noun", COLUMNS)
def test_every_record_is_a_line_as_it_is_published(database: Database, noun: str, tmp_path: Path) -> None:
    with database.read() as connection:
        listed = [*records(connection, noun, {})]
        lines = b"".join(write.lines(connection, noun, {}, Format.NDJSON, lambda: None))
    assert lines.decode().splitlines() == listed != []


def test_every_noun_has_a_file_and_every_record_a_row(database: Database, tmp_path: Path) -> None:
    ndjson = written(database, tmp_path / "ndjson", Format.NDJSON)
    folder = written(database, tmp_path / "csv", Format.CSV)
    for noun, columns in COLUMNS.items():
        kept = stored(database, noun)
        assert (ndjson / f"{noun}.ndjson").read_text(encoding="utf-8").splitlines() == kept
        head, *rows = csv.reader(StringIO((folder / f"{noun}.csv").read_text(encoding="utf-8"), newline=""))
        assert head == [column.name for column in columns]
        assert [row[0] for row in rows] == [json.loads(record)["id"] for record in kept]


def test_withdrawn_claims_are_among_everything(database: Database) -> None:
    assert {"withdrawn"} < {json.loads(record)["status"] for record in stored(database, "claims")}


def test_numbers_keep_their_digits_and_formulas_are_no_formulas(database: Database, tmp_path: Path) -> None:
    folder = written(database, tmp_path / "csv", Format.CSV)
    rows = list(csv.DictReader(StringIO((folder / "claims.csv").read_text(encoding="utf-8"), newline="")))
    (huge,) = [row for row in rows if row["number"] == HUGE]
    assert (huge["low"], huge["high"], huge["low_open"], huge["measure"]) == (HUGE, HUGE, "false", "'=people")
    assert {row["number"] for row in rows if row["value_text"] == "'-2.1 degrees Celsius"} == {"-2.1"}
    assert [row["quote"] for row in rows if row["quote"]] == ["'+1 is what he said"]


@pytest.mark.parametrize("noun", COLUMNS)
def test_parquet_says_what_the_records_say(database: Database, noun: str, tmp_path: Path) -> None:
    path = tmp_path / f"{noun}.parquet"
    kept = stored(database, noun)
    parquet.write(noun, kept, path)
    rows = read(f"SELECT * FROM read_parquet('{path}')")
    assert [row["id"] for row in rows] == [json.loads(record)["id"] for record in kept]
    for row, record in zip(rows, kept, strict=True):
        for column in COLUMNS[noun]:
            cell = column.cell(parsed(record))
            assert row[column.name] == (date.fromisoformat(str(cell)) if cell and column.type is Type.DAY else cell)
            if column.type is Type.EXACT:
                assert row[f"{column.name}_double"] == (None if cell is None else float(Decimal(str(cell))))


def test_parquet_has_types(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    parquet.write("claims", stored(database, "claims"), path)
    described = read(f"DESCRIBE SELECT * FROM read_parquet('{path}')")
    types = {row["column_name"]: row["column_type"] for row in described}
    wanted = {"low": "VARCHAR", "low_double": "DOUBLE", "low_open": "BOOLEAN", "date": "DATE", "n_conflicts": "BIGINT"}
    assert {name: types[name] for name in wanted} == wanted


def test_parquet_is_written_a_part_at_a_time(
    monkeypatch: pytest.MonkeyPatch, database: Database, tmp_path: Path
) -> None:
    monkeypatch.setattr(parquet, "ROWS", 7)
    path = tmp_path / "claims.parquet"
    kept = stored(database, "claims")
    parquet.write("claims", kept, path)
    counted = read(f"SELECT count(*) AS rows, count(DISTINCT id) AS ids FROM read_parquet('{path}')")
    assert counted == [{"rows": len(kept), "ids": len(kept)}]


def test_without_the_extra_parquet_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "arro3.io", None)
    with pytest.raises(parquet.MissingLibrary, match=r"pip install 'counterclaim\[parquet\]'"):
        parquet.write("claims", [], tmp_path / "claims.parquet")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("start", "=+-@\t\r＝＋－＠")
def test_a_cell_that_would_be_a_formula_is_text(start: str) -> None:
    record: dict[str, Any] = dict.fromkeys(("id", "key", "kind", "url", "entity"), "x") | {"name": f"{start}1+1"}
    _, line = tables.as_csv("sources", [json.dumps(record)])
    (row,) = csv.reader(StringIO(line.decode(), newline=""))
    assert row[2] == f"'{start}1+1"
