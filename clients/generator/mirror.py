"""The sync client from the async one, word by word."""

import re

_REPLACED = {
    r"async def ": "def ",
    r"async with ": "with ",
    r"async for ": "for ",
    r"await ": "",
    r"__aiter__": "__iter__",
    r"__aenter__": "__enter__",
    r"__aexit__": "__exit__",
    r"\bAsync(?=[A-Z])": "",
    r"\basync_connection\b": "connection",
    r"asynccontextmanager": "contextmanager",
    r"\basyncio\b": "time",
    r"\ba(close|read|iter_bytes)\b": r"\1",
    r"`connection` is made from this": "Made from `async_connection`",
    # Only where it waits does a generator have to pass on item by item.
    r"for (\w+) in (.+):\n +yield \1\n": r"yield from \2\n",
}


def to_sync(text: str) -> str:
    """The text of a module without its waiting."""
    for pattern, sync in _REPLACED.items():
        text = re.sub(pattern, sync, text)
    return text
