"""What there is to hold and to wait for: rows, in PostgreSQL's four strengths, and the ends of transactions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeAlias

from dbkit.memory.indexes import Index, Key
from dbkit.memory.logic import Row
from dbkit.memory.writes import Writes
from dbkit.types.lock import LockStrength

__all__ = [
    "BeginAgain",
    "EndWanted",
    "Holder",
    "MustWait",
    "RowKey",
    "RowLock",
    "RowWanted",
    "Strength",
    "Waiter",
    "strength_of",
]

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


def strength_of(name: LockStrength) -> Strength:
    """Return the strength that a caller names."""
    return _NAMED[name]


@dataclass(frozen=True, slots=True)
class RowWanted:
    """A row that others hold.

    Who `follows` comes to them from a version that it may hold, by way of newer ones: PostgreSQL has it wait there
    whatever was asked for, and not in the queue. Who wants a `version` that is no longer the newest will not have it,
    but waits for those who hold that one before it is told so.
    """

    row: RowKey
    strength: Strength
    follows: bool = False
    version: Row | None = None


@dataclass(frozen=True, slots=True)
class EndWanted:
    """The end of another transaction, or of its savepoint in which it did the write at a `place` of its writes.

    Only then it shows what becomes of a unique key. Without a place it is the transaction's own end.
    """

    holder: Holder
    place: int = -1


class MustWait(Exception):
    """Raised inside a statement that cannot go on before others have ended; it is run again then.

    `row` is the index of the row that waits, where an error of it would be told so.
    """

    row: int | None = None

    def __init__(self, wanted: RowWanted | EndWanted) -> None:
        super().__init__(wanted)
        self.wanted = wanted

    @property
    def follows(self) -> bool:
        """Whether it waits on the way to newer versions of a row (`RowWanted`)."""
        return isinstance(self.wanted, RowWanted) and self.wanted.follows


class BeginAgain(Exception):
    """Raised inside a statement that was refused for a row which was waited for in vain: it is tried once more.

    So does a server's client that searches for the row at fault, and finds none.
    """


class Holder:
    """A transaction as far as its locks go.

    `caller` is the thread or task that began it. `log` has each row lock that it got, in order, with the strength that
    it had before; `held` are the rows that it holds, as long as nobody else is about who could want them (`Locks`).
    `awaited_by` are those who wait for a unique key of its `writes`. `released` are what was locked and
    written in savepoints that were released: from a mark to another, in `log` and in `writes`. `replaced` are rows that
    it changed while it held them so that nobody could refer to them, each with the mark of its `writes` before it did
    so first, and `merged` those of them that it held and changed in one savepoint, without other locks of its own from
    elsewhere: PostgreSQL makes one of such a lock and the change. `overtaken` are versions that it changed without,
    each with its row and mark. `begun` is the mark in `log` at which the savepoint that is open began. `kept` are rows
    that it keeps where they are.
    """

    __slots__ = (
        "awaited_by",
        "begun",
        "caller",
        "held",
        "kept",
        "log",
        "merged",
        "overtaken",
        "postponed",
        "released",
        "replaced",
        "writes",
    )

    # Written out: a dataclass takes twice as long to make one, which each transaction does.
    def __init__(self, caller: object = None) -> None:
        self.caller = caller
        self.writes = Writes()
        self.log: list[tuple[RowKey, Strength | None]] = []
        self.held: dict[RowKey, Strength] = {}
        self.awaited_by: list[Waiter] = []
        self.released: list[tuple[range, range]] = []
        self.postponed: set[RowKey] = set()
        self.replaced: dict[RowKey, int] = {}
        self.merged: dict[RowKey, int] = {}
        self.overtaken: list[tuple[RowKey, Row, int]] = []
        self.begun = 0
        self.kept: set[RowKey] = set()

    def hold(self, row: RowKey, strength: Strength) -> None:
        """Hold a row at least so strongly, while nobody else is about."""
        held = self.held.get(row)
        if held is None or held < strength:
            self.held[row] = strength
            self.log.append((row, held))

    def note_replaced(self, row: RowKey, version: Row, held: Strength | None) -> None:
        """Remember that it changes a version of a row, if it holds it in the strongest way."""
        if held is not Strength.UPDATE:
            return
        mark = self.writes.mark()
        self.replaced.setdefault(row, mark)
        if self._has_locked_here(row, held):
            self.merged.setdefault(row, mark)
        else:
            self.overtaken.append((row, version, mark))

    def forget_replaced(self, mark: int) -> None:
        """Forget what it changed since a mark of its writes, which is undone."""
        self.replaced = {row: at for row, at in self.replaced.items() if at < mark}
        self.merged = {row: at for row, at in self.merged.items() if at < mark}
        self.overtaken = [each for each in self.overtaken if each[2] < mark]

    def _has_locked_here(self, row: RowKey, held: Strength) -> bool:
        """Tell whether all locks of a row, held like this by now, but those of changes are of the open savepoint."""
        locks = [place for place, got in self._locks_of(row, held) if got is not Strength.NO_KEY_UPDATE]
        return all(place >= self.begun and not self.has_released_lock(place) for place in locks)

    def _locks_of(self, row: RowKey, held: Strength) -> list[tuple[int, Strength | None]]:
        """Return the places in the log of the locks of a row, held like this by now, with what each made of it."""
        places = [place for place, (of, _) in enumerate(self.log) if of == row]
        return list(zip(places, [*(self.log[place][1] for place in places[1:]), held], strict=True))

    def place_in_the_way(self, row: RowKey, strength: Strength, held: Strength) -> int:
        """Return the place in the log of the first lock of a row, held like this by now, that is in somebody's way."""
        return next(place for place, got in self._locks_of(row, held) if got in _CONFLICTS[strength])

    def has_changed_before(self, index: Index, key: Key) -> bool:
        """Tell whether it changed a row before it held it so that nobody could refer to it."""
        first = self.writes.first_place_of(index, key)
        return first is not None and first < self.replaced.get((index.place, key), first + 1)

    def has_released_lock(self, place: int) -> bool:
        """Tell whether a lock was got in a savepoint that was released."""
        return any(place in locks for locks, _ in self.released)

    def has_released_write(self, place: int) -> bool:
        """Tell whether a key was written in a savepoint that was released."""
        return any(place in writes for _, writes in self.released)


class Waiter(ABC):
    """Somebody who waits; `caller` is its thread or task.

    `is_gone`, `is_outdated` and `is_moved`, to another key, tell what became of the row, which is of no use to one that
    `has_snapshot` where it has changed. `places` are those in the logs of the holders where the locks are that it met
    first, in the order in which it waits for them; it is `kept_by` those who have undone theirs without an end
    (`Holder`). Who `is_victim` would wait in a circle with the next one.
    """

    def __init__(self, caller: object, holder: Holder, wanted: RowWanted | EndWanted) -> None:
        self.caller = caller
        self.holder = holder
        self.wanted = wanted
        self.is_gone = False
        self.is_outdated = isinstance(wanted, RowWanted) and wanted.version is not None
        self.is_moved = False
        self.is_victim = False
        self.is_woken = False
        self.has_snapshot = False
        self.row: int | None = None
        self.places: dict[Holder, int] = {}
        self.kept_by: set[Holder] = set()

    @property
    def strength(self) -> Strength:
        """How strongly it wants to hold a row."""
        assert isinstance(self.wanted, RowWanted)
        return self.wanted.strength

    @property
    def follows(self) -> bool:
        """Whether it waits on the way to newer versions of a row (`RowWanted`)."""
        return isinstance(self.wanted, RowWanted) and self.wanted.follows

    @property
    def is_in_queue(self) -> bool:
        """Whether it waits behind others, and others behind it."""
        return isinstance(self.wanted, RowWanted) and not self.wanted.follows and self.wanted.version is None

    @property
    def is_in_vain(self) -> bool:
        """Whether it need not wait for a row any longer, as it will not have it."""
        wanted = self.wanted
        is_touched = isinstance(wanted, RowWanted) and (self.is_moved or wanted.strength > Strength.KEY_SHARE)
        return self.is_gone or (self.has_snapshot and self.is_outdated and is_touched)

    @abstractmethod
    def wake(self) -> None:
        """Let it go on."""


class RowLock:
    """Who holds a row, and who waits for it; `before` is the strongest lock given up since the last one was got.

    Who holds a row that then is changed, or is seen as it was, holds those versions too, which are its `past`.
    """

    __slots__ = ("before", "holders", "past", "queue")

    # Written out: a dataclass takes twice as long to make one, and each foreign key of each new row does.
    def __init__(self) -> None:
        self.before: Strength | None = None
        self.holders: dict[Holder, Strength] = {}
        self.past: list[tuple[Holder, Row]] | None = None
        self.queue: list[Waiter] = []

    def blockers(self, holder: Holder, strength: Strength) -> list[Holder]:
        """Return the other transactions whose locks are in the way."""
        conflicting = _CONFLICTS[strength]
        return [other for other, held in self.holders.items() if held in conflicting and other is not holder]

    def give_up(self, holder: Holder, before: Strength | None) -> None:
        """Let a transaction hold the row as it did before, if at all."""
        held = self.holders[holder]
        self.before = held if self.before is None else max(self.before, held)
        if before is None:
            del self.holders[holder]
            if self.past is not None:
                self.past = [each for each in self.past if each[0] is not holder]
        else:
            self.holders[holder] = before

    def note_past(self, holder: Holder, version: Row) -> None:
        """Take note that somebody holds a version that is no longer the newest."""
        self.past = [*(self.past or ()), (holder, version)]

    def past_holders(self, version: Row) -> list[Holder]:
        """Return those who hold a version that is no longer the newest."""
        return [holder for holder, held in self.past or () if held is version]

    def in_the_way(self, waiter: Waiter) -> list[Holder]:
        """Return the other transactions that somebody waits for who has nobody ahead."""
        assert isinstance(waiter.wanted, RowWanted)
        blockers, version = self.blockers(waiter.holder, waiter.strength), waiter.wanted.version
        return blockers if version is None else [each for each in self.past_holders(version) if each in blockers]

    def is_queued_for(self, holder: Holder, strength: Strength) -> bool:
        """Tell whether a lock that is free is to be had behind those who wait only.

        A row still shows the strongest of its locks when that is gone and weaker ones are left. Whom it
        would be in the way of looks closer, which PostgreSQL lets one do after the other.
        """
        if strength is Strength.NO_KEY_UPDATE:
            # Of several holders PostgreSQL asks each for this one (DoesMultiXactIdConflict).
            return False
        conflicting = _CONFLICTS[strength]
        if self.before not in conflicting or holder in self.holders or not self.holders:
            return False
        return any(waiter.strength in conflicting for waiter in self.queue)

    def ahead(self, waiter: Waiter) -> Iterator[Holder]:
        """Yield who came before somebody and wants what does not go together.

        Who holds the row already, if weakly, does not stand in the queue: PostgreSQL lets it pass, else it would wait
        for those who wait for it.
        """
        if waiter.holder in self.holders:
            return
        conflicting = _CONFLICTS[waiter.strength]
        for other in self.queue if waiter.is_in_queue else ():
            if other is waiter:
                return
            if other.strength in conflicting and other.is_in_queue:
                yield other.holder

    def note_places(self, row: RowKey, waiter: Waiter, met: Iterable[Holder]) -> None:
        """Remember by which of their locks somebody who is next met those in the way."""
        waiter.places = {holder: holder.place_in_the_way(row, waiter.strength, self.holders[holder]) for holder in met}

    def awaited(self, waiter: Waiter) -> Holder | None:
        """Return the transaction that somebody waits for by now, of those whom it met; None when they have ended."""
        blockers = self.in_the_way(waiter)
        return next((holder for holder in waiter.places if holder in blockers or holder in waiter.kept_by), None)
