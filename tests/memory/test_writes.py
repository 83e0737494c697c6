"""What a transaction has written by key, against a plain dict that is copied at each mark."""

from __future__ import annotations

from typing import Any, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from dbkit.memory.indexes import Index, Key
from dbkit.memory.writes import UNWRITTEN, Writes

INDEXES = tuple(Index(0, name, (), lambda row: (row["id"],), is_unique=True) for name in ("one", "other"))
KEYS: list[Key] = [(1,), (2,), (3,)]

Put: TypeAlias = tuple[Index, Key, dict[str, int] | None]

puts = st.tuples(
    st.sampled_from(INDEXES), st.sampled_from(KEYS), st.none() | st.fixed_dictionaries({"size": st.integers(0, 3)})
)
steps = st.lists(st.tuples(st.integers(0, 200), st.lists(puts, min_size=1, max_size=6)), min_size=1, max_size=8)


def assert_holds(writes: Writes, put: list[Put]) -> None:
    """See that the writes are what is left of what was put, and know which one was the first of each key."""
    held: dict[tuple[Index, Key], Any] = {(index, key): row for index, key, row in put}
    first = {(index, key): place for place, (index, key, _) in reversed([*enumerate(put)])}
    for index in INDEXES:
        for key in KEYS:
            assert writes.get(index, key) is held.get((index, key), UNWRITTEN)
    assert {(index, key): row for index, rows in writes for key, row in rows.items()} == held
    assert {(index, key): writes.first_place_of(index, key) for index, key in held} == first
    assert writes.mark() == len(put)


@given(steps)
def test_writes_can_go_back_to_each_mark(steps: list[tuple[int, list[Put]]]) -> None:
    writes, put = Writes(), list[Put]()
    for mark, several in steps:
        for each in several:
            writes.put(*each)
            put.append(each)
        assert_holds(writes, put)
        del put[mark % (len(put) + 1) :]
        writes.go_back(len(put))
        assert_holds(writes, put)
