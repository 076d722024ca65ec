from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.least_tree import LeastTree, range_nodes

leaves = st.lists(st.tuples(st.integers(-4, 4), st.integers(0, 2)), max_size=12)


@settings(max_examples=300)
@given(leaves, st.data())
def test_all_below_a_bound_and_not_of_a_group_are_found(them: list[tuple[int, int]], data: st.DataObject) -> None:
    tree = LeastTree([key for key, _ in them], [group for _, group in them])
    left = dict(enumerate(them))
    for position in data.draw(st.permutations(range(len(them)))) if them else []:
        first, upto = data.draw(st.tuples(st.integers(0, len(them)), st.integers(0, len(them))))
        bound, group = data.draw(st.tuples(st.integers(-5, 6), st.integers(-1, 2)))
        others = {i: key for i, (key, owner) in left.items() if first <= i < upto and owner != group}
        assert sorted(tree.find(first, upto, bound, group)) == [i for i, key in others.items() if key <= bound]
        assert tree.lowest(first, upto, group) == min(others.values(), default=None)
        assert tree.least == min(key for key, _ in left.values())
        tree.remove(position)
        del left[position]
    assert tree.find(0, len(them), 100, -1) == []
    assert tree.least > max((key for key, _ in them), default=-1)


def test_an_empty_tree_holds_nothing() -> None:
    tree = LeastTree([], [])
    assert tree.find(0, 0, 100, -1) == []
    assert tree.lowest(0, 0, -1) is None


@given(st.integers(1, 40), st.data())
def test_the_nodes_of_a_range_hold_its_leaves_once(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, size))
    upto = data.draw(st.integers(first, size))
    held = []
    nodes = range_nodes(first, upto, size)
    while nodes:
        node = nodes.pop()
        if node >= size:
            held.append(node - size)
        else:
            nodes += [2 * node, 2 * node + 1]
    assert sorted(held) == list(range(first, upto))
