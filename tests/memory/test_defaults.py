"""Defaults of columns: what they come to is what PostgreSQL 15 stores, and what is no rule of the twin's is named."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    FetchedValue,
    Integer,
    MetaData,
    Numeric,
    String,
    cast,
    func,
    literal,
    null,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from dbkit.memory import MemoryBackend
from dbkit.types.errors import ConfigurationInvalid
from tests.memory.library import CODE_POINT, entities_of, table

NOW = datetime(2024, 1, 1, tzinfo=UTC)
TIME = DateTime(timezone=True)


def default(type_: Any, given: Any) -> Any:
    """Return what a new row has in a column with this default."""
    metadata = MetaData()
    table("a", metadata, Column("version", type_, server_default=given))
    (entity,) = entities_of(metadata)
    rows = MemoryBackend((entity,)).rows(entity)
    return rows.decode(rows.table.new_row(entity.new(id=1), NOW)).version


@pytest.mark.parametrize(
    ("type_", "given", "value"),
    [
        (Integer, "5", 5),
        (Integer, text("5"), 5),
        (Integer, text(" -5 "), -5),
        (Integer, text("+5"), 5),
        (Integer, text("'5'"), 5),
        (Integer, text("'5'::integer"), 5),
        (Integer, literal(5), 5),
        (Integer, cast(2.5, Numeric), 3),
        (Integer, null(), None),
        (Integer, func.nullif(literal(1), literal(1)), None),
        (Numeric(5, 2), text("1.005"), Decimal("1.01")),
        (Numeric(4, 1), func.round(literal(1.25), 1), Decimal("1.3")),
        (Numeric(4, 1), cast(1.25, Numeric), Decimal("1.3")),
        (Numeric(4, 1), literal(7), Decimal("7.0")),
        (Boolean, text("TRUE"), True),
        (Boolean, text("false"), False),
        (Boolean, text("'yes'"), True),
        (Boolean, "f", False),
        (CODE_POINT, "it's", "it's"),
        (CODE_POINT, text("'it''s'"), "it's"),
        (CODE_POINT, text("1.50"), "1.50"),
        (CODE_POINT, cast(5, Integer), "5"),
        (String(3), text("'abc  '"), "abc"),
        (JSONB(), "{}", {}),
        (JSONB(), text("'[1, 1.0]'::jsonb"), [1, 1.0]),
        (TIME, func.now(), NOW),
        (TIME, func.current_timestamp(), NOW),
        (TIME, text("NOW()"), NOW),
        (TIME, text("Current_Timestamp"), NOW),
        (TIME, text("'2024-02-29 12:00+02'"), datetime(2024, 2, 29, 10, tzinfo=UTC)),
    ],
)
def test_what_a_default_comes_to(type_: Any, given: Any, value: Any) -> None:
    assert repr(default(type_, given)) == repr(value)


@pytest.mark.parametrize(
    ("type_", "given"),
    [
        (Integer, FetchedValue()),
        (Integer, "five"),
        (Integer, text("'five'")),
        (Integer, text("2 * 3")),
        (Integer, text("5five")),
        (Integer, text("'5' || '1'")),
        (Integer, text("truest")),
        (CODE_POINT, func.now()),
        (CODE_POINT, text("now()")),
        (CODE_POINT, text("1 || '2'")),
        (CODE_POINT, text("'1' || '2'")),
        (CODE_POINT, text("false_name()")),
        (String(3), text("'abcd'")),
        (TIME, text("5")),
        (TIME, text("clock_timestamp()")),
        (TIME, text("now() + interval '1 day'")),
    ],
)
def test_a_default_that_the_twin_cannot_tell_is_named(type_: Any, given: Any) -> None:
    with pytest.raises(ConfigurationInvalid, match="the default of version"):
        default(type_, given)
