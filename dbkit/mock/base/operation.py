"""One operation of an interface: what its calls may be given, and what they may give back."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from functools import cached_property
from types import SimpleNamespace
from typing import Any, TypeAlias, get_args, get_origin, get_overloads, get_type_hints

from dbkit.mock.base.checks import Check, check_of, kind_of
from dbkit.mock.base.errors import CallInvalid, ResultInvalid
from dbkit.types.value import Value

__all__ = ["Arguments", "Operation", "Operations"]

Arguments: TypeAlias = tuple[Any, ...]
"""A call's arguments in the order of the parameters, defaults filled in; at the end the changes, if it takes any."""


class Overload:
    """One signature of an operation."""

    def __init__(self, function: Callable[..., Any]) -> None:
        hints = get_type_hints(function, include_extras=True)
        parameters = list(inspect.signature(function).parameters.values())[1:]
        plain = [each for each in parameters if each.kind is not each.VAR_KEYWORD]
        self.names = tuple(each.name for each in plain)
        self.positional = tuple(each.name for each in plain if each.kind is not each.KEYWORD_ONLY)
        self.changes = next((hints[each.name] for each in parameters if each.kind is each.VAR_KEYWORD), None)
        self.checks = tuple(check_of(hints[name]) for name in self.names)
        containers = [get_origin(hints[name]) for name in self.names]
        self.several = [(place, kind) for place, kind in enumerate(containers) if kind in (Iterable, Sequence)]
        returned = get_origin(hints["return"])
        self.is_iterating = returned in (AsyncIterator, Iterator)
        is_entered = returned in (AbstractAsyncContextManager, AbstractContextManager)
        # Annotations are kept as text, as somebody wrote them.
        self.shown = {name: str(annotation) for name, annotation in function.__annotations__.items()}
        self.is_async = inspect.iscoroutinefunction(function) or returned in (
            AsyncIterator,
            AbstractAsyncContextManager,
        )
        self.result = get_args(hints["return"])[0] if self.is_iterating or is_entered else hints["return"]
        self.fits = check_of(self.result)
        if self.is_iterating or is_entered:
            self.shown["return"] = self.shown["return"].partition("[")[2].removesuffix("]")

    def accepts(self, arguments: Arguments) -> bool:
        """Tell whether all arguments are of their types, those beside the changes."""
        return all(check(value) for check, value in zip(self.checks, arguments, strict=False))

    @cached_property
    def changeable(self) -> Mapping[str, Check]:
        """The checks of the changes, by name."""
        (kind,) = get_args(self.changes)
        return {name: check_of(hint) for name, hint in get_type_hints(kind, include_extras=True).items()}


class Operation:
    """One operation, with its overloads; they have the same parameters."""

    def __init__(self, entity: str, interface: type[Any], name: str) -> None:
        self.called = f"{entity}.{name}"
        self.overloads = tuple(map(Overload, _functions(interface, name)))
        first = self._first = self.overloads[0]
        self.names, self.positional, self.is_iterating = first.names, first.positional, first.is_iterating
        self.is_async, self.has_changes = first.is_async, first.changes is not None
        self._is_plain = len(self.overloads) == 1
        self._count = len(first.positional)

    def read(self, arguments: Arguments) -> Arguments:
        """Return a call's arguments, what is several in a tuple, or raise `CallInvalid`."""
        first = self._first
        if first.several:
            arguments = self._kept(arguments)
        for check, value in zip(first.checks, arguments, strict=False):
            if not check(value):
                break
        else:
            if self.has_changes:
                self._check_changes(arguments[-1])
            return arguments
        if not any(overload.accepts(arguments) for overload in self.overloads[1:]):
            raise self._refused(arguments)
        return arguments

    def call(self, function: Callable[..., Any], arguments: Arguments) -> Any:
        """Call a function with these arguments, as the operation's signature says."""
        count = self._count
        if count == len(arguments):
            return function(*arguments)
        named = dict(zip(self.names[count:], arguments[count:], strict=False))
        if self.has_changes:
            named.update(arguments[-1])
        return function(*arguments[:count], **named)

    def check(self, result: Any, arguments: Arguments) -> Any:
        """Return a result, or for an operation that yields one item, or raise `ResultInvalid`."""
        if self._is_plain:
            fitting = self._first
        else:
            fitting = next(overload for overload in self.overloads if overload.accepts(arguments))
        if fitting.fits(result):
            return result
        raise ResultInvalid(f"{self.shown}, and its stub gave {kind_of(result)}")

    def is_result(self, result: Any) -> bool:
        """Tell whether a result, or one item, fits any of the overloads."""
        return any(overload.fits(result) for overload in self.overloads)

    @property
    def shown(self) -> str:
        """What calls give, or yield one by one, as the interface has it."""
        results = " or ".join(overload.shown["return"] for overload in self.overloads)
        return f"{self.called} {'yields' if self.is_iterating else 'gives'} {results}"

    @property
    def signature(self) -> str:
        """The parameters, as a function has to have them."""
        by_name = self.names[len(self.positional) :]
        parts = [*self.positional, *(["*"] if by_name else []), *by_name, *(["**changes"] if self.has_changes else [])]
        return f"({', '.join(parts)})"

    def _kept(self, arguments: Arguments) -> Arguments:
        kept = list(arguments)
        for place, container in self._first.several:
            if isinstance(kept[place], container) and not isinstance(kept[place], str | bytes | Value):
                kept[place] = tuple(kept[place])
        return tuple(kept)

    def _check_changes(self, changes: Mapping[str, Any]) -> None:
        checks = self._first.changeable
        if not changes:
            raise CallInvalid(f"{self.called} needs a change: any of {', '.join(checks)}")
        for name, value in changes.items():
            if name not in checks:
                raise CallInvalid(f"{self.called} cannot change {name}; it can change {', '.join(checks)}")
            if not checks[name](value):
                raise CallInvalid(f"{self.called}: the change of {name} does not fit its type: {kind_of(value)}")

    def _refused(self, arguments: Arguments) -> CallInvalid:
        apart = []
        for place, (name, value) in enumerate(zip(self.names, arguments, strict=False)):
            fits = [overload.checks[place](value) for overload in self.overloads]
            if not any(fits):
                wanted = " or ".join(dict.fromkeys(overload.shown[name] for overload in self.overloads))
                return CallInvalid(f"{self.called}: {name} is {wanted}, not {kind_of(value)}")
            apart += [] if all(fits) else [name]
        return CallInvalid(f"{self.called}: {' and '.join(apart)} do not go together as they are given")


def _functions(interface: type[Any], name: str) -> Sequence[Callable[..., Any]]:
    """Return an operation's overloads, or itself where it has none."""
    owner = next(base for base in interface.__mro__ if name in vars(base))
    # What stands in the class for an overloaded function does not know whose it is.
    place: Any = SimpleNamespace(__module__=owner.__module__, __qualname__=f"{owner.__qualname__}.{name}")
    return get_overloads(place) or [vars(owner)[name]]


class Operations(dict[str, Operation]):
    """The operations of an interface by name, each read at its first use."""

    def __init__(self, entity: str, interface: type[Any]) -> None:
        super().__init__()
        self._entity = entity
        self._interface = interface

    def __missing__(self, name: str) -> Operation:
        operation = self[name] = Operation(self._entity, self._interface, name)
        return operation
