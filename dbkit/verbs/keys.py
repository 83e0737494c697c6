"""Keys as callers give them: by position or by name, checked before a backend sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from dbkit.models.entity import Entity
from dbkit.types.errors import ValueInvalid

__all__ = ["KeyReader"]

_NO_KEY: Mapping[str, Any] = {}
_NAN = Decimal("NaN")
"""Equal to nothing in Python, but found in a dict where it is the very same object."""


class KeyReader:
    """Reads the primary key of one entity from the arguments of a call."""

    def __init__(self, entity: Entity[Any, Any, Any]) -> None:
        self._entity = entity.name
        self._names = entity.key_parameters
        self._plural_names = (*self._names[:-1], f"{self._names[-1]}s")
        self._types: tuple[type, ...] = tuple(entity.table.c[name].type.python_type for name in entity.key)
        self._arity = len(self._names)
        self._has_several_forms = not {datetime, Decimal}.isdisjoint(self._types)
        # The commonest key by far, a tenant's and a row's id, is looked at first.
        self._pair = self._types if self._arity == 2 and not self._has_several_forms else None
        self._parts_of = _parts_of(entity.key)

    def one(self, positional: tuple[Any, ...], named: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the key's parts, each in the form in which a dict finds it, or raise `ValueInvalid`."""
        if self._pair is not None and len(positional) == 2 and not named:
            first, second = self._pair
            if type(positional[0]) is first and type(positional[1]) is second:
                return positional
        parts = self._checked(positional, named)
        return tuple(map(_in_one_form, parts)) if self._has_several_forms else parts

    def of(self, value: Any) -> tuple[Any, ...]:
        """Return the key of a stored value, equal to the one that `one` returns for it."""
        parts = self._parts_of(value)
        return tuple(map(_in_one_form, parts)) if self._has_several_forms else parts

    def _checked(self, positional: tuple[Any, ...], named: Mapping[str, Any]) -> tuple[Any, ...]:
        parts = self._bind(self._names, positional, named) if named else positional
        if tuple(map(type, parts)) == self._types:
            return parts
        if len(parts) != self._arity:
            raise self._wrong_arguments(self._names)
        for part, kind in zip(parts, self._types, strict=True):
            if not isinstance(part, kind):
                raise self._wrong_type(parts)
        return parts

    def many(self, positional: tuple[Any, ...], named: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return several keys that differ in their last part, which the call gives as a sequence."""
        parts = self._bind(self._plural_names, positional, named) if named else positional
        if len(parts) != self._arity or isinstance(parts[-1], str) or not isinstance(parts[-1], Iterable):
            raise self._wrong_arguments(self._plural_names)
        return [self.one((*parts[:-1], last), {}) for last in parts[-1]]

    def shown(self, key: tuple[Any, ...]) -> dict[str, object]:
        """Return a key as an error shows it."""
        return dict(zip(self._names, key, strict=False))

    def split(self, named: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Return the named arguments that belong to the key, and the others."""
        for name in self._names:
            if name in named:
                break
        else:
            return _NO_KEY, named
        key = {name: value for name, value in named.items() if name in self._names}
        return key, {name: value for name, value in named.items() if name not in key}

    def _bind(self, names: tuple[str, ...], positional: tuple[Any, ...], named: Mapping[str, Any]) -> tuple[Any, ...]:
        rest = names[len(positional) :]
        if set(rest) != set(named):
            raise self._wrong_arguments(names)
        return (*positional, *(named[name] for name in rest))

    def _wrong_arguments(self, names: tuple[str, ...]) -> ValueInvalid:
        return ValueInvalid(f"the key is ({', '.join(names)})", entity=self._entity, fields=names)

    def _wrong_type(self, parts: tuple[Any, ...]) -> ValueInvalid:
        wrong = [
            (name, kind.__name__)
            for name, part, kind in zip(self._names, parts, self._types, strict=True)
            if not isinstance(part, kind)
        ]
        what = ", ".join(f"{name} must be a {kind}" for name, kind in wrong)
        return ValueInvalid(what, entity=self._entity, fields=tuple(name for name, _ in wrong))


def _parts_of(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what takes a key's parts from a value."""
    part = attrgetter(*names)
    return part if len(names) > 1 else lambda value: (part(value),)


def _in_one_form(part: Any) -> Any:
    """Return an instant in UTC, the one NaN for each, and anything else as it is.

    In another zone, a time of the hour that the clock is set back equals no other, not even itself in UTC. What has no
    time in UTC is refused later.
    """
    if isinstance(part, Decimal):
        return _NAN if part.is_nan() else part
    if isinstance(part, datetime) and part.tzinfo is not UTC and part.utcoffset() is not None:
        with suppress(OverflowError):
            return part.astimezone(UTC)
    return part
