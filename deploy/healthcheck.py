"""Exits with 0 where the service beside it answers /livez. The image has no curl; no proxy variable may interfere."""

import os
import sys
from http.client import HTTPConnection, HTTPException


def alive(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not alive(int(os.environ.get("COUNTERCLAIM_PORT") or 8000)))
