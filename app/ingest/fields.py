"""What the fields of a bundle may hold: each kind of text, key, date and number with its bounds."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from app.domain.dates import parse_date
from app.domain.names import SCRIPTLESS, fold
from app.domain.text import clean
from app.ingest.remarks import MOST_BY, MOST_WHY

KEY_PATTERN = r"^[a-z0-9][a-z0-9._-]*$"


def _date(text: str) -> str:
    return parse_date(text).edtf


def _as_printed(value: object) -> object:
    """YAML and JSON read 102 as a number; here it is what stands in print."""
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _foldable(name: str) -> str:
    if not fold(name):
        raise ValueError(SCRIPTLESS)
    return name


Clean = Annotated[str, AfterValidator(clean)]
Line = Annotated[Clean, Field(min_length=1, max_length=300)]
Paragraph = Annotated[Clean, Field(min_length=1, max_length=4000)]
Name = Annotated[Line, AfterValidator(_foldable)]
Key = Annotated[str, Field(pattern=KEY_PATTERN, max_length=100)]
ClaimKey = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._~-]*$", max_length=201)]
ClaimRef = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._~-]*(/[a-z0-9][a-z0-9._~-]*)?$", max_length=300)]
Url = Annotated[Clean, Field(pattern=r"^https?://[^\s<>\"]+$", max_length=2000)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
Printed = Annotated[Line, BeforeValidator(_as_printed, json_schema_input_type=Line | float)]
Edtf = Annotated[Printed, AfterValidator(_date)]
Moment = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", max_length=20)]
Reason = Annotated[Clean, Field(min_length=1, max_length=MOST_WHY)]
Editor = Annotated[Clean, Field(min_length=1, max_length=MOST_BY)]
ClaimId = Annotated[str, Field(pattern=r"^clm_[a-z2-7]{16}$", max_length=20)]
OtherKeys = Annotated[list[Key], Field(max_length=1000, description="Other keys by which bundles call the same")]
Distinct = Annotated[
    bool, Field(description="Whether its key alone tells which one it is: it never meets another by name (a namesake)")
]
Amount = Annotated[Decimal, Field(ge=Decimal("-1e30"), le=Decimal("1e30"), max_digits=60, decimal_places=30)]


class Part(BaseModel):
    """Base of every part of a bundle: unknown fields are refused, values are not coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True)
