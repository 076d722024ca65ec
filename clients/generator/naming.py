"""What the generator cannot know: names that read better than the rule's, and what the client leaves out."""

from collections.abc import Mapping

LEFT_OUT: Mapping[str, str] = {"/reconcile": "a protocol of its own, for OpenRefine and its like to speak"}
"""Operations without a method, by how their paths begin, each with the reason."""

NOT_TAKEN: Mapping[str, str] = {"shape": "a list is walked by its pages, so it has to come as pages"}
"""Parameters that no method takes, each with the reason."""

NAMES: Mapping[str, str] = {}
"""Methods that are not called as their operation is, less `list_` or `get_`."""

APART: Mapping[str, tuple[str, str]] = {"list_claims": ("changed_since", "claim_changes")}
"""Operations of which a parameter makes the items something else: a method of its own takes it, and needs it."""


def left_out(path: str) -> bool:
    """Whether an operation of that path has no method."""
    return any(path == start or path.startswith(f"{start}/") for start in LEFT_OUT)


def method_name(operation: str) -> str:
    """What the client calls an operation."""
    return NAMES.get(operation) or operation.removeprefix("list_").removeprefix("get_")


def class_name(method: str) -> str:
    """A method's name as the beginning of a class's."""
    return "".join(word.capitalize() for word in method.split("_"))
