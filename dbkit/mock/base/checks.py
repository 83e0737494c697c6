"""From a type annotation to a check of values, as strict as a type checker is."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, NewType, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from dbkit.types.page import Page, Upserted

__all__ = ["Check", "check_of", "kind_of"]

Check: TypeAlias = Callable[[Any], bool]
"""Tells whether a value is of a type."""

_MANY = (list, tuple, frozenset, set, Sequence, Iterable)


@cache
def check_of(annotation: Any) -> Check:
    """Return the check of an annotation. Containers are looked into; numbers and texts are not converted."""
    if annotation is Any or annotation is object:
        return lambda _: True
    if isinstance(annotation, NewType):
        return check_of(annotation.__supertype__)
    origin, arguments = _origin(annotation), get_args(annotation)
    if origin is Literal:
        return _is_one_of(arguments)
    if origin in (Union, types.UnionType):
        return _is_any([check_of(part) for part in arguments])
    if origin in _CONTAINERS:
        return _CONTAINERS[origin](origin, arguments)
    if _is_plain(annotation):
        return _is_instance(annotation)
    return _fits(annotation)


def kind_of(value: object) -> str:
    """Return a value's type in words, never the value: of a container with the types inside."""
    name = type(value).__name__
    if not isinstance(value, list | tuple | set | frozenset):
        return name
    inside = sorted({type(item).__name__ for item in value})
    return f"{name} of {', '.join(inside)}" if inside else f"empty {name}"


def _origin(annotation: Any) -> Any:
    return Annotated if hasattr(annotation, "__metadata__") else get_origin(annotation)


def _is_plain(annotation: Any) -> bool:
    """Tell whether being of a class says all; pydantic's own types are classes that nothing is an instance of."""
    if annotation is None or annotation is types.NoneType:
        return True
    if not isinstance(annotation, type):
        return False
    return issubclass(annotation, BaseModel | Enum) or not hasattr(annotation, "__get_pydantic_core_schema__")


def _is_instance(annotation: Any) -> Check:
    kind = types.NoneType if annotation is None else annotation
    if kind is int:
        return lambda value: isinstance(value, int) and not isinstance(value, bool)
    return lambda value: isinstance(value, kind)


def _is_one_of(literals: tuple[Any, ...]) -> Check:
    kinds = {type(literal) for literal in literals}
    return lambda value: type(value) in kinds and value in literals


def _is_any(checks: list[Check]) -> Check:
    if len(checks) == 2:
        first, second = checks
        return lambda value: first(value) or second(value)
    return lambda value: any(check(value) for check in checks)


def _fits(annotation: Any) -> Check:
    """Return pydantic's check, for a type with rules of its own: a length, a range, an aware time."""
    validate = TypeAdapter(annotation).validator.validate_python

    def fits(value: Any) -> bool:
        try:
            validate(value, strict=True)
        except ValidationError:
            return False
        return True

    return fits


def _of_many(container: Any, parameters: tuple[Any, ...]) -> Check:
    check = check_of(parameters[0])

    def holds(value: Any) -> bool:
        # A text is a sequence of texts, and never meant as one.
        return isinstance(value, container) and not isinstance(value, str | bytes) and all(map(check, value))

    return holds


def _of_tuple(container: Any, parameters: tuple[Any, ...]) -> Check:
    if parameters[-1] is Ellipsis:
        return _of_many(container, parameters)
    checks = [check_of(part) for part in parameters]

    def holds(value: Any) -> bool:
        return (
            isinstance(value, tuple)
            and len(value) == len(checks)
            and all(check(part) for check, part in zip(checks, value, strict=True))
        )

    return holds


def _of_mapping(container: Any, parameters: tuple[Any, ...]) -> Check:
    check_key, check_item = map(check_of, parameters)
    return lambda value: (
        isinstance(value, container) and all(map(check_key, value)) and all(map(check_item, value.values()))
    )


def _of_page(_container: Any, parameters: tuple[Any, ...]) -> Check:
    check = check_of(parameters[0])
    return lambda value: isinstance(value, Page) and isinstance(value.items, tuple) and all(map(check, value.items))


def _of_upserted(_container: Any, parameters: tuple[Any, ...]) -> Check:
    check = check_of(parameters[0])
    return lambda value: isinstance(value, Upserted) and check(value.value) and isinstance(value.inserted, bool)


_CONTAINERS: Mapping[Any, Callable[[Any, tuple[Any, ...]], Check]] = {
    **dict.fromkeys(_MANY, _of_many),
    tuple: _of_tuple,
    dict: _of_mapping,
    Mapping: _of_mapping,
    Page: _of_page,
    Upserted: _of_upserted,
}
