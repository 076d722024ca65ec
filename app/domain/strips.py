"""Where to find the claims that an arriving one is in conflict or in tension with: the rules as strips of time and value."""

from collections.abc import Callable, Iterator

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
        return iter(())
    bounds = [yardstick.highest_short_of(low, factor) for factor in yardstick.drifts]
    match kind:
        case Kind.STOCK:
            return _drifting(row, bounds)
        case Kind.CUMULATIVE:
            return iter([Strip(Line.END, row.start, None, bounds[0])])
    return iter([Strip(Line.END, None, None, bounds[0])])


def conflict_below(row: Row, kind: Kind, yardstick: Yardstick) -> Iterator[Strip]:
    """Whom an arriving claim conflicts with that lies below them; their keys are minus `hull_low`."""
    high = row.hull_high
    if high is None:
        return iter(())
    bounds = [-yardstick.lowest_beyond(high, factor) for factor in yardstick.drifts]
    match kind:
        case Kind.STOCK:
            return _drifting(row, bounds)
        case Kind.CUMULATIVE:
            return iter([Strip(Line.START, None, row.end, bounds[0])])
    return iter([Strip(Line.START, None, None, bounds[0])])


def _drifting(row: Row, bounds: list[int]) -> Iterator[Strip]:
    yield from _overlapping(row.start, row.end, bounds[0])
    for days, bound in enumerate(bounds[1:], start=1):
        yield Strip(Line.END, back(row.start, days), back(row.start, days - 1) - 1, bound)
        yield Strip(Line.START, reach(row.end, days - 1) + 1, reach(row.end, days), bound)


def _overlapping(start: int, end: int, bound: int) -> Iterator[Strip]:
    yield Strip(Line.START, start, end, bound)
    yield Strip(Line.SPAN, start, None, bound)
