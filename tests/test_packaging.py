"""What is installed is what was locked, and what is imported is what is declared."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import entry_points, packages_distributions, version
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import app

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock", "requirements-bench.lock")


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> dict[str, str]:
    """Each locked requirement with its hashes, by the line that names it."""
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
    return {entry.split(" \\")[0]: entry for entry in entries}


def names(requirements: Iterator[str]) -> set[str]:
    return {canonicalize_name(Requirement(requirement).name) for requirement in requirements}


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(name: str) -> None:
    for requirement, entry in locked(name).items():
        assert re.match(r"[\w.-]+==[\w.]+( ;|$)", requirement)
        assert re.findall(r"--hash=sha256:[0-9a-f]{64}", entry)


@pytest.mark.parametrize("name", LOCKS[:2])
def test_what_runs_is_what_is_tested(name: str) -> None:
    assert set(locked(name).values()) <= set(locked("requirements-dev.lock").values())


def test_every_dependency_is_locked() -> None:
    assert names(iter(project()["project"]["dependencies"])) <= names(iter(locked("requirements.lock")))


def test_only_declared_dependencies_are_imported() -> None:
    distributions = packages_distributions()
    extras = project()["project"]["optional-dependencies"].values()
    declared = names(chain(project()["project"]["dependencies"], *extras))
    imported = {module for path in (ROOT / "app").rglob("*.py") for module in top_level_imports(path)}
    foreign = imported - sys.stdlib_module_names - {"app"}
    assert {module for module in foreign if not provided(distributions.get(module, []), declared)} == set()


def provided(distributions: list[str], declared: set[str]) -> bool:
    return not declared.isdisjoint(map(canonicalize_name, distributions))


def top_level_imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_the_package_says_its_version() -> None:
    assert version("counterclaim") == app.__version__


def test_the_changelog_knows_the_version() -> None:
    assert f"## {app.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "app" / "py.typed").is_file()


def test_the_licence_is_the_one_that_is_declared() -> None:
    assert project()["project"]["license"] == "Apache-2.0"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_command_starts() -> None:
    (command,) = entry_points(group="console_scripts", name="counterclaim")
    assert callable(command.load())
