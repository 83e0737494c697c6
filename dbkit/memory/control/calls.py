"""What a session does, as points and faults know it: statements by name, and the transaction that they are of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from dbkit.models.entity import Entity
from dbkit.types.errors import DbkitError, Unavailable
from dbkit.types.value import Value
from dbkit.verbs.changes import Update, Upsert
from dbkit.verbs.selection import Selection
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["PRIMITIVES", "STATEMENTS", "Call", "Primitive", "Unit", "call_of", "connection_lost"]

AnyEntity: TypeAlias = Entity[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Primitive:
    """What a primitive of a repository is as a statement of a server; `arbitrates` says that it is ON CONFLICT."""

    statement: str
    writes: bool = False
    inserts: bool = False
    arbitrates: bool = False
    takes_several: bool = False


PRIMITIVES: Mapping[str, Primitive] = {
    "_find": Primitive("find"),
    "_find_many": Primitive("find"),
    "_find_by": Primitive("find"),
    "_exists": Primitive("exists"),
    "_select": Primitive("select"),
    "_select_where": Primitive("select"),
    "_count": Primitive("count"),
    "_totals": Primitive("count"),
    "_lock": Primitive("lock"),
    "_insert": Primitive("create", writes=True, inserts=True),
    "_insert_returning": Primitive("create", writes=True, inserts=True, takes_several=True),
    "_copy": Primitive("create", writes=True, inserts=True, takes_several=True),
    "_insert_missing": Primitive("create", writes=True, inserts=True, arbitrates=True, takes_several=True),
    "_upsert": Primitive("upsert", writes=True, inserts=True, arbitrates=True, takes_several=True),
    "_insert_or_change": Primitive("upsert", writes=True, inserts=True, arbitrates=True, takes_several=True),
    "_update": Primitive("update", writes=True),
    "_update_where": Primitive("update", writes=True, takes_several=True),
    "_restore": Primitive("restore", writes=True),
    "_soft_delete": Primitive("delete", writes=True),
    "_hard_delete": Primitive("delete", writes=True),
    "_delete_where": Primitive("delete", writes=True, takes_several=True),
}
"""The primitives that are statements, by the name of their method."""

STATEMENTS = tuple(dict.fromkeys(each.statement for each in PRIMITIVES.values()))


@dataclass(frozen=True, slots=True)
class Call:
    """A statement about to be run: whether it locks rows, may wait for the locks of others, and takes several.

    `subject` gives the key of its row, as an error shows it.
    """

    entity: AnyEntity
    primitive: Primitive
    locks: bool
    may_wait: bool
    takes_several: bool
    subject: Callable[[], Mapping[str, object] | None]

    @property
    def name(self) -> str:
        """The statement in words: `update connections`."""
        return f"{self.primitive.statement} {self.entity.name}"

    @property
    def writes(self) -> bool:
        """Whether it changes rows."""
        return self.primitive.writes

    @property
    def refers(self) -> bool:
        """Whether rows of its table refer to others, which it then holds."""
        return bool(self.entity.table.foreign_keys)


def call_of(name: str, entity: AnyEntity, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> Call:
    """Return the statement that a primitive with these arguments is."""
    primitive = PRIMITIVES[name]
    selection = arguments[0] if arguments and isinstance(arguments[0], Selection) else None
    wait = named.get("wait") if selection is None else selection.lock
    locks = primitive.writes or wait is not None
    may_wait = locks and wait in (None, "wait")
    # A new row takes its keys and holds the rows that it refers to; one that is changed may be held by one lock.
    takes_several = primitive.takes_several or (primitive.inserts and bool(entity.table.foreign_keys))
    return Call(entity, primitive, locks, may_wait, takes_several, lambda: _subject(entity, arguments))


def _subject(entity: AnyEntity, arguments: tuple[Any, ...]) -> Mapping[str, object] | None:
    """Return the key of the row that a primitive is about; None where it is about several, or none is known."""
    subject = arguments[0] if arguments else None
    if isinstance(subject, Upsert):
        subject = subject.new
    if isinstance(subject, Value):
        return entity.key_of(subject)
    key = subject.key if isinstance(subject, Update) else subject
    return dict(zip(entity.key_parameters, key, strict=True)) if isinstance(key, tuple) else None


@dataclass(slots=True)
class Unit:
    """A transaction as faults know it; `options` are None for a call that is a transaction of its own.

    `holds_locks` tells that an earlier statement has got some. Where it `is_failed` no statement is possible before a
    rollback, and where it `is_lost` none at all; `error` is what made it so.
    """

    options: TransactionOptions | None = None
    has_written: bool = False
    holds_locks: bool = False
    is_failed: bool = False
    is_lost: bool = False
    error: DbkitError | None = None

    @property
    def is_read_only(self) -> bool:
        """Whether it may only read."""
        return self.options is not None and self.options.read_only

    @property
    def isolation(self) -> str:
        """The isolation level; that of a call on its own is the server's default."""
        return "read committed" if self.options is None else self.options.isolation

    @property
    def can_fail_to_serialize(self) -> bool:
        """Whether its reads may fail: those of a deferrable read-only one wait for a snapshot that is safe."""
        options = self.options
        return self.isolation == "serializable" and not (options and options.read_only and options.deferrable)

    def done(self, call: Call) -> None:
        """Take note of a statement that has been run."""
        self.has_written |= call.writes
        self.holds_locks |= call.locks

    def failed(self, error: DbkitError) -> None:
        """Take note of an error; that of a server makes all further statements fail."""
        if self.options is not None and error.sqlstate is not None:
            self.is_failed = True
            self.error = self.error or error

    def went_back(self) -> None:
        """Take note of a rollback to a savepoint."""
        if not self.is_lost:
            self.is_failed, self.error = False, None


def connection_lost(call: Call | None = None) -> Unavailable:
    """Return the error of a call on a connection that is gone."""
    if call is None:
        return Unavailable()
    return Unavailable(entity=call.entity.name, key=call.subject())
