from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_core import PydanticUndefined

from app.settings import Settings

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"


def documented() -> list[str]:
    section = README.read_text(encoding="utf-8").split("\n## Configuration\n")[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| `COUNTERCLAIM_")]


def declared() -> list[str]:
    return [
        f"| `COUNTERCLAIM_{name.upper()}` | {printed(field.default)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]


def printed(default: object) -> str:
    return "" if default is None else f"`{default}`"


def test_the_readme_lists_every_setting_with_its_default() -> None:
    assert documented() == declared()


def test_every_setting_has_a_default() -> None:
    assert [name for name, field in Settings.model_fields.items() if field.default is PydanticUndefined] == []


@pytest.mark.skipif(not (ROOT / "app" / "main.py").exists(), reason="nothing uses the settings yet")
def test_every_setting_is_used() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py") if path.name != "settings.py"]
    assert [name for name in Settings.model_fields if not any(f".{name}" in source for source in sources)] == []


def test_a_setting_comes_from_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERCLAIM_PORT", "9000")
    assert Settings().port == 9000


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERCLAIM_PUBLIC_URL", "")
    assert Settings().public_url is None


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("database_url", "mysql://host/name"),
        ("log_level", "loud"),
        ("max_body_bytes", "0"),
        ("pool_timeout_seconds", "nan"),
        ("port", "65536"),
        ("public_url", "claims.example.org"),
        ("public_url", "https://claims.example.org/?a=b"),
    ],
)
def test_nonsense_is_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"COUNTERCLAIM_{name.upper()}", value)
    with pytest.raises(ValidationError, match=name):
        Settings()


def test_the_public_address_has_no_slash_at_its_end() -> None:
    assert Settings(public_url="https://example.org/claims/").public_url == "https://example.org/claims"


@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "mysql"])
def test_a_password_is_never_printed(scheme: str) -> None:
    address = f"{scheme}://desk:hunter2@db/claims"
    try:
        shown = repr(Settings(database_url=address))
    except ValidationError as error:
        shown = repr(error)
    assert "hunter2" not in shown
