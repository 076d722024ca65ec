"""Files and streams as they come in: every error names its place and what is wrong."""

import json
from pathlib import Path

import pytest

from app.ingest.errors import BundleError
from app.ingest.reader import find_files, read_file, read_stream
from tests.factories import article, bundle, claim


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


WRONG: dict[str, tuple[str | bytes, int | None, str]] = {
    "tab.yaml": ("bundle: a\n\tx: 1\n", 2, "not YAML"),
    "empty.yaml": ("", None, "empty"),
    "twice.yaml": ("bundle: a\nbundle: b\n", 2, "'bundle' stands twice"),
    "field.yaml": ("bundle: a\nevents:\n  - key: e\n    title: E\n    date: 2024-13-01\n", 5, "not a date"),
    "extra.yaml": ("bundle: a\narticle: []\n", 2, "near it: articles"),
    "bytes.yaml": (b"bundle: \xff\xfe\n", None, "not"),
    "nul.yaml": ('bundle: a\ndescription: "a\\0b"\n', 2, "U+0000"),
    "surrogate.json": ('{"bundle": "a", "description": "\\ud800"}', None, "U+D800"),
    "nan.json": ('{"bundle": "a", "articles": NaN}', 1, "NaN is not a number"),
    "twice.json": ('{"bundle": "a", "bundle": "b"}', 1, "'bundle' stands twice"),
    "cut.json": ('{"bundle": "a",\n', 2, "not JSON"),
    "deep.json": ("[" * 100_000, 1, "nested deeper than 20"),
    "deep.yaml": ("[" * 100_000, 1, "nested deeper than 20"),
    "list.json": ("[]", None, "a bundle is an object with fields"),
    "digits.json": ('{"bundle": ' + "9" * 5000 + "}", 1, "a number of thousands of digits"),
    "empty.json": ("\n", None, "the file is empty"),
    "binary.yaml": (b"\x00\xff\xfe\x00", None, "no text"),
    "notes.txt": ("bundle: a", None, "a bundle is a file in"),
    "number.yaml": (json.dumps(bundle(article("a", claim("c", None, value={"number": 10**40})))), None, "30 digits"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_bundle_is_an_error_with_its_place(tmp_path: Path, name: str) -> None:
    content, line, problem = WRONG[name]
    path = write(tmp_path, name, content)
    with pytest.raises(BundleError) as raised:
        read_file(path)
    assert problem in raised.value.problem
    assert raised.value.origin == path
    if line is not None:
        assert raised.value.line == line


def test_many_aliases_of_one_yaml_node_are_refused(tmp_path: Path) -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    with pytest.raises(BundleError, match="refers to itself too often"):
        read_file(write(tmp_path, "laughs.yaml", "\n".join(levels)))


def test_dates_and_numbers_of_yaml_stay_what_is_printed(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "plain.yaml",
        "bundle: a\n"
        "events:\n- {key: e, title: E, date: 2024-08-14}\n"
        "articles:\n- key: a\n  source: s\n  title: no\n  published: 2024\n"
        "  claims:\n  - {key: c, kind: stock, statement: S., measure: m, text: 2.50}\n",
    )
    found = read_file(path).bundle
    assert found.events[0].date.date == "2024-08-14"
    assert found.articles[0].title == "no"
    assert found.articles[0].published.date == "2024"
    assert found.articles[0].claims[0].text == "2.50"


def test_yaml_and_json_of_one_bundle_have_one_digest(tmp_path: Path) -> None:
    data = bundle(article("a", claim("c")))
    as_json = read_file(write(tmp_path, "a.json", json.dumps(data)))
    as_yaml = read_file(write(tmp_path, "a.yaml", json.dumps(data, indent=2)))
    assert as_json.digest == as_yaml.digest


def test_a_stream_reports_failing_lines_by_number(tmp_path: Path) -> None:
    lines = [json.dumps(bundle(key="a")), "", "{", json.dumps(bundle(key="b"))]
    first, second, third = read_stream(write(tmp_path, "s.jsonl", "\n".join(lines)))
    assert not isinstance(first, BundleError)
    assert isinstance(second, BundleError)
    assert second.line == 3
    assert not isinstance(third, BundleError)
    assert third.bundle.bundle == "b"


def test_a_stream_has_each_bundle_once(tmp_path: Path) -> None:
    line = json.dumps(bundle(key="a"))
    _, second = read_stream(write(tmp_path, "s.jsonl", f"{line}\n{line}\n"))
    assert isinstance(second, BundleError)
    assert (second.line, second.problem[:6]) == (2, "line 1")


def test_folders_are_searched_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    second, first = write(tmp_path / "b", "x.yaml", ""), write(tmp_path, "a.json", "")
    write(tmp_path, "README.md", "")
    assert find_files([str(tmp_path)]) == [first, second]
    with pytest.raises(BundleError, match="no such file"):
        find_files([str(tmp_path / "none")])
    (tmp_path / "empty").mkdir()
    with pytest.raises(BundleError, match="holds no bundle"):
        find_files([str(tmp_path / "empty")])
