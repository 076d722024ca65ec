"""The policy in force: the one that the stored flags rest on."""

import orjson
from sqlalchemy import Connection, select, update

from app.domain.policy import DEFAULT_POLICY, Policy
from app.storage.tables import State, Version


def in_force(connection: Connection) -> Policy:
    """The policy by which numbers are read and compared here."""
    return DEFAULT_POLICY.with_changes(orjson.loads(connection.execute(select(State.policy)).scalar_one()))


def had(connection: Connection) -> list[Policy]:
    """Every policy that was in force here, and the built-in one."""
    texts = connection.execute(select(Version.policy).union(select(State.policy))).scalars()
    return [DEFAULT_POLICY, *(DEFAULT_POLICY.with_changes(orjson.loads(text)) for text in texts)]


def put_in_force(connection: Connection, policy: Policy) -> None:
    """Read and compare by this policy from now on; what is stored follows with a recomputation."""
    default = DEFAULT_POLICY.as_text()
    changes = {name: value for name, value in policy.as_text().items() if value != default[name]}
    text = orjson.dumps(changes, option=orjson.OPT_SORT_KEYS).decode()
    connection.execute(update(State).values(policy=text, recomputed_to=-1))


def recomputed_to(connection: Connection) -> int | None:
    """How far a recomputation has come, as a claim's number; None where none is under way."""
    return connection.execute(select(State.recomputed_to)).scalar_one()


def note_recomputed(connection: Connection, number: int | None) -> None:
    """Remember how far a recomputation has come; None: it is done."""
    connection.execute(update(State).values(recomputed_to=number))
