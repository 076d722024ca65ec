"""The client is a distribution of its own, and no part of the service's."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import counterclaim_client

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "clients" / "python"


def wheel(folder: Path, into: Path) -> ZipFile:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    (built,) = into.iterdir()
    return ZipFile(built)


def project(folder: Path) -> Any:
    return tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_clients_wheel_holds_the_client(tmp_path: Path) -> None:
    with wheel(CLIENT, tmp_path) as built:
        names = set(built.namelist())
        metadata = next(built.read(name).decode() for name in names if name.endswith("METADATA"))
    sources = {f"counterclaim_client/{path.name}" for path in (CLIENT / "counterclaim_client").glob("*.*")}
    assert {name for name in names if ".dist-info/" not in name} == sources >= {"counterclaim_client/py.typed"}
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert f"\nVersion: {counterclaim_client.__version__}\n" in metadata
    needed = [line for line in metadata.splitlines() if line.startswith("Requires-Dist: ")]
    assert needed == ["Requires-Dist: httpx>=0.28", "Requires-Dist: pandas>=2.2; extra == 'pandas'"]


def test_the_services_wheel_does_not(tmp_path: Path) -> None:
    with wheel(ROOT, tmp_path) as built:
        assert not [name for name in built.namelist() if "client" in name.split("/")[0]]


def test_both_have_one_licence_and_one_python() -> None:
    assert (CLIENT / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    for name in ("license", "requires-python"):
        assert project(CLIENT)[name] == project(ROOT)[name]
