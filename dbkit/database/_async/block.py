"""The block of a transaction: committed where it ends, rolled back where an exception leaves it.

Written out: what `contextlib` makes of generators takes as long as all else that an empty transaction in memory does.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from dbkit.verbs.transaction import TransactionOptions

if TYPE_CHECKING:
    from dbkit.database._async.database import AsyncBaseDatabase
    from dbkit.database._async.transaction import AsyncBaseTransaction

__all__ = ["AsyncEnding", "AsyncSavepointBlock", "AsyncTransactionBlock"]

TransactionT = TypeVar("TransactionT", bound="AsyncBaseTransaction")


class AsyncEnding(AbstractAsyncContextManager[TransactionT, None]):
    """A block at whose end a transaction that has begun is committed; an exception, a cancellation too, undoes it."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: TransactionT) -> None:
        self._transaction = transaction

    async def __aenter__(self) -> TransactionT:
        return self._transaction

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._end(is_undone=kind is not None)

    async def _end(self, *, is_undone: bool) -> None:
        transaction = self._transaction
        # It and its repositories refer to each other: else it would stay until the collector comes.
        transaction._forget_repositories()  # noqa: SLF001 (a transaction and its block are friends)
        if is_undone:
            await transaction._inner.rollback()  # noqa: SLF001 (as above)
        else:
            await transaction._inner.commit()  # noqa: SLF001 (as above)


class AsyncTransactionBlock(AsyncEnding[TransactionT]):
    """A block in a transaction of its own, whose callbacks run once it is committed."""

    __slots__ = ("_database", "_options")

    def __init__(self, database: AsyncBaseDatabase[Any], options: TransactionOptions) -> None:
        self._database = database
        self._options = options

    async def __aenter__(self) -> TransactionT:
        database = self._database
        self._transaction = database._begun(await database._backend.begin(self._options))  # noqa: SLF001 (as above)
        return self._transaction

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        # What `_end` does, in line: each call that is awaited costs, and most transactions in tests are short.
        transaction = self._transaction
        transaction._forget_repositories()  # noqa: SLF001 (as above)
        if kind is not None:
            await transaction._inner.rollback()  # noqa: SLF001 (as above)
            return
        await transaction._inner.commit()  # noqa: SLF001 (as above)
        if transaction._callbacks:
            await transaction._committed()


class AsyncSavepointBlock(AsyncEnding[TransactionT]):
    """A block in a savepoint of a transaction, which gets its callbacks."""

    __slots__ = ("_outer",)

    def __init__(self, outer: TransactionT) -> None:
        self._outer = outer

    async def __aenter__(self) -> TransactionT:
        self._transaction = await self._outer._savepoint()  # noqa: SLF001 (as above)
        return self._transaction

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._end(is_undone=kind is not None)
        if kind is None:
            self._outer._callbacks += self._transaction._callbacks
