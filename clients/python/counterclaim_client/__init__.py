"""A typed client of Counterclaim, sync and async.

with Client("http://127.0.0.1:8000") as client:
    for claim in client.claims(entity="Lubinets"):
        print(claim["value"]["text"] if claim["value"] else "–", claim["statement"])
"""

from counterclaim_client.async_client import AsyncClient
from counterclaim_client.async_connection import AsyncListing
from counterclaim_client.client import Client
from counterclaim_client.connection import Listing
from counterclaim_client.problems import (
    CounterclaimError,
    Invalid,
    NotFound,
    Problem,
    Unavailable,
    Unreachable,
    UnreadableAnswer,
)
from counterclaim_client.tables import flatten, to_dataframe
from counterclaim_client.version import __version__

__all__ = [
    "AsyncClient",
    "AsyncListing",
    "Client",
    "CounterclaimError",
    "Invalid",
    "Listing",
    "NotFound",
    "Problem",
    "Unavailable",
    "Unreachable",
    "UnreadableAnswer",
    "__version__",
    "flatten",
    "to_dataframe",
]
