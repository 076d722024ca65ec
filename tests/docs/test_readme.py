"""The README: every request of it gives the answer that it shows, its bundle loads, its commands and links exist."""

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import typer

from app.cli import app, main
from app.ingest.reader import find_files
from app.ingest.stream import load_paths
from tests.api.client import Answer, Client, serving
from tests.databases import Databases
from tests.factories import NOW, opened, seeded, seeded_fully

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

LEFT_OUT = object()
"""What … stands for: one or more members or items."""


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def blocks(title: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", section(title), re.MULTILINE | re.DOTALL)


def requests(title: str) -> list[tuple[str, str]]:
    """Each request of a section, and the answer shown below it."""
    pattern = r"^```sh\n((?:[^`].*\n)+)```\n```json\n((?:[^`].*\n)+)```$"
    pairs = re.findall(pattern, section(title), re.MULTILINE)
    assert len(pairs) == section(title).count("curl ")
    return [(commands[commands.index("curl ") :], answer) for commands, answer in pairs]


def ask(client: Client, command: str) -> Answer:
    """What a curl command asks."""
    words = shlex.split(command.replace("\\\n", ""))
    assert words[:2] == ["curl", "-s"]
    address = urlsplit(f"//{words[2]}")
    assert address.netloc == "127.0.0.1:8000"
    target = f"{address.path}?{address.query}" if address.query else address.path
    if len(words) == 3:
        return client.get(target)
    header, body = words[4], words[6]
    assert words[3:] == ["-H", header, "-d", body]
    name, _, value = header.partition(": ")
    return client.ask("POST", target, body.encode(), **{name: value})


def read(shown: str) -> Any:
    """An answer as shown: objects as lists of pairs, each … in its place."""
    serial, inside = count(), [""]

    def spell_out(match: re.Match[str]) -> str:
        token = match[0]
        if token in "[{":
            inside.append(token)
        elif token in "]}":
            inside.pop()
        elif token == "…":
            return f'"…{next(serial)}": null' if inside[-1] == "{" else '"…"'
        return token

    text = re.sub(r'"(?:[^"\\]|\\.)*"|[\[\]{}…]', spell_out, shown)
    return json.loads(text, object_pairs_hook=_members)


def _members(pairs: Sequence[tuple[str, Any]]) -> tuple[Any, ...]:
    return tuple("…" if name.startswith("…") else (name, value) for name, value in pairs)


def agrees(shown: Any, real: Any) -> bool:
    """Whether the answer shown is the real one but for what … stands for: members, items, or the end of a text."""
    if isinstance(shown, tuple):
        return isinstance(real, dict) and _in_order(shown, list(real.items()))
    if isinstance(shown, list):
        return isinstance(real, list) and _in_order(shown, real)
    if isinstance(shown, str) and shown.endswith("…"):
        return isinstance(real, str) and real.startswith(shown[:-1])
    return type(shown) is type(real) and bool(shown == real)


def _in_order(shown: Sequence[Any], real: Sequence[Any]) -> bool:
    if not shown:
        return not real
    first, rest = shown[0], shown[1:]
    if first == "…":
        return any(_in_order(rest, real[skipped:]) for skipped in range(1, len(real) + 1))
    if not real:
        return False
    if isinstance(real[0], tuple):
        (name, value), (real_name, real_value) = first, real[0]
        same = name == real_name and agrees(value, real_value)
    else:
        same = agrees(first, real[0])
    return same and _in_order(rest, real[1:])


@pytest.mark.parametrize(
    ("shown", "real", "expected"),
    [
        ('{"a": 1, …}', {"a": 1, "b": 2}, True),
        ('{…, "b": [2, …]}', {"a": 1, "b": [2, 3, 4]}, True),
        ('{"a": [{…}, …, 9]}', {"a": [{"x": 1}, 5, 9]}, True),
        ('{"a": "one two…"}', {"a": "one two three"}, True),
        ('{"a": 1}', {"a": 1, "b": 2}, False),
        ('{"a": 1, …}', {"a": 1}, False),
        ('{"b": 2, "a": 1}', {"a": 1, "b": 2}, False),
        ('{"a": 1, …}', {"a": 2, "b": 2}, False),
        ('{"a": 1, …}', {"a": True, "b": 2}, False),
        ("[1, …]", [2, 3], False),
        ('["one…"]', ["two"], False),
        ("[1]", [1, 2], False),
    ],
)
def test_only_what_is_marked_may_be_left_out(shown: str, real: Any, expected: bool) -> None:
    assert agrees(read(shown), real) is expected


@pytest.fixture(scope="module")
def seeds(databases: Databases) -> Iterator[Client]:
    with databases.create("sqlite", seeded_fully) as url, serving(url) as client:
        yield client


@pytest.mark.parametrize(("command", "shown"), requests("A tour"), ids=lambda text: str(text)[:60])
def test_each_request_of_the_tour_gives_the_answer_shown(seeds: Client, command: str, shown: str) -> None:
    real = ask(seeds, command).json
    assert agrees(read(shown), real), json.dumps(real, ensure_ascii=False, indent=1)


def test_the_names_that_the_tour_promises_find_the_same(seeds: Client) -> None:
    command, _ = requests("A tour")[0]
    first = ask(seeds, command).json
    for name in ("лубінець", "ЛУБИНЕЦ", "Dmytro+Lubinets", "Dmitry+Lubinets", first["resolved"][0]["id"]):
        assert ask(seeds, command.replace("Lubinets", name)).json["items"] == first["items"]


def test_the_bundle_loads_and_gives_the_answer_shown(databases: Databases, tmp_path: Path) -> None:
    (bundle,) = blocks("Your own articles", "yaml")
    (tmp_path / "harbour.yaml").write_text(bundle, encoding="utf-8")
    ((command, shown),) = requests("Your own articles")
    with databases.create("sqlite", seeded) as url:
        with opened(url) as database:
            (report,) = load_paths(database, find_files([str(tmp_path)]), now=lambda: NOW)
        assert not isinstance(report, Exception), report
        with serving(url) as client:
            real = ask(client, command).json
            assert agrees(read(shown), real), json.dumps(real, ensure_ascii=False, indent=1)


def test_the_corrections_can_be_made(
    databases: Databases, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = blocks("Correcting the data", "sh")
    with databases.create("sqlite", seeded) as url:
        monkeypatch.setenv("COUNTERCLAIM_DATABASE_URL", url)
        for line in block.splitlines():
            monkeypatch.setattr("sys.argv", shlex.split(line))
            with pytest.raises(SystemExit) as ended:
                main()
            told = capsys.readouterr()
            assert not ended.value.code, told.err
            assert told.out


def commands() -> set[str]:
    """Every command that there is."""
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    return set(group.commands)


def test_every_command_is_listed() -> None:
    listed = re.findall(r"^\| `counterclaim ([\w-]+)", section("Commands"), re.MULTILINE)
    assert sorted(listed) == sorted(commands())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_target_and_link_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"(?:`|bin/)counterclaim ([a-z][a-z-]+)", text)) <= commands()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?:`|^    )make ([a-z]+)", text, re.MULTILINE))
    assert [target for target in targets if f"\n{target}:" not in makefile] == []
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []
