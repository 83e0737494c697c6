from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.pq import Format
from sqlalchemy import ARRAY, CHAR, DateTime, Enum, Interval, Text, Uuid
from sqlalchemy.dialects.postgresql import CITEXT, TIMESTAMP
from sqlalchemy.types import TypeEngine

from dbkit.sqldb._sync.wire import DbkitConnection, run
from dbkit.sqldb.encode import CopyEncoder, wire_type
from dbkit.types.errors import ConfigurationInvalid, ServerReport, ValueInvalid
from tests.sqldb.wire_values import (
    COLUMNS,
    COPY,
    DECODER,
    EMPTY,
    FULL,
    INSERT,
    NAMES,
    PARAMETERS,
    parameters,
    row,
    with_fields,
)


def nested(levels: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(levels - 1):
        found = [found]
    return found


BAD_VALUES: list[tuple[str, object, str]] = [
    ("id", "no uuid", "22P02"),
    ("id", 5, "22P02"),
    ("count", "abc", "22P02"),
    ("count", 2**31, "22003"),
    ("count", 1.5, "22P02"),
    ("small", 2**15, "22003"),
    ("big", 2**63, "22003"),
    ("amount", "much", "22P02"),
    ("active", "perhaps", "22P02"),
    ("sealed", "\\x0", "22023"),
]

UNSENDABLE: list[tuple[str, object]] = [
    ("name", "a\0b"),
    ("name", "\ud800"),
    ("colours", ("a\0",)),
    ("colours", ("\ud800",)),
    ("count", "1\0"),
    ("count", [1]),
    ("active", {}),
    ("made_at", datetime(2024, 1, 1)),  # noqa: DTZ001 - naive on purpose
    ("made_at", "2024-01-01 00:00+00"),
    ("made_at", 5),
    ("colours", "{red}"),
    ("data", {"a": 10**5000}),
    ("data", nested(250)),
    ("data", {"a": "\ud800"}),
    ("data", {"a": object()}),
]


@pytest.mark.parametrize("value", [FULL, EMPTY], ids=["full", "empty"])
def test_every_type_returns_as_it_was_sent(connection: DbkitConnection, value: Any) -> None:
    assert DECODER.one(run(connection, INSERT, row(value))) == value


@pytest.mark.parametrize(("field", "value", "sqlstate"), BAD_VALUES)
def test_server_judges_a_value_of_the_wrong_type(
    connection: DbkitConnection, field: str, value: object, sqlstate: str
) -> None:
    with pytest.raises(ServerReport) as caught:
        run(connection, INSERT, with_fields(**{field: value}))
    assert caught.value.sqlstate == sqlstate


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("colour", "green", "green"),
        ("name", 5, "5"),
        ("count", "12", 12),
        ("amount", 3, Decimal(3)),
        ("amount", Decimal("NaN"), None),
        ("id", "00000000-0000-0000-0000-000000000009", UUID(int=9)),
    ],
)
def test_server_reads_what_it_can(connection: DbkitConnection, field: str, value: object, stored: object) -> None:
    decoded = DECODER.one(run(connection, INSERT, with_fields(**{field: value})))
    assert getattr(decoded, field) == stored or stored is None


@pytest.mark.parametrize(("field", "value"), UNSENDABLE)
def test_what_cannot_be_sent_names_its_field(field: str, value: object) -> None:
    with pytest.raises(ValueInvalid) as caught:
        INSERT.parameters.encode(with_fields(**{field: value}))
    assert caught.value.fields == (field,)
    assert caught.value.__context__ is None


def test_formats_are_binary_unless_a_value_is_of_the_wrong_type() -> None:
    encoder = parameters("id", "count")
    assert set(encoder.encode((UUID(int=1), 5))[1]) == {Format.BINARY}
    assert encoder.encode((UUID(int=1), "5"))[1] == [Format.BINARY, Format.TEXT]


def test_number_of_values_must_be_the_statements() -> None:
    with pytest.raises(TypeError, match="1 values for 2 parameters"):
        parameters("id", "count").encode((UUID(int=1),))


@pytest.mark.parametrize(
    "type_",
    [
        DateTime(),
        TIMESTAMP(timezone=True, precision=3),
        Interval(),
        Enum("a", name="a"),
        ARRAY(Enum("a", name="a")),
        ARRAY(Text(), dimensions=2),
        CHAR(3),
        CITEXT(),
        Uuid(native_uuid=False),
    ],
)
def test_type_that_is_not_carried(type_: TypeEngine[Any]) -> None:
    with pytest.raises(ConfigurationInvalid) as caught:
        wire_type(type_, "field")
    assert caught.value.fields == ("field",)


def copy(connection: psycopg.Connection[Any], rows: list[tuple[object, ...]], rows_per_chunk: int = 2) -> None:
    with connection.cursor() as cursor, cursor.copy(f"copy samples ({COLUMNS}) from stdin (format binary)") as stream:
        for chunk in COPY.chunks(rows, rows_per_chunk=rows_per_chunk):
            stream.write(chunk)


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_copy_stores_what_insert_stores(connection: DbkitConnection, count: int) -> None:
    values = [FULL.model_copy(update={"id": UUID(int=number)}) for number in range(count)]
    copy(connection, [row(value) for value in values])
    with connection.cursor(binary=True) as cursor:
        result = cursor.execute(f"select {COLUMNS} from samples order by id").pgresult
    assert result is not None
    assert DECODER.many(result) == values


def test_copy_names_row_and_field(connection: DbkitConnection) -> None:
    with pytest.raises(ValueInvalid) as caught:
        copy(connection, [row(FULL), row(EMPTY), with_fields(count="abc"), with_fields(name="\0")])
    assert (caught.value.row, caught.value.fields) == (2, ("count",))
    assert connection.execute("select count(*) from samples").fetchone() == (0,)


def test_copy_refuses_rows_of_another_width() -> None:
    with pytest.raises(TypeError, match="row 1 has 2 values for 12 columns"):
        list(CopyEncoder(PARAMETERS).chunks([row(FULL), (1, 2)]))
    with pytest.raises(TypeError, match="row 0 has 11 values"):
        list(CopyEncoder(PARAMETERS).chunks([row(FULL)[:-1]]))


def test_all_columns_are_tried() -> None:
    assert len(NAMES) == len(PARAMETERS) == 12
