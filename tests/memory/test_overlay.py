"""A transaction's changes over a committed state that goes on, against changes that are all made anew each time."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dbkit.memory.base import RowChange
from dbkit.memory.indexes import Index, State
from dbkit.memory.overlay import Overlay
from dbkit.memory.versions import TableVersion

TABLES = tuple(Index(place, "primary", (), lambda row: (row["id"],), is_unique=True) for place in range(3))
EMPTY: State = tuple(map(TableVersion.empty, TABLES))

# Rows up to 4 are the transaction's, those from 5 are others'.
changes = st.tuples(st.sampled_from(["own", "statement", "other"]), st.integers(0, 2), st.integers(0, 4), st.booleans())
looks = st.tuples(st.sampled_from(["look", "look back", "cut"]), st.integers(0, 200), st.just(0), st.just(False))


def with_change(state: State, change: RowChange) -> State:
    version = state[change.place].changed(change.removed, change.added)
    return (*state[: change.place], version, *state[change.place + 1 :])


def laid(changes: list[RowChange], base: State) -> State:
    for change in changes:
        base = with_change(base, change)
    return base


def rows_of(state: State) -> list[list[Any]]:
    return [list(version.tree(primary).values()) for version, primary in zip(state, TABLES, strict=True)]


def change_of(state: State, place: int, number: int, *, is_removed: bool) -> RowChange:
    """Return a change of a row as it is in a state: its removal, or a new version of it."""
    removed = state[place].tree(TABLES[place]).get((number,))
    return RowChange(place, removed, None if is_removed else {"id": number}, is_second=False)


class Overlaid:
    """A transaction's changes, and what others commit meanwhile."""

    def __init__(self) -> None:
        self.changes: list[RowChange] = []
        self.overlay = Overlay(self.changes)
        self.bases = [EMPTY]

    def own(self, place: int, number: int, is_removed: bool) -> None:
        """Note a change, as a transaction does whose other overlay has run the statement."""
        seen = laid(self.changes, self.bases[-1])
        self.changes.append(change_of(seen, place, number, is_removed=is_removed))

    def statement(self, place: int, number: int, is_removed: bool) -> None:
        """Make a change on what is there, and give what was made of it."""
        base = self.bases[-1]
        state = self.overlay.over(base)
        self.changes.append(change_of(state, place, number, is_removed=is_removed))
        self.overlay.keep(base, with_change(state, self.changes[-1]))

    def other(self, place: int, number: int, is_removed: bool) -> None:
        """Commit what another transaction has changed."""
        change = change_of(self.bases[-1], place, number + 5, is_removed=is_removed)
        self.bases.append(with_change(self.bases[-1], change))

    def look(self, _number: int, *_: Any) -> None:
        self._assert_over(self.bases[-1])

    def look_back(self, number: int, *_: Any) -> None:
        self._assert_over(self.bases[number % len(self.bases)])

    def cut(self, number: int, *_: Any) -> None:
        del self.changes[number % (len(self.changes) + 1) :]
        self.overlay.cut()

    def _assert_over(self, base: State) -> None:
        state = self.overlay.over(base)
        assert rows_of(state) == rows_of(laid(self.changes, base))
        assert self.overlay.over(base) is state


@given(st.lists(changes | looks, max_size=40))
def test_changes_are_over_whatever_others_commit(steps: list[tuple[str, int, int, bool]]) -> None:
    overlaid = Overlaid()
    for name, *arguments in steps:
        getattr(overlaid, name.replace(" ", "_"))(*arguments)
    overlaid.look(0)


def two_tables_changed() -> tuple[list[RowChange], Overlay]:
    changes = [RowChange(place, None, {"id": 1}, is_second=False) for place in (0, 1)]
    return changes, Overlay(changes)


def test_only_tables_that_others_have_changed_are_done_again() -> None:
    changes, overlay = two_tables_changed()
    before = overlay.over(EMPTY)
    changes.append(RowChange(1, None, {"id": 2}, is_second=False))
    base = with_change(EMPTY, RowChange(0, None, {"id": 5}, is_second=False))
    after = overlay.over(base)
    assert [after[0] is before[0], after[1].before is before[1], after[2] is base[2]] == [False, True, True]


def test_what_changes_are_laid_over_is_known_to_be_shared() -> None:
    base = with_change(
        with_change(EMPTY, RowChange(0, None, {"id": 5}, is_second=False)),
        RowChange(2, None, {"id": 5}, is_second=False),
    )
    _, overlay = two_tables_changed()
    overlay.over(base)
    assert [version.is_shared for version in base] == [True, True, False]


def test_as_many_changes_as_were_undone_are_others() -> None:
    changes, overlay = two_tables_changed()
    overlay.over(EMPTY)
    changes[1:] = [RowChange(2, None, {"id": 2}, is_second=False)]
    overlay.cut()
    assert rows_of(overlay.over(EMPTY)) == [[{"id": 1}], [], [{"id": 2}]]


def test_without_changes_the_base_is_all() -> None:
    assert Overlay([]).over(EMPTY) is EMPTY


def test_a_second_row_is_laid_behind_the_one_that_the_snapshot_shows() -> None:
    first, second = {"id": 1, "is": "old"}, {"id": 1, "is": "new"}
    base = with_change(EMPTY, RowChange(0, None, first, is_second=False))
    changes = [RowChange(0, None, second, is_second=True)]
    assert rows_of(Overlay(changes).over(base))[0] == [first, second]
