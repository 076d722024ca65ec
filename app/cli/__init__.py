"""The command line. Each command calls what the API calls."""

from app.cli import commands, editing, exporting
from app.cli.terminal import app, main

__all__ = ["app", "commands", "editing", "exporting", "main"]
