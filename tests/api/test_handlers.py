"""A handler parses, calls and answers: at most 8 lines, without SQL and without `try`."""

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "app" / "api"
VERBS = {"get", "post", "put", "patch", "delete"}
MOST_LINES = 8


def is_route(decorator: ast.expr) -> bool:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(function, ast.Attribute) and function.attr in VERBS


def handlers() -> list[ast.AsyncFunctionDef]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.py"))]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)]
    return [one for one in functions if any(map(is_route, one.decorator_list))]


@pytest.mark.parametrize("handler", handlers(), ids=lambda handler: handler.name)
def test_a_handler_is_short_and_plain(handler: ast.AsyncFunctionDef) -> None:
    body = handler.body[1:]  # after the docstring
    assert body[-1].end_lineno is not None
    assert body[-1].end_lineno - body[0].lineno + 1 <= MOST_LINES
    names = {node.id for node in ast.walk(handler) if isinstance(node, ast.Name)}
    assert names.isdisjoint({"select", "text", "insert", "update", "delete"})
    assert not any(isinstance(node, ast.Try) for node in ast.walk(handler))


def test_there_are_handlers() -> None:
    assert len(handlers()) > 20
