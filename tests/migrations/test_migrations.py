"""The migrations, on both engines: up, down, up again with data, and to nothing but what the models say."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from pytest_alembic.tests import (  # noqa: F401 - collected here
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)
from sqlalchemy import Connection, inspect, select, update

from app.ingest.check import problems
from app.storage import tables
from app.storage.engine import MIGRATIONS, _config, migrate, revisions
from tests.databases import Databases, Engine
from tests.factories import opened, seeded


@pytest.fixture
def alembic_config() -> dict[str, Any]:
    return {"script_location": str(MIGRATIONS)}


@pytest.fixture
def alembic_engine(blank_database_url: str) -> Iterator[Connection]:
    """What the imported tests run on: a connection, as the migrations take one."""
    with opened(blank_database_url) as database, database.engine.connect() as connection:
        yield connection


def names(url: str) -> set[str]:
    """The tables in the database."""
    with opened(url) as database:
        return set(inspect(database.engine).get_table_names())


def published(url: str) -> list[str]:
    """Every claim's record."""
    with opened(url) as database, database.read() as connection:
        return list(connection.execute(select(tables.Claim.record).order_by(tables.Claim.number)).scalars())


def test_down_and_up_with_data(databases: Databases, engine_name: Engine) -> None:
    with databases.create(engine_name, seeded) as url:
        before, filled = names(url), published(url)
        command.downgrade(_config(url), "base")
        assert names(url) == {"alembic_version"}
        migrate(url)
        assert names(url) == before
        assert published(url) == []
        seeded(url)
        assert published(url) == filled
        with opened(url) as database, database.read() as connection:
            assert list(problems(connection)) == []


def test_the_sounds_of_names_are_made_of_what_is_there(databases: Databases, engine_name: Engine) -> None:
    def sounds(url: str) -> list[Any]:
        with opened(url) as database, database.read() as connection:
            rows = select(tables.EntitySound.key, tables.EntitySound.entity_id)
            return [tuple(row) for row in connection.execute(rows.order_by(*rows.selected_columns))]

    with databases.create(engine_name, seeded) as url:
        made = sounds(url)
        before = ScriptDirectory.from_config(_config(url)).get_revision("0004").down_revision
        command.downgrade(_config(url), str(before))
        assert "entity_sound" not in names(url)
        migrate(url)
        assert sounds(url) == made != []


def test_older_sounds_of_names_are_made_anew(databases: Databases, engine_name: Engine) -> None:
    with databases.create(engine_name, seeded) as url:
        command.downgrade(_config(url), "0004")
        with opened(url) as database, database.write() as connection:
            connection.execute(update(tables.EntitySound).values(key=tables.EntitySound.key + "X"))
        migrate(url)
        with opened(url) as database, database.read() as connection:
            assert list(problems(connection)) == []


def words(url: str) -> list[list[tuple[Any, ...]]]:
    """All that is searched and suggested by."""
    models = (tables.ClaimText, tables.ArticleText, tables.EventText, tables.EntityText)
    with opened(url) as database, database.read() as connection:
        found = [connection.execute(select(model.rowid, model.words)).all() for model in models]
        found += [connection.execute(select(word.__table__)).all() for word in (tables.EventWord, tables.MeasureWord)]
        return [sorted(map(tuple, rows)) for rows in found]


def test_what_was_loaded_before_is_searched_too(databases: Databases, engine_name: Engine) -> None:
    with databases.create(engine_name, seeded) as url:
        filled = words(url)
        assert all(filled)
        command.downgrade(_config(url), "0002")
        assert not {name for name in names(url) if name.endswith(("_text", "_word"))} - {"entity_word"}
        migrate(url)
        assert words(url) == filled
        with opened(url) as database, database.read() as connection:
            assert list(problems(connection)) == []


def test_a_second_run_changes_nothing(database_url: str) -> None:
    with opened(database_url) as database, database.read() as connection:
        before = revisions(connection)
    migrate(database_url)
    with opened(database_url) as database, database.read() as connection:
        assert revisions(connection) == before
    assert before[0] == before[1] is not None


def test_a_failing_migration_leaves_no_trace(blank_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("pulled the plug")

    monkeypatch.setattr("alembic.operations.Operations.create_index", fail)
    with pytest.raises(RuntimeError, match="pulled the plug"):
        migrate(blank_database_url)
    assert names(blank_database_url) == set()
