"""What an operator may set, each by one environment variable: `COUNTERCLAIM_` and the field's name in capitals."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MEBIBYTE = 1024 * 1024


def _public_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an http or https address without a query, such as https://claims.example.org")
    return value.rstrip("/")


class Settings(BaseSettings):
    # Hidden input: a database address that is refused must not print its password.
    model_config = SettingsConfigDict(
        env_prefix="COUNTERCLAIM_", env_ignore_empty=True, frozen=True, hide_input_in_errors=True
    )

    database_url: str = Field(
        default="sqlite:///var/counterclaim.db",
        pattern=r"^(sqlite:///|postgresql\+psycopg://)",
        description="Where the data is: `sqlite:///path` or `postgresql+psycopg://user:password@host/name`",
        repr=False,
    )
    host: str = Field(default="127.0.0.1", description="Address on which `counterclaim serve` listens")
    port: int = Field(default=8000, ge=0, le=65535, description="Port on which it listens; 0 takes a free one")
    workers: int = Field(
        default=1, ge=1, le=64, description="Processes that answer side by side, each with its own database connections"
    )
    public_url: Annotated[str, AfterValidator(_public_url)] | None = Field(
        default=None,
        description="Address under which readers reach the service, for links; without it, the address of the request",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severe message that is logged: `debug`, `info`, `warning` or `error`"
    )
    max_body_bytes: int = Field(
        default=10 * MEBIBYTE, ge=1024, description="Largest request body, in bytes; a larger one is answered with 413"
    )
    query_timeout_seconds: float = Field(
        default=2.0, gt=0, le=600, description="Longest that one request may query the database; beyond it, 503"
    )
    pool_size: int = Field(default=5, ge=1, le=1000, description="Most database connections that each process opens")
    pool_timeout_seconds: float = Field(
        default=1.0, gt=0, le=600, description="Longest that a request waits for a free connection; beyond it, 503"
    )
