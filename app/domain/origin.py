"""Origins: what counts once, the root that a number goes back to."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.names import fold


@dataclass(frozen=True, slots=True)
class Voice:
    """An entity that speaks, relays or publishes, by public id and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Relay:
    """One step between speaker and article: who passed it on, or through what."""

    voice: Voice | None
    medium: str | None


@dataclass(frozen=True, slots=True)
class Root:
    """An origin: `key` is equal for claims of one origin; `basis` says what made it so."""

    key: str
    label: str
    basis: str
    why: str | None = None


def root_of_entity(voice: Voice, basis: str, why: str | None = None) -> Root:
    """The origin that an entity is, whether it speaks, relays, publishes or is given as such."""
    return Root(key_of_entity(voice.id), voice.name, basis, why)


def key_of_entity(public_id: str) -> str:
    """The key of the origin that an entity is."""
    return f"entity:{public_id}"


def root_of(
    speaker: Voice | None, unnamed: str | None, via: Sequence[Relay], publisher: Voice, given: Root | None = None
) -> Root:
    """The origin of a claim; `via` runs from the speaker to the article.

    It is what the bundle says, else the named speaker, else whom the first outlet describes, else the credited relay,
    else the outlet that published.
    """
    if given is not None:
        return given
    if speaker is not None:
        return root_of_entity(speaker, "speaker")
    first = next((relay.voice for relay in via if relay.voice is not None), publisher)
    if unnamed is not None:
        return Root(f"unnamed:{first.id}:{fold(unnamed)}", f"{unnamed}, to {_within(first.name)}", "unnamed_speaker")
    if not via:
        return root_of_entity(publisher, "source")
    if via[0].voice is not None:
        return root_of_entity(via[0].voice, "relay")
    # Footage or a post of nobody named: two outlets that mention some may mean different ones.
    medium = via[0].medium or ""
    return Root(f"medium:{first.id}:{fold(medium)}", f"{medium}, through {_within(first.name)}", "relay")


def _within(name: str) -> str:
    """A name within a phrase: to the Financial Times."""
    return f"the {name.removeprefix('The ')}" if name.startswith("The ") else name
