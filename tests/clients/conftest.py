"""A service that listens on 127.0.0.1, over the seeds; shared by all that only read."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn

from app.main import create_app
from app.settings import Settings
from counterclaim_client import Client
from tests.databases import Databases
from tests.factories import seeded


@contextmanager
def listening(url: str) -> Iterator[str]:
    """The address of a service over the database at the URL."""
    config = uvicorn.Config(create_app(Settings(database_url=url)), host="127.0.0.1", port=0, log_level="error")
    server, socket = uvicorn.Server(config), config.bind_socket()
    thread = threading.Thread(target=server.run, args=([socket],))
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield "http://{}:{}".format(*socket.getsockname())
    finally:
        server.should_exit = True
        thread.join()
        socket.close()


@pytest.fixture(scope="session")
def address(databases: Databases) -> Iterator[str]:
    """Where the seeds are served."""
    with databases.create("sqlite", seeded) as url, listening(url) as found:
        yield found


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    """A client of the seeds."""
    with Client(address) as opened:
        yield opened
