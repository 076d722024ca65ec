"""What is dear to compute, kept until the database is written to."""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from app.storage.versions import Stamp, stamp

Key = TypeVar("Key")
Made = TypeVar("Made")


class Kept(Generic[Key, Made]):
    """For each database the things that were made of its latest state, `most` at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._states = WeakKeyDictionary[Engine, tuple[Stamp, dict[Key, Made]]]()

    def made(
        self, connection: Connection, wanted: Sequence[Key], make: Callable[[Sequence[Key]], Mapping[Key, Made]]
    ) -> Mapping[Key, Made]:
        """What `make` makes of each key that is wanted: now, unless it is kept from this very state."""
        known = self._known(connection)
        # Each is asked for once: another thread may throw all away meanwhile.
        kept = {key: known.get(key) for key in wanted}
        found = {key: thing for key, thing in kept.items() if thing is not None}
        if missing := [key for key in wanted if key not in found]:
            made = make(missing)
            if len(known) + len(made) > self._most:
                known.clear()
            known.update(made)
            found |= made
        return found

    def _known(self, connection: Connection) -> dict[Key, Made]:
        now = stamp(connection)
        if now.at is None:  # another state may have the same stamp
            return {}
        state = self._states.get(connection.engine)
        if state is None or state[0] != now:
            state = self._states[connection.engine] = (now, {})
        return state[1]
