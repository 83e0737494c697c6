"""From what a test says to what a mock does: a plan of an operation's answers, and the stub that follows it."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from dbkit.memory.table import AnyEntity
from dbkit.mock.base.checks import kind_of
from dbkit.mock.base.errors import OutcomesUsedUp, ResultInvalid, StubInvalid
from dbkit.mock.base.giving import giver_of
from dbkit.mock.base.operation import Arguments, Operation
from dbkit.mock.base.outcomes import InTurn
from dbkit.mock.base.rules import refuse_impossible
from dbkit.mock.base.signatures import refuse_unfit
from dbkit.types.errors import DbkitError, StaleVersion
from dbkit.types.value import Value

__all__ = ["Plan", "Planner", "Stub"]

Answer: TypeAlias = Callable[[Arguments], Any]
"""Gives the answer to a call, or raises."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The answers to the calls of one operation: the same each time, or one after the other.

    What a callable gives has to be checked at each call; the rest was checked when it was stubbed (`is_checked`).
    """

    answers: tuple[Answer, ...]
    is_in_turn: bool
    is_checked: bool


class Stub:
    """What one mock does when an operation is called."""

    __slots__ = ("_called", "_plan", "_turns", "calls", "is_checked")

    def __init__(self, called: str, plan: Plan) -> None:
        self._called = called
        self._plan = plan
        self._turns: Iterator[Answer] | None = iter(plan.answers) if plan.is_in_turn else None
        self.is_checked = plan.is_checked
        self.calls = 0

    def answer(self, arguments: Arguments) -> Any:
        """Answer a call."""
        self.calls += 1
        if self._turns is None:
            return self._plan.answers[0](arguments)
        answer = next(self._turns, None)
        if answer is None:
            count = len(self._plan.answers)
            raise OutcomesUsedUp(f"{self._called} has {count} outcomes in turn, and this is call {self.calls}")
        return answer(arguments)

    @property
    def unused(self) -> str | None:
        """What was not used of it, in words; None, if all was."""
        outcomes = len(self._plan.answers)
        if self._turns is not None and self.calls < outcomes:
            return f"{self._called} used {self.calls} of its {outcomes} outcomes in turn"
        return None if self.calls else f"{self._called} was never called"


class Planner:
    """Plans the answers of one operation from what a test says of it."""

    def __init__(self, entity: AnyEntity, operation: Operation) -> None:
        self._entity = entity
        self._operation = operation

    def plan(self, outcome: object) -> Plan:
        """Return the plan, or raise `StubInvalid` for what the operation could never do."""
        outcomes: tuple[object, ...] = outcome.outcomes if isinstance(outcome, InTurn) else (outcome,)
        if not outcomes:
            raise StubInvalid(f"{self._operation.called} has no outcomes in turn")
        # Of overloads it is the call that tells which result is meant.
        is_checked = len(self._operation.overloads) == 1 and not any(map(_is_function, outcomes))
        return Plan(tuple(map(self._answer, outcomes)), isinstance(outcome, InTurn), is_checked)

    def _answer(self, outcome: object) -> Answer:
        if isinstance(outcome, InTurn):
            raise StubInvalid(f"{self._operation.called} has outcomes in turn inside of outcomes in turn")
        if isinstance(outcome, BaseException):
            return _raising(outcome)
        if isinstance(outcome, type) and issubclass(outcome, BaseException):
            return self._raising_new(outcome)
        if callable(outcome):
            return self._calling(outcome)
        return self._constant(outcome)

    def _raising_new(self, kind: type[BaseException]) -> Answer:
        try:
            self._made(kind, ())
        except TypeError as error:
            what = f"{self._operation.called} cannot raise a {kind.__name__} without its arguments: give an instance"
            raise StubInvalid(what) from error

        def answer(arguments: Arguments) -> Any:
            raise self._made(kind, arguments)

        return answer

    def _made(self, kind: type[BaseException], arguments: Arguments) -> BaseException:
        """Return an error, with what the real repository would say of the row."""
        if not issubclass(kind, DbkitError):
            return kind()
        given = dict(zip(self._operation.names, arguments, strict=False))
        key = {name: given[name] for name in self._entity.key_parameters if name in given}
        if issubclass(kind, StaleVersion):
            expected = given.get("expected_version") or 1
            return kind(expected=expected, actual=expected + 1, entity=self._entity.name, key=key)
        return kind(entity=self._entity.name, key=key or None)

    def _calling(self, function: Callable[..., Any]) -> Answer:
        operation = self._operation
        refuse_unfit(operation, function)
        if inspect.iscoroutinefunction(function) and (operation.is_iterating or not operation.is_async):
            raise StubInvalid(f"{operation.called} is not awaited, and its stub is a coroutine function")
        if inspect.isasyncgenfunction(function) and not (operation.is_iterating and operation.is_async):
            raise StubInvalid(f"{operation.called} is not iterated over by `async for`, and its stub is")
        if not operation.is_iterating:
            return lambda arguments: operation.call(function, arguments)
        kinds = (Iterable, AsyncIterable) if operation.is_async else (Iterable,)

        def answer(arguments: Arguments) -> Any:
            items = operation.call(function, arguments)
            if not isinstance(items, kinds):
                raise ResultInvalid(f"{operation.shown}, and its stub gave {kind_of(items)}, not several values")
            return items

        return answer

    def _constant(self, constant: object) -> Answer:
        operation = self._operation
        if operation.is_iterating:
            # A value can be iterated over too, for its fields.
            if not isinstance(constant, Iterable) or isinstance(constant, str | bytes | Value):
                raise StubInvalid(f"{operation.shown}, and its stub is one {kind_of(constant)}, not several values")
            constant = tuple(constant)
        wrong = [each for each in self._parts(constant) if not operation.is_result(each)]
        if wrong:
            raise StubInvalid(f"{operation.shown}, not {kind_of(wrong[0])}")
        refuse_impossible(self._entity, operation.called, constant)
        give = giver_of(constant)
        return lambda _arguments: give()

    def _parts(self, constant: Any) -> Iterable[object]:
        return constant if self._operation.is_iterating else (constant,)


def _is_function(outcome: object) -> bool:
    return callable(outcome) and not (isinstance(outcome, type) and issubclass(outcome, BaseException))


def _raising(error: BaseException) -> Answer:
    def answer(_arguments: Arguments) -> Any:
        # Raised before, it would show the way that it took then.
        raise error.with_traceback(None)

    return answer
