"""Imports go one way: domain <- storage <- search <- api, web, cli; ingest stands on domain and storage."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).parents[1] / "app"

# What each part may import of the others. A part that is not listed is new: give it its place.
MAY_IMPORT = {
    "domain": set[str](),
    "settings": set[str](),
    "problems": {"domain"},
    "storage": {"domain", "problems"},
    "ingest": {"domain", "problems", "storage"},
    "search": {"domain", "problems", "storage"},
    "export": {"domain", "ingest", "problems", "search", "storage"},
    "extract": {"domain", "ingest", "problems"},
    "api": {"domain", "ingest", "problems", "search", "settings", "storage"},
    "web": {"api", "domain", "problems", "search", "settings", "storage"},
    "main": {"api", "domain", "ingest", "problems", "search", "settings", "storage", "web"},
    "cli": {"api", "domain", "export", "extract", "ingest", "main", "problems", "search", "settings", "storage", "web"},
}
IMPURE = {
    *("alembic", "fastapi", "httpx", "psycopg", "pydantic_settings", "rich", "sqlalchemy", "starlette"),
    *("asyncio", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil", "socket"),
    *("sqlite3", "subprocess", "tempfile", "threading", "time", "typer", "urllib", "uvicorn"),
}
CLOCKS = {"now", "today", "utcnow"}

FILES = sorted(APP.rglob("*.py"))
DOMAIN_FILES = [path for path in FILES if path.is_relative_to(APP / "domain")]
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(APP)))
each_domain_file = pytest.mark.parametrize("path", DOMAIN_FILES, ids=lambda path: str(path.relative_to(APP)))


def imported_modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), path.name)


def part_of(path: Path) -> str:
    return path.relative_to(APP).parts[0].removesuffix(".py")


@each_file
def test_imports_go_one_way(path: Path) -> None:
    part = part_of(path)
    if part in {"__init__", "__main__"}:
        return
    modules = [module.split(".") for module in imported_modules(parse(path))]
    others = {names[1] for names in modules if names[0] == "app"} - {part, "__version__"}
    assert others <= MAY_IMPORT[part]


@each_domain_file
def test_the_domain_has_no_input_or_output(path: Path) -> None:
    assert {module.split(".")[0] for module in imported_modules(parse(path))} & IMPURE == set()


@each_domain_file
def test_the_domain_reads_no_clock(path: Path) -> None:
    attributes = {node.attr for node in ast.walk(parse(path)) if isinstance(node, ast.Attribute)}
    assert attributes & CLOCKS == set()
