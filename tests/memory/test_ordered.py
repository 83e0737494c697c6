"""The ordered map against a plain dict and `sorted()`, at the width of production and at one that makes deep trees."""

from __future__ import annotations

import datetime as dt
import decimal
import random
import uuid
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice, pairwise, product
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbkit.memory import ordered
from dbkit.memory.ordered import FIRST, LAST, OrderedMap

Key: TypeAlias = tuple[int, int]

keys = st.tuples(st.integers(0, 5), st.integers(0, 40))
models = st.dictionaries(keys, st.integers(), max_size=150)
bounds = st.none() | keys | keys.map(lambda key: key[:1]) | keys.map(lambda key: (key[0], LAST))


@pytest.fixture(autouse=True, scope="module", params=[8, 64])
def _width(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordered, "_WIDEST", request.param)
        patch.setattr(ordered, "_NARROWEST", request.param // 4)
        yield


def check(tree: OrderedMap[Any, Any]) -> None:
    """Assert what holds of every tree: order, widths, equal depth, separators that separate, the size."""
    root, height, size = tree._tree
    assert _check_node(root, height, FIRST, LAST, is_root=True) == size == len(tree)


def _check_node(node: Any, height: int, low: Any, high: Any, *, is_root: bool = False) -> int:
    keys, items = node
    assert all(earlier < later for earlier, later in pairwise(keys))
    assert all(low <= key < high for key in keys)
    fewest = min(height * 2, 2) if is_root else ordered._NARROWEST
    assert fewest <= len(items) <= ordered._WIDEST
    if not height:
        assert len(keys) == len(items)
        return len(keys)
    assert len(keys) + 1 == len(items)
    edges = pairwise([low, *keys, high])
    return sum(_check_node(child, height - 1, *edge) for child, edge in zip(items, edges, strict=True))


def assert_equal(tree: OrderedMap[Any, Any], model: dict[Any, Any]) -> None:
    check(tree)
    assert list(tree.items()) == sorted(model.items())


@given(models)
def test_build_and_read(model: dict[Key, int]) -> None:
    tree = OrderedMap.build(sorted(model.items()))
    assert_equal(tree, model)
    assert len(tree) == len(model)
    assert list(tree) == list(tree.keys()) == sorted(model)
    assert list(tree.values()) == [model[key] for key in sorted(model)]
    assert tree.first() == min(model.items(), default=None)
    assert all(key in tree and tree[key] == tree.get(key) == value for key, value in model.items())


@given(models, keys)
def test_read_of_a_key_that_may_be_absent(model: dict[Key, int], key: Key) -> None:
    tree = OrderedMap.build(sorted(model.items()))
    assert tree.get(key) == model.get(key)
    assert tree.get(key, -1) == model.get(key, -1)
    assert (key in tree) == (key in model)
    if key not in model:
        with pytest.raises(KeyError):
            tree[key]
        with pytest.raises(KeyError):
            tree.delete(key)


@given(models, st.lists(st.tuples(keys, st.none() | st.integers())))
def test_every_version_stays_as_it_was(model: dict[Key, int], changes: list[tuple[Key, int | None]]) -> None:
    tree, expected = OrderedMap.build(sorted(model.items())), dict[Key, int](model)
    versions = [(tree, dict(expected))]
    for key, value in changes:
        if value is not None:
            tree, expected[key] = tree.set(key, value), value
        elif key in expected:
            tree = tree.delete(key)
            del expected[key]
        versions.append((tree, dict(expected)))
    for version, state in versions:
        assert_equal(version, state)


@given(models, st.randoms(use_true_random=False))
def test_set_one_by_one_and_delete_down_to_empty(model: dict[Key, int], random: Any) -> None:
    tree: OrderedMap[Key, int] = OrderedMap.empty()
    shuffled = random.sample(sorted(model), len(model))
    for key in shuffled:
        tree = tree.set(key, model[key])
        check(tree)
    assert_equal(tree, model)
    for remaining, key in enumerate(reversed(shuffled)):
        tree = tree.delete(key)
        check(tree)
        assert len(tree) == len(model) - remaining - 1
    assert_equal(tree, {})
    assert tree._tree[1] == 0


@given(models, st.dictionaries(keys, st.none() | st.integers(), max_size=40))
def test_changes_set_and_delete(model: dict[Key, int], changes: dict[Key, int | None]) -> None:
    tree = OrderedMap.build(sorted(model.items()))
    expected = {key: value for key, value in {**model, **changes}.items() if value is not None}
    assert_equal(tree.changed(changes), expected)
    assert_equal(tree, model)


@given(models, st.lists(st.tuples(keys, st.integers()), max_size=200))
def test_set_many_is_set_one_by_one(model: dict[Key, int], pairs: list[tuple[Key, int]]) -> None:
    tree = OrderedMap.build(sorted(model.items()))
    assert_equal(tree.set_many(iter(pairs)), model | dict(pairs))
    assert_equal(tree, model)


@given(models, bounds, bounds, st.booleans(), st.booleans())
def test_range_both_ways(model: dict[Key, int], low: Any, high: Any, include_low: bool, include_high: bool) -> None:
    tree = OrderedMap.build(sorted(model.items()))
    order = sorted(model)
    start = 0 if low is None else (bisect_left if include_low else bisect_right)(order, low)
    stop = len(order) if high is None else (bisect_right if include_high else bisect_left)(order, high)
    expected = [(key, model[key]) for key in order[start:stop]]
    bounded: dict[str, Any] = {"low": low, "high": high, "include_low": include_low, "include_high": include_high}
    assert list(tree.items(**bounded)) == expected
    assert list(tree.items(**bounded, reverse=True)) == expected[::-1]
    assert list(tree.keys(**bounded, reverse=True)) == [key for key, _ in expected[::-1]]
    assert list(tree.values(**bounded)) == [value for _, value in expected]


@given(models, st.integers(0, 5))
def test_prefix(model: dict[Key, int], prefix: int) -> None:
    tree = OrderedMap.build(sorted(model.items()))
    expected = sorted(key for key in model if key[0] == prefix)
    assert list(tree.keys((prefix,), (prefix, LAST))) == expected
    assert list(tree.keys((prefix, FIRST), (prefix, LAST), include_high=True, reverse=True)) == expected[::-1]


def test_a_range_of_a_large_tree_reads_only_what_is_taken() -> None:
    compared = 0

    class Counted(int):
        def __lt__(self, other: int) -> bool:
            nonlocal compared
            compared += 1
            return int(self) < int(other)

    tree = OrderedMap.build((Counted(number), number) for number in range(20_000))
    compared = 0
    assert list(islice(tree.values(Counted(10_000), Counted(15_000)), 100)) == list(range(10_000, 10_100))
    assert compared < 100


def test_a_change_copies_one_path_only() -> None:
    tree = OrderedMap.build((number, number) for number in range(20_000))
    for changed in (tree.set(7, -7), tree.set_many([(7, -7)])):
        fresh = _nodes(changed) - _nodes(tree)
        assert len(fresh) == tree._tree[1] + 1
        assert (tree[7], changed[7]) == (7, -7)


def test_an_insertion_copies_one_path_until_a_leaf_is_too_wide() -> None:
    tree = OrderedMap.build((number, number) for number in range(0, 20_000, 2))
    copied = []
    for key in range(1, 2 * (ordered._WIDEST - len(_first_leaf(tree))) + 2, 2):
        changed = tree.set(key, key)
        copied.append(len(_nodes(changed) - _nodes(tree)))
        tree = changed
    # The last one divides the leaf.
    height = tree._tree[1]
    assert copied == [height + 1] * (len(copied) - 1) + [height + 2]


def test_a_deletion_copies_one_path_until_a_leaf_is_too_narrow() -> None:
    tree = OrderedMap.build((number, number) for number in range(20_000))
    copied = []
    for key in range(len(_first_leaf(tree)) - ordered._NARROWEST + 1):
        changed = tree.delete(key)
        copied.append(len(_nodes(changed) - _nodes(tree)))
        tree = changed
    # The last one leaves too few keys: the leaf and its neighbour are made anew.
    height = tree._tree[1]
    assert copied == [height + 1] * (len(copied) - 1) + [height + 2]


def _first_leaf(tree: OrderedMap[Any, Any]) -> list[Any]:
    (keys, items), height, _ = tree._tree
    for _ in range(height):
        keys, items = items[0]
    return keys


def _nodes(tree: OrderedMap[Any, Any]) -> set[int]:
    root, height, _ = tree._tree
    level = [root]
    found = set(map(id, level))
    for _ in range(height):
        level = [child for _, children in level for child in children]
        found.update(map(id, level))
    return found


def test_an_iterator_keeps_to_its_version() -> None:
    tree = OrderedMap.build((number, number) for number in range(500))
    iterator = tree.keys()
    seen = list(islice(iterator, 10))
    for number in range(500):
        tree = tree.delete(number)
    assert seen + list(iterator) == list(range(500))


def test_keys_in_ascending_and_descending_order() -> None:
    up: OrderedMap[int, None] = OrderedMap.empty()
    down: OrderedMap[int, None] = OrderedMap.empty()
    for number in range(2_000):
        up, down = up.set(number, None), down.set(-number, None)
    assert_equal(up, dict.fromkeys(range(2_000)))
    assert_equal(down, dict.fromkeys(range(-1_999, 1)))
    for number in range(1_990):
        up = up.delete(number)
    assert_equal(up, dict.fromkeys(range(1_990, 2_000)))


def test_keys_in_any_order() -> None:
    chance = random.Random(7)
    keys = chance.sample(range(1_000), 400)
    tree: OrderedMap[int, None] = OrderedMap.empty()
    for number, key in enumerate(keys):
        tree = tree.set(key, None)
        if number % 16 == 0:
            check(tree)
    assert_equal(tree, dict.fromkeys(keys))
    chance.shuffle(keys)
    while keys:
        tree = tree.delete(keys.pop())
        check(tree)
    assert_equal(tree, {})


def test_batches_of_all_sizes() -> None:
    chance = random.Random(8)
    model = dict.fromkeys(range(0, 300, 2), 0)
    tree = OrderedMap.build(model.items())
    for size in [*range(1, 40), 100, 200]:
        # Every key of the tree is set by some batch, those that separate its nodes, too.
        batch = [(key, size) for key in chance.choices(range(-20, 320), k=size)]
        tree, model = tree.set_many(batch), model | dict(batch)
        assert_equal(tree, model)
    for key in [*model]:
        assert_equal(tree.set_many([(key, -1)]), model | {key: -1})


def test_a_value_of_none_is_a_value() -> None:
    tree = OrderedMap[int, None].empty().set(1, None)
    assert 1 in tree
    assert tree[1] is None
    assert tree.get(2) is None
    assert 2 not in tree


@pytest.mark.parametrize("pairs", [[(2, "b"), (1, "a")], [(1, "a"), (1, "b")]])
def test_build_refuses_keys_that_do_not_ascend(pairs: list[tuple[int, str]]) -> None:
    with pytest.raises(ValueError, match="ascend"):
        OrderedMap.build(pairs)


@pytest.mark.parametrize(
    "element",
    [
        0,
        float("inf"),
        decimal.Decimal(1),
        True,
        "\U0010ffff",
        b"\xff",
        None,
        uuid.UUID(int=2**128 - 1),
        dt.datetime.max.replace(tzinfo=dt.UTC),
        dt.date.max,
        (LAST,),
    ],
    ids=repr,
)
def test_every_element_lies_between_first_and_last(element: Any) -> None:
    assert (FIRST,) < (element,) < (LAST,)
    assert (LAST,) > (element,) > (FIRST,)
    assert (FIRST,) <= (element,) <= (LAST,)
    assert (LAST,) >= (element,) >= (FIRST,)
    assert [bisect_left([(element,)], (end,)) for end in (FIRST, LAST)] == [0, 1]
    assert [bisect_right([(element,)], (end,)) for end in (FIRST, LAST)] == [0, 1]


def test_first_and_last_among_themselves() -> None:
    assert FIRST < LAST
    assert LAST > FIRST
    for end in (FIRST, LAST):
        assert not end < end
        assert not end > end
        assert end <= end
        assert end >= end


@given(models, st.dictionaries(keys, st.none() | st.integers(), max_size=20))
def test_what_two_maps_do_not_share(old: dict[Key, int], changes: dict[Key, int | None]) -> None:
    before = OrderedMap[Key, int].build(sorted(old.items()))
    after = before.changed(changes)
    for one, other in ((before, after), (after, before), (before, before)):
        own, others = one.unshared(other)
        assert own.items() <= dict(one.items()).items()
        assert dict(one.items()).items() - own.items() == dict(other.items()).items() - others.items()


@pytest.mark.parametrize("sizes", [(0, 500), (7, 500), (60, 5_000), (500, 5_000)])
def test_what_maps_of_unequal_heights_do_not_share(sizes: tuple[int, int]) -> None:
    small, large = (OrderedMap.build((number, number) for number in range(size)) for size in sizes)
    own, others = small.unshared(large)
    assert (own, others) == large.unshared(small)[::-1]
    assert own.items() <= others.items() == dict(large.items()).items()


def test_a_tree_that_grew_shares_what_it_was_made_of() -> None:
    before = OrderedMap[int, int].build((number, number) for number in range(ordered._WIDEST))
    after = before.set(-1, 0)
    assert after._tree[1] == 1
    assert before.unshared(after) == (dict(before.items()), dict(after.items()))
    later = after.set(-2, 0)
    assert len(after.unshared(later)[0]) < len(after)


def test_maps_that_differ_by_little_share_almost_all() -> None:
    before = OrderedMap[int, int].build((number, number) for number in range(10_000))
    own, others = before.unshared(before.set(5_000, 0))
    assert 0 < len(own) == len(others) <= ordered._WIDEST


def test_each_pair_of_bounds() -> None:
    keys = range(0, 40, 2)
    tree = OrderedMap.build((key, -key) for key in keys)
    for low, high in product((None, *range(-1, 41)), repeat=2):
        for include_low, include_high in product((False, True), repeat=2):
            start = 0 if low is None else (bisect_left if include_low else bisect_right)(keys, low)
            stop = len(keys) if high is None else (bisect_right if include_high else bisect_left)(keys, high)
            expected = list(keys)[start:stop]
            found = tree.keys(low, high, include_low=include_low, include_high=include_high)
            turned = tree.values(low, high, include_low=include_low, include_high=include_high, reverse=True)
            assert (list(found), [-value for value in turned]) == (expected, expected[::-1])


def test_bounds_are_half_open_unless_said_otherwise() -> None:
    tree = OrderedMap.build([(key, str(key)) for key in range(6)])
    assert list(tree.keys(2, 4)) == [2, 3]
    assert list(tree.values(2, 4)) == ["2", "3"]
    assert list(tree.items(2, 4)) == [(2, "2"), (3, "3")]
