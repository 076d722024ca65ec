import psycopg
from sqlalchemy import NullPool, create_engine, inspect, make_url, text

from tests.databases import Databases, Engine
from tests.postgres import libpq_url


def with_a_table(url: str) -> None:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text("CREATE TABLE note (body TEXT)"))


def write(url: str) -> None:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text("INSERT INTO note VALUES ('mine')"))


def read(url: str) -> list[str]:
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return list(connection.scalars(text("SELECT body FROM note")))


def test_a_blank_database_has_no_tables(blank_database_url: str) -> None:
    assert inspect(create_engine(blank_database_url, poolclass=NullPool)).get_table_names() == []


def test_a_database_is_migrated(database_url: str) -> None:
    assert "alembic_version" in inspect(create_engine(database_url, poolclass=NullPool)).get_table_names()


def test_each_copy_is_empty_whatever_another_holds(databases: Databases, engine_name: Engine) -> None:
    with databases.create(engine_name, with_a_table) as first, databases.create(engine_name, with_a_table) as second:
        write(first)
        assert (read(first), read(second)) == (["mine"], [])


def test_a_database_goes_even_if_a_connection_stays_open(databases: Databases) -> None:
    with databases.create("postgres", with_a_table) as url:
        left_open = psycopg.connect(libpq_url(make_url(url)))
    left_open.close()
    with databases.create("postgres", with_a_table) as other, psycopg.connect(libpq_url(make_url(other))) as connection:
        names = connection.execute("SELECT datname FROM pg_database").fetchall()
        assert (make_url(url).database,) not in names
