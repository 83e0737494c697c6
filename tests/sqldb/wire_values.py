"""One table with every type that dbkit carries, its value, and statements on it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType
from uuid import UUID

from pydantic import BaseModel, ConfigDict, JsonValue
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from dbkit.sqldb.decode import ValueDecoder
from dbkit.sqldb.encode import CopyEncoder, Parameter, ParameterEncoder, wire_type
from dbkit.sqldb.wire import Statement

SampleId = NewType("SampleId", UUID)


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Sample(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: SampleId
    name: str
    colour: Colour | None
    made_at: datetime | None
    count: int | None
    small: int | None
    big: int | None
    amount: Decimal | None
    active: bool | None
    data: dict[str, JsonValue] | None
    sealed: bytes | None
    colours: tuple[Colour, ...] | None


TABLE = Table(
    "samples",
    MetaData(),
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("colour", Text),
    Column("made_at", DateTime(timezone=True)),
    Column("count", Integer),
    Column("small", SmallInteger),
    Column("big", BigInteger),
    Column("amount", Numeric),
    Column("active", Boolean),
    Column("data", JSONB),
    Column("sealed", LargeBinary),
    Column("colours", ARRAY(Text)),
)

DDL = """
create table samples (
    id uuid primary key, name text not null, colour text, made_at timestamptz, count integer, small smallint,
    big bigint, amount numeric, active boolean, data jsonb, sealed bytea, colours text[])
"""

NAMES = tuple(column.name for column in TABLE.columns)
COLUMNS = ", ".join(NAMES)
PLACES = ", ".join(f"${number}" for number in range(1, len(NAMES) + 1))
PARAMETERS = tuple(Parameter(column.name, wire_type(column.type, column.name)) for column in TABLE.columns)
DECODER = ValueDecoder(Sample, NAMES)
COPY = CopyEncoder(PARAMETERS)


def parameters(*names: str) -> ParameterEncoder:
    return ParameterEncoder([parameter for name in names for parameter in PARAMETERS if parameter.field == name])


def statement(sql: str, *names: str) -> Statement:
    return Statement(sql.encode(), parameters(*names))


GET = statement(f"select {COLUMNS} from samples where id = $1", "id")
ALL = statement(f"select {COLUMNS} from samples order by id")
INSERT = statement(
    f"insert into samples ({COLUMNS}) values ({PLACES}) returning {COLUMNS}",
    *NAMES,
)

FULL = Sample(
    id=SampleId(UUID(int=1)),
    name="ä\u20ac\U0001f600",
    colour=Colour.RED,
    made_at=datetime(2024, 2, 29, 12, 30, 0, 123456, UTC),
    count=-5,
    small=7,
    big=2**40,
    amount=Decimal("12345.678900"),
    active=True,
    data={"a": [1, 2.5, None, {"b": "\u00e9"}], "t": True},
    sealed=b"\x00\xff",
    colours=(Colour.GREEN, Colour.RED),
)
EMPTY = Sample(
    id=SampleId(UUID(int=2)),
    name="",
    colour=None,
    made_at=None,
    count=None,
    small=None,
    big=None,
    amount=None,
    active=None,
    data=None,
    sealed=None,
    colours=None,
)


def row(value: Sample) -> tuple[object, ...]:
    return tuple(getattr(value, name) for name in NAMES)


def with_fields(**fields: object) -> tuple[object, ...]:
    """Return the row of a value that skipped validation."""
    return tuple((dict(FULL) | fields)[name] for name in NAMES)
