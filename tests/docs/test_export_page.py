"""The page on exports: its commands run, and its columns are those that there are."""

import re
import shlex
from pathlib import Path

import pytest

from app.cli import main
from app.search.columns import COLUMNS
from tests.databases import Databases
from tests.factories import seeded

PAGE = (Path(__file__).parents[2] / "docs" / "export.md").read_text(encoding="utf-8")


def test_each_command_runs_and_the_copy_is_exported_alike(
    databases: Databases, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) > 8

    def run(line: str) -> str:
        words, _, target = line.partition(" > ")
        monkeypatch.setattr("sys.argv", shlex.split(words))
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        assert not ended.value.code, told.err
        if target:
            Path(target).write_text(told.out, encoding="utf-8")
        return told.out

    with databases.create("sqlite", seeded) as url, databases.create("sqlite") as empty:
        monkeypatch.chdir(tmp_path)
        for line in lines:
            into_copy = line.startswith(("counterclaim migrate", "counterclaim load"))
            monkeypatch.setenv("COUNTERCLAIM_DATABASE_URL", empty if into_copy else url)
            run(line)
        monkeypatch.setenv("COUNTERCLAIM_DATABASE_URL", empty)
        assert run("counterclaim export") == Path("backup.jsonl").read_text(encoding="utf-8")


def test_the_columns_are_listed() -> None:
    listed = {noun: columns.split(", ") for noun, columns in re.findall(r"^\| (\w+) \| (`.*`) \|$", PAGE, re.MULTILINE)}
    assert listed == {noun: [f"`{column.name}`" for column in columns] for noun, columns in COLUMNS.items()}
