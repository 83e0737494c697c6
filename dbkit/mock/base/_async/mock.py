"""A repository that does what its stubs say, and what builds it."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from dbkit._acompat import async_call, async_items
from dbkit.memory.table import AnyEntity
from dbkit.mock.base.book import Book
from dbkit.mock.base.calls import Calls
from dbkit.mock.base.operation import Arguments, Operation, Operations
from dbkit.mock.base.otherwise import Otherwise
from dbkit.mock.base.stubs import Plan, Planner
from dbkit.mock.base.verification import noticed

if TYPE_CHECKING:
    # A mock that is no partial one needs no database, and so none of its repositories.
    from dbkit.database._async.database import AsyncBaseDatabase
    from dbkit.database._async.transaction import AsyncBaseTransaction

__all__ = ["AsyncMockBuilder", "AsyncMockRepository"]

MockT = TypeVar("MockT", bound="AsyncMockRepository")


class AsyncMockRepository:
    """A mock of one entity's repository, of a database or of a transaction.

    Each call is checked against the interface's annotations, noted, and answered by the operation's stub. A call that
    has none raises `NotStubbed`, or goes to the repository that the mock was built to use otherwise.
    """

    def __init__(self, book: Book, otherwise: Otherwise | None) -> None:
        self._book = book
        self._otherwise = otherwise

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._book!r}>"

    @property
    def calls(self) -> Calls:
        """The calls so far."""
        return Calls(self._book.log)

    def verify(self) -> None:
        """Raise what a test must not miss: a failed call that the code under test swallowed, or an unused stub.

        The pytest plugin does it at the end of each test.
        """
        self._book.verify()

    def verify_all_used(self) -> None:
        """Raise `UnusedStub` naming the stubs that were never called, or not as often as they have outcomes."""
        self._book.verify_all_used()

    def bound_to(self, transaction: AsyncBaseTransaction) -> Self:
        """Return the mock as it is in a transaction: what has no stub goes to that transaction's own repository."""
        if self._otherwise is None:
            return self
        return type(self)(self._book, self._otherwise.inside(transaction))

    async def _answer(self, name: str, arguments: Arguments) -> Any:
        try:
            operation, arguments, stub = self._book.open(name, arguments)
            if stub is None:
                return await operation.call(self._real(name), arguments)
            result = await async_call(stub.answer, arguments)
            return result if stub.is_checked else operation.check(result, arguments)
        except AssertionError as error:
            self._book.failures.append(error)
            raise

    def _iterate(self, name: str, arguments: Arguments) -> AsyncIterator[Any]:
        try:
            operation, arguments, stub = self._book.open(name, arguments)
            items = operation.call(self._real(name), arguments) if stub is None else stub.answer(arguments)
            return self._items(operation, items, arguments)
        except AssertionError as error:
            self._book.failures.append(error)
            raise

    @asynccontextmanager
    async def _enter(self, name: str, arguments: Arguments) -> AsyncIterator[Any]:
        """Give a block what the stub of an operation that opens one says."""
        try:
            operation, arguments, stub = self._book.open(name, arguments)
            given = None if stub is None else await async_call(stub.answer, arguments)
            if stub is not None and not stub.is_checked:
                operation.check(given, arguments)
        except AssertionError as error:
            self._book.failures.append(error)
            raise
        if stub is not None:
            yield given
            return
        async with operation.call(self._real(name), arguments) as real:
            yield real

    async def _items(self, operation: Operation, given: Any, arguments: Arguments) -> AsyncIterator[Any]:
        try:
            async with aclosing(async_items(given)) as one_by_one:
                async for item in one_by_one:
                    yield operation.check(item, arguments)
        except AssertionError as error:
            self._book.failures.append(error)
            raise

    def _real(self, name: str) -> Any:
        """Return an operation of the repository that calls without a stub go to."""
        assert self._otherwise is not None
        return getattr(self._otherwise.repository(self), name)


class AsyncMockBuilder(Generic[MockT]):
    """Builds mocks of one entity's repository; a builder does not change, each method returns another one.

    A stub is a constant, an error (an instance, or a class), a callable with the operation's parameters, or several of
    these `in_turn`. The last one counts. One that the operation could never stand for raises `StubInvalid`.
    """

    _entity: ClassVar[AnyEntity]
    _interface: ClassVar[type[Any]]
    _made: ClassVar[type[Any]]
    _operations: ClassVar[Operations]

    def __init_subclass__(cls) -> None:
        cls._operations = Operations(cls._entity.name, cls._interface)

    def __init__(self) -> None:
        self._plans: dict[str, Plan] = {}
        self._otherwise: Otherwise | None = None
        self._is_verified = True

    def otherwise(self, database: AsyncBaseDatabase[Any] | AsyncBaseTransaction) -> Self:
        """Let calls without a stub go to the repository of this database, in its transactions to theirs."""
        return self._but(_otherwise=Otherwise(self._entity, database))

    def unverified(self) -> Self:
        """Leave the mock out when the pytest plugin verifies those that a test has built."""
        return self._but(_is_verified=False)

    def build(self) -> MockT:
        """Return a mock that has had no calls."""
        is_partial = self._otherwise is not None
        book = Book(type(self).__name__, self._operations, self._plans, is_partial=is_partial)
        made: MockT = self._made(book, self._otherwise)
        if self._is_verified:
            noticed(made)
        return made

    def _with(self, name: str, outcome: object) -> Self:
        plan = Planner(self._entity, self._operations[name]).plan(outcome)
        return self._but(_plans={**self._plans, name: plan})

    def _but(self, **changes: Any) -> Self:
        other = copy.copy(self)
        other.__dict__.update(changes)
        return other
