"""Locks: of rows, in PostgreSQL's four strengths, and of unique keys that a transaction under way has written.

Whoever must wait is told by `MustWait`, and waits outside, in a thread or a task (`waits`). A row's lock is handed to
those who wait for it in the order in which they came; a deadlock is found when the wait begins that closes it.
Everything here runs under the store's mutex.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeAlias

from dbkit.memory.indexes import Index, Key
from dbkit.memory.writes import UNWRITTEN, Writes
from dbkit.types.errors import LockNotAvailable, TransactionConflict
from dbkit.types.lock import LockStrength

__all__ = ["EndWanted", "Holder", "Locks", "MustWait", "RowKey", "RowWanted", "Strength", "Waiter", "strength_of"]

RowKey: TypeAlias = tuple[int, Key]
"""A row: its table's place in the state, and its primary key."""


class Strength(IntEnum):
    """How strongly a row is held. Each conflicts with all that the weaker ones conflict with."""

    KEY_SHARE = 0
    SHARE = 1
    NO_KEY_UPDATE = 2
    UPDATE = 3


_NAMED: Final[dict[LockStrength, Strength]] = {
    "key share": Strength.KEY_SHARE,
    "share": Strength.SHARE,
    "no key update": Strength.NO_KEY_UPDATE,
    "update": Strength.UPDATE,
}

# PostgreSQL's documentation, table 13.3 (row-level locks).
_CONFLICTS: Final = {
    Strength.KEY_SHARE: frozenset({Strength.UPDATE}),
    Strength.SHARE: frozenset({Strength.NO_KEY_UPDATE, Strength.UPDATE}),
    Strength.NO_KEY_UPDATE: frozenset({Strength.SHARE, Strength.NO_KEY_UPDATE, Strength.UPDATE}),
    Strength.UPDATE: frozenset(Strength),
}


_OF_ONESELF: Final = "This thread or task has an open transaction that holds it: work through that, or end it first."


def strength_of(name: LockStrength) -> Strength:
    """Return the strength that a caller names."""
    return _NAMED[name]


@dataclass(frozen=True, slots=True)
class RowWanted:
    """A row that others hold."""

    row: RowKey
    strength: Strength


@dataclass(frozen=True, slots=True)
class EndWanted:
    """The end of another transaction, or of its savepoint in which it did the write at a `place` of its writes.

    Only then it shows what becomes of a unique key. Without a place it is the transaction's own end.
    """

    holder: Holder
    place: int = -1


class MustWait(Exception):
    """Raised inside a statement that cannot go on before others have ended; it is run again then."""

    def __init__(self, wanted: RowWanted | EndWanted) -> None:
        super().__init__(wanted)
        self.wanted = wanted


class Holder:
    """A transaction as far as its locks go.

    `caller` is the thread or task that began it. `log` has each row lock that it got, in order, with the strength that
    it had before; `awaited_by` are those who wait for a unique key of its `writes`. `released` are what was locked and
    written in savepoints that were released: from a mark to another, in `log` and in `writes`. `replaced` are rows that
    it changed while it held them so that nobody could refer to them.
    """

    __slots__ = ("awaited_by", "caller", "log", "postponed", "released", "replaced", "writes")

    # Written out: a dataclass takes twice as long to make one, which each transaction does.
    def __init__(self, caller: object = None) -> None:
        self.caller = caller
        self.writes = Writes()
        self.log: list[tuple[RowKey, Strength | None]] = []
        self.awaited_by: list[Waiter] = []
        self.released: list[tuple[range, range]] = []
        self.postponed: set[RowKey] = set()
        self.replaced: set[RowKey] = set()

    def has_released_lock(self, place: int) -> bool:
        """Tell whether a lock was got in a savepoint that was released."""
        return any(place in locks for locks, _ in self.released)

    def has_released_write(self, place: int) -> bool:
        """Tell whether a key was written in a savepoint that was released."""
        return any(place in writes for _, writes in self.released)


class Waiter(ABC):
    """Somebody who waits; `caller` is its thread or task. `is_gone` and `is_outdated` tell what became of the row.

    `has_snapshot` tells that a row is of no use to it that has changed.
    """

    def __init__(self, caller: object, holder: Holder, wanted: RowWanted | EndWanted) -> None:
        self.caller = caller
        self.holder = holder
        self.wanted = wanted
        self.is_gone = False
        self.is_outdated = False
        self.is_woken = False
        self.has_snapshot = False

    @property
    def is_in_vain(self) -> bool:
        """Whether it need not wait for a row any longer, as it will not have it."""
        wanted = self.wanted
        wants_content = isinstance(wanted, RowWanted) and wanted.strength > Strength.KEY_SHARE
        return self.is_gone or (self.has_snapshot and self.is_outdated and wants_content)

    @abstractmethod
    def wake(self) -> None:
        """Let it go on."""


class _RowLock:
    # Written out: a dataclass takes twice as long to make one, and each foreign key of each new row does.
    __slots__ = ("holders", "kept_by", "queue")

    def __init__(self) -> None:
        self.holders: dict[Holder, Strength] = {}
        self.queue: list[Waiter] = []
        self.kept_by: set[Holder] = set()

    def blockers(self, holder: Holder, strength: Strength) -> list[Holder]:
        conflicting = _CONFLICTS[strength]
        return [other for other, held in self.holders.items() if held in conflicting and other is not holder]


class Locks:
    """All locks of a database. `busy` are the transactions that hold or have written something.

    `replaced` are rows that were changed by whoever let nobody refer to them, with a number that counts such commits,
    the `replacements`: for a snapshot from before, PostgreSQL takes their keys for changed.
    """

    def __init__(self) -> None:
        self._rows: dict[RowKey, _RowLock] = {}
        self.busy: dict[Holder, None] = {}
        self.waiting: dict[Holder, Waiter] = {}
        self.replaced: dict[RowKey, int] = {}
        self.replacements = 0
        self.wake_order: Callable[[list[Waiter]], Iterable[Waiter]] = iter

    def take(self, holder: Holder, row: RowKey, strength: Strength) -> None:
        """Hold a row at least so strongly, or raise `MustWait`."""
        lock = self._rows.get(row)
        if lock is None:
            lock = self._rows[row] = _RowLock()
            holder.log.append((row, None))
            lock.holders[holder] = strength
            self.busy[holder] = None
            return
        held = lock.holders.get(holder)
        if held is not None and held >= strength:
            return
        if lock.blockers(holder, strength):
            raise MustWait(RowWanted(row, strength))
        self._give(lock, row, holder, strength)

    def note_replaced(self, holder: Holder, row: RowKey) -> None:
        """Remember that a transaction changes a row, if it holds it in the strongest way."""
        lock = self._rows.get(row)
        if lock is not None and lock.holders.get(holder) is Strength.UPDATE:
            holder.replaced.add(row)

    def publish_replaced(self, holder: Holder, *, is_last: bool) -> None:
        """Let others know what a transaction has replaced that commits; nobody needs that after the last one's end."""
        if is_last:
            self.replaced.clear()
        elif holder.replaced:
            self.replacements += 1
            self.replaced.update(dict.fromkeys(holder.replaced, self.replacements))

    def require_settled(self, holder: Holder, index: Index, key: Key) -> None:
        """Raise `MustWait` while another transaction under way has written this key of a unique index."""
        for other in self.busy:
            if other is not holder and other.writes.get(index, key) is not UNWRITTEN:
                raise MustWait(EndWanted(other, other.writes.place_of(index, key)))

    def wait(self, waiter: Waiter) -> None:
        """Put somebody in the queue, or raise `TransactionConflict` where that would be a deadlock.

        Raises `LockNotAvailable` at once where a thread or task would wait for a transaction of its own, which it
        could never end: a server would have it wait for as long as `lock_timeout` allows.
        """
        wanted = waiter.wanted
        queue = wanted.holder.awaited_by if isinstance(wanted, EndWanted) else self._rows[wanted.row].queue
        queue.append(waiter)
        self.waiting[waiter.holder] = waiter
        if self._closes_circle(waiter):
            self.leave(waiter)
            raise TransactionConflict(sqlstate="40P01")
        if any(other.caller == waiter.caller for other in self._awaited(waiter)):
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

    def tell(self, row: RowKey, *, is_gone: bool) -> None:
        """Tell those who wait for a row that it was changed, or is gone, by what is now committed."""
        lock = self._rows.get(row)
        for waiter in () if lock is None else lock.queue:
            waiter.is_outdated = True
            waiter.is_gone = waiter.is_gone or is_gone

    def release(self, holder: Holder, locks: int, writes: int) -> None:
        """Give up the row locks that were got since a mark, and let those go on who waited for what is undone.

        What was written since must have been undone before. Of a savepoint that was released PostgreSQL knows no end
        but the transaction's: who waits for what was done in it waits on, though the row is free for others.
        """
        if self.waiting:
            self._release_to_others(holder, locks, writes)
        else:
            self._let_go(holder, locks)
        if holder.released:
            holder.released = [each for each in holder.released if each[0].start < locks or each[1].start < writes]

    def _let_go(self, holder: Holder, locks: int) -> None:
        """Give row locks up that nobody waits for."""
        rows = self._rows
        for row, before in reversed(holder.log[locks:]):
            holders = rows[row].holders
            if before is not None:
                holders[holder] = before
                continue
            del holders[holder]
            if not holders:
                del rows[row]
        del holder.log[locks:]

    def _release_to_others(self, holder: Holder, locks: int, writes: int) -> None:
        freed: dict[RowKey, bool] = {}
        for place in reversed(range(locks, len(holder.log))):
            row, before = holder.log[place]
            holders = self._rows[row].holders
            if before is None:
                del holders[holder]
            else:
                holders[holder] = before
            freed[row] = freed.get(row, False) or holder.has_released_lock(place)
        del holder.log[locks:]
        for row, is_kept in reversed(freed.items()):
            if is_kept and self._rows[row].queue:
                self._rows[row].kept_by.add(holder)
                holder.postponed.add(row)
            self._hand_on(row)
        self._wake_awaiting(holder, lambda place: place >= writes and not holder.has_released_write(place))
        for waiter in holder.awaited_by:
            if _place(waiter) >= writes:
                # What it waits for is undone, so its place is another write's from now on.
                waiter.wanted = EndWanted(holder)

    def end(self, holder: Holder) -> None:
        """Give everything up."""
        self.busy.pop(holder, None)
        holder.released.clear()
        self.release(holder, 0, 0)
        for row in holder.postponed:
            if row in self._rows:
                self._rows[row].kept_by.discard(holder)
                self._hand_on(row)
        holder.postponed.clear()
        if holder.awaited_by:
            self._wake_awaiting(holder, lambda _: True)

    def _wake_awaiting(self, holder: Holder, is_over: Callable[[int], bool]) -> None:
        """Wake those who wait for a write of a transaction whose place tells that it is over."""
        woken = [waiter for waiter in holder.awaited_by if is_over(_place(waiter))]
        holder.awaited_by = [waiter for waiter in holder.awaited_by if waiter not in woken]
        for waiter in self.wake_order(woken):
            self._wake(waiter)

    def _give(self, lock: _RowLock, row: RowKey, holder: Holder, strength: Strength) -> None:
        holder.log.append((row, lock.holders.get(holder)))
        lock.holders[holder] = strength
        self.busy[holder] = None

    def _hand_on(self, row: RowKey) -> None:
        """Give a row to those who wait for it and now may have it."""
        lock = self._rows[row]
        for waiter in () if lock.kept_by else tuple(lock.queue):
            strength = _strength(waiter)
            if waiter.is_in_vain:
                lock.queue.remove(waiter)
                self._wake(waiter)
            elif not lock.blockers(waiter.holder, strength) and not any(_ahead(lock, waiter)):
                lock.queue.remove(waiter)
                held = lock.holders.get(waiter.holder)
                if held is None or held < strength:
                    self._give(lock, row, waiter.holder, strength)
                self._wake(waiter)
        if not lock.holders and not lock.queue:
            del self._rows[row]

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

    def _awaited(self, waiter: Waiter) -> Iterator[Holder]:
        """Yield the transactions that somebody waits for: those in the way, and those in the queue before it."""
        wanted = waiter.wanted
        if isinstance(wanted, EndWanted):
            yield wanted.holder
            return
        lock = self._rows[wanted.row]
        yield from lock.blockers(waiter.holder, wanted.strength)
        yield from lock.kept_by
        yield from _ahead(lock, waiter)


def _strength(waiter: Waiter) -> Strength:
    wanted = waiter.wanted
    assert isinstance(wanted, RowWanted)
    return wanted.strength


def _place(waiter: Waiter) -> int:
    wanted = waiter.wanted
    assert isinstance(wanted, EndWanted)
    return wanted.place


def _ahead(lock: _RowLock, waiter: Waiter) -> Iterator[Holder]:
    """Yield who came before somebody and wants what does not go together.

    Who holds the row already, if weakly, does not stand in the queue: PostgreSQL lets it pass, else it would wait for
    those who wait for it.
    """
    if waiter.holder in lock.holders:
        return
    conflicting = _CONFLICTS[_strength(waiter)]
    for other in lock.queue:
        if other is waiter:
            return
        if _strength(other) in conflicting:
            yield other.holder
