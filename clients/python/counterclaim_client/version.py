"""The version, that of the service which the client is made for."""

__version__ = "0.1.0"
