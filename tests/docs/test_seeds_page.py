"""The pages on the seeds are what the database says."""

from docs import build, dossiers
from tests.databases import Databases
from tests.factories import opened, seeded


def test_the_page_of_the_five_articles_is_as_made_afresh(databases: Databases) -> None:
    with databases.create("sqlite", seeded) as url, opened(url) as database, database.read() as connection:
        assert build.PAGE.read_text(encoding="utf-8") == build.seeds_page(connection), "run `make docs`"


def test_the_page_of_the_dossiers_is_as_made_afresh() -> None:
    assert dossiers.PAGE.read_text(encoding="utf-8") == build.dossiers_page(), "run `make docs`"
