"""Records of calls, and their order across mocks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Protocol, TypeAlias, TypeVar, dataclass_transform

__all__ = ["Call", "Calls", "Log", "calls_in_order", "next_number"]

CallT = TypeVar("CallT", bound="Call")

Log: TypeAlias = list[tuple[int, str, tuple[Any, ...]]]
"""What a mock notes of each call: its number, its operation, its arguments."""

next_number = count(1).__next__
"""Gives each call of this process a number, whatever its mock."""


@dataclass_transform(frozen_default=True)
class Call:
    """A call of one operation, with its arguments as fields; equal to another with the same arguments.

    Arguments that were left out have their defaults; what was given as several values is a tuple.
    """

    called: ClassVar[str]
    """The entity and the operation: `connections.get`."""

    if not TYPE_CHECKING:

        def __init__(self, *arguments: Any, **named: Any) -> None:
            rest = self._fields[len(arguments) :]
            if set(rest) != set(named):
                raise TypeError(f"{type(self).__name__} has the fields {', '.join(self._fields)}")
            values = (*arguments, *(named[name] for name in rest))
            self.__dict__.update(zip(self._fields, values, strict=True), sequence=0)

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(name for name in cls.__annotations__ if name != "called")

    _fields: ClassVar[tuple[str, ...]]

    @property
    def sequence(self) -> int:
        """The number of the call among all calls of mocks in this process; 0 for a record made by hand."""
        number: int = self.__dict__["sequence"]
        return number

    @classmethod
    def noted(cls: type[CallT], number: int, arguments: tuple[Any, ...]) -> CallT:
        """Return the record of a call."""
        made = cls(*arguments)
        made.__dict__["sequence"] = number
        return made

    def _values(self) -> tuple[Any, ...]:
        return tuple(self.__dict__[name] for name in self._fields)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Call) and other._values() == self._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self._fields)
        return f"{type(self).__name__}({fields})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a record of a call does not change: {name}")


class Calls:
    """The calls of a mock; iterating gives all of them in the order of time."""

    _records: ClassVar[tuple[type[Call], ...]] = ()
    _by_operation: ClassVar[dict[str, type[Call]]] = {}

    def __init_subclass__(cls) -> None:
        cls._by_operation = {record.called.partition(".")[2]: record for record in cls._records}

    def __init__(self, log: Log) -> None:
        self._log = log

    def __iter__(self) -> Iterator[Call]:
        return (self._by_operation[name].noted(number, arguments) for number, name, arguments in self._log)

    def __len__(self) -> int:
        return len(self._log)

    def _of(self, record: type[CallT]) -> tuple[CallT, ...]:
        operation = record.called.partition(".")[2]
        return tuple(record.noted(number, arguments) for number, name, arguments in self._log if name == operation)


class _Recording(Protocol):
    @property
    def calls(self) -> Calls: ...


def calls_in_order(*mocks: _Recording) -> tuple[Call, ...]:
    """Return the calls of several mocks in the order in which they were made."""
    return tuple(sorted((call for mock in mocks for call in mock.calls), key=lambda call: call.sequence))
