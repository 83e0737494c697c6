"""Where PostgreSQL can raise what: the faults that there are, and the places where each may come about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from dbkit.memory.control.calls import Call, Unit
from dbkit.types.errors import (
    CommitUnknown,
    DbkitError,
    LockNotAvailable,
    PoolExhausted,
    TransactionConflict,
    Unavailable,
)

__all__ = ["FAULT_KINDS", "FaultKind", "Place", "error_of", "is_possible"]

FaultKind: TypeAlias = Literal[
    "serialization failure",
    "deadlock",
    "lock timeout",
    "pool exhausted",
    "connection lost",
    "connection lost before commit",
    "connection lost during commit",
    "connection lost after commit",
]

FAULT_KINDS: tuple[FaultKind, ...] = get_args(FaultKind)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something may go wrong: at the beginning of a transaction, at a statement (`call`), or at its COMMIT."""

    at: Literal["begin", "statement", "commit"]
    unit: Unit
    call: Call | None = None

    @property
    def name(self) -> str:
        """The place in words, as points have it."""
        return self.at if self.call is None else self.call.name

    @property
    def is_refused(self) -> bool:
        """Whether it is a statement that a read-only transaction refuses, whatever else happens."""
        return self.unit.is_read_only and self.call is not None and self.call.locks


def is_possible(kind: FaultKind, place: Place) -> bool:
    """Tell whether PostgreSQL could raise this there."""
    if place.unit.is_failed or (place.is_refused and kind != "connection lost"):
        return False
    return _RULES[kind](place)


def _serialization_failure(place: Place) -> bool:
    unit, call = place.unit, place.call
    if place.at == "commit":
        return unit.can_fail_to_serialize and unit.has_written
    if call is None or unit.isolation == "read committed":
        return False
    if unit.can_fail_to_serialize:
        return True
    # REPEATABLE READ: a row that it changes or holds has changed since. A plain insert holds what it refers to.
    is_plain_insert = call.primitive.inserts and not call.primitive.arbitrates
    return _waits(place) and (call.refers or not is_plain_insert)


def _deadlock(place: Place) -> bool:
    return _waits(place) and (place.unit.holds_locks or (place.call is not None and place.call.takes_several))


def _waits(place: Place) -> bool:
    """Tell whether it is a statement that may wait for locks of others."""
    return place.call is not None and place.call.may_wait


def _pool_exhausted(place: Place) -> bool:
    return place.at == "begin" or (place.at == "statement" and place.unit.options is None)


def _connection_lost(place: Place) -> bool:
    # A write on its own whose connection breaks has an unknown outcome: that is another fault.
    return place.call is not None and not (place.unit.options is None and place.call.writes)


def _lost_before_commit(place: Place) -> bool:
    return place.at == "commit"


def _lost_in_commit(place: Place) -> bool:
    if place.at == "commit":
        # Without writes there is nothing that could be in doubt.
        return place.unit.has_written
    return place.call is not None and place.unit.options is None and place.call.writes


_RULES: Mapping[FaultKind, Callable[[Place], bool]] = {
    "serialization failure": _serialization_failure,
    "deadlock": _deadlock,
    "lock timeout": _waits,
    "pool exhausted": _pool_exhausted,
    "connection lost": _connection_lost,
    "connection lost before commit": _lost_before_commit,
    "connection lost during commit": _lost_in_commit,
    "connection lost after commit": _lost_in_commit,
}


def error_of(kind: FaultKind, place: Place) -> DbkitError:
    """Return the error as the PostgreSQL backend raises it."""
    error = _bare(kind)
    if kind == "connection lost before commit" and not place.unit.has_written:
        # There was nothing that the server could have rolled back.
        error = Unavailable(sqlstate="57P01")
    # No connection, no statement: so the server's answer to a COMMIT, and the pool's, name no row.
    if place.call is not None and kind != "pool exhausted":
        subject = place.call.subject()
        error.entity = place.call.entity.name
        error.key = None if subject is None else dict(subject)
    return error


def _bare(kind: FaultKind) -> DbkitError:
    match kind:
        case "serialization failure":
            return TransactionConflict(sqlstate="40001")
        case "deadlock":
            return TransactionConflict(sqlstate="40P01")
        case "lock timeout":
            return LockNotAvailable(sqlstate="55P03")
        case "pool exhausted":
            return PoolExhausted()
        case "connection lost":
            return Unavailable(sqlstate="57P01")
        case "connection lost before commit":
            return Unavailable(
                "the connection was lost during COMMIT, and the server has rolled the transaction back",
                sqlstate="57P01",
                advice="Run the whole transaction again; db.run(work) does so by itself.",
            )
        case _:
            return CommitUnknown()
