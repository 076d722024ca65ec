"""Public ids: a prefix and a hash of kind and key, so that the same data has the same ids in every database."""

import re
from base64 import b32encode
from hashlib import blake2b

from app.domain.dates import day_of

_EPOCH_DAY = 719_163  # the day number of 1970-01-01, counted from 0001-01-01 as day 1
_LAST_DAY = (1 << 21) - 1
_SIZE = 10  # 80 bits: 16 letters, and a chance in a trillion of one clash among a million
_FORM = re.compile(r"[a-z]{3}_[a-z2-7]{16}")


def public_id(prefix: str, *key: str) -> str:
    """An id such as `clm_mzxw6ytboi4dsnrx` from a prefix and the parts of a key."""
    digest = blake2b("\x1f".join((prefix, *key)).encode(), digest_size=_SIZE).digest()
    return f"{prefix}_{b32encode(digest).decode().lower()}"


def is_public_id(text: str, prefix: str) -> bool:
    """Whether the text has the form of a public id with that prefix."""
    return text.startswith(f"{prefix}_") and _FORM.fullmatch(text) is not None


def number_at(moment: int | None, public: str) -> int:
    """A 63-bit integer that sorts by the day of a moment (minutes since 1970) first, else fixed by the public id.

    Rows numbered so lie in date order whatever the order of loading; those without a moment come first. Two of one day
    clash once in about 2**42 pairs. Days after 5741 do not fit, and count as one.
    """
    day = 0 if moment is None else min(day_of(moment) + _EPOCH_DAY, _LAST_DAY)
    tail = int.from_bytes(blake2b(public.encode(), digest_size=8).digest()) & ((1 << 42) - 1)
    return (day << 42) | tail
