"""What a reader sees who would know which entity or event an id is."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.search.reconcile.schema import PROPERTIES, types_of
from app.search.reconcile.subjects import Subject, by_id
from app.search.reconcile.values import Value, values


@dataclass(frozen=True, slots=True)
class Described:
    """A subject, and what is counted of it."""

    subject: Subject
    n_claims: int
    n_conflicts: int
    latest_claim: str | None

    @property
    def type(self) -> str:
        """What it is, in a word or two."""
        return types_of(self.subject.kind)[0].name


def described(connection: Connection, public_id: str) -> Described | None:
    """What there is to show of an id; None where nothing has it."""
    subject = by_id(connection, [public_id]).get(public_id)
    if subject is None:
        return None
    told = values(connection, [subject], PROPERTIES.values())[subject.noun.name, subject.number]
    latest = _first(told["latest_claim"]).get("str")
    n_claims, n_conflicts = (told[name][0]["int"] for name in ("n_claims", "n_conflicts"))
    return Described(subject, n_claims, n_conflicts, latest)


def _first(found: list[Value]) -> Value:
    return found[0] if found else {}
