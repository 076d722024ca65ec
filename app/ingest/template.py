"""Templates to begin with: a commented bundle, and the head of a spreadsheet with an example."""

import csv
from importlib.resources import files
from io import StringIO

from pydantic import TypeAdapter, ValidationError

from app.ingest.errors import BundleError
from app.ingest.fields import Key
from app.ingest.spreadsheet import COLUMNS

_KEY = "new-bundle"


def bundle_template(key: str = _KEY) -> str:
    """A commented bundle of that key, which loads as it is. Raises BundleError for what is no key."""
    try:
        TypeAdapter(Key).validate_python(key)
    except ValidationError:
        problem = f"{key[:100]!r} is no key: small letters, digits and hyphens, such as harbour-strike"
        raise BundleError(problem) from None
    text = files("app.ingest").joinpath("template.yaml").read_text(encoding="utf-8")
    return text.replace(f"bundle: {_KEY}", f"bundle: {key}", 1)


def spreadsheet_template() -> str:
    """The names of all columns and a row of examples, as CSV."""
    written = StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerow(example for _, example in COLUMNS.values())
    return written.getvalue()
