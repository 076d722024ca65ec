"""The pages: plain HTML, with nothing in them that a strict content security policy would refuse."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from app import __version__
from app.search.collections import CLAIMS
from app.search.query import FORM
from app.web.form import groups

router = APIRouter(include_in_schema=False)
static = StaticFiles(directory=Path(str(files("app.web") / "static")))
"""Style sheets and the like, which are mounted at `/static`."""

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
LISTS = {
    "claims": "every number and statement, with who said it where",
    "conflicts": "the numbers that contradict each other, worst first",
    "figures": "all that is known of one count, from its claims",
    "events": "what happened, and what was part of it",
    "entities": "people, organizations, places and units",
    "articles": "what was read",
    "sources": "who published it",
    "measures": "what is counted",
}

_templates = Environment(
    loader=PackageLoader("app.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


@router.get("/")
async def show_home(request: Request) -> Response:  # noqa: ARG001 - every handler takes it
    """What this is, a form to search the claims with, and where the lists are."""
    return shown("home.html", groups=groups(CLAIMS), form=FORM, lists=LISTS)


def shown(template: str, **values: Any) -> Response:  # noqa: ANN401 - what the template shows
    """The page that a template makes of the values."""
    text = _templates.get_template(template).render(version=__version__, **values)
    return HTMLResponse(text, headers=HEADERS)


def pieces(text: str) -> list[str]:
    """A description cut at its backticks: every second piece is code."""
    return text.split("`")


_templates.filters["pieces"] = pieces
