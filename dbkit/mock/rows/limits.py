"""Limits that a value or its column sets to a text's length and to a number, and fresh values within them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dbkit.mock.rows.plausible import Maker, kind_of, maker_of
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.sources import Source

__all__ = ["limited_maker"]


@dataclass(frozen=True)
class _Limits:
    """The least and the greatest that is allowed, where there is such."""

    least: Any = None
    most: Any = None


def limited_maker(entity: AnyEntity, field: str) -> Maker:
    """Return what makes values of a field that its value and its column take."""
    make = maker_of(entity.value, field)
    kind = kind_of(entity.value, field)
    if kind is str:
        return _of_length(make, _lengths(entity, field))
    return _in_range(make, _range(entity, field)) if kind in (int, Decimal) else make


def _of_length(make: Maker, limits: _Limits) -> Maker:
    """Return texts that are long and short enough; what tells them apart stays."""
    if limits == _Limits():
        return make
    least, most = limits.least or 0, limits.most

    def made(number: int, source: Source) -> str:
        text: str = make(number, source)
        if most is not None and len(text) > most:
            text = source.token(number)[-most:]
        return text.rjust(least, "x")

    return made


def _in_range(make: Maker, limits: _Limits) -> Maker:
    """Return numbers in a range, which begin again after its end."""
    if limits.least is None or limits.most is None:
        return make
    size = limits.most - limits.least + 1

    def made(number: int, source: Source) -> Any:
        value = make(number, source)
        return value if limits.least <= value <= limits.most else limits.least + value % size

    return made


def _lengths(entity: AnyEntity, field: str) -> _Limits:
    of_column = getattr(entity.table.c[field].type, "length", None)
    least = _rules(entity, field, "min_length")
    most = [*_rules(entity, field, "max_length"), *([] if of_column is None else [of_column])]
    return _Limits(max(least, default=None), min(most, default=None))


def _range(entity: AnyEntity, field: str) -> _Limits:
    least = [*_rules(entity, field, "ge"), *(bound + 1 for bound in _rules(entity, field, "gt"))]
    most = [*_rules(entity, field, "le"), *(bound - 1 for bound in _rules(entity, field, "lt"))]
    return _Limits(max(least, default=None), min(most, default=None))


def _rules(entity: AnyEntity, field: str, name: str) -> list[Any]:
    """Return what the rules of a value's field say of a limit, by the name that pydantic has for it."""
    info = entity.value.model_fields.get(field)
    found = [] if info is None else [getattr(rule, name, None) for rule in info.metadata]
    return [bound for bound in found if bound is not None]
