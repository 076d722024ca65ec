"""What requests may carry in their bodies: strict, and bounded in every field."""

from fractions import Fraction
from math import isfinite
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    WithJsonSchema,
    create_model,
    field_validator,
    model_validator,
)
from starlette.requests import Request

from app.domain.compare import Printed
from app.domain.dates import MAX_TEXT as MAX_DATE
from app.domain.dates import parse_date
from app.domain.policy import BOUNDS, DEFAULT_POLICY, OPTIONAL, WHOLE, WIDTHS, Changes, InvalidPolicy
from app.domain.relation import FrameRelation, Kind
from app.domain.text import clean
from app.domain.units import MAX_NAME
from app.ingest.errors import json_pointer
from app.problems import BodyTooLarge, InvalidBody, UnsupportedMediaType
from app.search.comparison import Asked, Side
from app.search.values import MAX_TEXT, STORABLE

Line = Annotated[str, Field(min_length=1, max_length=MAX_TEXT, pattern=STORABLE)]
Date = Annotated[str, Field(min_length=1, max_length=MAX_DATE, json_schema_extra={"format": "edtf"})]
UnitName = Annotated[str, Field(min_length=1, max_length=MAX_NAME, json_schema_extra={"format": "unit"})]


MOST_BYTES = 64 * 1024
"""Of a body that is validated while all others wait: megabytes of unknown fields take seconds to refuse."""


class Body(BaseModel):
    """Base of every body: unknown fields are refused, values are not coerced."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ClaimSide(Body):
    """A stored claim."""

    claim: str = Field(pattern=r"^clm_[a-z2-7]{16}$", description="The claim's id")

    def side(self) -> Side:
        """The side to compare."""
        return Side(claim=self.claim)


class PrintedSide(Body):
    """A number as printed."""

    text: str = Field(
        min_length=1,
        max_length=MAX_TEXT,
        description='As printed: "more than 100 soldiers"',
        json_schema_extra={"format": "printed-number"},
    )
    origin: Line | None = Field(default=None, description="Whose it is; without it, not the other side's")
    as_of: Date | None = Field(default=None, description="When it holds, in EDTF; without it, at any time")
    unit: UnitName | None = Field(default=None, description="The unit, where the text has none; else the other side's")
    signed: bool = Field(default=False, description="Whether what is measured may be negative; without it, no")

    @field_validator("as_of")
    @classmethod
    def _is_date(cls, text: str | None) -> str | None:
        return None if text is None else parse_date(clean(text)).edtf

    def side(self) -> Side:
        """The side to compare."""
        as_of = None if self.as_of is None else parse_date(self.as_of)
        return Side(printed=Printed(self.text, self.unit, self.signed), origin=self.origin, as_of=as_of)


_CLAIM, _PRINTED = "~claim", "~printed"


def _tag(value: object) -> str:
    return _CLAIM if isinstance(value, ClaimSide) or (isinstance(value, dict) and "claim" in value) else _PRINTED


AnySide = Annotated[Annotated[ClaimSide, Tag(_CLAIM)] | Annotated[PrintedSide, Tag(_PRINTED)], Discriminator(_tag)]


def _width(name: str) -> Any:  # noqa: ANN401 - a field's type and default
    """A width or limit as the policy bounds it, in the schema and where a request has it otherwise."""
    low, high = (bound if isinstance(bound, int) else float(bound) for bound in BOUNDS[name])
    schema: dict[str, Any] = {"type": "integer" if name in WHOLE else "number", "minimum": low, "maximum": high}
    if name in OPTIONAL:
        schema["type"] = [schema["type"], "null"]

    def check(value: object) -> object:
        DEFAULT_POLICY.custom({name: _exact(name, value)})
        return value

    return Annotated[Any, BeforeValidator(check), WithJsonSchema(schema)], Field(default_factory=lambda: None)


def _exact(name: str, value: object) -> Fraction | None:
    """The decimal that was written: 0.1 is a tenth. Raises InvalidPolicy for what is no number."""
    if value is None and name in OPTIONAL:
        return None
    if isinstance(value, float) and isfinite(value):
        return Fraction(str(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    raise InvalidPolicy(f"{name} is a number")


class _Widths(Body):
    """Widths and limits to compare by instead of those of the policy in force."""

    @model_validator(mode="before")
    @classmethod
    def _has_no_others(cls, given: object) -> object:
        if isinstance(given, dict):
            DEFAULT_POLICY.custom({name: None for name in given if name not in WIDTHS})
        return given

    def changes(self) -> Changes:
        """What is given, as a policy takes it."""
        return {name: _exact(name, getattr(self, name)) for name in sorted(self.model_fields_set)}


Widths = create_model("Widths", __base__=_Widths, __doc__=_Widths.__doc__, **{name: _width(name) for name in WIDTHS})


class CompareRequest(Body):
    """Two numbers to set against each other."""

    a: AnySide
    b: AnySide
    frame: FrameRelation | None = Field(
        default=None,
        description="How what a counts stands to what b counts; without it, as two claims stand, or else equal",
    )
    kind: Literal["flow", "cumulative", "stock"] | None = Field(
        default=None, description="What both numbers are; without it, what the claims are, or else a flow"
    )
    policy: Widths = Field(default=Widths(), description="Widths and limits other than those of the policy in force")

    def asked(self) -> Asked:
        """The comparison that is asked for."""
        kind = None if self.kind is None else Kind(self.kind)
        widths: _Widths = self.policy
        return Asked(self.a.side(), self.b.side(), self.frame, kind, widths.changes())


Model = TypeVar("Model", bound=Body)


async def body_of(request: Request, model: type[Model]) -> Model:
    """The request's body as the model has it. Raises UnsupportedMediaType or InvalidBody."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMediaType("Send JSON, with Content-Type: application/json.")
    content = await request.body()
    if len(content) > MOST_BYTES:
        raise BodyTooLarge(f"The body is larger than {MOST_BYTES} bytes, the most that is read here.")
    try:
        return model.model_validate_json(content)
    except ValidationError as invalid:
        raise _invalid(invalid) from None


def _invalid(invalid: ValidationError) -> InvalidBody:
    first = invalid.errors(include_url=False, include_context=False, include_input=False)[0]
    steps = [step for step in first["loc"] if step not in (_CLAIM, _PRINTED)]
    more = f" ({invalid.error_count() - 1} more of such)" if invalid.error_count() > 1 else ""
    message = first["msg"].removeprefix("Value error, ").rstrip(".")
    return InvalidBody(f"{message}{more}.", pointer=json_pointer(tuple(steps)))
