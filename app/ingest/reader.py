"""From a file or stream to bundles: YAML, JSON, JSON Lines (one bundle, usually of one article, a line), or a sheet.

A spreadsheet is loaded where it is named; in a folder there may be others that hold no claims.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from app.ingest import spreadsheet
from app.ingest.bundle import Bundle
from app.ingest.errors import BundleError, Place, Pointer
from app.ingest.fields import Part
from app.ingest.tabular import bundle_of, slug

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 20
MAX_NODES = 500_000
SUFFIXES = {".yaml", ".yml", ".json", ".jsonl", ".ndjson"}
STREAM_SUFFIXES = {".jsonl", ".ndjson"}

_EMPTY = "the file is empty; a bundle begins with `bundle: <key>`"
_TOO_DEEP = f"the file is nested deeper than {MAX_DEPTH} levels"
_INTEGER = re.compile(r"[-+]?[0-9]{1,40}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,40}\.[0-9]{1,40}")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A bundle as read: the digest of its content, and the file (and line of a stream) that it came from."""

    bundle: Bundle
    digest: str
    origin: str
    lines: Mapping[Pointer, Place]

    def locate(self, error: BundleError) -> BundleError:
        """The error with the file and the line that its pointer leads to."""
        return BundleError(
            error.problem,
            pointer=error.pointer,
            origin=self.origin,
            line=_line_of(self.lines, error.pointer),
            item=self,
        )


def _line_of(lines: Mapping[Pointer, Place], pointer: Pointer) -> Place | None:
    while pointer and pointer not in lines:
        pointer = pointer[:-1]
    return lines.get(pointer)


def find_files(paths: Iterable[str]) -> list[str]:
    """The bundle files that the paths name: a file or a pipe, every bundle file below a folder in order, or `-`.

    Raises BundleError for a path that does not exist and for a folder without bundles.
    """
    found: list[str] = []
    for given in paths:
        path = Path(given)
        if given == "-" or path.is_file() or path.is_fifo():
            found.append(given)
        elif path.is_dir():
            below = sorted(str(file) for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
            if not below:
                raise BundleError(f"the folder holds no bundle; a bundle is a file in {sorted(SUFFIXES)}", origin=given)
            found.extend(below)
        else:
            raise BundleError("no such file or folder", origin=given)
    return found


def is_stream(path: str) -> bool:
    """Whether the path holds one bundle a line. Standard input does, and so does a pipe."""
    return path == "-" or Path(path).suffix in STREAM_SUFFIXES or Path(path).is_fifo()


def read_file(path: str) -> Incoming:
    """The bundle of a YAML or JSON file, or of a spreadsheet. Raises BundleError."""
    file = Path(path)
    known = SUFFIXES | spreadsheet.SUFFIXES
    if file.suffix not in known:
        raise BundleError(f"a bundle is a file in {sorted(known)}, not {file.suffix or 'without suffix'}", origin=path)
    if file.stat().st_size > MAX_BYTES:
        raise BundleError(f"a bundle has at most {MAX_BYTES} bytes; load more as JSON Lines", origin=path)
    if file.suffix in spreadsheet.SUFFIXES:
        sheet = bundle_of(spreadsheet.read_rows(file), slug(file.stem), path)
        return _incoming(sheet.data, path, sheet.cells)
    content = file.read_bytes()
    if file.suffix == ".json":
        return _incoming(_json(content, path, 1), path, {})
    data, lines = _yaml(content, path)
    return _incoming(data, path, lines)


def read_value(text: str, name: str) -> Any:  # noqa: ANN401 - any YAML value
    """The value that a field called `name` has where a bundle says `name: text`. Raises BundleError.

    Only brackets and quotes are read as YAML; anything else is a word, a number or a line of text, colons and all.
    """
    if not text.startswith(("[", "{", '"', "'")):
        return _scalar(text)
    try:
        return _yaml(text.encode(errors="surrogateescape"), name)[0]
    except BundleError as error:
        raise BundleError(error.problem, origin=name) from None  # there are no lines on a command line


def read_stream(path: str) -> Iterator[Incoming | BundleError]:
    """The bundles of a JSON Lines file, a line each; a line that is no bundle comes as its error.

    A key that stands twice is an error: the second bundle would withdraw what the first one has just brought.
    """
    first: dict[str, int] = {}
    stream = sys.stdin.buffer if path == "-" else Path(path).open("rb")  # noqa: SIM115 - closed below
    try:
        for number, content in enumerate(iter(lambda: stream.readline(MAX_BYTES + 1), b""), 1):
            if not content.strip():
                continue
            try:
                item = _incoming(_json(content.strip(), path, number), path, {(): number})
                _must_be_first(item, first.setdefault(item.bundle.bundle, number), number)
                yield item
            except BundleError as error:
                yield error
    finally:
        if path != "-":
            stream.close()


def _must_be_first(item: Incoming, first: int, line: int) -> None:
    if first != line:
        problem = f"line {first} is the bundle {item.bundle.bundle!r} already; each line is one of its own"
        raise BundleError(problem, pointer=("bundle",), origin=item.origin, line=line)


def _incoming(data: object, origin: str, lines: Mapping[Pointer, Place]) -> Incoming:
    try:
        bundle = Bundle.model_validate(data)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_context=False)[0]
        pointer = pointer_of(first)
        more = f" (and {invalid.error_count() - 1} more)" if invalid.error_count() > 1 else ""
        problem = problem_of(first) + more
        raise BundleError(problem, pointer=pointer, origin=origin, line=_line_of(lines, pointer)) from None
    return Incoming(bundle, digest_of(bundle), origin, lines)


def problem_of(error: Mapping[str, Any]) -> str:
    """What pydantic says, and for an unknown field the nearest known ones."""
    if error["type"] == "model_type" and not error["loc"]:
        return "a bundle is an object with fields; it begins with `bundle: <key>`"
    if error["type"] != "extra_forbidden":
        return str(error["msg"]).removeprefix("Value error, ")
    known = {name for part in Part.__subclasses__() for name in part.model_fields}
    near = get_close_matches(str(error["loc"][-1]), sorted(known), n=3)
    hint = f"near it: {', '.join(near)}" if near else "`counterclaim schema` lists the fields"
    return f"unknown field {error['loc'][-1]!r}; {hint}"


def digest_of(bundle: Bundle) -> str:
    """The digest of a bundle's content, whatever the file looked like."""
    return hashlib.sha256(bundle.model_dump_json(exclude_defaults=True).encode()).hexdigest()


def pointer_of(error: Mapping[str, Any]) -> Pointer:
    """Where pydantic found the error."""
    return tuple(step for step in error["loc"] if _is_step(step))


def _is_step(step: str | int) -> bool:
    """Pydantic names the branch of a union as a step of its own; a pointer has only fields and positions."""
    return isinstance(step, int) or step.isidentifier() or ("-" in step and "[" not in step)


def _json(content: bytes, origin: str, line: int) -> Any:  # noqa: ANN401 - any JSON value
    if len(content) > MAX_BYTES:
        raise BundleError(f"a line has at most {MAX_BYTES} bytes", origin=origin, line=line)
    if not content.strip():
        raise BundleError(_EMPTY, origin=origin)
    try:
        return json.loads(
            content, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_without_duplicates
        )
    except json.JSONDecodeError as invalid:
        place = line + invalid.lineno - 1
        raise BundleError(f"not JSON: {invalid.msg}, column {invalid.colno}", origin=origin, line=place) from None
    except RecursionError:
        raise BundleError(_TOO_DEEP, origin=origin, line=line) from None
    except ValueError as invalid:
        # The digits that an int may have are limited in Python, not in JSON.
        why = "a number of thousands of digits" if "digits" in str(invalid) else f"not JSON: {invalid}"
        raise BundleError(why, origin=origin, line=line) from None


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the field {twice!r} stands twice in one object")
    return data


def _yaml(content: bytes, origin: str) -> tuple[Any, dict[Pointer, int]]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        _check_depth(yaml.parse(content, Loader=loader), origin)
        root = yaml.compose(content, Loader=loader)
    except yaml.YAMLError as invalid:
        mark = getattr(invalid, "problem_mark", None)
        problem = getattr(invalid, "problem", None) or "it holds what is no text"
        raise BundleError(f"not YAML: {problem}", origin=origin, line=mark.line + 1 if mark else None) from None
    except UnicodeDecodeError:
        raise BundleError("not UTF-8 text", origin=origin) from None
    if root is None:
        raise BundleError(_EMPTY, origin=origin)
    tree = _Tree(origin)
    return tree.data(root, ()), tree.lines


def _check_depth(events: Iterable[yaml.Event], origin: str) -> None:
    """Refuse what is nested so deep that the composer, which recurses in C, would not survive it."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise BundleError(_TOO_DEEP, origin=origin, line=event.start_mark.line + 1 if event.start_mark else None)


class _Tree:
    """Turns YAML nodes into plain data by the YAML 1.2 core schema: dates stay text, "no" is a word."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.lines: dict[Pointer, int] = {}

    def data(self, node: yaml.Node, pointer: Pointer) -> Any:  # noqa: ANN401 - any YAML value
        self.lines[pointer] = node.start_mark.line + 1
        if len(pointer) > MAX_DEPTH or len(self.lines) > MAX_NODES:
            raise self._error("the file is nested too deep or refers to itself too often", node, pointer)
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node.value) if node.style is None else node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.data(item, (*pointer, position)) for position, item in enumerate(node.value)]
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._error("a field's name must be plain text", key, pointer)
            if key.value in mapping:
                raise self._error(f"the field {key.value!r} stands twice", key, pointer)
            mapping[key.value] = self.data(value, (*pointer, key.value))
        return mapping

    def _error(self, problem: str, node: yaml.Node, pointer: Pointer) -> BundleError:
        return BundleError(problem, pointer=pointer, origin=self.origin, line=node.start_mark.line + 1)


def _scalar(text: str) -> Any:  # noqa: ANN401 - None, bool, int, Decimal or str
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
