"""What callers may ask of an entity, in words: the conditions of its filter, and its operations beyond the verbs."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from dbkit.models.entity import Entity, Verb
from dbkit.types.filter import AnyOf, Contains, Deleted, EveryTenant, IgnoringCase, NullTest, Prefix, Range

__all__ = ["conditions_of", "operations_of"]

_CONDITIONS: Final = {
    AnyOf: "any of several values",
    Contains: "elements of the array",
    Deleted: "live, deleted or any",
    EveryTenant: "every tenant",
    IgnoringCase: "value whatever its case",
    NullTest: "NULL or not",
    Prefix: "prefix",
    Range: "range",
}


def conditions_of(field: FieldInfo) -> list[str]:
    """Return by what a field of a filter chooses rows."""
    found = [_condition(each) for each in _members(field.annotation) if each is not type(None)]
    return [*dict.fromkeys(found), *(["required"] if field.is_required() else [])]


def operations_of(entity: Entity[Any, Any, Any]) -> Iterator[tuple[str, str]]:
    """Yield the signature and docstring of each operation that is no verb.

    It reads the generated interface, so an operation is here if callers have it.
    """
    module = import_module(f"dbkit.types._sync.{entity.singular}")
    for kind in ("Repository", "TransactionRepository"):
        for name, method in vars(getattr(module, f"{entity.value.__name__}{kind}")).items():
            if inspect.isfunction(method) and not name.startswith("_") and name not in set(Verb):
                yield f"{name}{_signature(method)}", inspect.cleandoc(method.__doc__ or "")


def _members(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _condition(annotation: Any) -> str:
    # pydantic makes a class of its own of AnyOf[Text], whose metadata knows where it is from.
    made = getattr(annotation, "__pydantic_generic_metadata__", {})
    return _CONDITIONS.get(made.get("origin") or annotation, "value")


class _AsWritten(str):
    """An annotation that shows without quotes."""

    __slots__ = ()
    __repr__ = str.__str__


def _signature(method: Any) -> str:
    signature = inspect.signature(method)
    own = [each for name, each in signature.parameters.items() if name != "self"]
    parameters = [each.replace(annotation=_AsWritten(each.annotation)) for each in own]
    return str(signature.replace(parameters=parameters, return_annotation=_AsWritten(signature.return_annotation)))
