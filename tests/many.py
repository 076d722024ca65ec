"""Databases with more claims than could be loaded in a test's time: copies of the claims that there are."""

from sqlalchemy import insert, literal, select

from app.search.nouns import CLAIM
from app.storage.engine import Database

_DIGITS = 8


def multiply(database: Database, claims: int) -> int:
    """Write copies straight into the table, with numbers and ids of their own, until so many are listed; how many."""
    with database.write() as connection:
        listed = CLAIM.c.withdrawn_at.is_(None)
        present = connection.execute(select(CLAIM.c.number).where(listed)).scalars().all()
        for round_ in range(1, -(-claims // len(present))):
            moved = {
                "number": CLAIM.c.number + literal(round_),
                "public_id": literal("clm_") + literal(f"{round_:0{_DIGITS}d}") + CLAIM.c.public_id,
                "key": CLAIM.c.key + literal(f"~{round_}"),
            }
            columns = [moved.get(column.name, column) for column in CLAIM.c]
            copies = select(*columns).where(CLAIM.c.number.in_(present))
            connection.execute(insert(CLAIM).from_select([column.name for column in CLAIM.c], copies))
    return len(present) * -(-claims // len(present))
