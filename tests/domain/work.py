"""How much work a call does, in lines of Python run: the same at every run, on any machine."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def lines_run(call: Callable[[], Any]) -> int:
    """How many lines, calls and returns the call takes."""
    number = 0

    def trace(_frame: FrameType, _event: str, _argument: Any) -> Any:
        nonlocal number
        number += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return number
