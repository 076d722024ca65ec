"""What no committed file may hold: any index may serve the packages, and any folder may hold the checkout."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REGISTRIES = re.compile(
    r"\b(pypi|npmjs|pythonhosted|debian|docker|ghcr|quay)(?=\.(org|io|com|net)\b)"
    r"|\b(registry|index|files|deb|ftp)\.[a-z-]+\.(org|io|com|net)\b"
)
BUILD_FILES = ["*.lock", "pyproject.toml", "Makefile", "Dockerfile", "docker-compose.yml", ".ci/*", "deploy/*"]
ADDRESS = re.compile(r"\b(?:https?|ftp|ssh|git|file)(?:\+\w+)?://(?!127\.0\.0\.1|localhost|app:)\S+")
INDEX_OPTION = re.compile(r"(?:^|\s)--(?:(?:extra-)?index-url|find-links|trusted-host)[\s=]")
MACHINE_PATH = re.compile(r"(?<![\w.*-])/(?:root|home|work|Users|opt/(?:pypi|wheels))(?:/|\b(?![-\w]))")


@cache
def committed() -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if (ROOT / name).is_file()]


@cache
def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def findings(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {match[0]}" for path in paths for match in pattern.finditer(text_of(path))]


def build_files() -> list[Path]:
    return [path for path in committed() if any(path.relative_to(ROOT).match(glob) for glob in BUILD_FILES)]


def test_no_file_names_a_package_registry() -> None:
    assert findings(REGISTRIES, committed()) == []


def test_no_build_file_holds_an_address() -> None:
    assert findings(ADDRESS, build_files()) == []


def test_no_build_file_chooses_an_index() -> None:
    assert findings(INDEX_OPTION, build_files()) == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert findings(MACHINE_PATH, committed()) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REGISTRIES, "pypi" + ".org"),
        (REGISTRIES, "files.python" + "hosted.org"),
        (REGISTRIES, "registry.npm" + "js.org"),
        (ADDRESS, "pint @ https" + "://example.org/pint.whl"),
        (ADDRESS, "git+ssh" + "://example.org/pint"),
        (INDEX_OPTION, "pip install --index" + "-url x"),
        (MACHINE_PATH, "see /ro" + "ot/notes"),
        (MACHINE_PATH, '"/ho' + 'me/desk"'),
    ],
)
def test_each_pattern_finds_what_it_is_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)
