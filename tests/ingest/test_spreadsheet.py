"""Spreadsheets of claims: the same claims from CSV and from XLSX, and errors that name row and column."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from app.ingest.errors import BundleError
from app.ingest.fields import Part
from app.ingest.reader import find_files, read_file
from app.ingest.spreadsheet import COLUMNS, MAX_ROWS, NEEDED
from app.ingest.stream import load_paths
from app.ingest.template import bundle_template, spreadsheet_template
from app.storage import tables
from app.storage.engine import Database
from tests.factories import NOW, opened

FIRST = {
    "source": "The Harbour Daily",
    "title": "Queue outside the harbour grows",
    "url": "https://example.org/queue",
    "published": "2025-03-04",
    "kind": "stock",
    "statement": "Ships wait outside the harbour.",
    "text": "40 to 50",
    "measure": "ships-waiting",
    "measure_label": "ships waiting",
    "unit": "ship",
    "event": "harbour-strike",
    "event_title": "Strike in the harbour",
    "event_date": "2025-03-01/..",
    "speaker": "Ann Arbor",
}
SECOND = {
    "source": "The Morning Post",
    "title": "Strike leaves ships at anchor",
    "published": "2025-03-04",
    "kind": "stock",
    "statement": "A port official counts the ships at anchor.",
    "text": "more than 100 ships",
    "measure": "ships-waiting",
    "event": "harbour-strike",
    "unnamed_speaker": "a port official",
    "speaker_of": "Port Authority of the Harbour",
    "via": "The Wire Service; The Harbour Daily",
    "via_medium": "a Telegram post",
}


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        yield found


def written(folder: Path, *rows: dict[str, Any], name: str = "week.csv", delimiter: str = ",") -> str:
    """A CSV file of those rows."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = StringIO()
    table = csv.DictWriter(text, columns, delimiter=delimiter)
    table.writeheader()
    table.writerows(rows)
    path = folder / name
    path.write_text(text.getvalue(), encoding="utf-8-sig")
    return str(path)


def workbook(folder: Path, *rows: dict[str, Any]) -> str:
    """An XLSX file of those rows."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in [columns, *([row.get(column) for column in columns] for row in rows)]:
        book.active.append(row)
    path = folder / "week.xlsx"
    book.save(path)
    return str(path)


def load(database: Database, path: str) -> list[Any]:
    return list(load_paths(database, [path], now=lambda: NOW))


def n_claims(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.Claim)).scalar_one()


def failure(path: str) -> BundleError:
    with pytest.raises(BundleError) as raised:
        read_file(path)
    return raised.value


def test_rows_become_claims_with_all_that_belongs_to_them(database: Database, tmp_path: Path) -> None:
    (report,) = load(database, written(tmp_path, FIRST, SECOND))
    assert (report.bundle, report.new, report.conflicts) == ("week", 2, 2)
    (again,) = load(database, written(tmp_path, SECOND, FIRST))
    assert (again.new, again.changed, again.withdrawn) == (0, 0, 0)
    with database.read() as connection:
        statement = select(tables.Claim.record).order_by(tables.Claim.statement)
        second, first = map(json.loads, connection.execute(statement).scalars())
    assert (first["speaker"]["name"], first["locator"]) == ("Ann Arbor", None)
    assert second["speaker"]["name"] == "a port official"
    assert second["origin"]["label"] == "a port official, to the Wire Service"
    assert [step["medium"] for step in second["via"]] == [None, None, "a Telegram post"]
    assert [step["name"] for step in second["via"]] == ["The Wire Service", "The Harbour Daily", None]


def test_a_workbook_says_the_same_as_csv(tmp_path: Path) -> None:
    typed = {**FIRST, "published": date(2025, 3, 4), "text": 45}
    from_csv = read_file(written(tmp_path, {**FIRST, "text": "45"}, SECOND))
    from_xlsx = read_file(workbook(tmp_path, typed, SECOND))
    assert from_xlsx.bundle == from_csv.bundle
    assert from_xlsx.digest == from_csv.digest


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_may_be_named_and_parted_as_spreadsheets_do(tmp_path: Path, delimiter: str) -> None:
    spoken = {name.replace("_", " ").title(): value for name, value in FIRST.items()}
    assert (
        read_file(written(tmp_path, spoken, delimiter=delimiter)).bundle == read_file(written(tmp_path, FIRST)).bundle
    )


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "unreadable date": ({"published": "yesterday"}, "row 3, column published", "not a date"),
    "unknown kind": ({"kind": "level"}, "row 3, column kind", "'stock'"),
    "no statement": ({"statement": ""}, "row 3, column statement", "needs it"),
    "part of a dimension": ({"dimensions": "by"}, "row 3, column dimensions", "name=value"),
    "two speakers": ({"speaker": "Bob", "unnamed_speaker": "a clerk"}, "row 3, column unnamed_speaker", "not both"),
    "yes and no": ({"partial": "perhaps"}, "row 3, column partial", "yes or no"),
    "another unit": ({"unit": "boat"}, "row 3, column unit", "differs from 'ship' in row 2, column unit"),
    "half an event": ({"event_title": "X"}, "row 3, column event_date", "key, title and date"),
    "a number of no number": ({"number": "many"}, "row 3, column number", "decimal"),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_error_names_row_and_column(tmp_path: Path, name: str) -> None:
    changes, place, problem = WRONG[name]
    error = failure(written(tmp_path, FIRST, SECOND | changes))
    assert error.line == place
    assert problem in error.problem
    assert str(error).startswith(f"{tmp_path}/week.csv, {place}: ")


def test_what_only_the_database_knows_is_found_by_row_and_column_too_and_nothing_is_stored(
    database: Database, tmp_path: Path
) -> None:
    (error,) = load(database, written(tmp_path, FIRST, SECOND | {"text": "many"}))
    assert (error.line, n_claims(database)) == ("row 3, column text", 0)
    (error,) = load(database, written(tmp_path, FIRST, SECOND | {"measure": "boats"}))
    assert (error.line, n_claims(database)) == ("row 3, column measure", 0)
    assert "no measure has the key 'boats'" in error.problem
    (error,) = load(database, written(tmp_path, FIRST, FIRST | {"statement": "Again."}))
    assert (error.line, n_claims(database)) == ("row 3, column claim", 0)


HEADS: dict[str, tuple[str, str, str]] = {
    "slip": ("sorce,title,published,kind,statement\n", "row 1, column sorce", "near it: source"),
    "missing": ("source,title,kind\n", "row 1", "without the columns published, statement"),
    "twice": ("source,title,published,kind,statement,Title\n", "row 1, column Title", "twice"),
    "nameless": ("source,title,published,kind,statement\na,b,2025,stock,c,d\n", "row 2", "without a name"),
}


@pytest.mark.parametrize("name", HEADS)
def test_columns_that_are_none(tmp_path: Path, name: str) -> None:
    text, place, problem = HEADS[name]
    path = tmp_path / "head.csv"
    path.write_text(text, encoding="utf-8")
    error = failure(str(path))
    assert (error.line, problem in error.problem) == (place, True), error


FILES: dict[str, tuple[bytes, str]] = {
    "latin.csv": ("source,title\nÉl,x".encode("latin-1"), "not UTF-8 text"),
    "empty.csv": (b"", "without the columns"),
    "bare.csv": (",".join(NEEDED).encode(), "no row below"),
    "quote.csv": (b'source,"title', "not CSV"),
    "text.xlsx": (b"source,title", "not a workbook"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_none(tmp_path: Path, name: str) -> None:
    content, problem = FILES[name]
    (tmp_path / name).write_bytes(content)
    assert problem in failure(str(tmp_path / name)).problem


def test_more_rows_than_one_sheet_may_have(tmp_path: Path) -> None:
    line = "d,t,2025-03-04,statement,s\n"
    (tmp_path / "long.csv").write_text(",".join(NEEDED) + "\n" + line * (MAX_ROWS + 1), encoding="utf-8")
    assert f"at most {MAX_ROWS}" in failure(str(tmp_path / "long.csv")).problem


def test_a_sheet_is_loaded_where_it_is_named_only(tmp_path: Path) -> None:
    path = written(tmp_path, FIRST)
    (tmp_path / "b.yaml").write_text("bundle: b\n", encoding="utf-8")
    assert find_files([str(tmp_path)]) == [str(tmp_path / "b.yaml")]
    assert find_files([path]) == [path]


def test_two_names_never_share_a_key(tmp_path: Path) -> None:
    speakers = ("Ann Abc", "ANN ABC!", "Ann-Abc", "Анна Абц")
    people = [SECOND | {"speaker": name, "unnamed_speaker": "", "claim": f"c{n}"} for n, name in enumerate(speakers)]
    outlets = [SECOND | {"source": name} for name in ("Вісник", "Вестник")]
    bundle = read_file(written(tmp_path, FIRST, people[0], people[3], *outlets)).bundle
    assert len({entity.key for entity in bundle.entities}) == len(bundle.entities)
    assert len({source.key for source in bundle.sources}) == 4
    for spelling in people[1:3]:
        assert "differs from 'Ann Abc'" in failure(written(tmp_path, FIRST, people[0], spelling)).problem


def test_the_templates_load_as_they_are(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    path.write_text(bundle_template("harbour"), encoding="utf-8")
    (report,) = load(database, str(path))
    assert (report.bundle, report.new) == ("harbour", 5)
    sheet = tmp_path / "sheet.csv"
    renamed = spreadsheet_template().replace("harbour-strike", "strike").replace("ships-waiting", "ships")
    sheet.write_text(renamed, encoding="utf-8")
    (report,) = load(database, str(sheet))
    assert (report.bundle, report.new) == ("sheet", 1)


def test_the_template_shows_every_field_of_a_bundle() -> None:
    text = bundle_template()
    fields = {name for part in Part.__subclasses__() for name in part.model_fields}
    assert [name for name in sorted(fields) if f"{name}:" not in text] == []


def test_every_column_is_one_that_claims_are_made_of(tmp_path: Path) -> None:
    """A cell in it changes the bundle."""
    plain = {**FIRST, "event_part_of": "", "speaker_of": ""}
    base = read_file(written(tmp_path, plain)).bundle
    given = {
        "source_kind": "newspaper",
        "title": "Another",
        "url": "https://example.org/other",
        "archive_url": "https://example.org/archive",
        "published": "2025-03-05",
        "published_why": "because",
        "language": "de",
        "note": "a note",
        "claim": "key",
        "kind": "cumulative",
        "statement": "Other words.",
        "text": "30",
        "qualifier": "about",
        "number": "45",
        "low": "41",
        "high": "51",
        "partial": "yes",
        "measure": "ships-sunk",
        "measure_label": "ships sunk",
        "unit": "boat",
        "event": "strike",
        "event_title": "Other",
        "event_date": "2025",
        "event_part_of": "harbour-strike",
        "dimensions": "stage=anchor",
        "window": "2025-03-01/..",
        "as_of": "2025-03-03",
        "as_of_why": "because",
        "scope": "unknown",
        "source": "Other",
        "speaker": "Bob",
        "speaker_kind": "other",
        "unnamed_speaker": "a clerk",
        "speaker_of": "The Port",
        "via": "The Wire",
        "via_medium": "a post",
        "origin": "the log",
        "origin_why": "because",
        "locator": "headline",
    }
    assert set(given) == set(COLUMNS)
    beside = {
        "as_of_why": {"as_of": "2025-03-03"},
        "origin_why": {"origin": "the log"},
        "unnamed_speaker": {"speaker": ""},
        "speaker_of": {"speaker": "", "unnamed_speaker": "a clerk"},
    }
    for column, cell in given.items():
        with_others = {**plain, **beside.get(column, {})}
        before = read_file(written(tmp_path, with_others)).bundle if column in beside else base
        assert read_file(written(tmp_path, with_others | {column: cell})).bundle != before, column
