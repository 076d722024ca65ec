"""How long it takes to flag one large frame and to work out its figure: `python -m bench.flags [claims]`.

Each line is a kind of number and a shape of data that a way to avoid looking at every pair could trip over. Times are
of the processor, in seconds.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator

from app.domain.figure import figure_of
from app.domain.flags import flag_scene
from app.domain.policy import DEFAULT_POLICY
from app.domain.relation import DAY, Comparand, Kind
from app.domain.row import Member
from app.domain.scene import scene_of
from app.domain.value import COUNT, Qualifier, Value, grain_of, literal_interval

YEAR = 365 * DAY
ANY = [*Qualifier][:6]
"""Qualifiers of a single number."""

Claim = tuple[Qualifier, int, str, int, int]
"""Qualifier, number, origin, first and last minute of the as-of range."""
Shape = Callable[[random.Random, int, int], Claim]
"""Of claim i of n."""


def outlier(_rng: random.Random, i: int, n: int) -> Claim:
    """One against all others."""
    return Qualifier.EXACT, 9_000 if i == n // 2 else 100, f"o{i}", 0, DAY - 1


def camps(_rng: random.Random, i: int, _n: int) -> Claim:
    """Half against half, two numbers."""
    return Qualifier.EXACT, 100 if i % 2 else 9_000, f"o{i}", 0, DAY - 1


def camps_apart(rng: random.Random, i: int, n: int) -> Claim:
    """Half against half, all numbers distinct, the lower ids with the lower numbers, over a month."""
    day = rng.randrange(30) * DAY
    return Qualifier.EXACT, (1_000_001 if i < n // 2 else 9_000_001) + rng.randrange(10**5), f"o{i}", day, day + DAY - 1


def totals(rng: random.Random, i: int, _n: int) -> Claim:
    """A total that grows, an origin for each claim, one in a hundred far off; 10,000 in a year."""
    minute, number = i * YEAR // 10_000, 1_000_003 + 997 * i
    return Qualifier.EXACT, number * 3 if rng.random() < 0.01 else number, f"o{i}", minute, minute


def totals_of_one(rng: random.Random, i: int, n: int) -> Claim:
    """The same of a single origin."""
    qualifier, number, _, start, end = totals(rng, i, n)
    return qualifier, number, "o", start, end


def hedged_totals(rng: random.Random, i: int, n: int) -> Claim:
    """The same with "more than", "fewer than" and "at least", whose numbers lie outside their intervals."""
    _, number, origin, start, end = totals(rng, i, n)
    return rng.choice([Qualifier.MORE_THAN, Qualifier.LESS_THAN, Qualifier.AT_LEAST]), number, origin, start, end


def one_number(rng: random.Random, i: int, _n: int) -> Claim:
    """One number in all wordings, of seven origins, on one day."""
    return rng.choice(ANY), 102, f"o{i % 7}", 0, DAY - 1


def one_origin(rng: random.Random, _i: int, _n: int) -> Claim:
    """One origin that says everything about one year."""
    return rng.choice([Qualifier.EXACT, Qualifier.MORE_THAN, Qualifier.AT_MOST]), 101 + rng.randrange(900), "o", 0, YEAR


def ties(rng: random.Random, i: int, _n: int) -> Claim:
    """Four numbers in all wordings, on five days."""
    day = rng.randrange(5) * DAY
    return rng.choice(ANY), rng.choice([100, 102, 150, 2_000]), f"o{i}", day, day + DAY - 1


def wide(rng: random.Random, i: int, _n: int) -> Claim:
    """Any number as of any range of up to a year."""
    start = rng.randrange(YEAR)
    return rng.choice(ANY), int(rng.lognormvariate(8, 2)) + 1, f"o{i}", start, start + rng.randrange(YEAR)


def anything(rng: random.Random, i: int, _n: int) -> Claim:
    """Any number as of any minute or day of a year."""
    start = rng.randrange(YEAR)
    return rng.choice(ANY), int(rng.lognormvariate(8, 2)) + 1, f"o{i}", start, start + rng.choice([0, DAY - 1])


KINDS = (Kind.FLOW, Kind.CUMULATIVE, Kind.STOCK)
SHAPES: dict[str, Shape] = {
    shape.__name__: shape
    for shape in (
        *(outlier, camps, camps_apart, totals, totals_of_one, hedged_totals),
        *(one_number, one_origin, ties, wide, anything),
    )
}


def comparand(kind: Kind, claim: Claim) -> Comparand:
    qualifier, number, origin, start, end = claim
    grain = grain_of(number)
    literal = literal_interval(qualifier, number, grain, COUNT)
    value = Value(str(number), qualifier, number, literal, None, low_grain=grain, high_grain=grain)
    return Comparand(kind, origin, number, literal, value.pragmatic(), start, end)


def members(kind: Kind, shape: str, n: int) -> Iterator[Member]:
    """The same claims at every call."""
    rng = random.Random(f"{kind} {shape}")
    for i in range(n):
        yield f"clm_{i:06}", comparand(kind, SHAPES[shape](rng, i, n))


def main(n: int) -> None:
    print(f"{'kind':<11}{'shape':<14}{'claims':>8}{'flags':>8}{'figure':>8}{'conflicting pairs':>20}")
    for kind in KINDS:
        for shape in SHAPES:
            claims = list(members(kind, shape, n))
            began = time.process_time()
            scene = scene_of(claims, (), (), DEFAULT_POLICY)
            flags = flag_scene(scene)
            flagged = time.process_time()
            figure = figure_of(scene, flags)
            figured = time.process_time()
            times = f"{flagged - began:8.2f}{figured - flagged:8.2f}"
            print(f"{kind:<11}{shape:<14}{n:>8}{times}{figure.n_conflicting_pairs:>20}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
