"""Values, filters and models agree, and a planted disagreement is found."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NewType
from uuid import UUID

import pytest
from pydantic import Field
from sqlalchemy import ARRAY, DateTime, ForeignKey, Integer, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from dbkit.models import ENTITIES, Entity
from dbkit.models.agreement import disagreements
from dbkit.types import AnyOf, Contains, Deleted, EveryTenant, Filter, IgnoringCase, NullTest, Prefix, Range, Value
from dbkit.types.identifiers import identifier
from dbkit.types.value import Instant, JsonObject
from dbkit.types.value import Integer as WholeNumber

AccountId = NewType("AccountId", UUID)


@pytest.mark.parametrize("entity", ENTITIES, ids=str)
def test_entities(entity: Entity[Any, Any, Any]) -> None:
    assert disagreements(entity) == []


class Base(DeclarativeBase):
    pass


class Model(Base):
    """What the values below are about."""

    __tablename__ = "accounts"

    tenant_id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    name: Mapped[str] = mapped_column(Text(), server_default=text("'it''s new'"))
    parent_id: Mapped[UUID | None] = mapped_column(Uuid())
    size: Mapped[int] = mapped_column(Integer(), server_default=text("7"))
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default=text("'{a,b}'"))
    details: Mapped[dict[str, Any]] = mapped_column(JSONB(), server_default=text("'{}'"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class New(Value):
    tenant_id: UUID
    id: AccountId = Field(default_factory=identifier(AccountId))
    name: str = "it's new"
    parent_id: UUID | None = None
    size: WholeNumber = 7
    tags: tuple[str, ...] = ("a", "b")
    details: JsonObject = Field(default_factory=dict)


class Stored(New):
    created_at: Instant
    deleted_at: Instant | None


class Wanted(Filter):
    tenant_id: UUID | EveryTenant
    name: str | AnyOf[str] | Prefix | IgnoringCase | None = None
    parent_id: UUID | NullTest | None = None
    tags: Contains[str] | None = None
    created_at: Range[Instant] | None = None
    deleted: Deleted = Deleted.LIVE


def _found(**changed: Any) -> list[str]:
    """Return the disagreements of the account with some of its fields replaced or, by None, left out."""
    new = _with(New, Value, changed, New.model_fields)
    stored = _with(Stored, new, changed, set(Stored.model_fields) - set(New.model_fields))
    wanted = _with(Wanted, Filter, changed.get("filter", {}), Wanted.model_fields)
    return disagreements(Entity(Model, new=new, value=stored, filter=wanted))


def _with(original: type[Any], base: type[Any], changed: dict[str, Any], names: Any) -> type[Any]:
    annotations, body = {}, {}
    for name in names:
        field = original.model_fields[name]
        annotation, default = changed.get(name, (field.rebuild_annotation(), field)) or (None, None)
        if annotation is not None:
            annotations[name] = annotation
            if default is not ...:
                body[name] = default
    return type(original.__name__, (base,), {"__annotations__": annotations, "__module__": __name__, **body})


def test_agreement() -> None:
    assert _found() == []


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"parent_id": None}, "parent_id: the stored value lacks this column"),
        ({"name": (str, ...)}, "name: the new value must not leave it out, unlike the column"),
        ({"tenant_id": (UUID, UUID(int=0))}, "tenant_id: the new value may leave it out, unlike the column"),
        ({"tenant_id": (UUID | None, ...)}, "tenant_id: NULL is not allowed by the column, unlike the value"),
        ({"parent_id": (UUID, ...)}, "parent_id: NULL is allowed by the column, unlike the value"),
        (
            {"name": (str, "old")},
            "name: left out, it is 'old' in the new value and \"it's new\" on the server",
        ),
        ({"size": (WholeNumber, 8)}, "size: left out, it is 8 in the new value and 7 on the server"),
        (
            {"tags": (tuple[str, ...], ())},
            "tags: left out, it is [] in the new value and ['a', 'b'] on the server",
        ),
        ({"size": (bool, True)}, "size: bool does not fit Integer(), NOT NULL"),
        ({"name": (bytes, b"")}, "name: bytes does not fit Text(), NOT NULL"),
        ({"tags": (list[str], ["a", "b"])}, "tags: list does not fit ARRAY(Text()), NOT NULL"),
        ({"tags": (tuple[int, ...], ())}, "tags: tuple does not fit ARRAY(Text()), NOT NULL"),
        (
            {"created_at": (datetime, ...)},
            "created_at: datetime does not fit DateTime(timezone=True), NOT NULL",
        ),
        (
            {"deleted_at": (Instant | None, None)},
            "deleted_at: every stored row has it, so the stored value must not leave it out",
        ),
        (
            {"parent_id": (UUID | None, Field(default_factory=identifier(AccountId)))},
            "parent_id: made by the client, but no part of the key",
        ),
    ],
)
def test_planted_in_a_value(changed: dict[str, Any], line: str) -> None:
    assert f"accounts.{line}" in _found(**changed)


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"name": (UUID | None, None)}, "name: the filter's UUID does not fit Text(), NOT NULL"),
        (
            {"name": (Contains[str] | None, None)},
            "name: the filter's Contains[str] does not fit Text(), NOT NULL",
        ),
        ({"name": (AnyOf[int] | None, None)}, "name: the filter's AnyOf[int] does not fit Text(), NOT NULL"),
        ({"name": (NullTest | None, None)}, "name: the filter's NullTest does not fit Text(), NOT NULL"),
        ({"parent_id": (Prefix | None, None)}, "parent_id: the filter's Prefix does not fit Uuid(), NULL"),
        (
            {"tags": (Contains[int] | None, None)},
            "tags: the filter's Contains[int] does not fit ARRAY(Text()), NOT NULL",
        ),
        ({"deleted": None}, "deleted: the filter lacks it"),
    ],
)
def test_planted_in_a_filter(changed: dict[str, Any], line: str) -> None:
    assert f"accounts.{line}" in _found(filter=changed)


def test_names_of_no_column() -> None:
    class MoreNew(New):
        created_at: Instant
        nickname: str

    class MoreStored(MoreNew):
        deleted_at: Instant | None

    class MoreWanted(Wanted):
        nickname: str | None = None

    assert disagreements(Entity(Model, new=MoreNew, value=MoreStored, filter=MoreWanted)) == [
        "accounts.nickname: the table has no such column",
        "accounts.created_at: storing gives it, not the new value",
        "accounts.nickname: the filter asks for no column",
        "accounts.created_at: the new value must not leave it out, unlike the column",
    ]


def test_a_stored_value_of_its_own() -> None:
    class Apart(Value):
        tenant_id: UUID
        id: UUID
        name: str
        parent_id: UUID | None
        size: WholeNumber
        tags: tuple[str, ...]
        details: JsonObject
        created_at: Instant
        deleted_at: Instant | None

    found = disagreements(Entity(Model, new=New, value=Apart, filter=Wanted))
    assert found == ["accounts.Apart: the stored value does not extend New"]


def test_a_key_that_does_not_lead_with_its_tenant() -> None:
    class Other(Base):
        __tablename__ = "others"
        id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
        tenant_id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)

    class NewOther(Value):
        id: UUID
        tenant_id: UUID

    class StoredOther(NewOther):
        pass

    class OtherFilter(Filter):
        tenant_id: UUID | EveryTenant

    assert disagreements(Entity(Other, new=NewOther, value=StoredOther, filter=OtherFilter)) == [
        "others.tenant_id: the primary key does not lead with the tenant"
    ]


def test_a_column_that_nobody_fills() -> None:
    class Owned(Base):
        __tablename__ = "owned"
        id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
        owner_id: Mapped[UUID] = mapped_column(ForeignKey("owned.id"))

    class NewOwned(Value):
        id: UUID

    class StoredOwned(NewOwned):
        owner_id: UUID

    assert disagreements(Entity(Owned, new=NewOwned, value=StoredOwned, filter=Filter)) == [
        "owned.owner_id: neither the new value nor the server gives it"
    ]
