from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import psycopg
import pytest
from psycopg.pq.abc import PGresult
from pydantic import BaseModel, Field, PrivateAttr

from dbkit.sqldb._sync.wire import DbkitConnection, run
from dbkit.sqldb.decode import ValueDecoder
from dbkit.types.errors import SchemaMismatch, ValueInvalid
from tests.sqldb.wire_values import ALL, COLUMNS, DECODER, FULL, INSERT, NAMES, Sample, row, statement


def select(connection: psycopg.Connection[object], sql: str) -> PGresult:
    with connection.cursor(binary=True) as cursor:
        result = cursor.execute(sql).pgresult
    assert result is not None
    return result


def test_value_is_what_validation_would_make(connection: DbkitConnection) -> None:
    value = DECODER.one(run(connection, INSERT, row(FULL)))
    assert value == Sample.model_validate(FULL.model_dump())
    assert type(value) is Sample
    assert value.model_fields_set == set(NAMES)
    assert hash(type(value.colour)) == hash(type(FULL.colour))
    assert value.model_copy(update={"name": "other"}).name == "other"
    assert (
        Sample.model_validate_json(value.model_dump_json(exclude={"sealed"})[:-1] + ',"sealed":"x"}').name == FULL.name
    )
    with pytest.raises(ValueError, match="frozen"):
        value.name = "other"  # type: ignore[misc]


def test_no_row_is_none(connection: DbkitConnection) -> None:
    assert DECODER.one(run(connection, ALL, ())) is None
    assert DECODER.many(run(connection, ALL, ())) == []


def test_values_share_nothing_that_can_change(connection: DbkitConnection) -> None:
    run(connection, INSERT, row(FULL))
    first, second = (DECODER.one(run(connection, ALL, ())) for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.data is not second.data


@pytest.mark.parametrize(
    "setting", ["timezone = 'America/New_York'", "datestyle = 'German'", "bytea_output = 'escape'"]
)
def test_session_settings_have_no_say(connection: DbkitConnection, setting: str) -> None:
    connection.execute(f"set {setting}")
    assert DECODER.one(run(connection, INSERT, row(FULL))) == FULL


@pytest.mark.parametrize("instant", ["infinity", "-infinity", "0044-03-15 BC", "10000-01-01"])
def test_instant_beyond_python_is_refused(connection: DbkitConnection, instant: str) -> None:
    run(connection, INSERT, row(FULL))
    connection.execute(f"update samples set made_at = '{instant}'")
    with pytest.raises(ValueInvalid) as caught:
        DECODER.one(run(connection, ALL, ()))
    assert caught.value.fields == ("made_at",)
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "instant", ["0001-01-01 00:00+00", "0999-12-31 23:59:59.999999+00", "9999-12-31 23:59:59.999999+00"]
)
def test_first_and_last_instants(connection: DbkitConnection, instant: str) -> None:
    run(connection, INSERT, row(FULL))
    connection.execute(f"update samples set made_at = '{instant}'")
    value = DECODER.one(run(connection, ALL, ()))
    assert value is not None
    assert value.made_at is not None
    assert value.made_at.isoformat(" ").startswith(instant.split("+", maxsplit=1)[0])


def test_unknown_enum_value_is_a_schema_mismatch(connection: DbkitConnection) -> None:
    run(connection, INSERT, row(FULL))
    connection.execute("update samples set colour = 'secret'")
    with pytest.raises(SchemaMismatch) as caught:
        DECODER.one(run(connection, ALL, ()))
    assert caught.value.fields == ("colour",)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("wider", ["count::bigint", "count::smallint", "count::integer"])
def test_column_of_a_wider_type_reads_as_before(connection: DbkitConnection, wider: str) -> None:
    run(connection, INSERT, row(FULL))
    value = DECODER.one(select(connection, f"select {COLUMNS.replace('count', wider)} from samples"))
    assert value == FULL


def test_type_that_the_driver_does_not_know(connection: DbkitConnection) -> None:
    run(connection, INSERT, row(FULL))
    with pytest.raises(SchemaMismatch) as caught:
        DECODER.one(select(connection, f"select {COLUMNS.replace('name', 'pg_current_wal_lsn()')} from samples"))
    assert caught.value.fields == ("name",)


def test_threads_do_not_see_each_others_rows(connection: DbkitConnection) -> None:
    def decode(number: int) -> bool:
        result = results[number]
        return [value.count for value in DECODER.many(result)] == [number] * 20

    results = []
    for number in range(60):
        sql = COLUMNS.replace("count", f"{number} as count")
        connection.execute("delete from samples")
        nulls = ", null" * (len(NAMES) - 2)
        rows = f"select gen_random_uuid(), 'x' {nulls} from generate_series(1, 20)"
        connection.execute(f"insert into samples ({COLUMNS}) {rows}")
        results.append(select(connection, f"select {sql} from samples"))
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(decode, range(60)))


class Level(StrEnum):
    LOW = "low"


class Nested(BaseModel):
    x: int


class Mixed(BaseModel):
    a: Annotated[str, Field(max_length=3)]
    b: Level
    c: Nested
    d: UUID | None


def test_annotations_that_the_driver_does_not_load_are_validated(connection: DbkitConnection) -> None:
    decoder = ValueDecoder(Mixed, ("a", "b", "c", "d"))
    value = decoder.one(select(connection, "select 'abc'::text, 'low'::text, '{\"x\": 1}'::jsonb, null::uuid"))
    assert value == Mixed(a="abc", b=Level.LOW, c=Nested(x=1), d=None)


def test_private_attributes_are_refused() -> None:
    class Hidden(BaseModel):
        a: int
        _b: int = PrivateAttr(1)

    with pytest.raises(TypeError, match="private attributes"):
        ValueDecoder(Hidden, ("a",))


def test_result_is_cleared(connection: DbkitConnection) -> None:
    result = run(connection, statement("select id from samples"), ())

    class OnlyId(BaseModel):
        id: UUID

    ValueDecoder(OnlyId, ("id",)).many(result)
    assert result.ntuples == 0
