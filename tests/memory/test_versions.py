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

Rows: TypeAlias = dict[int, dict[str, Any]]

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


def written(version: TableVersion, rows: Rows, number: int, size: int | None) -> tuple[TableVersion, Rows]:
    """Return the next version and what it should hold: a row with this size, or none."""
    removed, added = rows.get(number), None if size is None else {"id": number, "size": size}
    kept = {key: row for key, row in rows.items() if key != number} | ({number: added} if added else {})
    return version.changed(removed, added), kept


def assert_read(version: TableVersion, rows: Rows, index: Index) -> None:
    pairs = [(key, row) for row in rows.values() if (key := index.key(row)) is not None]
    assert list(version.tree(index).items()) == sorted(pairs, key=lambda pair: pair[0])


@pytest.mark.parametrize("is_read", [False, True])
def test_every_index_of_every_version_stays_as_it_was(is_read: bool) -> None:
    @given(st.lists(st.tuples(writes, reads), max_size=40))
    def stays(steps: list[tuple[tuple[int, int | None], list[tuple[int, Index]]]]) -> None:
        history: list[tuple[TableVersion, Rows]] = [(TableVersion.empty(PRIMARY), {})]
        for write, looks in steps:
            history.append(written(*history[-1], *write))
            for number, index in looks if is_read else ():
                assert_read(*history[number % len(history)], index)
        for version, rows in history:
            for index in INDEXES:
                assert_read(version, rows, index)

    stays()


def test_two_ways_may_lead_on_from_one_version() -> None:
    common = written(TableVersion.empty(PRIMARY), {}, 1, 1)
    left, right = written(*common, 1, 5), written(*common, 2, 3)
    for version, rows in (left, right, common):
        for index in INDEXES:
            assert_read(version, rows, index)


def test_what_was_long_ago_is_let_go() -> None:
    version, rows = TableVersion.empty(PRIMARY), dict[int, dict[str, Any]]()
    for number in range(2_500):
        version, rows = written(version, rows, number, number % 6)
    length, before = 0, version.before
    while before is not None:
        length, before = length + 1, before.before
    assert length == version.length <= 1_000
    assert_read(version, rows, BY_SIZE)


def test_threads_that_read_at_once_find_the_same() -> None:
    version, rows = TableVersion.empty(PRIMARY), dict[int, dict[str, Any]]()
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
