"""A client generated for another language: the document is read, what is made of it compiles, and finds the claims."""

import shutil
import subprocess
from pathlib import Path

import pytest

from counterclaim_client import Client

FOLDER = Path(__file__).parents[2] / "clients" / "typescript"
FILES = ("package.json", "tsconfig.json", "claims.ts")
PAGE = FOLDER.parents[1] / "docs" / "clients.md"


def run(command: str, folder: Path) -> str:
    ran = subprocess.run(command.split(), check=False, cwd=folder, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.mark.long
def test_what_is_generated_compiles_and_finds_the_claims(client: Client, address: str, tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    for name in FILES:
        shutil.copy(FOLDER / name, tmp_path)
    commands = [
        line.strip() for line in PAGE.read_text("utf-8").splitlines() if line.startswith(("    np", "    node"))
    ]
    assert len(commands) == 4
    printed = [run(command.replace("http://127.0.0.1:8000", address), tmp_path) for command in commands]
    *claims, compared = printed[-1].splitlines()
    assert [line.split()[0] for line in claims] == [claim["id"] for claim in client.claims(entity="Lubinets")]
    assert compared.startswith("tension ")
