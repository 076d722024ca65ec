"""Keys in a fixed order, of which those of a range, below a bound and not of one group are found in O(log n) each."""

from collections.abc import Sequence


class LeastTree:
    """Keys in a fixed order, as a tree whose nodes hold their least key and the least of all other groups."""

    def __init__(self, keys: Sequence[int], groups: Sequence[int]) -> None:
        size = self._size = len(keys)
        self._never = max(keys, default=0) + 1
        self._least = [self._never] * size + list(keys)
        self._owner = [-1] * size + list(groups)
        self._other = [self._never] * (2 * size)
        for node in range(size - 1, 0, -1):
            self._settle(node)

    @property
    def least(self) -> int:
        """The least key of all."""
        return self._least[1] if self._size else self._never

    def find(self, first: int, upto: int, bound: int, group: int) -> list[int]:
        """Positions from `first` to before `upto` with a key of at most `bound`, but of another group."""
        found: list[int] = []
        least, size = self._least, self._size
        if upto <= first or least[1] > bound:
            return found
        bound = min(bound, self._never - 1)
        nodes = range_nodes(first, upto, size)
        while nodes:
            node = nodes.pop()
            if least[node] > bound or (self._owner[node] == group and self._other[node] > bound):
                continue
            if node < size:
                nodes += (2 * node, 2 * node + 1)
            else:
                found.append(node - size)
        return found

    def lowest(self, first: int, upto: int, group: int) -> int | None:
        """The least key from `first` to before `upto` of another group."""
        nodes = range_nodes(first, max(first, upto), self._size)
        keys = (self._least[node] if self._owner[node] != group else self._other[node] for node in nodes)
        return min((key for key in keys if key < self._never), default=None)

    def remove(self, position: int) -> None:
        """Takes one key out."""
        node = position + self._size
        self._least[node] = self._never
        while node > 1 and self._settle(node >> 1):
            node >>= 1

    def _settle(self, node: int) -> bool:
        """Works a node out from its children; whether that changed it."""
        least, owner, other = self._least, self._owner, self._other
        one, two = 2 * node, 2 * node + 1
        if least[two] < least[one]:
            one, two = two, one
        mine = owner[one]
        rest = other[two] if owner[two] == mine else least[two]
        if other[one] < rest:  # noqa: PLR1730 - by far the most frequent line, and a call would double it
            rest = other[one]
        if owner[node] == mine and least[node] == least[one] and other[node] == rest:
            return False
        least[node], owner[node], other[node] = least[one], mine, rest
        return True


def range_nodes(first: int, upto: int, size: int) -> list[int]:
    """The nodes that make up a range of leaves, of a tree whose leaves are the nodes from `size` on."""
    nodes: list[int] = []
    left, right = first + size, upto + size
    while left < right:
        if left & 1:
            nodes.append(left)
            left += 1
        if right & 1:
            right -= 1
            nodes.append(right)
        left >>= 1
        right >>= 1
    return nodes
