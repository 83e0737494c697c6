"""The versions of a table against plain dicts: every index of every version, whoever reads it when."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbkit.memory import versions
from dbkit.memory.indexes import Index
from dbkit.memory.versions import TableVersion

# By number, and whether it is the second row with it.
Rows: TypeAlias = dict[tuple[int, bool], dict[str, Any]]
Write: TypeAlias = tuple[int, int | None]
Looks: TypeAlias = list[tuple[int, Index]]

PRIMARY = Index(0, "primary", (), lambda row: (row["id"],), is_unique=True)
BY_SIZE = Index(0, "by size", (), lambda row: (row["size"], row["id"]), is_unique=False)
LARGE = Index(0, "large", (), lambda row: (row["id"],) if row["size"] > 2 else None, is_unique=True, is_partial=True)
INDEXES = (PRIMARY, BY_SIZE, LARGE)

# A write, and what is read behind it: of which earlier version, which index.
writes = st.tuples(st.integers(0, 9), st.none() | st.integers(0, 5))
reads = st.lists(st.tuples(st.integers(0, 200), st.sampled_from(INDEXES)), max_size=2)


@pytest.fixture(autouse=True, params=[3, 1_000])
def _length(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "_LONGEST", request.param)
        yield


def written(
    version: TableVersion, rows: Rows, number: int, size: int | None, *, is_second: bool = False
) -> tuple[TableVersion, Rows]:
    """Return the next version and what it should hold: a row with this size, or none."""
    at = (number, is_second)
    removed, added = rows.get(at), None if size is None else {"id": number, "size": size, "is_second": is_second}
    kept = {key: row for key, row in rows.items() if key != at} | ({at: added} if added else {})
    return version.changed(removed, added, is_second=is_second), dict(sorted(kept.items()))


def assert_read(version: TableVersion, rows: Rows, index: Index) -> None:
    """See that an index has the rows in the order of their keys, and of two with one key the first one first."""
    tree, length = version.tree(index), len(index.key({"id": 0, "size": 9}) or ())
    pairs = [(key, row) for row in rows.values() if (key := index.key(row)) is not None]
    assert [(key[:length], row) for key, row in tree.items()] == sorted(pairs, key=lambda pair: pair[0])
    assert all(tree.get(key) is row for key, row in dict(reversed(pairs)).items())


@pytest.mark.parametrize("is_read", [False, True])
def test_every_index_of_every_version_stays_as_it_was(is_read: bool) -> None:
    @given(st.lists(st.tuples(writes, reads), max_size=40))
    def stays(steps: list[tuple[Write, Looks]]) -> None:
        history: list[tuple[TableVersion, Rows]] = [(TableVersion.empty(PRIMARY), {})]
        for write, looks in steps:
            history.append(written(*history[-1], *write))
            for number, index in looks if is_read else ():
                assert_read(*history[number % len(history)], index)
        for version, rows in history:
            for index in INDEXES:
                assert_read(version, rows, index)

    stays()


@given(st.lists(st.tuples(writes, st.booleans(), reads), max_size=40))
def test_a_second_row_stands_behind_the_first_one_with_its_key(steps: list[tuple[Write, bool, Looks]]) -> None:
    """What a snapshot still shows stays where it is while the other one comes, changes and goes."""
    history: list[tuple[TableVersion, Rows]] = [(TableVersion.empty(PRIMARY), {})]
    for (number, size), wants_second, looks in steps:
        rows = history[-1][1]
        is_second = (number, True) in rows or (wants_second and (number, False) in rows)
        history.append(written(*history[-1], number, size, is_second=is_second))
        for place, index in looks:
            assert_read(*history[place % len(history)], index)
    for version, rows in history:
        for index in INDEXES:
            assert_read(version, rows, index)


def is_kept(index: Index, *of: TableVersion) -> list[bool]:
    return [index in (version.trees or ()) for version in of]


def test_what_was_read_is_kept_at_the_base_and_at_the_latest_version() -> None:
    base = TableVersion.empty(PRIMARY)
    first, rows = written(base, {}, 1, 1)
    first.tree(BY_SIZE)
    assert is_kept(BY_SIZE, base, first) == [True, True]
    second, _ = written(first, rows, 2, 2)
    assert second.tree(BY_SIZE) is second.tree(BY_SIZE)
    assert is_kept(BY_SIZE, base, first, second) == [True, False, True]
    assert is_kept(LARGE, base, first, second) == [False, False, False]


def test_what_others_go_on_from_keeps_what_was_read() -> None:
    base = TableVersion.empty(PRIMARY)
    first, rows = written(base, {}, 1, 1)
    first.is_shared = True
    first.tree(BY_SIZE)
    second, _ = written(first, rows, 2, 2)
    second.tree(BY_SIZE)
    assert is_kept(BY_SIZE, base, first, second) == [True, True, True]


def test_two_ways_may_lead_on_from_one_version() -> None:
    common = written(TableVersion.empty(PRIMARY), {}, 1, 1)
    left, right = written(*common, 1, 5), written(*common, 2, 3)
    for version, rows in (left, right, common):
        for index in INDEXES:
            assert_read(version, rows, index)


def test_what_was_long_ago_is_let_go() -> None:
    version = TableVersion.empty(PRIMARY)
    version.tree(BY_SIZE)
    rows: Rows = {}
    for number in range(2_500):
        version, rows = written(version, rows, number % 50, number % 6)
    length, before = 0, version
    while before.before is not None:
        length, before = length + 1, before.before
    assert length == version.length == 2_500 % versions._LONGEST
    assert is_kept(BY_SIZE, before) == [True]
    assert_read(version, rows, BY_SIZE)


def test_threads_that_read_at_once_find_the_same() -> None:
    version, rows = TableVersion.empty(PRIMARY), Rows()
    barrier, found = threading.Barrier(5), []
    seen: list[tuple[TableVersion, Rows]] = [(version, rows)]

    def read() -> None:
        barrier.wait()
        for number in range(400):
            version, rows = seen[-1]
            found.append(len(list(version.tree(INDEXES[number % 2]).items())) == len(rows))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    barrier.wait()
    for number in range(3_000):
        version, rows = written(version, rows, number % 50, number % 6)
        seen.append((version, rows))
    for reader in readers:
        reader.join()
    assert len(found) == 1_600
    assert all(found)
