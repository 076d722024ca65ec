"""The command line: each command for real, its exit codes, and what it says when something is wrong."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

import jsonschema_rs
import orjson
import pytest
from sqlalchemy import Connection, select, update

from app.cli import loading, main
from app.domain.compare import compare_texts
from app.ingest import recompute as recomputing
from app.ingest.reader import _yaml
from app.search.find import records
from app.storage import dialect, tables
from app.storage.versions import current
from tests.factories import article, bundle, claim, load_bundles, opened, seeded, statement

ROOT = Path(__file__).parents[1]


class Ran(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command as the shell would, on the database at the URL."""
    monkeypatch.setenv("COLUMNS", "200")

    def command(url: str, *arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setenv("COUNTERCLAIM_DATABASE_URL", url)
        monkeypatch.setattr(sys, "argv", ["counterclaim", *arguments])
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, *capsys.readouterr())

    return command


def line(key: str, text: str = "100") -> str:
    """A bundle as a line of a stream."""
    return json.dumps(bundle(article(key, claim("c", text)), key=key)) + "\n"


def with_next(text: str) -> str:
    """The line, which says that it belongs with the one behind it."""
    return json.dumps({**json.loads(text), "with_next": True}) + "\n"


def exported(url: str, noun: str = "claims") -> list[dict[str, Any]]:
    """What the database publishes of a noun."""
    with opened(url) as database, database.read() as connection:
        return [json.loads(record) for record in records(connection, noun, {})]


def articles(url: str) -> list[str]:
    return sorted(record["key"] for record in exported(url, "articles"))


def loaded(ran: Ran) -> list[tuple[str, str]]:
    """Each bundle in the report, with the number of its new claims."""
    assert ran.code == 0
    return re.findall(r"^│ (\w+) +│ (\d+) ", ran.out, re.MULTILINE)


class TestMigrate:
    def test_it_makes_the_tables_and_a_second_run_nothing(self, run: Run, blank_database_url: str) -> None:
        assert run(blank_database_url, "migrate") == Ran(0, "", "")
        assert run(blank_database_url, "migrate") == Ran(0, "", "")
        assert run(blank_database_url, "check").code == 0

    @pytest.mark.parametrize("command", [["load", "seeds"], ["check"], ["export", "claims"]])
    def test_others_ask_for_it(self, run: Run, blank_database_url: str, command: list[str]) -> None:
        ran = run(blank_database_url, *command)
        assert (ran.code, ran.out) == (1, "")
        assert "run `counterclaim migrate`" in ran.err
        assert "Traceback" not in ran.err


class TestLoad:
    def test_a_file_a_folder_and_again(self, run: Run, database_url: str, tmp_path: Path) -> None:
        (tmp_path / "one.json").write_text(line("one"))
        (tmp_path / "below").mkdir()
        (tmp_path / "below" / "many.jsonl").write_text(line("two") + "\n" + line("three"))
        (tmp_path / "notes.md").write_text("not a bundle")
        assert loaded(run(database_url, "load", str(tmp_path / "one.json"))) == [("one", "1")]
        assert loaded(run(database_url, "load", str(tmp_path))) == [("two", "1"), ("three", "1"), ("one", "0")]
        assert articles(database_url) == ["one", "three", "two"]

    def test_of_very_many_bundles_the_rest_is_summed_up(
        self, run: Run, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(loading, "MOST_LISTED", 2)
        ran = run(sqlite_url, "load", "-", stdin="".join(map(line, ["one", "two", "three", "four"])))
        assert loaded(ran) == [("one", "1"), ("two", "1")]
        assert re.search(r"all, with 2 more +│ 4 ", ran.out)

    def test_the_report_counts(self, run: Run, sqlite_url: str, tmp_path: Path) -> None:
        path = tmp_path / "b.json"
        path.write_text(json.dumps(bundle(article("a", claim("kept"), claim("changed"), claim("gone")))))
        run(sqlite_url, "load", str(path))
        changed = claim("changed", "2,000", speaker="ann")
        path.write_text(json.dumps(bundle(article("a", claim("kept"), changed, claim("new", "102")))))
        (row,) = re.findall(r"^│ bundle +(│.*)", run(sqlite_url, "load", str(path)).out, re.MULTILINE)
        new, changed_, unchanged, withdrawn, in_conflict = re.findall(r"\d+", row)
        assert (new, changed_, unchanged, withdrawn, in_conflict) == ("1", "1", "1", "1", "3")

    def test_standard_input_is_a_stream(self, run: Run, sqlite_url: str) -> None:
        ran = run(sqlite_url, "load", "-", stdin=line("one") + line("two"))
        assert ran.code == 0
        assert articles(sqlite_url) == ["one", "two"]

    def test_a_failing_line_stops_the_stream(self, run: Run, sqlite_url: str) -> None:
        ran = run(sqlite_url, "load", "-", stdin=line("one") + line("two", "many") + line("three"))
        assert ran.code == 1
        assert "-, line 2, at /articles/0/claims/0/text: 'many' says no size" in ran.err
        assert articles(sqlite_url) == ["one"]
        assert " one " in ran.out

    def test_or_not_where_told_to_keep_going(self, run: Run, sqlite_url: str) -> None:
        lines = [line("one"), line("two", "many"), "{nonsense\n", line("four")]
        ran = run(sqlite_url, "load", "--keep-going", "-", stdin="".join(lines))
        assert ran.code == 1
        assert re.findall(r"error: -, line (\d)", ran.err) == ["2", "3"]
        assert articles(sqlite_url) == ["four", "one"]

    @pytest.mark.parametrize("failing", [line("three", "many"), "{nonsense\n"])
    def test_what_belongs_together_is_stored_together_or_not_at_all(
        self, run: Run, sqlite_url: str, failing: str
    ) -> None:
        lines = [line("one"), with_next(line("two")), failing, line("four"), with_next(line("five")), line("six")]
        ran = run(sqlite_url, "load", "-", stdin="".join(lines))
        assert (ran.code, articles(sqlite_url)) == (1, ["one"])
        assert re.findall(r"error: -, line (\d)", ran.err) == ["3"]
        ran = run(sqlite_url, "load", "--keep-going", "-", stdin="".join(lines))
        assert (ran.code, articles(sqlite_url)) == (1, ["five", "four", "one", "six"])
        assert re.findall(r"error: -, line (\d)", ran.err) == ["3", "2"]
        assert "it belongs with another line, which cannot be loaded" in ran.err

    def test_the_last_of_those_that_belong_together_may_fail_too(self, run: Run, sqlite_url: str) -> None:
        lines = [with_next(line("one")), with_next(line("two", "many")), line("three"), with_next(line("four"))]
        ran = run(sqlite_url, "load", "--keep-going", "-", stdin="".join(lines))
        assert articles(sqlite_url) == ["four"]
        assert re.findall(r"error: -, line (\d)", ran.err) == ["2", "1", "3"]

    def test_a_pipe_is_read_as_a_stream(self, run: Run, sqlite_url: str, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        writer = Thread(target=(tmp_path / "pipe").write_text, args=(line("one") + line("two"),))
        writer.start()
        assert loaded(run(sqlite_url, "load", str(tmp_path / "pipe"))) == [("one", "1"), ("two", "1")]
        writer.join()

    def test_a_full_disk_is_told_in_a_line(self, run: Run, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        run(sqlite_url, "load", "-", stdin=line("one"))
        with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
            ((pages,),) = connection.execute("PRAGMA page_count")
        limited = dialect.for_writing

        def for_writing(raw: Connection) -> Connection:
            raw.connection.cursor().execute(f"PRAGMA max_page_count = {pages}")
            return limited(raw)

        monkeypatch.setattr(dialect, "for_writing", for_writing)
        ran = run(sqlite_url, "load", "-", stdin="".join(line(f"more-{number}") for number in range(300)))
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.endswith("error: the disk of the database is full\n")
        assert articles(sqlite_url) == ["one"]

    def test_an_error_names_file_and_line_and_nothing_is_stored(
        self, run: Run, sqlite_url: str, tmp_path: Path
    ) -> None:
        (tmp_path / "a.yaml").write_text(
            "bundle: a\nsources:\n  - {key: s, name: S}\n  - key: Not a [/key]\n    name: T\n"
        )
        ran = run(sqlite_url, "load", str(tmp_path))
        assert ran.code == 1
        assert f"error: {tmp_path}/a.yaml, line 4, at /sources/1/key: String should match pattern '^[a-z0-9]" in ran.err
        assert exported(sqlite_url, "sources") == []

    def test_files_after_a_failing_one_wait_unless_told_to_keep_going(
        self, run: Run, sqlite_url: str, tmp_path: Path
    ) -> None:
        (tmp_path / "1.json").write_text("[/1]")
        (tmp_path / "2.json").write_text(line("two"))
        assert run(sqlite_url, "load", str(tmp_path)).code == 1
        assert articles(sqlite_url) == []
        assert run(sqlite_url, "load", "--keep-going", str(tmp_path)).code == 1
        assert articles(sqlite_url) == ["two"]

    @pytest.mark.parametrize("path", ["nowhere", "[/red]"])
    def test_an_unknown_path(self, run: Run, sqlite_url: str, path: str) -> None:
        ran = run(sqlite_url, "load", path)
        assert (ran.code, ran.err) == (1, f"error: {path}: no such file or folder\n")


class TestCheck:
    def test_it_finds_nothing_wrong_with_the_seeds(self, run: Run, database_url: str) -> None:
        seeded(database_url)
        ran = run(database_url, "check")
        assert (ran.code, ran.out) == (0, "Nothing found.\n")
        assert re.search(r"^[0-9]+ claims in [0-9.]+ s: [0-9,]+ a second$", ran.err, re.MULTILINE)

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"record": '{"id": "[/tampered]"}'}, '{"id": "[/tampered]"}'),
            ({"conflict": True, "status": "conflict", "n_conflicts": 1}, "conflict"),
        ],
        ids=["record", "flag"],
    )
    def test_it_finds_what_was_tampered_with(
        self, run: Run, database_url: str, changed: dict[str, Any], said: str
    ) -> None:
        with opened(database_url) as database:
            load_bundles(database, bundle(article("a", claim("c"))))
            with database.write() as connection:
                connection.execute(update(tables.Claim).values(**changed))
        ran = run(database_url, "check")
        assert ran.code == 1
        assert said in ran.err
        assert re.fullmatch(r"[1-9]\d* found\.\n", ran.out)


def entities(url: str) -> dict[str, str]:
    """The entities' ids by name."""
    return {record["name"]: record["id"] for record in exported(url, "entities")}


class TestCorrect:
    @pytest.fixture
    def url(self, sqlite_url: str) -> str:
        low = claim("low", "102", speaker="ann", dimensions={"by": "army"})
        with opened(sqlite_url) as database:
            load_bundles(database, bundle(article("a", low, claim("high", "2,000", speaker="bob"))))
        return sqlite_url

    @pytest.fixture
    def low(self, url: str) -> str:
        (found,) = (one["id"] for one in exported(url) if one["value"]["text"] == "102")
        return str(found)

    @pytest.mark.parametrize(
        ("given", "path", "shown"),
        [
            ("text=about 120", ("value", "low"), 108),
            ("text=95", ("value", "number"), 95),
            ("statement=Ukraine: 102 captured", ("statement",), "Ukraine: 102 captured"),
            ("statement='102'", ("statement",), "102"),
            ("dimensions={side: army, stage: held}", ("dimensions", "stage"), "held"),
            ("dimensions=", ("dimensions",), {}),
            ("speaker=null", ("speaker",), None),
            ("partial=true", ("value", "qualifier"), "at_least"),
            ("origin={key: staff, label: the staff, basis: inferred, why: a guess}", ("origin", "label"), "the staff"),
        ],
    )
    def test_a_field_is_given_as_in_a_bundle(
        self, run: Run, url: str, low: str, given: str, path: tuple[str, ...], shown: object
    ) -> None:
        assert run(url, "correct", low, given) == Ran(0, f"corrected {low}\n", "")
        found: Any = next(one for one in exported(url) if one["id"] == low)
        assert found["revision"] == 2
        for step in path:
            found = found[step]
        assert found == shown

    def test_several_fields_at_once_and_again(self, run: Run, url: str, low: str) -> None:
        arguments = ["correct", low, "text=1,900 to 2,100", "dimensions="]
        run(url, *arguments)
        assert {one["status"] for one in exported(url)} == {"agreed"}
        assert run(url, *arguments) == Ran(0, f"{low} is as it was: these are its fields already\n", "")

    @pytest.mark.parametrize(
        ("arguments", "code", "said"),
        [
            (["text=many"], 1, "error: {low}, at /text: 'many' says no size"),
            (["txt=5"], 1, "error: {low}, at /txt: unknown field 'txt'; near it: text"),
            (["key=other"], 1, "error: {low}, at /key: stays as it is"),
            (["dimensions={by: army"], 1, "dimensions: not YAML"),
            (["dimensions={\udcff"], 1, "dimensions: not YAML"),
            (["speaker=nobody"], 1, "error: {low}, at /speaker: "),
            (["text"], 2, "a field is a name and a value"),
            (["text=1", "text=2"], 2, "each name once"),
        ],
    )
    def test_what_cannot_be_is_an_error_and_changes_nothing(
        self, run: Run, url: str, low: str, arguments: list[str], code: int, said: str
    ) -> None:
        before = exported(url)
        ran = run(url, "correct", low, *arguments)
        assert (ran.code, ran.out) == (code, "")
        assert said.format(low=low) in ran.err
        assert exported(url) == before

    def test_an_unknown_claim(self, run: Run, url: str) -> None:
        assert run(url, "correct", "clm_x", "text=5") == Ran(1, "", "error: no claim has the id 'clm_x'\n")


class TestWithdraw:
    def test_it_keeps_the_claim_with_the_reason(self, run: Run, database_url: str) -> None:
        with opened(database_url) as database:
            load_bundles(database, bundle(article("a", claim("c"))))
        (one,) = exported(database_url)
        ran = run(database_url, "withdraw", one["id"], "--why", "the Daily took [it] back")
        assert ran == Ran(0, f"withdrew {one['id']}\n", "")
        with opened(database_url) as database, database.read() as connection:
            (record,) = records(connection, "claims", {"status": "withdrawn"})
        assert json.loads(record)["withdrawn"]["why"] == "the Daily took [it] back"
        assert exported(database_url) == []

    @pytest.mark.parametrize("why", ["", "  ", "\x00", "\udcff", "x" * 2001])
    def test_a_reason_must_say_something(self, run: Run, sqlite_url: str, why: str) -> None:
        with opened(sqlite_url) as database:
            load_bundles(database, bundle(article("a", claim("c"))))
        (one,) = exported(sqlite_url)
        ran = run(sqlite_url, "withdraw", one["id"], "--why", why)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("error: `why`")
        assert exported(sqlite_url) == [one]

    def test_a_reason_is_asked_for(self, run: Run, sqlite_url: str) -> None:
        ran = run(sqlite_url, "withdraw", "clm_x")
        assert ran.code == 2
        assert "--why" in ran.err


class TestMerge:
    @pytest.fixture
    def url(self, sqlite_url: str) -> str:
        data = bundle(article("a", claim("c", "102", speaker="ann"), claim("d", "2,000", speaker="anna")))
        data["entities"].append({"key": "anna", "kind": "person", "name": "Anna Arbour"})
        with opened(sqlite_url) as database:
            load_bundles(database, data)
        return sqlite_url

    def test_two_are_one_until_parted(self, run: Run, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LOGNAME", "desk")
        before, named = exported(url), entities(url)
        ran = run(url, "merge", named["Anna Arbour"], named["Ann Arbor"], "--why", "one person")
        assert ran == Ran(0, f"merged {named['Anna Arbour']} into {named['Ann Arbor']}\n", "")
        assert {one["speaker"]["name"] for one in exported(url)} == {"Ann Arbor"}
        with opened(url) as database, database.read() as connection:
            (kept,) = connection.execute(select(tables.EntityMerge.by, tables.EntityMerge.why))
        assert tuple(kept) == ("desk", "one person")
        assert run(url, "unmerge", named["Anna Arbour"]) == Ran(0, f"unmerged {named['Anna Arbour']}\n", "")
        assert exported(url) == before

    def test_without_a_login_name_it_asks_who(self, run: Run, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def nobody() -> str:
            raise OSError("no login name")

        monkeypatch.setattr("app.cli.editing.getuser", nobody)
        named = entities(url)
        arguments = ["merge", named["Anna Arbour"], named["Ann Arbor"], "--why", "one person"]
        ran = run(url, *arguments)
        assert (ran.code, ran.err) == (1, "error: nobody is logged in: say who decides with --by\n")
        assert run(url, *arguments, "--by", "desk").code == 0

    def test_what_cannot_be_merged_or_parted_says_why(self, run: Run, url: str) -> None:
        named = entities(url)
        ran = run(url, "merge", named["Ann Arbor"], named["The Army"], "--why", "w", "--by", "desk")
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("error: Ann Arbor is a person")
        ran = run(url, "unmerge", named["Ann Arbor"])
        assert ran == Ran(1, "", f"error: {named['Ann Arbor']} is not merged into another entity\n")


class TestExplain:
    @pytest.fixture
    def url(self, database_url: str) -> str:
        words = [statement("yes", speaker="ann"), statement("no", speaker="bob", disputes=["yes"])]
        numbers = [claim("low", "102", speaker="ann"), claim("high", "2,000", speaker="bob")]
        with opened(database_url) as database:
            load_bundles(database, bundle(article("a", *numbers, *words)))
        return database_url

    def explained(self, url: str) -> list[tuple[Any, ...]]:
        columns = (tables.Explanation.why, tables.Explanation.by, tables.Explanation.url)
        with opened(url) as database, database.read() as connection:
            return [tuple(row) for row in connection.execute(select(*columns))]

    def test_a_figure(self, run: Run, url: str) -> None:
        (figure,) = exported(url, "figures")
        link = "https://example.org/how"
        ran = run(url, "explain", figure["id"], "--why", "one counts the wounded", "--by", "desk", "--url", link)
        assert ran == Ran(0, f"explained {figure['id']}\n", "")
        assert self.explained(url) == [("one counts the wounded", "desk", link)]
        ran = run(url, "unexplain", figure["id"])
        assert ran == Ran(0, f"took back the explanation of {figure['id']}\n", "")
        assert exported(url, "figures") == [figure]
        assert run(url, "check").code == 0

    def test_a_dispute(self, run: Run, url: str) -> None:
        ids = [one["id"] for one in exported(url) if one["kind"] == "statement"]
        assert run(url, "explain", *ids, "--why", "of two days", "--by", "desk").code == 0
        assert self.explained(url) == [("of two days", "desk", None)]
        assert run(url, "unexplain", *ids[::-1]).code == 0
        assert self.explained(url) == []

    def test_what_cannot_be_explained_says_why(self, run: Run, url: str) -> None:
        (figure,) = exported(url, "figures")
        for subject, said in (
            (["fig_aaaaaaaaaaaaaaaa"], "there is no figure 'fig_aaaaaaaaaaaaaaaa'"),
            ([exported(url)[0]["id"]], "neither the id of a figure nor those of two statements"),
            ([figure["id"], figure["id"]], "neither the id of a figure nor those of two statements"),
        ):
            ran = run(url, "explain", *subject, "--why", "w", "--by", "desk")
            assert (ran.code, ran.out) == (1, "")
            assert said in ran.err
        ran = run(url, "unexplain", figure["id"])
        assert ran == Ran(1, "", f"error: {figure['id']} is not explained\n")


class TestRecompute:
    @pytest.fixture
    def url(self, database_url: str) -> str:
        with opened(database_url) as database:
            sides = [claim("about", "about 121", speaker="ann"), claim("exact", "180", speaker="bob")]
            load_bundles(database, bundle(article("a", *sides, claim("c", event="incursion", window="2024-08-07"))))
        return database_url

    def summary(self, ran: Ran) -> str:
        assert ran.code == 0, ran.err
        return ran.out

    def test_by_another_policy_and_by_the_same(self, run: Run, url: str) -> None:
        ran = run(url, "recompute", "about_width=0.5", "name=wide")
        said = "recomputed by wide-2: 2 claims and 1 figures are flagged otherwise than before\n"
        assert self.summary(ran) == said
        assert "3/3" in ran.err
        assert {one["status"] for one in exported(url)} == {"agreed", "uncontested"}
        for again in (["recompute"], ["recompute", "about_width=0.5"]):
            said = "recomputed by wide-2: 0 claims and 0 figures are flagged otherwise than before\n"
            assert self.summary(run(url, *again)) == said
        ran = run(url, "recompute", "about_width=0.1", "name=default", "version=1")
        said = "recomputed by default-1: 2 claims and 1 figures are flagged otherwise than before\n"
        assert self.summary(ran) == said
        assert run(url, "check").code == 0

    def test_interrupted_the_same_command_goes_on(self, run: Run, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(recomputing, "CHUNK", 1)
        one_chunk, asked = recomputing._recompute_some, []

        def interrupted(database: Any, now: str) -> int:
            asked.append(now)
            if len(asked) == 2:
                raise KeyboardInterrupt
            return one_chunk(database, now)

        monkeypatch.setattr(recomputing, "_recompute_some", interrupted)
        assert run(url, "recompute", "about_width=0.5").code == 130
        ran = run(url, "check")
        assert "run `counterclaim recompute` to go on with it" in ran.err
        assert self.summary(run(url, "recompute", "about_width=0.5")).startswith("recomputed by default-2: ")
        assert len(asked) == 2 + 3  # the two that were left, and the end
        assert run(url, "check").code == 0

    @pytest.mark.parametrize(
        ("given", "code", "said"),
        [
            ("about_width=9", 1, "error: about_width lies from 0 to 0.5, not at 9\n"),
            ("about=0.2", 1, "error: a policy has no 'about'; it has: about_width, "),
            ("about_width", 2, "a width is a name and a value"),
        ],
    )
    def test_a_policy_is_bounded(self, run: Run, url: str, given: str, code: int, said: str) -> None:
        before = exported(url)
        ran = run(url, "recompute", given)
        assert (ran.code, ran.out) == (code, "")
        assert said in ran.err
        assert exported(url) == before


class TestCompare:
    def test_it_answers_as_the_domain_does(self, run: Run, sqlite_url: str) -> None:
        ran = run(sqlite_url, "compare", "about 2,000", "hundreds", "--kind", "cumulative")
        answer = json.loads(ran.out)
        assert ran.code == 0
        assert answer == orjson.loads(orjson.dumps(compare_texts("about 2,000", "hundreds", kind="cumulative")))
        assert (answer["relation"], answer["reason"]) == ("conflict", "disjoint")

    def test_what_is_no_number_is_an_error(self, run: Run, sqlite_url: str) -> None:
        ran = run(sqlite_url, "compare", "many", "3")
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("error: 'many' says no size")

    def test_an_unknown_kind_is_an_error(self, run: Run, sqlite_url: str) -> None:
        ran = run(sqlite_url, "compare", "2", "3", "--kind", "flaw")
        assert ran.code == 2
        assert "'flow'" in ran.err


class TestSchema:
    @pytest.fixture
    def schema(self, run: Run, sqlite_url: str) -> dict[str, Any]:
        printed: dict[str, Any] = json.loads(run(sqlite_url, "schema").out)
        return printed

    def test_it_is_a_json_schema(self, schema: dict[str, Any]) -> None:
        jsonschema_rs.meta.validate(schema)
        assert schema["$schema"].endswith("/draft/2020-12/schema")

    @pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("*.yaml")), ids=lambda path: path.stem)
    def test_the_seeds_follow_it(self, schema: dict[str, Any], path: Path) -> None:
        data, _ = _yaml(path.read_bytes(), path.name)
        jsonschema_rs.validate(schema, data)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"bundel": "b"},
            bundle(key="Not a key"),
            bundle(article("a", claim("c", kind="flaw"))),
            bundle(article("a", claim("c", speaker={"name": "Ann"}))),
            bundle(article("a", claim("c", via=["wire"] * 11))),
        ],
    )
    def test_what_is_wrong_does_not(self, schema: dict[str, Any], wrong: dict[str, Any]) -> None:
        assert not jsonschema_rs.is_valid(schema, wrong)


class TestExport:
    @pytest.fixture
    def url(self, sqlite_url: str) -> str:
        seeded(sqlite_url)
        return sqlite_url

    @pytest.mark.parametrize("noun", ["claims", "entities", "events", "articles", "sources", "measures", "figures"])
    def test_it_prints_every_record_of_a_noun(self, run: Run, url: str, noun: str) -> None:
        ran = run(url, "export", noun)
        assert ran.code == 0
        assert [json.loads(one) for one in ran.out.splitlines()] == exported(url, noun) != []

    def test_filters_are_those_of_the_api(self, run: Run, url: str) -> None:
        ran = run(url, "export", "claims", "entity=лубінець", "kind=number", "value__gte=185")
        assert {json.loads(one)["value"]["text"] for one in ran.out.splitlines()} == {
            "185",
            "1,000 for 1,000",
            "at least 1,200",
        }

    @pytest.mark.parametrize(
        ("arguments", "code", "said"),
        [
            (["claimz"], 1, "there are claims, entities"),
            (["claims", "entty=x"], 1, "did you mean 'entity'?"),
            (["claims", "value__gte=[/b]"], 1, "value__gte"),
            (["claims", "entity=Lubinetts-Qwerty"], 1, "A filter names what there is not"),
            (["claims", "limit=3"], 1, "limit: there are no pages here"),
            (["claims", "entity"], 2, "a name and a value"),
            (["claims", "kind=flow", "kind=stock"], 2, "each name once"),
        ],
    )
    def test_what_it_does_not_know_is_an_error(
        self, run: Run, url: str, arguments: list[str], code: int, said: str
    ) -> None:
        ran = run(url, "export", *arguments)
        assert (ran.code, ran.out) == (code, "")
        assert said in ran.err


def until_answered(address: str) -> object:
    """The answer of a server that may still be on its way."""
    until = monotonic() + 10
    while True:
        try:
            with urlopen(address, timeout=10) as answer:
                return json.load(answer)
        except URLError:
            if monotonic() > until:
                raise
            sleep(0.05)


class TestServe:
    @pytest.fixture(params=[1, 2])
    def server(self, sqlite_url: str, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
        settings = {"COUNTERCLAIM_DATABASE_URL": sqlite_url, "COUNTERCLAIM_PORT": "0"}
        settings["COUNTERCLAIM_WORKERS"] = str(request.param)
        command = [sys.executable, "-c", "from app.cli import main; main()", "serve"]
        with subprocess.Popen(
            command, cwd=ROOT, env=os.environ | settings, stderr=subprocess.PIPE, text=True
        ) as process:
            yield process
            process.terminate()  # not `kill`, which would leave its workers behind

    def test_it_answers_and_ends_when_told_to(self, server: subprocess.Popen[str]) -> None:
        assert server.stderr
        address = next(found[0] for row in server.stderr if (found := re.search(r"http://127.0.0.1:\d+", row)))
        assert until_answered(f"{address}/livez") == {"status": "ok"}
        with urlopen(f"{address}/readyz", timeout=10) as answer:
            assert answer.status == 200
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=10) in (0, -signal.SIGTERM)
        assert "Traceback" not in server.stderr.read()


class TestMistakes:
    def test_a_setting_that_makes_no_sense(self, run: Run, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COUNTERCLAIM_PORT", "nine")
        ran = run(sqlite_url, "serve")
        assert ran.code == 1
        assert re.fullmatch(r"error: COUNTERCLAIM_PORT: .*\n", ran.err)

    def test_a_database_that_is_away(self, run: Run) -> None:
        ran = run("postgresql+psycopg://desk:hunter2@127.0.0.1:1/claims", "check")
        assert ran.code == 1
        assert ran.err.startswith("error: the database cannot be reached: ")
        assert "hunter2" not in ran.err

    def test_a_folder_that_cannot_be_made(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        ran = run(f"sqlite:///{tmp_path}/file/below.db", "migrate")
        assert ran.code == 1
        assert ran.err.startswith("error: ")


def test_a_second_make_run_does_no_work_twice(run: Run, sqlite_url: str) -> None:
    """Of the commands that it runs, all but the server: the second time around, nothing is written."""
    printed = subprocess.run(["make", "-n", "run"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    *commands, last = re.findall(r"^(?:\w+=\S+ )?\S+/counterclaim (.+)$", printed, re.MULTILINE)
    assert last == "serve"
    contents = []
    for _ in range(2):
        assert [run(sqlite_url, *command.split()).code for command in commands] == [0] * len(commands)
        with opened(sqlite_url) as database, database.read() as connection:
            contents.append(
                (current(connection), [*records(connection, "claims", {}), *records(connection, "figures", {})])
            )
    assert contents[0] == contents[1]
    assert contents[0][1]
