"""Locks: of rows, and of unique keys that a transaction under way has written.

Whoever must wait is told by `MustWait`, and waits outside, in a thread or a task (`waits`). A row's lock is handed to
those who wait for it in the order in which they came; a deadlock is found when the wait begins that closes it.
Everything here runs under the store's mutex.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from dbkit.memory.indexes import Index, Key
from dbkit.memory.logic import Row
from dbkit.memory.row_locks import EndWanted, Holder, MustWait, RowKey, RowLock, RowWanted, Strength, Waiter
from dbkit.memory.writes import UNWRITTEN
from dbkit.types.errors import LockNotAvailable, TransactionConflict

__all__ = ["Locks"]

_OF_ONESELF: Final = "This thread or task has an open transaction that holds it: work through that, or end it first."


class Locks:
    """All locks of a database. `busy` are the transactions that hold or have written something.

    The only one of them keeps what it holds to itself, until another one comes, or waits for it: most transactions
    meet nobody, and a lock that can be waited for costs several times as much.

    `replaced` are rows that were changed by whoever let nobody refer to them, with a number that counts such commits,
    the `replacements`: for a snapshot from before, PostgreSQL takes their keys for changed. For one that shows an
    `overtaken` version of a row it does so too.
    """

    def __init__(self) -> None:
        self._rows: dict[RowKey, RowLock] = {}
        self._alone: Holder | None = None
        self.busy: dict[Holder, None] = {}
        self.waiting: dict[Holder, Waiter] = {}
        self.replaced: dict[RowKey, int] = {}
        self.overtaken: dict[RowKey, list[Row]] = {}
        self.replacements = 0
        self.wake_order: Callable[[list[Waiter]], Iterable[Waiter]] = iter

    def enter(self, holder: Holder) -> bool:
        """Let a transaction hold and write something, and tell whether it is the only one that does."""
        if not self.busy:
            self._alone = holder
        elif self._alone is not holder:
            self._share()
        self.busy[holder] = None
        return self._alone is holder

    def _share(self) -> None:
        """Show others what the only transaction holds that kept it to itself."""
        holder, self._alone = self._alone, None
        if holder is not None:
            for row, strength in holder.held.items():
                lock = self._rows[row] = RowLock()
                lock.holders[holder] = strength
            holder.held.clear()

    def take(self, holder: Holder, row: RowKey, strength: Strength) -> None:
        """Hold a row at least so strongly, or raise `MustWait`."""
        if self._alone is holder:
            holder.hold(row, strength)
            return
        lock = self._rows.get(row)
        if lock is None:
            lock = self._rows[row] = RowLock()
            holder.log.append((row, None))
            lock.holders[holder] = strength
            return
        held = lock.holders.get(holder)
        if held is not None and held >= strength:
            return
        if lock.blockers(holder, strength) or (lock.queue and lock.is_queued_for(holder, strength)):
            raise MustWait(RowWanted(row, strength))
        self._give(lock, row, holder, strength)

    def note_replaced(self, holder: Holder, row: RowKey, version: Row) -> None:
        """Remember that a transaction changes a version of a row, if it holds it in the strongest way."""
        lock = self._rows.get(row)
        held = holder.held.get(row) if lock is None else lock.holders.get(holder)
        holder.note_replaced(row, version, held)

    def publish_replaced(self, holder: Holder, *, is_last: bool) -> None:
        """Let others know what a transaction has replaced that commits; nobody needs that after the last one's end."""
        if is_last:
            self.replaced.clear()
            self.overtaken.clear()
        elif holder.replaced:
            self.replacements += 1
            self.replaced.update(dict.fromkeys(holder.merged, self.replacements))
            for row, version, _ in holder.overtaken:
                self.overtaken.setdefault(row, []).append(version)

    def is_replaced(self, row: RowKey, version: Row, replacements: int) -> bool:
        """Tell whether others have replaced a version of a row, or since so many replacements a newer one."""
        if self.replaced.get(row, 0) > replacements:
            return True
        return any(each is version for each in self.overtaken.get(row, ()))

    def have_changed_before(self, holder: Holder, row: RowKey, strength: Strength, index: Index) -> bool:
        """Tell whether somebody is in the way who held a row less strongly when it first changed it."""
        lock = self._rows.get(row)
        others = [] if lock is None else lock.blockers(holder, strength)
        return any(other.has_changed_before(index, row[1]) for other in others)

    def require_settled(self, holder: Holder, index: Index, key: Key) -> None:
        """Raise `MustWait` while another transaction under way has written this key of a unique index."""
        for other in self.busy:
            if other is not holder and other.writes.get(index, key) is not UNWRITTEN:
                # A server comes to the oldest version that is under way, and waits for whoever made that.
                place = other.writes.first_place_of(index, key)
                assert place is not None
                raise MustWait(EndWanted(other, place))

    def wait(self, waiter: Waiter) -> None:
        """Put somebody in the queue, or raise `TransactionConflict` where that would be a deadlock.

        Raises `LockNotAvailable` at once where a thread or task would wait for a transaction of its own, which it
        could never end: a server would have it wait for as long as `lock_timeout` allows.
        """
        wanted = waiter.wanted
        if isinstance(wanted, EndWanted):
            wanted.holder.awaited_by.append(waiter)
        else:
            lock = self._rows[wanted.row]
            lock.queue.append(waiter)
            if not any(lock.ahead(waiter)):
                self._note_places(lock, waiter)
        self.waiting[waiter.holder] = waiter
        if self._closes_circle(waiter):
            self.leave(waiter)
            raise TransactionConflict(sqlstate="40P01")
        if any(other.caller == waiter.caller for other in self._in_front(waiter)):
            self.leave(waiter)
            raise LockNotAvailable(sqlstate="55P03", advice=_OF_ONESELF)

    def leave(self, waiter: Waiter) -> None:
        """Take somebody out of the queue who waits no longer; those behind may go on."""
        if waiter.is_woken:
            return
        del self.waiting[waiter.holder]
        wanted = waiter.wanted
        if isinstance(wanted, EndWanted):
            wanted.holder.awaited_by.remove(waiter)
        else:
            self._rows[wanted.row].queue.remove(waiter)
            self._hand_on(wanted.row)

    def tell(self, holder: Holder, row: RowKey, before: Row, *, is_gone: bool) -> None:
        """Tell those who hold a row or wait for it that it is no longer what it was before, or is gone."""
        lock = self._rows.get(row)
        if lock is None:
            return
        for other in lock.holders:
            if other is not holder:
                lock.note_past(other, before)
        for waiter in lock.queue:
            waiter.is_outdated = True
            # Who follows does not come from the version that was overtaken.
            replaced = holder.merged if waiter.follows else holder.replaced
            waiter.is_moved = waiter.is_moved or row in replaced
            waiter.is_gone = waiter.is_gone or is_gone

    def note_past(self, holder: Holder, row: RowKey, version: Row) -> None:
        """Take note that somebody holds a row in a version that is no longer the newest."""
        if self._alone is holder:
            self._share()
        self._rows[row].note_past(holder, version)

    def has_past_holders(self, holder: Holder, row: RowKey, version: Row, strength: Strength) -> bool:
        """Tell whether others are in the way who hold a version of a row that is no longer the newest."""
        lock = self._rows.get(row)
        return lock is not None and any(
            other in lock.past_holders(version) for other in lock.blockers(holder, strength)
        )

    def is_held_as(self, row: RowKey, version: Row) -> bool:
        """Tell whether anybody holds a version of a row that is no longer the newest."""
        lock = self._rows.get(row)
        return lock is not None and bool(lock.past_holders(version))

    def is_in_the_way(self, holder: Holder, row: RowKey, strength: Strength) -> bool:
        """Tell whether others hold a row so that it is not to be had."""
        lock = self._rows.get(row)
        return lock is not None and bool(lock.blockers(holder, strength))

    def renew(self, rows: Iterable[RowKey]) -> None:
        """Take note that rows have been replaced: what the new ones show of locks is what is left of them."""
        for row in rows:
            lock = self._rows.get(row)
            if lock is not None:
                lock.before = None

    @property
    def are_none(self) -> bool:
        """Whether nobody holds a row."""
        return not self._rows

    def release(self, holder: Holder, locks: int, writes: int) -> None:
        """Give up the row locks that were got since a mark, and let those go on who waited for what is undone.

        What was written since must have been undone before. Of a savepoint that was released PostgreSQL knows no end
        but the transaction's: who waits for what was done in it waits on, though the row is free for others.
        """
        holder.kept.clear()
        if holder.replaced:
            holder.forget_replaced(writes)
        if self._alone is holder and (locks or self.waiting):
            # Of what it goes on with, and of what others wait for, more has to be known.
            self._share()
        if self._alone is holder:
            holder.held.clear()
            holder.log.clear()
        elif self.waiting:
            self._release_to_others(holder, locks, writes)
        else:
            self._let_go(holder, locks)
        if holder.released:
            holder.released = [each for each in holder.released if each[0].start < locks or each[1].start < writes]

    def _let_go(self, holder: Holder, locks: int) -> None:
        """Give row locks up that nobody waits for."""
        rows = self._rows
        for row, before in reversed(holder.log[locks:]):
            lock = rows[row]
            lock.give_up(holder, before)
            if not lock.holders:
                del rows[row]
        del holder.log[locks:]

    def _release_to_others(self, holder: Holder, locks: int, writes: int) -> None:
        freed: dict[RowKey, None] = {}
        for row, before in reversed(holder.log[locks:]):
            self._rows[row].give_up(holder, before)
            freed[row] = None
        del holder.log[locks:]
        for row in reversed(freed):
            for waiter in self._rows[row].queue:
                self._let_wait_on(waiter, row, holder, locks)
            self._hand_on(row)
        self._wake_awaiting(holder, lambda place: place >= writes and not holder.has_released_write(place))
        for waiter in holder.awaited_by:
            if _place(waiter) >= writes:
                # What it waits for is undone, so its place is another write's from now on.
                waiter.wanted = EndWanted(holder)

    def _let_wait_on(self, waiter: Waiter, row: RowKey, holder: Holder, locks: int) -> None:
        """See to it that somebody waits on who met a lock that is undone, but not at an end."""
        place = waiter.places.get(holder, -1)
        if place < locks:
            return
        if holder.has_released_lock(place):
            waiter.kept_by.add(holder)
            holder.postponed.add(row)
        else:
            del waiter.places[holder]

    def end(self, holder: Holder) -> None:
        """Give everything up."""
        self.busy.pop(holder, None)
        if self._alone is holder and not self.waiting:
            # Nobody has seen anything of it.
            self._alone = None
            return
        holder.released.clear()
        self.release(holder, 0, 0)
        for row in holder.postponed:
            if row in self._rows:
                for waiter in self._rows[row].queue:
                    waiter.kept_by.discard(holder)
                self._hand_on(row)
        holder.postponed.clear()
        if holder.awaited_by:
            self._wake_awaiting(holder, lambda _: True)

    def _wake_awaiting(self, holder: Holder, is_over: Callable[[int], bool]) -> None:
        """Wake those who wait for a write of a transaction whose place tells that it is over."""
        woken = [waiter for waiter in holder.awaited_by if is_over(_place(waiter))]
        holder.awaited_by = [waiter for waiter in holder.awaited_by if waiter not in woken]
        for waiter in woken:
            self._wake(waiter)

    def _give(self, lock: RowLock, row: RowKey, holder: Holder, strength: Strength) -> None:
        holder.log.append((row, lock.holders.get(holder)))
        lock.holders[holder] = strength
        lock.before = None

    def _hand_on(self, row: RowKey) -> None:
        """Give a row to those who wait for it and now may have it."""
        lock = self._rows[row]
        for waiter in tuple(self.wake_order(lock.queue)):
            if any(lock.ahead(waiter)):
                continue
            if self._waits_on(lock, waiter):
                waiter.is_victim = self._closes_circle(waiter)
                if not waiter.is_victim:
                    continue
            lock.queue.remove(waiter)
            held = lock.holders.get(waiter.holder)
            if not waiter.is_victim and not waiter.is_in_vain and (held is None or held < waiter.strength):
                self._give(lock, row, waiter.holder, waiter.strength)
            self._wake(waiter)
            if waiter.is_victim:
                self._hand_on(row)
                return
        if not lock.holders and not lock.queue:
            del self._rows[row]

    def _waits_on(self, lock: RowLock, waiter: Waiter) -> bool:
        """Tell whether somebody has to wait for one more of those it met, or for those who came since."""
        if lock.awaited(waiter) is not None:
            return True
        if waiter.is_in_vain or not lock.in_the_way(waiter):
            return False
        self._note_places(lock, waiter)
        return True

    def _note_places(self, lock: RowLock, waiter: Waiter) -> None:
        """Remember whom somebody met who is next: PostgreSQL keeps them in the order in which they first wrote."""
        assert isinstance(waiter.wanted, RowWanted)
        met = set(lock.in_the_way(waiter))
        lock.note_places(waiter.wanted.row, waiter, [holder for holder in self.busy if holder in met])

    def _wake(self, waiter: Waiter) -> None:
        del self.waiting[waiter.holder]
        waiter.is_woken = True
        waiter.wake()

    def _closes_circle(self, waiter: Waiter) -> bool:
        """Tell whether somebody waits, directly or through others, for itself."""
        seen: set[Holder] = set()
        ahead = list(self._awaited(waiter))
        while ahead:
            holder = ahead.pop()
            if holder is waiter.holder:
                return True
            if holder not in seen:
                seen.add(holder)
                other = self.waiting.get(holder)
                ahead += () if other is None else self._awaited(other)
        return False

    def _awaited(self, waiter: Waiter) -> list[Holder]:
        """Return the transactions that somebody waits for: those in the queue before it, else one of those in the way.

        PostgreSQL waits for those whom it met one after the other.
        """
        wanted = waiter.wanted
        if isinstance(wanted, EndWanted):
            return [wanted.holder]
        lock = self._rows[wanted.row]
        ahead = list(lock.ahead(waiter))
        awaited = None if ahead else lock.awaited(waiter)
        return ahead if awaited is None else [awaited]

    def _in_front(self, waiter: Waiter) -> list[Holder]:
        """Return all transactions that have to end before somebody goes on."""
        wanted = waiter.wanted
        if isinstance(wanted, EndWanted):
            return [wanted.holder]
        lock = self._rows[wanted.row]
        return [*lock.in_the_way(waiter), *lock.ahead(waiter)]


def _place(waiter: Waiter) -> int:
    wanted = waiter.wanted
    assert isinstance(wanted, EndWanted)
    return wanted.place
