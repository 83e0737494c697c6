# Generated from dbkit/database/_async/block.py by tools/unasync.py; edit that file instead.
"""The block of a transaction: committed where it ends, rolled back where an exception leaves it.

Written out: what `contextlib` makes of generators takes as long as all else that an empty transaction in memory does.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from dbkit.verbs.transaction import TransactionOptions

if TYPE_CHECKING:
    from dbkit.database._sync.database import BaseDatabase
    from dbkit.database._sync.transaction import BaseTransaction

__all__ = ["Ending", "SavepointBlock", "TransactionBlock"]

TransactionT = TypeVar("TransactionT", bound="BaseTransaction")


class Ending(AbstractContextManager[TransactionT, None]):
    """A block at whose end a transaction that has begun is committed; an exception, a cancellation too, undoes it."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: TransactionT) -> None:
        self._transaction = transaction

    def __enter__(self) -> TransactionT:
        return self._transaction

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end(is_undone=kind is not None)

    def _end(self, *, is_undone: bool) -> None:
        transaction = self._transaction
        # It and its repositories refer to each other: else it would stay until the collector comes.
        transaction._forget_repositories()  # noqa: SLF001 (a transaction and its block are friends)
        if is_undone:
            transaction._inner.rollback()  # noqa: SLF001 (as above)
        else:
            transaction._inner.commit()  # noqa: SLF001 (as above)


class TransactionBlock(Ending[TransactionT]):
    """A block in a transaction of its own, whose callbacks run once it is committed."""

    __slots__ = ("_database", "_options")

    def __init__(self, database: BaseDatabase[Any], options: TransactionOptions) -> None:
        self._database = database
        self._options = options

    def __enter__(self) -> TransactionT:
        database = self._database
        self._transaction = database._begun(database._backend.begin(self._options))  # noqa: SLF001 (as above)
        return self._transaction

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        # What `_end` does, in line: each call that is awaited costs, and most transactions in tests are short.
        transaction = self._transaction
        transaction._forget_repositories()  # noqa: SLF001 (as above)
        if kind is not None:
            transaction._inner.rollback()  # noqa: SLF001 (as above)
            return
        transaction._inner.commit()  # noqa: SLF001 (as above)
        if transaction._callbacks:
            transaction._committed()


class SavepointBlock(Ending[TransactionT]):
    """A block in a savepoint of a transaction, which gets its callbacks."""

    __slots__ = ("_outer",)

    def __init__(self, outer: TransactionT) -> None:
        self._outer = outer

    def __enter__(self) -> TransactionT:
        self._transaction = self._outer._savepoint()  # noqa: SLF001 (as above)
        return self._transaction

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end(is_undone=kind is not None)
        if kind is None:
            self._outer._callbacks += self._transaction._callbacks
