"""A twin whose sessions stop at points, and in which faults come about."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from functools import cache, partial
from typing import Any, TypeVar

from dbkit.memory._async.stepping import AsyncSteps, async_current_session
from dbkit.memory.control.calls import PRIMITIVES, Call, Unit, call_of, connection_lost
from dbkit.memory.control.fault_rules import Place, error_of
from dbkit.memory.control.faults import Fault, Faults
from dbkit.memory.control.points import COMMIT, ROLLBACK, after
from dbkit.models.entity import Entity
from dbkit.types.errors import DbkitError, TransactionAborted
from dbkit.verbs._async.operations import AsyncOperations
from dbkit.verbs._async.repository import AsyncRepository
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["AsyncControl", "AsyncControlledTransaction", "controlled", "uncontrolled"]

RepositoryT = TypeVar("RepositoryT")


class AsyncControl:
    """What stops the sessions of a database, and what goes wrong in it; neither, most of the time."""

    def __init__(self) -> None:
        self.steps: AsyncSteps | None = None
        self.faults: Faults | None = None

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to control."""
        return self.steps is None and self.faults is None

    def drawn(self, place: Place) -> Fault | None:
        """Return what goes wrong at a place."""
        return None if self.faults is None else self.faults.drawn(place)

    async def reach(self, point: str) -> None:
        """Stop the session that the caller is, if it was sent to this point."""
        session = None if self.steps is None else async_current_session()
        if session is not None:
            await session.reach(point)

    def begin(self, options: TransactionOptions) -> Unit:
        """Return the unit of a transaction that is about to begin, or raise what goes wrong."""
        unit = Unit(options)
        self._raise_at(Place("begin", unit))
        return unit

    async def statement(self, repository: Any, call: Call, run: Callable[[], Awaitable[Any]]) -> Any:
        """Run a statement of a repository, with what is before and behind it."""
        transaction: AsyncControlledTransaction | None = repository._controlled_in  # noqa: SLF001 (see `controlled`)
        unit = Unit() if transaction is None else transaction.unit
        await self.reach(call.name)
        if unit.is_lost:
            raise connection_lost(call)
        try:
            result = await self._run(repository, Place("statement", unit, call), run)
        except DbkitError as error:
            unit.failed(error)
            raise
        unit.done(call)
        await self.reach(after(call.name))
        return result

    async def _run(self, repository: Any, place: Place, run: Callable[[], Awaitable[Any]]) -> Any:
        fault = self.drawn(place)
        if fault is None:
            return await run()
        if fault.is_stored:
            await run()
        error = error_of(fault.kind, place)
        transaction: AsyncControlledTransaction | None = repository._controlled_in  # noqa: SLF001 (as above)
        if transaction is not None and fault.kind == "connection lost":
            await transaction.lose(error)
        else:
            repository._access.note(error)  # noqa: SLF001 (repositories of this package)
        raise error

    def _raise_at(self, place: Place) -> None:
        fault = self.drawn(place)
        if fault is not None:
            raise error_of(fault.kind, place)


class AsyncControlledTransaction:
    """Stands in front of a transaction, or of a savepoint inside the transaction `root`."""

    def __init__(
        self, inner: Any, control: AsyncControl, unit: Unit, root: AsyncControlledTransaction | None = None
    ) -> None:
        self._inner = inner
        self._control = control
        self._root = root
        self.unit = unit

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def repository(self, entity: Entity[Any, Any, Any], operations: type[AsyncOperations] | None = None) -> Any:
        """Return the repository of an entity on this transaction."""
        return controlled(self._inner.repository(entity, operations), self._control, self)

    async def savepoint(self) -> AsyncControlledTransaction:
        """Begin a savepoint."""
        if self.unit.is_lost:
            raise connection_lost()
        root = self if self._root is None else self._root
        return AsyncControlledTransaction(await self._inner.savepoint(), self._control, self.unit, root)

    async def commit(self) -> None:
        """Make the work last, or undo it and raise."""
        if self._root is not None:
            await self._release()
            return
        try:
            await self._control.reach(COMMIT)
        except BaseException:
            # Nobody rolls back what was told to commit.
            await self._inner.rollback()
            raise
        if self.unit.is_lost:
            raise self._aborted()
        await self._commit()
        await self._control.reach(after(COMMIT))

    async def rollback(self) -> None:
        """Undo the work."""
        if self._root is not None:
            self.unit.went_back()
            await self._undo()
            return
        try:
            await self._control.reach(ROLLBACK)
        finally:
            await self._undo()
        await self._control.reach(after(ROLLBACK))

    async def lose(self, error: DbkitError) -> None:
        """Undo all of the transaction, as a server does whose client is gone; later calls find no connection."""
        self.unit.is_lost, self.unit.error = True, error
        await (self if self._root is None else self._root)._inner.rollback()  # noqa: SLF001 (of its own kind)

    async def _release(self) -> None:
        if self.unit.is_lost:
            raise self._aborted()
        try:
            await self._inner.commit()
        except TransactionAborted:
            self.unit.went_back()
            raise

    async def _undo(self) -> None:
        if not self.unit.is_lost:
            await self._inner.rollback()

    async def _commit(self) -> None:
        place = Place("commit", self.unit)
        fault = self._control.drawn(place)
        if fault is None or fault.is_stored:
            await self._inner.commit()
        else:
            await self._inner.rollback()
        if fault is not None:
            raise error_of(fault.kind, place)

    def _aborted(self) -> TransactionAborted:
        aborted = TransactionAborted()
        aborted.__cause__ = self.unit.error
        return aborted


def controlled(
    repository: RepositoryT, control: AsyncControl, transaction: AsyncControlledTransaction | None = None
) -> RepositoryT:
    """Put each statement of a repository under control.

    The repository stays what it is, of a class that is made of its own: so one that nobody controls does not pay.
    """
    kind: Any = type(repository)
    if not hasattr(kind, "_uncontrolled"):
        repository.__class__ = _controlled_class(kind)
    repository.__dict__.update(_control=control, _controlled_in=transaction)
    return repository


def uncontrolled(repository: Any) -> None:
    """Leave a repository as it was, unless something was put around it meanwhile, which then finds no control."""
    if "_uncontrolled" in vars(type(repository)):
        repository.__class__ = type(repository)._uncontrolled  # noqa: SLF001 (put there below)


@cache
def _controlled_class(kind: Any) -> type[Any]:
    methods: dict[str, Any] = {name: _around(name, getattr(kind, name)) for name in PRIMITIVES if hasattr(kind, name)}
    if kind._chunks is not AsyncRepository._chunks:  # noqa: SLF001 (else its chunks are statements of their own)
        methods["_chunks"] = _around_chunks(kind._chunks)  # noqa: SLF001 (as above)
    return type(kind.__name__, (kind,), {"__module__": kind.__module__, "_uncontrolled": kind, **methods})


def _around(name: str, method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @functools.wraps(method)
    async def run(self: Any, *arguments: Any, **named: Any) -> Any:
        call = call_of(name, self.entity, arguments, named)
        return await self._control.statement(self, call, partial(method, self, *arguments, **named))

    return run


def _around_chunks(method: Callable[..., Any]) -> Callable[..., AsyncIterator[list[Any]]]:
    @functools.wraps(method)
    async def run(self: Any, *arguments: Any) -> AsyncIterator[list[Any]]:
        call = call_of("_select", self.entity, arguments, {})
        async with aclosing(method(self, *arguments)) as chunks:
            while (chunk := await self._control.statement(self, call, partial(anext, chunks, None))) is not None:
                yield chunk

    return run
