"""Whether a function can stand for an operation."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from inspect import Parameter
from typing import Any

from dbkit.mock.base.errors import StubInvalid
from dbkit.mock.base.operation import Operation

__all__ = ["refuse_unfit"]

_HAS_VARIABLE = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS


def refuse_unfit(operation: Operation, function: Callable[..., Any]) -> None:
    """Raise `StubInvalid` for a function that does not have the operation's parameters, by name and order.

    `*arguments` and `**named` stand for any, and more parameters with defaults are no harm.
    """
    if _is_alike(operation, function):
        return
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        parameters = None
    if parameters is None or not _fits(operation, parameters):
        raise StubInvalid(f"{operation.called} is called as {operation.signature}, and its stub cannot be")


def _is_alike(operation: Operation, function: Callable[..., Any]) -> bool:
    """Tell at a glance that a plain function has these very parameters."""
    code = getattr(function, "__code__", None)
    if code is None or code.co_flags & _HAS_VARIABLE or code.co_posonlyargcount or operation.has_changes:
        return False
    count = code.co_argcount + code.co_kwonlyargcount
    return bool(code.co_argcount == len(operation.positional) and code.co_varnames[:count] == operation.names)


def _fits(operation: Operation, parameters: Sequence[Parameter]) -> bool:
    positional = [each for each in parameters if each.kind is Parameter.POSITIONAL_OR_KEYWORD]
    named = {each.name for each in parameters if each.kind in (Parameter.KEYWORD_ONLY, Parameter.POSITIONAL_OR_KEYWORD)}
    kinds = {each.kind for each in parameters}
    by_name = operation.names[len(operation.positional) :]
    begins = tuple(each.name for each in positional[: len(operation.positional)])
    has_begin = begins == operation.positional[: len(begins)]
    has_rest = len(begins) == len(operation.positional) or Parameter.VAR_POSITIONAL in kinds
    has_names = Parameter.VAR_KEYWORD in kinds or (named.issuperset(by_name) and not operation.has_changes)
    needed = {each.name for each in parameters if _is_needed(each)} - set(operation.names)
    return has_begin and has_rest and has_names and not needed


def _is_needed(parameter: Parameter) -> bool:
    varying = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
    return parameter.kind not in varying and parameter.default is Parameter.empty
