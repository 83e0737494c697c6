"""Whether a row could be what a stub gives: the rules of its table, as the in-memory twin enforces them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache

from pydantic import ValidationError

from dbkit.memory.rules import TableReader
from dbkit.memory.table import AnyEntity, Table
from dbkit.mock.base.checks import kind_of
from dbkit.mock.base.errors import StubInvalid
from dbkit.types.errors import EntityError
from dbkit.types.page import Page, Upserted
from dbkit.types.value import Value

__all__ = ["refuse_impossible"]


def refuse_impossible(entity: AnyEntity, called: str, constant: object) -> None:
    """Raise `StubInvalid` where a constant holds a value of this entity, or one beside it, that no row can have."""
    for value in _values_in(constant):
        _refuse_types(called, value)
        entities = _entities_beside(entity)
        own = next((entities[kind] for kind in type(value).__mro__ if kind in entities), None)
        reason = None if own is None else _reason_against(own, value)
        if reason is not None:
            raise StubInvalid(f"{called} cannot give this {type(value).__name__}, because no row can be so: {reason}")


def _values_in(constant: object) -> Iterator[Value]:
    if isinstance(constant, Value):
        yield constant
    elif isinstance(constant, list | tuple | frozenset | Page):
        for item in constant:
            yield from _values_in(item)
    elif isinstance(constant, Mapping):
        yield from _values_in(tuple(constant.values()))
    elif isinstance(constant, Upserted):
        yield from _values_in(constant.value)


def _refuse_types(called: str, value: Value) -> None:
    """Raise `StubInvalid` for a value made around its class: without a field, or with one of another type."""
    fields = vars(value)
    try:
        type(value).__pydantic_validator__.validate_python(fields, strict=True)
    except ValidationError as error:
        name = str(error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"][0])
    else:
        return
    given = kind_of(fields[name]) if name in fields else "absent"
    raise StubInvalid(
        f"{called} cannot give this {type(value).__name__}: {name} is {given}, or breaks a rule of its type"
    )


@cache
def _entities_beside(entity: AnyEntity) -> Mapping[type, AnyEntity]:
    """Return the entities of the same package by the class of their values."""
    package = sys.modules[entity.model.__module__.rpartition(".")[0] or entity.model.__module__]
    return {each.value: each for each in (*getattr(package, "ENTITIES", ()), entity)}


@cache
def _table(entity: AnyEntity) -> Table:
    return TableReader(entity).read()


def _reason_against(entity: AnyEntity, value: Value) -> str | None:
    table = _table(entity)
    try:
        row = {name: table.stored(name, value.__dict__[name]) for name in entity.fields}
        table.verify(row)
    except EntityError as error:
        return str(error)
    computed = {name: evaluate(row) for name, evaluate in table.generated}
    wrong = [name for name, result in computed.items() if table.stored(name, result) != row[name]]
    return f"{', '.join(wrong)} is computed from other columns, as something else." if wrong else None
