"""What editors decided, as bundles carry it: exports write it, and any bundle may."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from app.ingest.fields import ClaimId, Clean, Editor, Key, Line, Moment, Name, Part, Reason


class Merged(Part):
    """An entity that an editor has merged into another: its id leads on to that one."""

    key: Key
    name: Name
    description: Line | None = None
    bundle: Key = Field(description="The bundle that defined it")
    keys: list[Key] = Field(default_factory=list, max_length=1000, description="The keys that went over")
    by: Editor
    why: Reason
    at: Moment


class Withdrawal(Part):
    """That a claim no longer stands: it is kept, and out of figures and conflicts."""

    why: Reason
    at: Moment | None = Field(default=None, description="When; otherwise, when it is loaded")


class Explanation(Part):
    """How an editor explains a conflict. Kept where the conflict has none yet; loading takes none away."""

    figure: Annotated[str, Field(pattern=r"^fig_[a-z2-7]{16}$", max_length=20)] | None = None
    statements: list[ClaimId] = Field(
        default_factory=list, max_length=2, description="In place of a figure: two statements that dispute each other"
    )
    why: Reason
    by: Editor
    at: Moment | None = Field(default=None, description="When; otherwise, when it is loaded")
    url: Annotated[Clean, Field(pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[^ ]+$", max_length=2000)] | None = None
    covers: list[ClaimId] = Field(
        default_factory=list, max_length=100_000, description="The claims that it explains: others open it again"
    )

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        if (self.figure is None) == (len(set(self.statements)) != 2):
            raise ValueError("an explanation is of a `figure` (its id), or of two `statements` (their ids)")
        return self
