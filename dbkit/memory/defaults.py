"""Defaults of columns, as PostgreSQL fills them in: functions of the transaction's time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Column, DefaultClause, TextClause
from sqlalchemy.sql import functions

from dbkit.memory.datatype import DataType
from dbkit.memory.datatypes import TimestampType
from dbkit.memory.expressions import NOW, Scope, compile_expression
from dbkit.memory.functions import cast_between
from dbkit.memory.literals import QUOTED, RuleUnknown
from dbkit.memory.logic import itself
from dbkit.memory.refusal import ValueRefused

__all__ = ["Default", "default_of"]

Default: TypeAlias = Callable[[datetime], Any]

_SCOPE = Scope({NOW: TimestampType()})
_BARE = re.compile(r"[+-]?\d+(?:\.\d+)?|true|false", re.IGNORECASE)
_NOW = re.compile(r"now\(\)|current_timestamp", re.IGNORECASE)


def default_of(column: Column[Any], type_: DataType) -> Default | None:
    """Return the default of a column; None, if it has none. Raises `RuleUnknown`."""
    if column.server_default is None:
        return None
    if not isinstance(column.server_default, DefaultClause):
        raise RuleUnknown("a value that the server numbers by itself")
    given = column.server_default.arg
    if isinstance(given, str):
        return _constant(given, type_)
    if isinstance(given, TextClause):
        return _from_text(given.text.strip(), type_)
    if isinstance(given, functions.now) and isinstance(type_, TimestampType):
        return itself
    compiled = compile_expression(given, _SCOPE, type_)
    assign = cast_between(compiled.type, type_)
    if assign is None:
        raise RuleUnknown("a value that is of another type than the column")

    def computed(now: datetime) -> Any:
        value = compiled.evaluate({NOW: now})
        return None if value is None else type_.packed(assign(value))

    return computed


def _from_text(text: str, type_: DataType) -> Default:
    if quoted := QUOTED.fullmatch(text):
        return _constant(quoted[1].replace("''", "'"), type_)
    if _BARE.fullmatch(text):
        return _constant(text, type_)
    if _NOW.fullmatch(text) and isinstance(type_, TimestampType):
        return itself
    raise RuleUnknown(f"the SQL text {text}")


def _constant(text: str, type_: DataType) -> Default:
    try:
        value = type_.read(text)
    except ValueRefused:
        value = None
    if value is None:
        raise RuleUnknown(f"{text!r}, which the column's type does not take")
    held = type_.packed(value)
    return lambda _now: held
