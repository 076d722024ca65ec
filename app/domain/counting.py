"""How many others stand to each of many in a given way, counted without looking at every pair.

What is asked of a pair is a formula: whole-numbered sums of products of at most three conditions, each of which
compares one whole number of the other with one of the asked. Where one condition holds is counted by sorting; two are
two-dimensional dominance (sort by the first, a Fenwick tree over the second); three keep sorted lists in that tree. So
n claims take O(n log n) for each product of one or two conditions, O(n log² n) for one of three; no pair is stored.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Generic, TypeVar

T = TypeVar("T")
Measured = Callable[[T], int | None]
"""A whole number of one of them; None where it has none."""


@dataclass(frozen=True, slots=True)
class Condition(Generic[T]):
    """Holds of one asked about and another where the other's `key` is below the asked one's `cut`; with None never.

    It holds of nobody and itself. Within one formula, conditions of one name are the same one.
    """

    name: str
    key: Measured[T] = field(compare=False)
    cut: Measured[T] = field(compare=False)

    def holds(self, asked: T, other: T) -> bool:
        """Whether it holds of these two."""
        key, cut = self.key(other), self.cut(asked)
        return key is not None and cut is not None and key < cut


@dataclass(frozen=True, slots=True)
class Formula(Generic[T]):
    """Products of conditions, each with a whole factor; () is the product that always holds.

    `+`, `-` and `*` do what they do to numbers: where `a` and `b` are 1 for the pairs they describe and 0 for others,
    `a * b` describes the pairs of both, `a - a * b` those of a alone.
    """

    terms: Mapping[tuple[Condition[T], ...], int]

    def __add__(self, other: "Formula[T]") -> "Formula[T]":
        terms = dict(self.terms)
        for conditions, factor in other.terms.items():
            terms[conditions] = terms.get(conditions, 0) + factor
        return Formula({conditions: factor for conditions, factor in terms.items() if factor})

    def __sub__(self, other: "Formula[T]") -> "Formula[T]":
        return self + Formula({conditions: -factor for conditions, factor in other.terms.items()})

    def __mul__(self, other: "Formula[T]") -> "Formula[T]":
        result: Formula[T] = Formula({})
        for (left, factor), (right, times) in product(self.terms.items(), other.terms.items()):
            # By name, so that like terms meet whatever order they were multiplied in.
            conditions = tuple(sorted({*left, *right}, key=lambda condition: condition.name))
            result += Formula({conditions: factor * times})
        return result

    def value(self, asked: T, other: T) -> int:
        """The formula's value for one pair."""
        return sum(
            factor
            for conditions, factor in self.terms.items()
            if all(condition.holds(asked, other) for condition in conditions)
        )


def always() -> Formula[T]:
    """1 for every pair."""
    return Formula({(): 1})


def where(name: str, key: Measured[T], cut: Measured[T]) -> Formula[T]:
    """1 where the other's key is below the asked one's cut."""
    return Formula({(Condition(name, key, cut),): 1})


class Census(Generic[T]):
    """Counts among `others` for each of `asked`; with `group` only within a group (None: of none).

    Where both are the same list, nobody is counted for itself.
    """

    def __init__(self, others: Sequence[T], asked: Sequence[T], group: Callable[[T], Hashable] | None = None) -> None:
        self._others, self._asked = others, asked
        self._itself = others is asked
        self._columns: dict[Condition[T], _Column] = {}
        groups: list[Hashable] = [group(other) if group else 0 for other in others]
        self._sizes = Counter(groups)
        # Who is alone in its group would only be counted for itself.
        enough = 2 if self._itself else 1
        numbers = {name: number for number, name in enumerate(self._sizes) if self._sizes[name] >= enough}
        numbers.pop(None, None)
        self._other_groups = [numbers.get(name, -1) for name in groups]
        self._names = groups if self._itself else [group(one) if group else 0 for one in asked]
        self._asked_groups = [numbers.get(name, -1) for name in self._names]

    def count(self, formula: Formula[T], among: Iterable[int] | None = None) -> list[int]:
        """For each of `asked`, in order, the sum of the formula over the others; `among`: only for these places."""
        totals = [0] * len(self._asked)
        wanted = [
            place
            for place in (range(len(self._asked)) if among is None else sorted(among))
            if self._asked_groups[place] >= 0
        ]
        for conditions, factor in formula.terms.items():
            for place, number in self._number_that_meet(conditions, wanted):
                totals[place] += factor * number
        return totals

    def _number_that_meet(
        self, conditions: tuple[Condition[T], ...], wanted: Sequence[int]
    ) -> Iterable[tuple[int, int]]:
        columns = []
        for condition in conditions:
            if not wanted:
                return ()
            columns.append(self._column(condition))
            wanted = [place for place in wanted if place in columns[-1].band_upto]
        match columns:
            case []:
                return ((place, self._sizes[self._names[place]] - self._itself) for place in wanted)
            case [column]:
                return ((place, column.band_upto[place] - column.band_from[place]) for place in wanted)
            case [first, second]:
                return _sweep(first, second, wanted, _Counts(len(self._others)))
            case [first, second, third]:
                return _sweep(first, second, wanted, _Lists(len(self._others), third))
        raise ValueError(f"a product of {len(conditions)} conditions")

    def _column(self, condition: Condition[T]) -> "_Column":
        if condition not in self._columns:
            keys = _measured(condition.key, self._others, self._other_groups)
            cuts = _measured(condition.cut, self._asked, self._asked_groups)
            self._columns[condition] = _Column(keys, cuts, self._other_groups, self._asked_groups)
        return self._columns[condition]


def _measured(measure: Measured[T], them: Sequence[T], groups: Sequence[int]) -> dict[int, int]:
    numbers = ((place, measure(one)) for place, one in enumerate(them) if groups[place] >= 0)
    return {place: number for place, number in numbers if number is not None}


class _Column:
    """One condition over all that have a key or a cut, as ranks.

    `order` lists the others by key and `rank` is their place in it; `upto[a]` of them are below the cut of a. In `band`
    and the two `band_` ones, one group's others come after another's: the condition holds for those of a's own group
    whose band is at least `band_from[a]` and below `band_upto[a]`. Whom it holds for at all is in `band_upto`.
    """

    def __init__(
        self, keys: dict[int, int], cuts: dict[int, int], key_groups: Sequence[int], cut_groups: Sequence[int]
    ) -> None:
        least, most = min(keys.values(), default=0), max(keys.values(), default=0)
        inside = {place: min(cut, most + 1) - least for place, cut in cuts.items() if cut > least}
        distances = {place: key - least for place, key in keys.items()}
        self.order, self.rank, self.upto = _ranked(distances, inside)
        self.band, self.band_from, self.band_upto = self.rank, dict.fromkeys(self.upto, 0), self.upto
        if any(key_groups):
            # As wide as the distances, so that a cut beyond all of one group is where the next one begins.
            width = most - least + 1
            apart = {place: key_groups[place] * width + distance for place, distance in distances.items()}
            _, self.band, upto = _ranked(
                apart, {place: cut_groups[place] * width + cut for place, cut in inside.items()}
            )
            _, _, self.band_from = _ranked(apart, {place: cut_groups[place] * width for place in inside})
            self.band_upto = {place: rank for place, rank in upto.items() if rank > self.band_from[place]}


def _ranked(keys: dict[int, int], cuts: dict[int, int]) -> tuple[list[int], dict[int, int], dict[int, int]]:
    """Who has a key, in order; their ranks; how many of them are below each cut."""
    order = sorted(keys, key=keys.__getitem__)
    ascending = [keys[place] for place in order]
    ranks = {place: rank for rank, place in enumerate(order)}
    return order, ranks, {place: bisect_left(ascending, cut) for place, cut in cuts.items()}


class _Counts:
    """A Fenwick tree that counts how many were added with a rank below one."""

    def __init__(self, size: int) -> None:
        self._counts = [0] * (size + 1)

    def add(self, _place: int, rank: int) -> None:
        node, counts, size = rank + 1, self._counts, len(self._counts)
        while node < size:
            counts[node] += 1
            node += node & -node

    def below(self, _asked: int, rank: int) -> int:
        number, counts = 0, self._counts
        while rank:
            number += counts[rank]
            rank &= rank - 1
        return number


class _Lists:
    """A Fenwick tree of sorted lists: how many were added with a rank below one and meet a third condition."""

    def __init__(self, size: int, third: _Column) -> None:
        self._third = third
        self._lists: list[list[int]] = [[] for _ in range(size + 1)]

    def add(self, place: int, rank: int) -> None:
        lists, ranks = self._lists, self._third.rank
        node = rank + 1 if place in ranks else len(lists)
        while node < len(lists):
            insort(lists[node], ranks[place])
            node += node & -node

    def below(self, asked: int, rank: int) -> int:
        number, lists, cut = 0, self._lists, self._third.upto[asked]
        while rank:
            number += bisect_left(lists[rank], cut)
            rank &= rank - 1
        return number


def _sweep(first: _Column, second: _Column, asked: Iterable[int], tree: _Counts | _Lists) -> Iterator[tuple[int, int]]:
    """Goes up the keys of the first condition and asks the tree about the others."""
    added, band = 0, second.band
    for place in sorted(asked, key=first.upto.__getitem__):
        upto = first.upto[place]
        for other in first.order[added:upto]:
            if other in band:
                tree.add(other, band[other])
        added = max(added, upto)
        number = tree.below(place, second.band_upto[place])
        if second.band_from[place]:
            number -= tree.below(place, second.band_from[place])
        yield place, number
