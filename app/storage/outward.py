"""Exact numbers as doubles that never lie inside the exact bound: good enough to filter by, never to compare."""

from fractions import Fraction
from math import inf, nextafter

from app.domain.interval import Number


def outward(number: Number | None, *, up: bool) -> float | None:
    """The nearest double not below (`up`) or not above the number; None for an open end."""
    if number is None:
        return None
    nearest = float(number)
    exact = Fraction(nearest)
    if up and exact < number:
        return nextafter(nearest, inf)
    if not up and exact > number:
        return nextafter(nearest, -inf)
    return nearest
