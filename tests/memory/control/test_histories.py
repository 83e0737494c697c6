"""Snapshots in any history: rows are found by their keys as they lie in the index, and are what they were."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dbkit.memory import ControlledMemory, MemoryDatabase
from dbkit.verbs.transaction import TransactionOptions
from tests.memory.library import books, entities_of

IDS = range(4)
(BOOKS,) = entities_of(books())

steps = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(IDS)),
    st.tuples(st.just("write both and fail"), st.sampled_from(IDS)),
    st.tuples(st.just("take"), st.none()),
    st.tuples(st.just("drop"), st.integers(0, 9)),
    st.tuples(st.just("restore"), st.integers(0, 9)),
    st.tuples(st.just("reset"), st.none()),
)


class History:
    """A database, and the snapshots that are kept with what there was."""

    def __init__(self) -> None:
        self.backend = ControlledMemory((BOOKS,))
        self.memory = MemoryDatabase(self.backend, None)
        self.books = self.backend.repository(BOOKS)
        self.kept: list[tuple[Any, dict[int, Any]]] = []
        self.titles = 0

    def rows(self) -> dict[int, Any]:
        return {book.id: book for book in self.books.iterate()}

    def play(self, step: str, argument: Any) -> None:
        match step:
            case "write":
                self._write(self.books, argument)
            case "write both and fail":
                transaction = self.backend.begin(TransactionOptions())
                self._write(transaction.repository(BOOKS), argument)
                self._write(transaction.repository(BOOKS), (argument + 1) % len(IDS))
                transaction.rollback()
            case "take":
                self.kept.append((self.memory.snapshot(), self.rows()))
            case "drop" if self.kept:
                del self.kept[argument % len(self.kept)]
            case "restore" if self.kept:
                snapshot, rows = self.kept[argument % len(self.kept)]
                self.memory.restore(snapshot)
                assert self.rows() == rows
                assert not self.memory.diff(snapshot)
            case "reset":
                self.memory.reset()
            case _:
                pass

    def check(self) -> None:
        rows = self.rows()
        assert {id_: found for id_ in IDS if (found := self.books.find(id_)) is not None} == rows
        for snapshot, before in self.kept:
            difference = {row.key["id"]: (row.before, row.after) for row in self.memory.diff(snapshot)}
            pairs = {id_: (before.get(id_), rows.get(id_)) for id_ in before.keys() | rows.keys()}
            assert difference == {id_: pair for id_, pair in pairs.items() if pair[0] != pair[1]}

    def _write(self, books: Any, id_: int) -> None:
        self.titles += 1
        current = books.find(id_)
        if current is None:
            books.create(BOOKS.new(id=id_, title=f"book {self.titles}"))
        elif self.titles % 3:
            books.update(id_, expected_version=current.version, title=f"book {self.titles}")
        else:
            books.purge(id_)


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=25))
def test_any_history(played: list[tuple[str, Any]]) -> None:
    history = History()
    for step in played:
        history.play(*step)
        history.check()
