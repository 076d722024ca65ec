"""Where to find the claims that an arriving one is in conflict or tension with: rules as strips of time and value."""

from collections.abc import Iterator

from app.domain.partners import Line, Strip
from app.domain.relation import Kind
from app.domain.row import Row, back, reach
from app.domain.yardstick import Yardstick


def lines_of(kind: Kind, *, above: bool) -> list[Line]:
    """By which lines claims wait whose partners are of a kind and arrive above (or below) them."""
    if kind is Kind.STOCK:
        return list(Line)
    return [Line.END if above else Line.START]


def conflict_above(row: Row, kind: Kind, yardstick: Yardstick) -> Iterator[Strip]:
    """Whom an arriving claim conflicts with that lies above them; their keys are `hull_high`."""
    low = row.hull_low
    if low is None:
        return
    bounds = [yardstick.highest_short_of(low, factor) for factor in yardstick.drifts]
    if kind is Kind.STOCK:
        yield from _drifting(row, bounds)
    else:
        # What is wholly earlier than a higher total has only grown since.
        yield Strip(Line.END, row.start if kind is Kind.CUMULATIVE else None, None, bounds[0])


def conflict_below(row: Row, kind: Kind, yardstick: Yardstick) -> Iterator[Strip]:
    """Whom an arriving claim conflicts with that lies below them; their keys are minus `hull_low`."""
    high = row.hull_high
    if high is None:
        return
    bounds = [-yardstick.lowest_beyond(high, factor) for factor in yardstick.drifts]
    if kind is Kind.STOCK:
        yield from _drifting(row, bounds)
    else:
        yield Strip(Line.START, None, row.end if kind is Kind.CUMULATIVE else None, bounds[0])


def _drifting(row: Row, bounds: list[int]) -> Iterator[Strip]:
    yield from _overlapping(row.start, row.end, bounds[0])
    for days, bound in enumerate(bounds[1:], start=1):
        yield Strip(Line.END, back(row.start, days), back(row.start, days - 1) - 1, bound)
        yield Strip(Line.START, reach(row.end, days - 1) + 1, reach(row.end, days), bound)


def _overlapping(start: int, end: int, bound: int) -> Iterator[Strip]:
    yield Strip(Line.START, start, end, bound)
    yield Strip(Line.SPAN, start, None, bound)


def stretched_above(row: Row, kind: Kind, yardstick: Yardstick) -> Iterator[Strip]:
    """Whom an arriving claim lies so far above that a hedge would be stretched; their keys are `high`, above zero."""
    bound = yardstick.highest_stretched(row.low)
    if bound is None:
        return
    if kind is Kind.STOCK:
        days = yardstick.drift_days
        yield from _overlapping(back(row.start, days), reach(row.end, days), bound)
    else:
        # A later total of another origin that lies above is an update, and no current one of the same origin is later.
        yield Strip(Line.END, row.start if kind is Kind.CUMULATIVE else None, None, bound)


def grown_above(row: Row, yardstick: Yardstick) -> Iterator[Strip]:
    """Whom an arriving later total is beyond what they can have grown to; their keys are `growth_base`."""
    if row.low is None:
        return
    for days, factor in enumerate(yardstick.growths, start=1):
        first = None if days == len(yardstick.growths) else back(row.start, days)
        yield Strip(Line.END, first, back(row.start, days - 1) - 1, yardstick.highest_short_of(row.low, factor))
