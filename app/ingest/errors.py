"""What is wrong with a bundle, where, and what would be right."""

from collections.abc import Sequence

Pointer = tuple[str | int, ...]
Place = int | str
"""A line of a file by its number, or the cell of a spreadsheet: "row 4, column text"."""


class BundleError(Exception):
    """A bundle that cannot be loaded; nothing of it is stored.

    `pointer` leads to the place within the bundle; `origin` is the file it came from; `line` is the line in that file,
    or the cell of a spreadsheet, where the reader knows it; of a batch, `item` is the bundle that is wrong and `draft`
    the claim.
    """

    def __init__(
        self,
        problem: str,
        *,
        pointer: Sequence[str | int] = (),
        origin: str | None = None,
        line: Place | None = None,
        draft: object = None,
        item: object = None,
    ) -> None:
        super().__init__(problem)
        self.draft = draft
        self.item = item
        self.problem = problem
        self.pointer: Pointer = tuple(pointer)
        self.origin = origin
        self.line = line

    def __str__(self) -> str:
        place = self.origin or "bundle"
        if isinstance(self.line, str):
            return f"{place}, {self.line}: {self.problem}"
        if self.line is not None:
            place += f", line {self.line}"
        if self.pointer:
            place += f", at {json_pointer(self.pointer)}"
        return f"{place}: {self.problem}"


def json_pointer(pointer: Pointer) -> str:
    """The pointer as RFC 6901 writes it: /articles/0/claims/3."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)
