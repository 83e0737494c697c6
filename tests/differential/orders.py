"""Orders that PostgreSQL does not promise, for a twin that is asked whether another one explains an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import Any
from unittest.mock import patch
from zlib import crc32

from dbkit.memory._async import backend, running
from dbkit.memory._async.repository import AsyncMemoryRepository
from dbkit.memory.contention import Contention
from dbkit.memory.locks import Locks
from dbkit.memory.logic import Row
from dbkit.memory.row_locks import RowKey, RowLock, Strength, Waiter
from dbkit.memory.statement import Statement
from dbkit.memory.transaction import TransactionState
from dbkit.memory.waits import AsyncTurn

__all__ = ["ORDERS", "Order"]

ORDERS = 64
"""So many orders are tried; of four sessions three may wait, who have six, and a statement of one has several steps."""

_WAITS_AGAIN = 0.7
_OWN_FIRST = 0.3
_IS_PASSED = 0.5
_TURNS = (0, 0, 1, 2, 4, 8)


class Order:
    """An order in which a twin goes on, of a seed.

    The end of a transaction wakes all who wait for it at once. On a server each of them is a process: one may have run
    to the end of its statement, and taken what it met, before the next one looks at the row that it waited for. So rows
    are handed on, and sessions go on, some turns of the event loop later, each for itself; so may the next statement of
    a call that has several, between which others come. Those who stand in the queue of a row keep their order, but for
    those whose version of it is no longer the newest: they wait beside the queue, each for itself. The rows that refer
    to one are come to in another order, the same whenever a statement is run again, as one that had to wait is. Of two
    rows with one key that a snapshot shows, a query comes to that first whose place in the table is the first one.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._chance = Random(seed)
        self._is_own_first = self._chance.random() < _OWN_FIRST
        self.postponed = 0

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Have all twins go on in this order."""
        referring, let_go, hand_on = Statement._referring, AsyncTurn._set, Locks._hand_on
        run_statement, waits_on = backend.async_run_statement, Locks._waits_on

        def shuffled(statement: Statement, reference: Any, old: Any) -> list[Any]:
            rows = referring(statement, reference, old)
            return sorted(rows, key=lambda row: self._rank(reference.table.primary.key(row)))

        def let_go_later(turn: AsyncTurn) -> None:
            self._later(partial(let_go, turn))

        def hand_on_later(locks: Locks, row: RowKey) -> None:
            if locks._rows[row].queue:
                self._later(partial(self._hand_on, locks, row, hand_on))
            else:
                hand_on(locks, row)

        def follows_first(locks: Locks, lock: RowLock, waiter: Waiter) -> bool:
            return waits_on(locks, lock, waiter) or self._follows(locks, lock, waiter)

        def looking_later(look: Any) -> Any:
            async def look_later(*wanted: Any) -> Any:
                await self._turns()
                return await look(*wanted)

            return look_later

        async def run_later(*statement: Any) -> Any:
            await self._turns()
            return await run_statement(*statement)

        with (
            self._two_applied(),
            patch.object(AsyncMemoryRepository, "_find", looking_later(AsyncMemoryRepository._find)),
            patch.object(AsyncMemoryRepository, "_find_by", looking_later(AsyncMemoryRepository._find_by)),
            patch.object(backend, "async_run_statement", run_later),
            patch.object(running, "async_let_go_on", self._turns),
            patch.object(Statement, "_referring", shuffled),
            patch.object(AsyncTurn, "_set", let_go_later),
            patch.object(Locks, "_hand_on", hand_on_later),
            patch.object(Locks, "_waits_on", follows_first),
        ):
            yield

    @contextmanager
    def _two_applied(self) -> Iterator[None]:
        """Have queries come to two rows with one key in this order."""
        of_two_found, of_two_seen = TransactionState._first_of_two, Contention._first_of_two
        last_of_two = TransactionState._last_of_two

        def found_of_two(state: TransactionState, shown: Row, own: Row) -> Row:
            return of_two_found(state, *((own, shown) if self._is_own_first else (shown, own)))

        def last_found(state: TransactionState, shown: Row, own: Row) -> Row:
            return last_of_two(state, *((own, shown) if self._is_own_first else (shown, own)))

        def seen_of_two(contention: Contention, shown: Row | None, own: Row, fits: Any) -> Row | None:
            is_own = self._is_own_first and fits(own)
            return own if is_own else of_two_seen(contention, shown, own, fits)

        with (
            patch.object(TransactionState, "_first_of_two", found_of_two),
            patch.object(TransactionState, "_last_of_two", last_found),
            patch.object(Contention, "_first_of_two", seen_of_two),
        ):
            yield

    def _rank(self, key: Any) -> int:
        return crc32(repr((self._seed, key)).encode())

    def _hand_on(self, locks: Locks, row: RowKey, hand_on: Callable[[Locks, RowKey], None]) -> None:
        """Hand a row on to those who are next, whoever of them comes first, and then to those behind."""
        self._let_pass(locks, row)
        passing = self._passing(locks, row)
        for in_order in (self._any_order, tuple):
            if row in locks._rows:
                with patch.object(locks, "wake_order", in_order):
                    hand_on(locks, row)
        for waiter in passing:
            if not waiter.is_woken:
                locks._rows[row].queue.remove(waiter)
                locks._give(locks._rows[row], row, waiter.holder, waiter.strength)
                locks._wake(waiter)

    def _passing(self, locks: Locks, row: RowKey) -> list[Waiter]:
        """Return those whom the row itself does not keep waiting, but newer versions of it that now are undone.

        A server that has come to that does not look again who holds the row: whoever locks it in that moment does not
        keep away a lock that lets the key stay (heap_lock_tuple, which goes on where a row is locked only).
        """
        lock = locks._rows.get(row)
        if lock is None or self._chance.random() < _WAITS_AGAIN:
            return []
        weakest = [each for each in lock.queue if each.follows and each.strength is Strength.KEY_SHARE]
        return [each for each in weakest if not each.is_outdated and not each.kept_by and not lock.in_the_way(each)]

    def _let_pass(self, locks: Locks, row: RowKey) -> None:
        """Let others pass those who came by way of an older version.

        They wait for the transaction that made the newer one, and nobody waits behind them (heapam_tuple_lock).
        """
        queue = locks._rows[row].queue if row in locks._rows else []
        for waiter in [each for each in queue if each.is_outdated and not each.has_snapshot]:
            if self._chance.random() < _IS_PASSED:
                queue.remove(waiter)
                queue.insert(self._chance.randint(0, len(queue)), waiter)

    def _follows(self, locks: Locks, lock: RowLock, waiter: Waiter) -> bool:
        """Tell whether somebody who will not have a row still waits for whoever has come to its newer version before.

        A lock follows a row to its newer versions before it is refused (heap_lock_updated_tuple).
        """
        is_outdated = waiter.has_snapshot and waiter.is_outdated and not waiter.is_gone
        if not is_outdated or not lock.in_the_way(waiter) or self._chance.random() < _IS_PASSED:
            return False
        locks._note_places(lock, waiter)
        return True

    def _any_order(self, waiters: list[Waiter]) -> list[Waiter]:
        return self._chance.sample(waiters, len(waiters))

    def _later(self, act: Callable[[], None]) -> None:
        self.postponed += 1
        self._after(self._chance.choice(_TURNS), act)

    async def _turns(self) -> None:
        """Let others go on for some turns of the event loop."""
        self.postponed += 1
        try:
            for _ in range(self._chance.choice(_TURNS)):
                await asyncio.sleep(0)
        finally:
            self.postponed -= 1

    def _after(self, turns: int, act: Callable[[], None]) -> None:
        """Do something after so many turns of the event loop."""
        if turns == 0:
            self.postponed -= 1
            act()
        else:
            asyncio.get_running_loop().call_soon(self._after, turns - 1, act)
