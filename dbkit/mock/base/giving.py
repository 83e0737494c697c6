"""Gives a constant again and again: what code does to one answer never reaches the next."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime
from types import NoneType
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from dbkit.types.page import Page, Upserted
from dbkit.types.value import Value

__all__ = ["giver_of"]

_PLAIN = frozenset({NoneType, UUID, bool, bytes, datetime, int, str})
"""What most fields are, told at a glance."""

_new = object.__new__
_set_fields = BaseModel.__dict__["__dict__"].__set__
_set_fields_set = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_set_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_set_private = BaseModel.__dict__["__pydantic_private__"].__set__


def giver_of(constant: Any) -> Callable[[], Any]:
    """Return what gives the constant: itself where nothing in it can change, else a copy of what can."""
    if isinstance(constant, Value):
        return _giver_of_value(constant)
    if _is_fixed(constant):
        return lambda: constant
    if isinstance(constant, list | tuple):
        kind, givers = type(constant), [giver_of(item) for item in constant]
        return lambda: kind([give() for give in givers])
    if isinstance(constant, dict):
        items = {name: giver_of(item) for name, item in constant.items()}
        return lambda: {name: give() for name, give in items.items()}
    if isinstance(constant, Page):
        give_items = giver_of(constant.items)
        return lambda: Page(give_items(), constant.next)
    if isinstance(constant, Upserted):
        give_value = giver_of(constant.value)
        return lambda: Upserted(give_value(), constant.inserted)
    return lambda: copy.deepcopy(constant)


def _giver_of_value(value: Value) -> Callable[[], Value]:
    kind, fields, names = type(value), vars(value), value.model_fields_set
    givers = [(name, giver_of(field)) for name, field in fields.items() if not _is_fixed(field)]
    if not givers:
        return lambda: value

    def give() -> Value:
        given_fields = fields.copy()
        for name, give_field in givers:
            given_fields[name] = give_field()
        # As pydantic's own copy does it, which takes three times as long.
        given = _new(kind)
        _set_fields(given, given_fields)
        _set_fields_set(given, names)
        _set_extra(given, None)
        _set_private(given, None)
        return given

    return give


def _is_fixed(constant: Any) -> bool:
    """Tell whether nothing in a constant can change. A value cannot, but what is in its fields may."""
    if type(constant) in _PLAIN:
        return True
    if isinstance(constant, BaseModel):
        return all(map(_is_fixed, vars(constant).values()))
    if isinstance(constant, (tuple, frozenset)):
        return all(map(_is_fixed, constant))
    if isinstance(constant, Page):
        return _is_fixed(constant.items)
    if isinstance(constant, Upserted):
        return _is_fixed(constant.value)
    return not isinstance(constant, (list, dict, set))
