"""The command line. Each command calls what the API calls."""

from app.cli import commands, editing
from app.cli.terminal import app, main

__all__ = ["app", "commands", "editing", "main"]
