"""From a stored row to the value: what pydantic makes of what is stored, whatever a field's annotation."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import Annotated, Any, Literal, NewType, Optional, TypeAlias, Union
from uuid import UUID

import pytest
from pydantic import AwareDatetime, Field, JsonValue, TypeAdapter, create_model
from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, LargeBinary, MetaData, Numeric, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase

from dbkit.memory import MemoryBackend, decoding
from dbkit.models import Entity
from dbkit.types.errors import SchemaMismatch
from dbkit.types.filter import Filter
from dbkit.types.value import Instant, Value
from tests.memory.library import table


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Shade(str, Enum):  # noqa: UP042 - as it was written before there were others
    DARK = "dark"


class Plain(Enum):
    RED = "red"


class Size(IntEnum):
    SMALL = 1


class Point(Value):
    x: int
    tags: tuple[str, ...] = ()


Name = NewType("Name", str)
OwnName = NewType("OwnName", Name)
Short: TypeAlias = Annotated[str, Field(max_length=9)]
JSON = JSONB(none_as_null=True)
TEXTS = ARRAY(Text())
NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)

CASES: tuple[tuple[Any, Any, Any], ...] = (
    (Text(), str, "a"),
    (Text(), str | None, "a"),
    (Text(), Optional[Short], "a"),  # noqa: UP045 - annotations are written in all ways
    (Text(), Union[None, OwnName], "a"),  # noqa: UP007
    (Text(), Colour, "red"),
    (Text(), Colour | None, "blue"),
    (Text(), Annotated[Colour, Field(description="")] | None, "red"),
    (Text(), Shade, "dark"),
    (Text(), Plain, "red"),
    (Text(), Literal["red", "blue"], "red"),
    (Text(), Colour | Shade, "dark"),
    (Text(), int | str, "7"),
    (Text(), UUID, str(UUID(int=7))),
    (Text(), Decimal, "1.50"),
    (Text(), Any, "a"),
    (Integer(), int, 7),
    (Integer(), Size, 1),
    (Integer(), Decimal, 7),
    (Integer(), bool, 1),
    (BigInteger(), NewType("Number", int), 2**40),
    (Boolean(), bool, True),
    (Boolean(), int, True),
    (Numeric(), Decimal, Decimal("1.50")),
    (Numeric(), float, Decimal("1.50")),
    (Numeric(), int | None, Decimal(7)),
    (LargeBinary(), bytes, b"a"),
    (Uuid(), UUID, UUID(int=7)),
    (Uuid(), Annotated[UUID | None, Field()], UUID(int=7)),
    (DateTime(timezone=True), datetime, NOON),
    (DateTime(timezone=True), AwareDatetime, NOON),
    (DateTime(timezone=True), Instant, NOON),
    (DateTime(timezone=True), str | datetime, NOON),
    (TEXTS, tuple[str, ...], ("a", "b")),
    (TEXTS, tuple[str | None, ...], ("a", None)),
    (TEXTS, list[str], ("a", "b")),
    (TEXTS, list[str] | None, ("a",)),
    (TEXTS, tuple[Colour, ...], ("red", "blue")),
    (TEXTS, list[Colour | None], ("red", None)),
    (TEXTS, tuple[Literal["a", "b"], ...], ("a", "b")),
    (TEXTS, tuple[Short, ...], ("a",)),
    (TEXTS, tuple[int, ...], ("7",)),
    (TEXTS, tuple[str, str], ("a", "b")),
    (TEXTS, tuple[Colour, str], ("red", "red")),
    (TEXTS, tuple[str], ("a",)),
    (TEXTS, frozenset[str], ("a", "b")),
    (TEXTS, set[Colour], ("red",)),
    (JSON, Any, {"a": [1]}),
    (JSON, dict, {"a": [1]}),
    (JSON, list, [1, "a"]),
    (JSON, dict[str, Any], {"a": {"b": None}}),
    (JSON, dict[str, JsonValue], {"a": [1.5]}),
    (JSON, list[JsonValue] | None, [None, {}]),
    (JSON, JsonValue, {"a": 1}),
    (JSON, dict[str, int], {"a": 1}),
    (JSON, dict[str, Decimal], {"a": 1.5}),
    (JSON, dict[str, Point], {"a": {"x": 1}}),
    (JSON, dict[Colour, str], {"red": "a"}),
    (JSON, dict[str, datetime], {"a": NOON.isoformat()}),
    (JSON, list[str], ["a"]),
    (JSON, list[Colour], ["red"]),
    (JSON, list[Point], [{"x": 1, "tags": ["a"]}]),
    (JSON, Point | None, {"x": 2}),
    (JSON, tuple[int, ...], [1, 2]),
    (JSON, Annotated[tuple[Point, ...], Field()], [{"x": 1}]),
    (JSON, str, "a"),
    (JSON, Colour, "blue"),
    (JSON, int | list[int], [1]),
)


def repository_of(type_: Any, annotation: Any) -> Any:
    """Return the rows of a table with a column of a type, whose value has this annotation."""
    metadata = MetaData()
    base: Any = type("Base", (DeclarativeBase,), {"metadata": metadata})
    model = type("Things", (base,), {"__table__": table("things", metadata, Column("it", type_))})
    anything: Any = {"id": (int, ...), "it": (Any, None)}
    new = create_model("NewThing", __base__=Value, **anything)
    value: Any = create_model("Thing", __base__=new, it=(annotation, None))
    entity = Entity(model, new=new, value=value, filter=create_model("ThingFilter", __base__=Filter))
    return MemoryBackend((entity,)).repository(entity)


@pytest.mark.parametrize(("type_", "annotation", "given"), CASES)
def test_a_value_is_what_pydantic_makes_of_the_row(type_: Any, annotation: Any, given: Any) -> None:
    things = repository_of(type_, annotation)
    created = things.create(things.entity.new(id=1, it=given))
    expected = TypeAdapter(annotation).validate_python(given)
    assert repr(created.it) == repr(things.get(1).it) == repr(expected)
    assert things.create(things.entity.new(id=2)).it is None
    whole = things.entity.value.model_validate({"id": 1, "it": given})
    assert (created, created.model_fields_set) == (whole, {"id", "it"})
    assert created.model_copy(update={"id": 3}).model_dump() == {**whole.model_dump(), "id": 3}


@pytest.mark.parametrize(
    ("type_", "annotation", "given"),
    [
        (Text(), Colour, "green"),
        (Text(), Literal["a"], "b"),
        (Text(), int, "x"),
        (Integer(), str, 7),
        (TEXTS, tuple[Colour, ...], ("green",)),
        (TEXTS, tuple[int, ...], ("x",)),
        (TEXTS, tuple[str, str], ("a",)),
        (JSON, dict[str, Point], {"a": {}}),
        (JSON, list[int], ["x"]),
    ],
)
def test_what_does_not_fit_its_value_is_told_of(type_: Any, annotation: Any, given: Any) -> None:
    things = repository_of(type_, annotation)
    with pytest.raises(SchemaMismatch) as caught:
        things.create(things.entity.new(id=1, it=given))
    assert caught.value.entity == "things"


@pytest.mark.parametrize(
    ("type_", "annotation", "given"),
    [
        (Text(), str, "a"),
        (Text(), Short | None, "a"),
        (Text(), Union[OwnName, None], "a"),  # noqa: UP007
        (Text(), Annotated[Optional[Name], Field()], "a"),  # noqa: UP045
        (Text(), Colour | None, "red"),
        (Text(), Shade, "dark"),
        (Integer(), int, 7),
        (Boolean(), bool | None, True),
        (Numeric(), Decimal, Decimal("1.50")),
        (LargeBinary(), bytes, b"a"),
        (Uuid(), UUID, UUID(int=7)),
        (DateTime(timezone=True), datetime, NOON),
        (DateTime(timezone=True), Instant, NOON),
        (TEXTS, tuple[str, ...], ("a", "b")),
        (TEXTS, list[Short] | None, ("a",)),
        (TEXTS, tuple[Colour | None, ...], ("red", None)),
        (JSON, Any, {"a": [1]}),
        (JSON, dict, {"a": [1]}),
        (JSON, list | None, [1]),
        (JSON, dict[str, Any], {"a": 1}),
        (JSON, dict[str, JsonValue], {"a": 1}),
        (JSON, list[JsonValue], [1]),
        (JSON, list[str], ["a"]),
    ],
)
def test_what_fits_as_it_is_stored_is_not_validated(
    monkeypatch: pytest.MonkeyPatch, type_: Any, annotation: Any, given: Any
) -> None:
    monkeypatch.setattr(decoding, "TypeAdapter", None)
    things = repository_of(type_, annotation)
    assert things.create(things.entity.new(id=1, it=given)).it is not None


def test_texts_of_all_values_of_a_row_are_one_tuple() -> None:
    things = repository_of(TEXTS, tuple[str, ...])
    things.create(things.entity.new(id=1, it=["a"]))
    assert things.get(1).it is things.get(1).it
