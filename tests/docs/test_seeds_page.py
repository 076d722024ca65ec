"""The page on the seeds is what the database says."""

from docs.build import PAGE, seeds_page
from tests.databases import Databases
from tests.factories import opened, seeded


def test_the_page_is_as_made_afresh(databases: Databases) -> None:
    with databases.create("sqlite", seeded) as url, opened(url) as database, database.read() as connection:
        assert PAGE.read_text(encoding="utf-8") == seeds_page(connection), "run `make docs`"
