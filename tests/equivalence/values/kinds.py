"""Kinds of columns: every type that both backends carry, with values to give to it, edges first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, DateTime, Integer, LargeBinary, Numeric, SmallInteger, String, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.types import TypeEngine

from dbkit.types.value import Instant
from tests.equivalence.values.documents import DOCUMENTS, LONG_DOCUMENTS, NO_DOCUMENTS
from tests.equivalence.values.numbers import DECIMALS, LONG_DECIMALS, NO_DECIMALS, NO_WHOLE_NUMBERS, WHOLE_NUMBERS
from tests.equivalence.values.odd import ANYWHERE
from tests.equivalence.values.texts import (
    BYTES,
    FLAGS,
    IDS,
    LONG_BYTES,
    LONG_LISTS,
    LONG_TEXTS,
    NO_BYTES,
    NO_FLAGS,
    NO_IDS,
    NO_LISTS,
    NO_TEXTS,
    TEXT_LISTS,
    TEXTS,
)
from tests.equivalence.values.times import INSTANTS, NO_INSTANTS

__all__ = ["KINDS", "Kind"]

CODE_POINT = "C"


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of columns, what a stored value is of it, and values to give: of its own classes, and of foreign ones.

    `long` are values that take their time. `is_ordered` tells that an index may be over the column: the order of its
    collation is not the server's own.
    """

    name: str
    type: TypeEngine[Any]
    annotation: Any
    own: tuple[Any, ...]
    foreign: tuple[Any, ...]
    long: tuple[Any, ...] = ()
    is_ordered: bool = True

    @property
    def given(self) -> tuple[Any, ...]:
        """All values, NULL too."""
        return (*self.own, *self.foreign, *ANYWHERE, None)

    @property
    def is_for_keys(self) -> bool:
        """Whether Python finds values of it in a dict, as it has to where several keys are asked for at once."""
        return not isinstance(self.type, ARRAY | JSONB)

    def __str__(self) -> str:
        return self.name


def _decimals(name: str, type_: TypeEngine[Any]) -> Kind:
    return Kind(name, type_, Decimal | None, DECIMALS, NO_DECIMALS, LONG_DECIMALS)


def _whole(name: str, type_: TypeEngine[Any]) -> Kind:
    return Kind(name, type_, int | None, WHOLE_NUMBERS, NO_WHOLE_NUMBERS)


def _text(name: str, type_: TypeEngine[Any], *, is_ordered: bool = True) -> Kind:
    return Kind(name, type_, str | None, TEXTS, NO_TEXTS, LONG_TEXTS, is_ordered)


def _texts(name: str, type_: TypeEngine[Any]) -> Kind:
    return Kind(name, type_, tuple[str | None, ...] | None, TEXT_LISTS, NO_LISTS, LONG_LISTS)


KINDS = (
    _whole("small", SmallInteger()),
    _whole("whole", Integer()),
    _whole("large", BigInteger()),
    _decimals("money", Numeric(6, 2)),
    _decimals("tens", Numeric(5, -1)),
    _decimals("digits", Numeric(6)),
    _decimals("number", Numeric()),
    _text("code", Text(collation=CODE_POINT)),
    _text("words", Text(), is_ordered=False),
    _text("label", String(5, collation=CODE_POINT)),
    Kind("flag", Boolean(), bool | None, FLAGS, NO_FLAGS),
    Kind("moment", DateTime(timezone=True), Instant | None, INSTANTS, NO_INSTANTS),
    Kind("token", Uuid(), UUID | None, IDS, NO_IDS),
    Kind("data", LargeBinary(), bytes | None, BYTES, NO_BYTES, LONG_BYTES),
    Kind("document", JSONB(none_as_null=True), Any, DOCUMENTS, NO_DOCUMENTS, LONG_DOCUMENTS),
    _texts("tags", ARRAY(Text(collation=CODE_POINT))),
    _texts("labels", ARRAY(String(3, collation=CODE_POINT))),
)
