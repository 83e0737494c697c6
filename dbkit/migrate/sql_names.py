"""Parts of a model in PostgreSQL's words, for people: types, defaults, conditions."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Column, Computed, Dialect, Identity
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.elements import ClauseElement

__all__ = ["default_of", "expression", "type_of"]

_DIALECT: Dialect = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]
_COLLATION = re.compile(r' COLLATE "[^"]+"')


def type_of(column: Column[Any], *, collation: bool = True) -> str:
    """Return a column's type, short: `timestamptz`, `text COLLATE "C"`, `numeric(20,6)`."""
    name = column.type.compile(dialect=_DIALECT)
    bare = _COLLATION.sub("", name)
    short = bare.lower().replace("timestamp with time zone", "timestamptz").replace(", ", ",")
    return short + (found[0] if collation and (found := _COLLATION.search(name)) else "")


def default_of(column: Column[Any]) -> str:
    """Return what a column holds that no statement fills; empty, if nothing."""
    made = column.server_default
    if isinstance(made, Computed):
        return f"generated from {expression(made.sqltext)}"
    if isinstance(made, Identity) or column.identity is not None:
        return "numbered by the server"
    argument = getattr(made, "arg", None)
    return "" if argument is None else expression(argument)


def expression(element: ClauseElement | str) -> str:
    """Return an expression on one line, its constants written out."""
    if isinstance(element, str):
        return element
    compiled = element.compile(
        dialect=_DIALECT,
        compile_kwargs={"literal_binds": True, "include_table": False},
    )
    return " ".join(str(compiled).split())
