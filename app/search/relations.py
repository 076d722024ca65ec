"""A page of what one claim is to the others."""

from sqlalchemy import Connection

from app.search.find import is_usable
from app.search.nouns import CLAIM_NOUN
from app.search.page import Page
from app.search.query import Query
from app.storage.policies import in_force
from app.storage.relations import relations_page


def page(connection: Connection, claim: str, query: Query) -> Page | None:
    """The page of relations that the query asks for; None where no claim has that id."""
    if not is_usable(claim) or not CLAIM_NOUN.is_id(claim):
        return None
    offset = 0 if query.after is None else max(0, query.after[0])
    found = relations_page(connection, claim, in_force(connection), limit=query.limit, offset=offset)
    if found is None:
        return None
    items, following = found
    return Page(items, None if following is None else query.cursor([following]))
