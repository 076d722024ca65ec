"""New claims of a frame among those that say the same rare numbers: what may be a copy of what from now on."""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, func, or_, select

from app.domain.copies import is_rare
from app.domain.interval import exact
from app.storage import flagging
from app.storage.copies import copies_among, printed_columns, saying_themselves, says_itself
from app.storage.figures import Member
from app.storage.meeting import Unsure
from app.storage.outlook import CLAIM, Condition
from app.storage.records import AnyRow

MOST_ALIKE = 500
"""How many claims of a frame that have the newcomers' rare numbers are looked at."""

Recopied = tuple[dict[str, str], dict[str, AnyRow]]
"""As of `copies_among`, of newcomers and of claims with their numbers; and the rows of stored claims whose part in it
changes."""


def copies_with(connection: Connection, figure: int, newcomers: Sequence[Member], without: Sequence[str]) -> Recopied:
    """What may be a copy with those newcomers; `without` names all new claims. Raises Unsure."""
    rare = {one.row.amount for one in newcomers if one.row.amount is not None and is_rare(exact(one.row.amount))}
    if not rare:
        return {}, {}
    fresh = [one.row for one in newcomers if one.row.amount in rare]
    alike = and_(CLAIM.figure_id == figure, CLAIM.public_id.not_in(without), CLAIM.amount.in_(rare))
    # The index holds all that is asked here; the claims themselves are looked at only where there are few.
    ids = list(connection.execute(select(CLAIM.public_id).where(alike).limit(MOST_ALIKE + 1)).scalars())
    if len(ids) > MOST_ALIKE:
        return _among_many(connection, alike, fresh), {}
    columns = [CLAIM.number, *printed_columns(), *flagging.COLUMNS]
    rows = connection.execute(select(*columns).where(CLAIM.public_id.in_(ids))).all() if ids else []
    found = copies_among([*rows, *fresh])
    return found, {row.public_id: row for row in rows if row.possible_copy_of != found.get(row.public_id)}


def _among_many(connection: Connection, alike: Condition, fresh: Sequence[AnyRow]) -> dict[str, str]:
    """What newcomers may be copies of, where no stored claim may be one of theirs. Raises Unsure."""
    copying = [row for row in fresh if says_itself(row)]
    first = min(fresh, key=lambda row: (row.published, row.public_id))
    at_once = and_(CLAIM.published == first.published, CLAIM.public_id > first.public_id)
    later = func.count().filter(saying_themselves(), or_(CLAIM.published > first.published, at_once))
    if connection.execute(select(later).where(alike)).scalar_one():
        raise Unsure
    if not copying:
        return {}
    # What a claim repeats is the earliest that it may repeat: those after it do not matter.
    earliest = select(*printed_columns()).where(alike).order_by(CLAIM.published, CLAIM.public_id).limit(MOST_ALIKE)
    found = copies_among([*connection.execute(earliest), *fresh])
    new = {row.public_id for row in fresh}
    if any(found.get(row.public_id) in {None, *new} for row in copying):
        raise Unsure
    return {row.public_id: found[row.public_id] for row in copying}
