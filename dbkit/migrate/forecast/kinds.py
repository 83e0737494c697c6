"""What types cost: how wide their values are where nobody has looked, how they compare, how they are made."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

__all__ = ["Comparison", "comparison", "conversion_weight", "shares_equal_values", "width_bytes"]


class Comparison(StrEnum):
    """How values are compared in a sort: as numbers of the processor, as texts of a language, or by a function."""

    NUMBER = "number"
    TEXT = "text"
    OTHER = "other"


_WIDTHS: Final = {
    "boolean": 1,
    "smallint": 2,
    "integer": 4,
    "real": 4,
    "date": 4,
    "oid": 4,
    "bigint": 8,
    "double precision": 8,
    "timestamp without time zone": 8,
    "timestamp with time zone": 8,
    "time without time zone": 8,
    "uuid": 16,
}
_TEXTS: Final = ("text", "character varying", "character", "citext", "varchar", "char")
_HEAVY: Final = ("json", "jsonb", "xml", "bytea", "hstore")
_GUESSED_BYTES: Final = {Comparison.NUMBER: 8, Comparison.TEXT: 24, Comparison.OTHER: 16}
_HEAVY_WEIGHT: Final = 25.0
_WEIGHTS: Final = {Comparison.NUMBER: 1.0, Comparison.TEXT: 8.0, Comparison.OTHER: 8.0}
_SHORT: Final = {
    "int": "integer",
    "int4": "integer",
    "int8": "bigint",
    "int2": "smallint",
    "bool": "boolean",
    "timestamptz": "timestamp with time zone",
    "timestamp": "timestamp without time zone",
    "float8": "double precision",
}


def comparison(type_: str) -> Comparison:
    """Return how values of a type are compared."""
    name = _bare(type_)
    if name in _WIDTHS:
        return Comparison.NUMBER
    return Comparison.TEXT if name in _TEXTS else Comparison.OTHER


def shares_equal_values(type_: str) -> bool:
    """Tell whether a B-tree keeps equal values of a type once: where values that are equal may look otherwise, not."""
    return comparison(type_) is not Comparison.OTHER and _bare(type_) not in ("real", "double precision")


def width_bytes(type_: str) -> int:
    """Return how wide a value of a type is, where nobody has looked."""
    return _WIDTHS.get(_bare(type_), _GUESSED_BYTES[comparison(type_)])


def conversion_weight(type_: str) -> float:
    """Return how much making a value of a type costs, as a multiple of looking at one."""
    return _HEAVY_WEIGHT if _bare(type_) in _HEAVY else _WEIGHTS[comparison(type_)]


def _bare(type_: str) -> str:
    """Return a type's name without its modifier and its array's brackets, which make another kind of it."""
    if type_.endswith("]"):
        return type_
    head, _, rest = type_.partition("(")
    name = f"{head.strip()}{rest.partition(')')[2]}".strip().lower()
    return _SHORT.get(name, name)
