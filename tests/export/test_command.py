"""The command: what goes where, that nothing is ever there by half, and what it says when something is wrong."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.cli import main
from app.export import files
from app.ingest.recompute import changed_policy, recompute
from tests.factories import NOW, article, bundle, claim, load_bundles, opened


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sqlite_url: str) -> Run:
    """Runs `counterclaim export` on a database of two claims."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("COUNTERCLAIM_DATABASE_URL", sqlite_url)
    with opened(sqlite_url) as database:
        load_bundles(database, bundle(article("a", claim("low", "102", speaker="ann"), claim("high", "2,000"))))

    def command(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["counterclaim", "export", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, *capsys.readouterr())

    return command


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_noun_is_printed_as_json_lines(run: Run) -> None:
    ran = run("claims", "entity=Ann Arbor")
    (record,) = map(json.loads, ran.out.splitlines())
    assert (ran.code, ran.err, record["value"]["text"]) == (0, "", "102")


def test_a_noun_as_csv(run: Run) -> None:
    head, *rows = run("claims", "sort=value", "--format", "csv").out.splitlines()
    assert head.startswith("id,kind,statement,")
    assert [row.split(",")[1] for row in rows] == ["flow", "flow"]


def test_everything_is_printed_as_bundles(run: Run) -> None:
    (given,) = map(json.loads, run().out.splitlines())
    assert given["bundle"] == "bundle"
    assert [one["text"] for one in given["articles"][0]["claims"]] == ["2,000", "102"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["00-bundle.json"]),
        (["claims", "--format", "csv"], ["claims.csv"]),
        (["figures"], ["figures.ndjson"]),
        (
            ["--format", "parquet"],
            [
                *("articles.parquet", "claims.parquet", "entities.parquet", "events.parquet", "figures.parquet"),
                *("measures.parquet", "sources.parquet"),
            ],
        ),
    ],
    ids=str,
)
def test_a_folder_is_made(run: Run, tmp_path: Path, arguments: list[str], expected: list[str]) -> None:
    assert run(*arguments, "--to", str(tmp_path / "new" / "out")) == Ran(0, "", "")
    assert names(tmp_path / "new" / "out") == expected
    assert names(tmp_path / "new") == ["out"]


def test_what_is_there_is_replaced_only_by_force(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("--to", str(out))
    ran = run("figures", "--to", str(out))
    assert (ran.code, ran.err) == (
        1,
        f"error: {out} is there already: name another folder, or replace it with --force\n",
    )
    assert names(out) == ["00-bundle.json"]
    assert run("figures", "--to", str(out), "--force").code == 0
    assert names(out) == ["figures.ndjson"]


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_force_takes_nothing_away_that_is_not_an_export(run: Run, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out"
    if kind == "file":
        out.write_text("mine")
    elif kind == "link":
        (tmp_path / "elsewhere").mkdir()
        out.symlink_to(tmp_path / "elsewhere")
    else:
        out.mkdir()
        (out / "claims.csv").write_text("ours")
        (out / "thesis.txt").write_text("mine")
    before = names(tmp_path)
    ran = run("--to", str(out), "--force")
    assert ran.code == 1
    assert "what is not ours" in ran.err
    assert names(tmp_path) == before
    assert kind != "folder" or names(out) == ["claims.csv", "thesis.txt"]


def test_a_failure_leaves_what_was_there(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    run("--to", str(out))

    def full(*_: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(files, "write", full)
    ran = run("--format", "csv", "--to", str(out), "--force")
    assert (ran.code, ran.err) == (1, "error: no space left on device\n")
    assert names(tmp_path) == ["out"]
    assert names(out) == ["00-bundle.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["claims", "--format", "bundles"], "bundles hold everything: leave the noun out"),
        (["claims", "--format", "parquet"], "Parquet is no text to print: name a folder with --to"),
        (["--format", "csv"], "everything as csv is a file for each noun: name a folder with --to, or a noun"),
        (["nouns"], "There is nothing called 'nouns' to list; there are claims, entities,"),
        (["nouns", "--format", "csv"], "There is nothing called 'nouns' to list; there are claims, entities,"),
        (["claims", "entty=x"], "There is no parameter 'entty' here; did you mean 'entity'?"),
    ],
    ids=str,
)
def test_what_cannot_be_written_is_told_in_a_line(run: Run, arguments: list[str], said: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


def test_a_failed_export_of_a_noun_leaves_no_folder(run: Run, tmp_path: Path) -> None:
    assert run("nouns", "--format", "parquet", "--to", str(tmp_path / "out")).code == 1
    assert names(tmp_path) == []


def test_a_policy_that_bundles_do_not_carry_is_told(run: Run, sqlite_url: str) -> None:
    with opened(sqlite_url) as database:
        recompute(database, changed_policy(database, {"name": "wide", "about_width": "0.2"}), now=lambda: NOW)
    assert "The policy wide-2 is not part of it" in run().err
    assert run("claims").err == ""
