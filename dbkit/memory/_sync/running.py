# Generated from dbkit/memory/_async/running.py by tools/unasync.py; edit that file instead.
"""Statements that may have to wait, run until they are done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from dbkit.memory._sync.stepping import current_session
from dbkit.memory.contention import Course
from dbkit.memory.row_locks import BeginAgain, MustWait
from dbkit.memory.store import Store
from dbkit.memory.transaction import TransactionState
from dbkit.memory.waits import Turn, let_go_on
from dbkit.types.errors import DbkitError

__all__ = ["run_statement"]

T = TypeVar("T")


def run_statement(store: Store, state: TransactionState, lock_timeout_s: float, attempt: Callable[[Course], T]) -> T:
    """Run a statement of a transaction, and run it again whenever it had to wait for another one.

    It goes on with what it held and saw. Whatever ends it fails the transaction, as a server's statement does that is
    refused or cancelled.
    """
    mark = state.holder.writes.mark()
    course: Course | None = None
    is_repeated = False
    while True:
        try:
            with store.mutex:
                if course is None:
                    course = state.course(is_repeated=is_repeated)
                else:
                    state.begin_again(mark)
                try:
                    return attempt(course)
                except BeginAgain:
                    state.give_way(mark)
                    turn = course = None
                    is_repeated = True
                except MustWait as must:
                    turn = Turn(state.holder, must.wanted)
                    turn.has_snapshot, turn.row = course.has_snapshot, must.row
                    store.locks.wait(turn)
            if turn is None or course is None:
                let_go_on()
                continue
            _wait(store, state, turn, lock_timeout_s)
            course.woken(turn)
        except DbkitError as error:
            state.note(error)
            raise
        except BaseException:
            state.fail()
            raise


def _wait(store: Store, state: TransactionState, turn: Turn, lock_timeout_s: float) -> None:
    session = current_session()
    state.is_waiting = True
    if session is not None:
        session.begin_waiting(lambda: not turn.is_woken)
    try:
        turn.wait(lock_timeout_s)
    finally:
        with store.mutex:
            store.locks.leave(turn)
        state.is_waiting = False
        if session is not None:
            session.end_waiting()
    if session is not None:
        session.released()
