"""A persistent ordered map: a change gives a new map, which shares all but a few nodes with the old one.

It is a B+tree with path copying. A node is a pair of parallel lists:

    leaf      keys, in order    and   their values
    branch    separators        and   children, one more than separators

Child `i` of a branch holds the keys from `separators[i - 1]`, included, to `separators[i]`, excluded. All leaves lie
equally deep. A node of a finished map is never written to, so an old map costs nothing to keep, to return to, or to
read while others make new ones. `bisect` compares the keys, in C as far as their types do.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum, auto
from itertools import chain, pairwise, starmap
from operator import itemgetter
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar, cast

__all__ = ["FIRST", "LAST", "Comparable", "OrderedMap"]


class Comparable(Protocol):
    """What a key can do: say whether it comes before another."""

    def __lt__(self, other: Any, /) -> bool: ...


K = TypeVar("K", bound=Comparable)
V = TypeVar("V")

# The level of a node tells whether its second list holds values or children; a type cannot.
_Node: TypeAlias = tuple[list[Any], list[Any]]
_Step: TypeAlias = tuple[list[Any], list[_Node], int]
_Tree: TypeAlias = tuple[_Node, int, int]
_Bound: TypeAlias = tuple[Comparable, Callable[[list[Any], Any], int]] | None

# Measured at 100,000 keys: of 16 to 128, the width where no operation is far from its best.
_WIDEST: Final = 64
# Far enough below half of the widest that deletes and inserts in turn do not join and divide the same nodes.
_NARROWEST: Final = _WIDEST // 4

_MISSING: Final[Any] = object()
_first_of_pair: Final = itemgetter(0)
_second_of_pair: Final = itemgetter(1)


class _Extreme(Enum):
    """The two ends of every order, as keys or as elements of keys.

    From `(prefix,)` to `(prefix, LAST)` lie the tuples that start with `prefix`.
    """

    FIRST = auto()
    LAST = auto()

    def __lt__(self, other: object) -> bool:
        return self is FIRST and other is not self

    def __le__(self, other: object) -> bool:
        return self is FIRST or other is self

    def __gt__(self, other: object) -> bool:
        return self is LAST and other is not self

    def __ge__(self, other: object) -> bool:
        return self is LAST or other is self


FIRST: Final = _Extreme.FIRST
LAST: Final = _Extreme.LAST


class OrderedMap(Generic[K, V]):
    """An immutable map in the order of its keys.

    All keys of a map must be comparable with each other by `<` and `==`; None is no key. A lookup, a change and the
    start of an iteration take O(log n), a step of an iteration O(1).
    """

    __slots__ = ("_tree",)

    def __init__(self, tree: _Tree) -> None:
        """Wrap a tree, its height and size. Use `empty` or `build`, which make one."""
        self._tree = tree

    @classmethod
    def empty(cls) -> OrderedMap[K, V]:
        """Return the map without entries."""
        return cls((([], []), 0, 0))

    @classmethod
    def build(cls, sorted_pairs: Iterable[tuple[K, V]]) -> OrderedMap[K, V]:
        """Return the map of these pairs, in O(n). Raises ValueError unless each key is greater than the one before."""
        pairs = list(sorted_pairs)
        keys = [key for key, _ in pairs]
        if not all(earlier < later for earlier, later in pairwise(keys)):
            raise ValueError("The keys must ascend strictly: sort the pairs, or use `set_many`.")
        return cls(_from_root((keys, [value for _, value in pairs]), 0, len(pairs)))

    def get(self, key: K, default: V | None = None) -> V | None:
        """Return the value of the key, or the default."""
        (keys, items), height, _ = self._tree
        while height:
            keys, items = items[bisect_right(keys, key)]
            height -= 1
        index = bisect_left(keys, key)
        if index < len(keys) and keys[index] == key:
            value: V = items[index]
            return value
        return default

    def __getitem__(self, key: K) -> V:
        if (value := self.get(key, _MISSING)) is _MISSING:
            raise KeyError(key)
        return cast("V", value)

    def __contains__(self, key: K) -> bool:
        return self.get(key, _MISSING) is not _MISSING

    def __len__(self) -> int:
        return self._tree[2]

    def __iter__(self) -> Iterator[K]:
        return self.keys()

    def first(self) -> tuple[K, V] | None:
        """Return the pair of the smallest key, or None when the map is empty."""
        return next(self.items(), None)

    def set(self, key: K, value: V) -> OrderedMap[K, V]:
        """Return a map in which the key has this value."""
        return OrderedMap(_with_pair(self._tree, key, value))

    def set_many(self, pairs: Iterable[tuple[K, V]]) -> OrderedMap[K, V]:
        """Return a map in which each key has its value, of equal keys the last. Copies a node once, not once a key."""
        return OrderedMap(_with_pairs(self._tree, pairs))

    def delete(self, key: K) -> OrderedMap[K, V]:
        """Return a map without the key. Raises KeyError when it is absent."""
        root, height, size = self._tree
        path, (keys, values) = _descend(root, height, key)
        index = bisect_left(keys, key)
        if index == len(keys) or keys[index] != key:
            raise KeyError(key)
        keys, values = keys.copy(), values.copy()
        del keys[index], values[index]
        return OrderedMap(_ascend(path, (keys, values), size - 1))

    def changed(self, changes: Mapping[K, V | None]) -> OrderedMap[K, V]:
        """Return a map in which each key has its value, or where that is None, is absent."""
        changed = self
        for key, value in changes.items():
            if value is None and key in changed:
                changed = changed.delete(key)
        pairs = [(key, value) for key, value in changes.items() if value is not None]
        return changed.set(*pairs[0]) if len(pairs) == 1 else changed.set_many(pairs) if pairs else changed

    def items(
        self,
        low: Comparable | None = None,
        high: Comparable | None = None,
        *,
        include_low: bool = True,
        include_high: bool = False,
        reverse: bool = False,
    ) -> Iterator[tuple[K, V]]:
        """Iterate lazily over the pairs between two bounds, smallest key first or last. None is no bound."""
        return chain.from_iterable(
            starmap(zip, self._runs(low, high, include_low=include_low, include_high=include_high, reverse=reverse))
        )

    def keys(
        self,
        low: Comparable | None = None,
        high: Comparable | None = None,
        *,
        include_low: bool = True,
        include_high: bool = False,
        reverse: bool = False,
    ) -> Iterator[K]:
        """Iterate over the keys of `items`."""
        return chain.from_iterable(
            map(
                _first_of_pair,
                self._runs(low, high, include_low=include_low, include_high=include_high, reverse=reverse),
            )
        )

    def values(
        self,
        low: Comparable | None = None,
        high: Comparable | None = None,
        *,
        include_low: bool = True,
        include_high: bool = False,
        reverse: bool = False,
    ) -> Iterator[V]:
        """Iterate over the values of `items`."""
        return chain.from_iterable(
            map(
                _second_of_pair,
                self._runs(low, high, include_low=include_low, include_high=include_high, reverse=reverse),
            )
        )

    def unshared(self, other: OrderedMap[K, V]) -> tuple[dict[K, V], dict[K, V]]:
        """Return the entries of this map and of another one that may differ: what nodes of both hold is left out.

        Where one map came from the other by a few changes, these are few entries, and found by as many steps.
        """
        (own_root, own_height, _), (other_root, other_height, _) = self._tree, other._tree
        own, others = [own_root], [other_root]
        for level in range(max(own_height, other_height), -1, -1):
            shared = {id(node) for node in own}.intersection(map(id, others))
            own = [node for node in own if id(node) not in shared]
            others = [node for node in others if id(node) not in shared]
            if own_height >= level > 0:
                own = [child for _, children in own for child in children]
            if other_height >= level > 0:
                others = [child for _, children in others for child in children]
        return _entries(own), _entries(others)

    def _runs(
        self, low: Comparable | None, high: Comparable | None, *, include_low: bool, include_high: bool, reverse: bool
    ) -> Iterator[_Node]:
        """Return the leaves between two bounds, cut to them."""
        start = None if low is None else (low, bisect_left if include_low else bisect_right)
        stop = None if high is None else (high, bisect_right if include_high else bisect_left)
        root, height, _ = self._tree
        return _cut_leaves(root, height, start, stop, -1 if reverse else 1)


def _entries(leaves: Iterable[_Node]) -> dict[Any, Any]:
    return dict(chain.from_iterable(starmap(zip, leaves)))


def _with_pair(tree: _Tree, key: Any, value: Any) -> _Tree:
    root, height, size = tree
    path, (keys, values) = _descend(root, height, key)
    index = bisect_left(keys, key)
    keys, values = keys.copy(), values.copy()
    if index < len(keys) and keys[index] == key:
        values[index] = value
        return _ascend(path, (keys, values), size)
    keys.insert(index, key)
    values.insert(index, value)
    node = keys, values
    if len(keys) > _WIDEST:
        return _ascend(path, node, size + 1)
    # The commonest case by far: there is room, so the branches stay as they are but for one child.
    for separators, siblings, place in reversed(path):
        children = siblings.copy()
        children[place] = node
        node = separators, children
    return node, height, size + 1


def _with_pairs(tree: _Tree, pairs: Iterable[tuple[Any, Any]]) -> _Tree:
    root, height, size = tree
    root, added = _merge(root, height, sorted(pairs, key=_first_of_pair))
    return _from_root(root, height, size + added)


def _descend(node: _Node, height: int, key: Any) -> tuple[list[_Step], _Node]:
    """Return the way down to the leaf where the key belongs, and that leaf."""
    path: list[_Step] = []
    keys, items = node
    for _ in range(height):
        index = bisect_right(keys, key)
        path.append((keys, items, index))
        keys, items = items[index]
    return path, (keys, items)


def _ascend(path: list[_Step], node: _Node, size: int) -> _Tree:
    """Return the tree in which this node lies at the end of the path. Copies the branches on the path."""
    for separators, siblings, index in reversed(path):
        keys, children = separators, siblings.copy()
        children[index] = node
        if not _NARROWEST <= len(node[1]) <= _WIDEST:
            keys = keys.copy()
            _repair(keys, children, index)
        node = keys, children
    return _from_root(node, len(path), size)


def _from_root(root: _Node, height: int, size: int) -> _Tree:
    """Return the tree of a root that may be too wide, or a branch of one child."""
    while len(root[1]) > _WIDEST:
        root = _divide(root)
        height += 1
    while height and len(root[1]) == 1:
        root = root[1][0]
        height -= 1
    return root, height, size


def _divide(node: _Node) -> _Node:
    """Return a branch over the fewest nodes of equal width that hold what this one holds."""
    keys, items = node
    # Between two parts of a branch a separator moves up; between two parts of a leaf the key stays as well.
    moved = len(items) - len(keys)
    count = -(-len(items) // _WIDEST)
    cuts = [len(items) * part // count for part in range(count + 1)]
    nodes = [(keys[start : stop - moved], items[start:stop]) for start, stop in pairwise(cuts)]
    return [keys[cut - moved] for cut in cuts[1:-1]], nodes


def _repair(keys: list[Any], children: list[_Node], index: int) -> None:
    """Divide a child that is too wide; join one that is too narrow with its neighbour. Changes the lists in place."""
    if len(children[index][1]) > _WIDEST:
        keys[index:index], children[index : index + 1] = _divide(children[index])
        return
    left = max(index - 1, 0)
    (left_keys, left_items), (right_keys, right_items) = children[left : left + 2]
    between = keys[left : left + 1] if len(left_keys) < len(left_items) else []
    joined = (left_keys + between + right_keys, left_items + right_items)
    keys[left : left + 1], children[left : left + 2] = _divide(joined)


def _merge(node: _Node, height: int, batch: list[tuple[Any, Any]]) -> tuple[_Node, int]:
    """Return the node with these sorted pairs, which may make it too wide, and how many keys are new."""
    if not height:
        return _merge_into_leaf(node, batch)
    keys, children = node[0].copy(), node[1].copy()
    added, stop = 0, len(batch)
    # From the right, so that dividing a child does not move those that are still to come.
    while stop:
        index = bisect_right(keys, batch[stop - 1][0])
        start = bisect_left(batch, keys[index - 1], 0, stop, key=_first_of_pair) if index else 0
        children[index], more = _merge(children[index], height - 1, batch[start:stop])
        if len(children[index][1]) > _WIDEST:
            _repair(keys, children, index)
        added += more
        stop = start
    return (keys, children), added


def _merge_into_leaf(leaf: _Node, batch: list[tuple[Any, Any]]) -> tuple[_Node, int]:
    keys, values = leaf[0].copy(), leaf[1].copy()
    for key, value in batch:
        index = bisect_left(keys, key)
        if index < len(keys) and keys[index] == key:
            values[index] = value
        else:
            keys.insert(index, key)
            values.insert(index, value)
    return (keys, values), len(keys) - len(leaf[0])


def _cut_leaves(node: _Node, height: int, low: _Bound, high: _Bound, step: int) -> Iterator[_Node]:
    """Yield the leaves between two bounds, cut to them; by a step of -1 the last first, each turned round."""
    keys, items = node
    if not height:
        run = slice(low and low[1](keys, low[0]), high and high[1](keys, high[0]))
        yield keys[run][::step], items[run][::step]
        return
    first = 0 if low is None else bisect_right(keys, low[0])
    last = len(keys) if high is None else bisect_right(keys, high[0])
    for index in range(first, last + 1)[::step]:
        # A bound lies within the outermost child; those in between are whole.
        inner_low = low if index == first else None
        inner_high = high if index == last else None
        yield from _cut_leaves(items[index], height - 1, inner_low, inner_high, step)
