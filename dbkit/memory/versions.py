"""The rows of one table at each moment, and the indexes that find them there.

A version of a table says which row a write removed and which it added, and what the table was before. An index is
brought up to date by the read that needs it, many writes at once, as the pending list of a GIN index is in
PostgreSQL: a write costs the same however many indexes there are, and an index that nobody reads costs nothing.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from dbkit.memory.logic import Row
from dbkit.memory.ordered import OrderedMap

if TYPE_CHECKING:
    from dbkit.memory.indexes import Index, Key

__all__ = ["TableVersion"]

Tree: TypeAlias = OrderedMap[Any, Row]

# So many writes at most does a read find that its index has not seen: it takes a few milliseconds.
_LONGEST: Final = 1_000

# Behind the key that it ends, before the next one.
_SECOND: Final = 0


class TableVersion:
    """A table as one write left it. What it answers never changes.

    Each version keeps the one `before`, back to a base `length` writes ago, which has all rows in the order of the
    `primary` key. `trees` are kept where they were asked for; threads that ask at the same time make the same ones.
    `is_shared` tells that transactions under way go on from this version, or that a snapshot was taken of it;
    `is_second` that the row that was added may stand beside another one with its key: what a snapshot still shows, and
    a row that has taken its place.
    """

    __slots__ = ("added", "before", "is_second", "is_shared", "length", "primary", "removed", "trees")

    def __init__(self, primary: Index, before: TableVersion | None, removed: Row | None, added: Row | None) -> None:
        """Wrap what a write did. Use `empty` and `changed`, which make versions."""
        self.primary = primary
        self.before = before
        self.removed = removed
        self.added = added
        self.length: int = 0 if before is None else before.length + 1
        self.trees: dict[Index, Tree] | None = None
        self.is_shared = False
        self.is_second = False

    @classmethod
    def empty(cls, primary: Index) -> TableVersion:
        """Return a table without rows."""
        version = cls(primary, None, None, None)
        version.trees = {primary: OrderedMap.empty()}
        return version

    def changed(self, removed: Row | None, added: Row | None, *, is_second: bool = False) -> TableVersion:
        """Return the table with one row removed, or another added, or put in its place."""
        version = TableVersion(self.primary, self, removed, added)
        version.is_second = is_second
        if version.length >= _LONGEST:
            version._become_base()
        return version

    def tree(self, index: Index) -> Tree:
        """Return the index's keys with their rows, in order."""
        trees = self.trees
        tree = None if trees is None else trees.get(index)
        return self._make(index) if tree is None else tree

    def _make(self, index: Index) -> Tree:
        """Bring the nearest earlier tree up to date, and keep it here instead of there."""
        unseen: list[TableVersion] = []
        version = self
        while (found := version._kept(index)) is None:
            before = version.before
            if before is None:
                found = version._build(index)
                break
            unseen.append(version)
            version = before
        tree = _with_changes(found, index, unseen)
        self._keep(index, tree)
        is_passing = version.before is not None and not version.is_shared
        if version is not self and is_passing and version.trees is not None:
            # A base keeps its own, and so does what others go on from. Of what lies between, the latest will do:
            # whoever reads an older one makes it again.
            version.trees.pop(index, None)
        return tree

    def _kept(self, index: Index) -> Tree | None:
        return None if self.trees is None else self.trees.get(index)

    def _keep(self, index: Index, tree: Tree) -> None:
        if self.trees is None:
            self.trees = {}
        self.trees[index] = tree

    def _build(self, index: Index) -> Tree:
        """Make the tree of an index that nobody has read, at a base."""
        rows = self.tree(self.primary).values()
        pairs = ((key, row) for row in rows if (key := index.key(row)) is not None)
        tree: Tree = OrderedMap.build(_told_apart(sorted(pairs, key=_first_of_pair)))
        self._keep(index, tree)
        return tree

    def _become_base(self) -> None:
        """Bring all trees that are in use up to date, and let go of what was before."""
        used = {self.primary: None}
        version: TableVersion | None = self
        while version is not None:
            used |= dict.fromkeys(version.trees or ())
            version = version.before
        self.trees = {index: self.tree(index) for index in used}
        self.length = 0
        # Last: a thread that sees no version before this one finds the trees.
        self.before = self.removed = self.added = None


def _with_changes(tree: Tree, index: Index, unseen: list[TableVersion]) -> Tree:
    """Return a tree with what these versions changed, the latest first."""
    changes: dict[Any, Row | None] = {}
    for version in reversed(unseen):
        removed, added = version.removed, version.added
        if version.is_second:
            _change_second(tree, index, changes, version)
            continue
        if removed is not None and (key := index.key(removed)) is not None:
            changes[key] = None
        if added is not None and (key := index.key(added)) is not None:
            changes[key] = added
    return tree.changed(changes)


def _change_second(tree: Tree, index: Index, changes: dict[Any, Row | None], version: TableVersion) -> None:
    """Make a change to a row that may not be the only one with its key."""

    def holder(key: Key) -> Row | None:
        return changes[key] if key in changes else tree.get(key)

    removed, added = version.removed, version.added
    if removed is not None and (key := index.key(removed)) is not None:
        changes[key if holder(key) is removed else (*key, _SECOND)] = None
    if added is not None and (key := index.key(added)) is not None:
        changes[key if holder(key) is None else (*key, _SECOND)] = added


def _told_apart(pairs: list[tuple[Any, Row]]) -> list[tuple[Any, Row]]:
    """Return sorted pairs, the second of two with one key behind the first."""
    for place, (one, other) in enumerate(pairwise(pairs), 1):
        if one[0] == other[0]:
            pairs[place] = ((*other[0], _SECOND), other[1])
    return pairs


def _first_of_pair(pair: tuple[Any, Row]) -> Any:
    return pair[0]
