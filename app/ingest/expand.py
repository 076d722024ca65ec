"""What `each` stands for: one claim for each of its values."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.domain.reading import UnreadableNumber, read_pair
from app.ingest.bundle import Claim
from app.ingest.errors import BundleError, Pointer

STANDING = ("withdrawn", "pinned")
"""Fields that tell how a claim stands, not what it says."""


@dataclass(frozen=True, slots=True)
class One:
    """One of the claims that `each` stands for; a claim without it stands for itself."""

    key: str
    text: str | None
    dimensions: dict[str, str]


def expanded(claim: Claim, pointer: Pointer) -> Iterator[One]:
    """The claims that `each` stands for, or the claim itself."""
    if claim.each is None:
        if isinstance(claim.text, list):
            raise BundleError("a list of texts needs `each`", pointer=(*pointer, "text"))
        yield One(claim.key, claim.text, claim.dimensions)
        return
    ((dimension, values),) = claim.each.items()
    texts = claim.text if isinstance(claim.text, list) else _texts(claim.text, len(values))
    for value, text in zip(values, texts, strict=True):
        yield One(f"{claim.key}~{value}", text, {**claim.dimensions, dimension: value})


def as_given(claim: Claim, one: One) -> dict[str, Any]:
    """The claim as given, with what `each` makes of it."""
    own = claim.model_dump(mode="json", exclude_defaults=True, exclude={"each", *STANDING})
    return (
        own
        | {"key": one.key}
        | ({"text": one.text} if one.text else {})
        | ({"dimensions": one.dimensions} if one.dimensions else {})
    )


def _texts(text: str | None, count: int) -> list[str | None]:
    """One printed text for each of the values; "1,000 for 500" holds two."""
    if text is not None and count == 2:
        try:
            first, second = read_pair(text)
        except UnreadableNumber:
            return [text, text]
        if first.number != second.number:
            return [first.text, second.text]
    return [text] * count
