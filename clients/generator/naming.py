"""What the generator cannot know: names that read better than the rule's, and what the client leaves out."""

from collections.abc import Mapping

LEFT_OUT: Mapping[str, str] = {}
"""Operations without a method, each with the reason."""

NAMES: Mapping[str, str] = {}
"""Methods that are not called as their operation is, less `list_` or `get_`."""

APART: Mapping[str, tuple[str, str]] = {"list_claims": ("changed_since", "claim_changes")}
"""Operations of which a parameter makes the items something else: a method of its own takes it, and needs it."""


def method_name(operation: str) -> str:
    """What the client calls an operation."""
    return NAMES.get(operation) or operation.removeprefix("list_").removeprefix("get_")


def class_name(method: str) -> str:
    """A method's name as the beginning of a class's."""
    return "".join(word.capitalize() for word in method.split("_"))
