"""Random edits of a small world, of every kind there is: what was, and what changed, is told of them."""

from random import Random
from typing import Any

from sqlalchemy import select

from app.ingest.edit import NoSuchClaim, correct, withdraw
from app.ingest.errors import BundleError
from app.ingest.merge import CannotMerge, merge, unmerge
from app.storage import tables
from app.storage.engine import Database
from app.storage.versions import current
from tests.factories import article, bundle, claim, load_bundles, statement

PEOPLE = {"ann": "Ann Arbor", "bob": "Bob Baker", "anna": "Anna Arbour", "cid": "Cid Arbor", "robert": "Robert Baker"}
TEXTS = ["102", "about 100", "more than 100", "hundreds", "2,000", "about 2,000", "40 to 50", "7", "at least 90"]
TOTAL = {"event": "incursion", "kind": "cumulative", "window": "2024-08-06/.."}
AREAS = ["82 square kilometres", "more than 70 square kilometres", "900 km²"]


class Edits:
    """Edits a database at random, a minute apart, from 2024-08-16 on."""

    def __init__(self, database: Database, random: Random) -> None:
        self.database = database
        self.random = random
        self.stories: dict[str, list[dict[str, Any]]] = {}
        self.title = "The day"
        self.done = 0

    @property
    def now(self) -> str:
        hour, minute = divmod(self.done, 60)
        return f"2024-08-{16 + hour // 24:02}T{hour % 24:02}:{minute:02}:00Z"

    def run(self, count: int = 1) -> int:
        """Makes that many edits, some of which come to nothing; the version then."""
        ways = (self._load, self._reload, self._correct, self._withdraw, self._merge, self._part, self._retitle)
        for _ in range(count):
            self.done += 1
            (way,) = self.random.choices(ways, (6, 7, 4, 2, 1, 1, 1))
            try:
                way()
            except (BundleError, CannotMerge, NoSuchClaim):
                continue
        with self.database.read() as connection:
            return current(connection)

    def define(self) -> None:
        """Loads the world, without claims."""
        self._bundle(key="world")

    def _load(self) -> None:
        key = f"b{len(self.stories)}"
        self._tell(key, [self._claim(f"c{number}") for number in range(self.random.randint(1, 3))])

    def _reload(self) -> None:
        if self.stories:
            key = self.random.choice([*self.stories])
            claims = [one for one in self.stories[key] if self.random.random() < 0.7]
            if self.random.random() < 0.6:
                claims = [one for one in claims if one["key"] not in ("c9", "sc9")] + [self._claim("c9")]
            self._tell(key, claims)

    def _tell(self, key: str, claims: list[dict[str, Any]]) -> None:
        published = f"2024-08-{self.random.randint(15, 17)}"
        self._bundle(article(f"in-{key}", *claims, published=published), key=key)
        self.stories[key] = claims

    def _bundle(self, *articles: dict[str, Any], key: str) -> None:
        data = bundle(*articles, key=key)
        data["entities"] = [{"key": key, "kind": "person", "name": name} for key, name in PEOPLE.items()]
        data["entities"].append({"key": "army", "kind": "organization", "name": "The Army"})
        if key == "world":
            data["events"][1]["title"] = self.title
        else:
            del data["events"]
        load_bundles(self.database, data, now=self.now)

    def _claim(self, key: str) -> dict[str, Any]:
        random = self.random
        speaker = random.choice([*PEOPLE, None, {"unnamed": "an official", "of": "army"}])
        if random.random() < 0.2:
            return statement(f"s{key}", speaker=speaker, disputes=self._statements()[-1:] or None)
        if random.random() < 0.3:
            as_of = f"2024-08-{random.randint(13, 16)}"
            return claim(key, random.choice(AREAS), kind="stock", measure="area", as_of=as_of, speaker=speaker)
        more: dict[str, Any] = random.choice([{}, {}, TOTAL])
        if random.random() < 0.2:
            more = {**more, "dimensions": {"side": random.choice([*PEOPLE])}}
        return claim(key, random.choice(TEXTS), speaker=speaker, **more)

    def _statements(self) -> list[str]:
        told = ((key, claim) for key, claims in self.stories.items() for claim in claims)
        return [f"in-{key}/{claim['key']}" for key, claim in told if "text" not in claim]

    def _live(self) -> str:
        """A claim that is not withdrawn; where there is none, one that never was."""
        with self.database.read() as connection:
            alive = select(tables.Claim.public_id).where(tables.Claim.withdrawn_at.is_(None))
            return self.random.choice(sorted(connection.execute(alive).scalars()) or ["clm_nothing"])

    def _correct(self) -> None:
        changes = [{"text": self.random.choice(TEXTS)}, {"speaker": self.random.choice([*PEOPLE])}]
        changes.append({"statement": f"Said at {self.now}."})
        correct(self.database, self._live(), self.random.choice(changes), now=self.now)

    def _withdraw(self) -> None:
        withdraw(self.database, self._live(), "taken back", now=self.now)

    def people(self) -> dict[str, str]:
        """The ids of people by key; once something is loaded."""
        with self.database.read() as connection:
            rows = connection.execute(select(tables.Entity.key, tables.Entity.public_id))
            return {key: public for key, public in rows if key in PEOPLE}

    def _merge(self) -> None:
        if self.stories:
            old, into = self.random.sample(sorted(self.people().values()), 2)
            merge(self.database, old, into, by="an editor", why="one person", now=self.now)

    def _part(self) -> None:
        merged = select(tables.Entity.public_id).where(tables.Entity.merged_into.is_not(None))
        with self.database.read() as connection:
            found = sorted(connection.execute(merged).scalars())
        if found:
            unmerge(self.database, self.random.choice(found), now=self.now)

    def _retitle(self) -> None:
        self.title = f"The day, as of {self.now}"
        self.define()


def begun(database: Database, random: Random) -> Edits:
    """Edits of a world that is defined and has no claims yet."""
    edits = Edits(database, random)
    edits.define()
    return edits
