"""The client's README: each example runs, and prints what stands under it."""

import re
from pathlib import Path
from typing import Any

import pytest

README = Path(__file__).parents[2] / "clients" / "python" / "README.md"
EXAMPLES = re.findall(
    r"^```python\n(.*?)^```\n```text\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL
)


def test_each_example_prints_what_stands_under_it(
    address: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(EXAMPLES) == README.read_text("utf-8").count("```python\n") > 0
    known: dict[str, Any] = {}
    for code, expected in EXAMPLES:
        exec(code.replace("http://127.0.0.1:8000", address), known)
        assert capsys.readouterr().out == expected, code


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^):]+)\)", README.read_text("utf-8"))
    assert links
    assert [link for link in links if not (README.parent / link).exists()] == []
