"""Gives a constant again and again: what code does to one answer never reaches the next."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dbkit.types.page import Page, Upserted
from dbkit.types.value import Value

__all__ = ["giver_of"]


def giver_of(constant: Any) -> Callable[[], Any]:
    """Return what gives the constant: itself where nothing in it can change, else a copy of what can."""
    if _is_fixed(constant):
        return lambda: constant
    if isinstance(constant, Value):
        return _giver_of_value(constant)
    if isinstance(constant, list | tuple):
        kind, givers = type(constant), [giver_of(item) for item in constant]
        return lambda: kind([give() for give in givers])
    if isinstance(constant, dict):
        items = {name: giver_of(item) for name, item in constant.items()}
        return lambda: {name: give() for name, give in items.items()}
    if isinstance(constant, Page):
        give_items = giver_of(constant.items)
        return lambda: replace(constant, items=give_items())
    if isinstance(constant, Upserted):
        give_value = giver_of(constant.value)
        return lambda: replace(constant, value=give_value())
    return lambda: copy.deepcopy(constant)


def _giver_of_value(value: Value) -> Callable[[], Value]:
    givers = {name: giver_of(field) for name, field in value.__dict__.items() if not _is_fixed(field)}

    def give() -> Value:
        given = copy.copy(value)
        for name, give_field in givers.items():
            given.__dict__[name] = give_field()
        return given

    return give


def _is_fixed(constant: Any) -> bool:
    """Tell whether nothing in a constant can change. A value cannot, but what is in its fields may."""
    if isinstance(constant, Value):
        return all(map(_is_fixed, constant.__dict__.values()))
    if isinstance(constant, tuple | frozenset):
        return all(map(_is_fixed, constant))
    if isinstance(constant, Page):
        return _is_fixed(constant.items)
    if isinstance(constant, Upserted):
        return _is_fixed(constant.value)
    return not isinstance(constant, list | dict | set)
