"""What a mock knows: its stubs, the calls so far, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from dbkit.mock.base.calls import Log, next_number
from dbkit.mock.base.errors import NotStubbed, UnusedStub
from dbkit.mock.base.operation import Arguments, Operation, Operations
from dbkit.mock.base.stubs import Plan, Stub

__all__ = ["Book", "Opened"]

Opened: TypeAlias = tuple[Operation, Arguments, Stub | None]
"""A call that is noted: its operation, its arguments as they are kept, and its stub, if it has one."""


class Book:
    """What a mock, and its likes inside of transactions, share."""

    def __init__(self, builder: str, operations: Operations, plans: Mapping[str, Plan], *, is_partial: bool) -> None:
        self._builder = builder
        self._operations = operations
        self._stubs = {name: Stub(operations[name].called, plan) for name, plan in plans.items()}
        self._is_partial = is_partial
        self.log: Log = []
        self.failures: list[AssertionError] = []

    def open(self, name: str, arguments: Arguments) -> Opened:
        """Note a call, or raise `CallInvalid` or `NotStubbed`."""
        operation = self._operations[name]
        arguments = operation.read(arguments)
        stub = self._stubs.get(name)
        if stub is None and not self._is_partial:
            raise NotStubbed(f"{operation.called} has no stub. Add `{self.line(name)}`.")
        self.log.append((next_number(), name, arguments))
        return operation, arguments, stub

    def line(self, name: str) -> str:
        """Return the line that stubs an operation."""
        return f"{self._builder}().with_{name}(...)"

    def verify(self) -> None:
        """Raise again what a call raised because of the mock, in case that somebody swallowed it; or `UnusedStub`."""
        if self.failures:
            raise self.failures[0]
        self.verify_all_used()

    def verify_all_used(self) -> None:
        """Raise `UnusedStub` naming the stubs that were not called, or not as often as they have outcomes."""
        unused = [stub.unused for stub in self._stubs.values() if stub.unused is not None]
        if unused:
            raise UnusedStub(f"{'; '.join(unused)}. Take away the stubs that the code does not need.")

    def __repr__(self) -> str:
        return f"{self._builder} with {', '.join(self._stubs) or 'no stubs'}"
