"""The committed state beside its hashed rows: who reads while a commit is under way finds neither half of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from dbkit.memory.control.snapshots import Journal, Snapshot
from dbkit.memory.indexes import Index, Key, State
from dbkit.memory.schema import Schema, schema_of
from dbkit.memory.store import ReadStore, Store
from dbkit.memory.writes import Writes
from dbkit.types.errors import DatabaseClosed, ReadOnly
from tests.memory.library import books, entities_of

OLD: dict[Key, str] = {(1,): "stays", (2,): "changes", (3,): "goes"}
NEW: dict[Key, str] = {(1,): "stays", (2,): "changed", (4,): "comes"}
KEYS = sorted({*OLD, *NEW})


class WatchedWrites(Writes):
    """Writes that look at what a commit has done of them so far."""

    def __init__(self, look: Callable[[], None]) -> None:
        super().__init__()
        self._look = look

    def __iter__(self) -> Iterator[Any]:
        for pair in super().__iter__():
            yield pair
            self._look()


@pytest.fixture
def schema() -> Schema:
    return schema_of(entities_of(books()))


def index_of(store: Store) -> Index:
    return store.schema.tables[0].primary


def title(row: Any) -> str | None:
    return None if row is None else row["title"]


def found(store: Store) -> dict[Key, str | None]:
    """Return what is found by key now, and see that the state that is told says the same."""
    state = store.view()
    titles = {key: title(store.find(index_of(store), key)) for key in KEYS}
    assert titles == found_in(store, state)
    return {key: text for key, text in titles.items() if text is not None}


def found_in(store: Store, state: State) -> dict[Key, str | None]:
    return {key: title(store.find_in(state, index_of(store), key)) for key in KEYS}


def commit(store: Store, titles: dict[Key, str], writes: Writes | None = None) -> None:
    """Make these all the rows that there are."""
    index, writes = index_of(store), writes or Writes()
    (version,) = store.view()
    before = dict(version.tree(index).items())
    for key in {**before, **titles}:
        old, text = before.get(key), titles.get(key)
        if title(old) == text:
            continue
        new = None if text is None else {**store.schema.tables[0].empty, "id": key[0], "title": text}
        version = version.changed(old, new)
        writes.put(index, key, new)
    store.commit((version,), writes)


def snapshot_of(store: Store) -> Snapshot:
    state, mark = store.mark()
    return Snapshot(store, state, mark, store.numbers.drawn(), None, None)


def test_a_commit_shows_all_of_it_or_nothing(schema: Schema) -> None:
    store, seen = Store(schema), list[dict[Key, str | None]]()
    commit(store, OLD)
    before = store.view()
    commit(store, NEW, WatchedWrites(lambda: seen.append(found(store))))
    assert (seen, found(store)) == ([OLD], NEW)
    assert found_in(store, before) == {**dict.fromkeys(KEYS), **OLD}


def test_a_return_to_a_snapshot_shows_all_of_it_or_nothing(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    store, seen = Store(schema), list[dict[Key, str | None]]()
    commit(store, OLD)
    snapshot = snapshot_of(store)
    commit(store, NEW)
    go_back = Journal.go_back

    def look_at(journal: Journal, mark: Any) -> None:
        go_back(journal, mark)
        seen.append(found(store))

    monkeypatch.setattr(Journal, "go_back", look_at)
    store.go_back(snapshot)
    assert (seen, found(store)) == ([NEW], OLD)


def test_snapshots_are_there_to_come_back_to_in_any_order(schema: Schema) -> None:
    store, every = Store(schema), [OLD, NEW, {}]
    snapshots = []
    for titles in every:
        commit(store, titles)
        snapshots.append(snapshot_of(store))
    store.reset()
    assert found(store) == {}
    for place in (1, 0, 2, 1, 0):
        store.go_back(snapshots[place])
        assert found(store) == every[place]
        commit(store, {(1,): "another"})
        assert found(store) == {(1,): "another"}


def test_a_reset_forgets_numbers_too(schema: Schema) -> None:
    store = Store(schema)
    assert [store.numbers.draw("books") for _ in range(2)] == [1, 2]
    store.reset()
    assert store.numbers.draw("books") == 1


def test_a_reader_finds_what_its_store_does_until_it_is_closed(schema: Schema) -> None:
    store = Store(schema)
    commit(store, OLD)
    before = store.view()
    reader = ReadStore(store)
    commit(store, NEW)
    assert found(reader) == NEW
    assert found_in(reader, before) == found_in(store, before)
    with pytest.raises(ReadOnly) as caught:
        reader.commit(before, Writes())
    assert caught.value.sqlstate == "25006"
    reader.reset()
    reader.close()
    index = index_of(store)
    for use in (reader.view, lambda: reader.find(index, (1,)), lambda: reader.find_in(before, index, (1,))):
        with pytest.raises(DatabaseClosed, match="this reader's block"):
            use()
    assert found(store) == NEW


def test_nothing_is_done_with_a_closed_store(schema: Schema) -> None:
    store = Store(schema)
    commit(store, OLD)
    snapshot = snapshot_of(store)
    store.close()
    index = index_of(store)
    uses: list[Callable[[], Any]] = [
        store.view,
        store.mark,
        lambda: store.find(index, (1,)),
        lambda: store.commit(snapshot.state, Writes()),
        lambda: store.go_back(snapshot),
    ]
    for use in uses:
        with pytest.raises(DatabaseClosed):
            use()


def test_the_time_is_the_clocks_in_utc(schema: Schema) -> None:
    ahead = datetime(2024, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    now = Store(schema, lambda: ahead).now()
    assert (now, now.tzinfo) == (ahead, UTC)
    assert ReadStore(Store(schema, lambda: ahead)).now() == ahead
    before = datetime.now(UTC)
    assert before <= Store(schema).now() <= datetime.now(UTC)
