"""The files that are made, each with its text as the formatter leaves it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.api.openapi import document
from app.main import create_app
from app.settings import Settings
from clients.generator import methods, parameters, shapes
from clients.generator.mirror import to_sync
from clients.generator.operations import methods as methods_of

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "clients" / "python" / "counterclaim_client"


def described() -> dict[str, Any]:
    """The document as a reader gets it."""
    found: dict[str, Any] = json.loads(json.dumps(document(create_app(Settings()))))
    return found


def made() -> dict[str, str]:
    """The text of each file, by name."""
    found = described()
    schemas = found["components"]["schemas"]
    each = list(methods_of(found))
    client = methods.render(each, schemas)
    connection = (FOLDER / "async_connection.py").read_text(encoding="utf-8")
    texts = {
        "shapes.py": shapes.render(schemas),
        "parameters.py": parameters.render(each, schemas),
        "async_client.py": client,
        "client.py": to_sync(client),
        "connection.py": to_sync(connection),
    }
    return {name: _formatted(name, text) for name, text in texts.items()}


def _formatted(name: str, text: str) -> str:
    """As `make fmt` would leave it: unused imports gone, sorted, wrapped."""
    for command in (["check", "--quiet", "--fix", "--exit-zero", "--select", "F401,I"], ["format", "--quiet"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(FOLDER / name), "-"]
        text = subprocess.run(ruff, input=text, stdout=subprocess.PIPE, check=True, text=True, cwd=ROOT).stdout  # noqa: S603
    return text
