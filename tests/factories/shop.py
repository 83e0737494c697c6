"""Entities of a team's own, with what dbkit's have not: a length, a range, a parent whose key the server makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, NewType
from uuid import UUID

from pydantic import Field
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    MetaData,
    String,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

import dbkit
from dbkit.models import NAMING_CONVENTION
from dbkit.models.columns import CODE_POINT_TEXT
from dbkit.types import Deleted, EveryTenant, Filter, Instant, StateEnum, Text, Value, identifier

ShopId = NewType("ShopId", UUID)
WidgetId = NewType("WidgetId", UUID)


class WidgetStatus(StateEnum):
    IN_STOCK = "in stock"
    SOLD = "sold"

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        return {cls.IN_STOCK: frozenset({cls.SOLD})}


class NewShop(Value):
    id: ShopId = Field(default_factory=identifier(ShopId))
    name: Text


class Shop(NewShop):
    pass


class ShopFilter(Filter):
    name: Text | None = None


class NewWidget(Value):
    shop_id: ShopId
    id: WidgetId = Field(default_factory=identifier(WidgetId))
    name: Annotated[Text, Field(min_length=2, max_length=12)]
    grade: Annotated[int, Field(ge=1, le=5)] = 3
    status: WidgetStatus = WidgetStatus.IN_STOCK
    sold_at: Instant | None = None


class Widget(NewWidget):
    deleted_at: Instant | None


class WidgetFilter(Filter):
    shop_id: ShopId | EveryTenant
    deleted: Deleted = Deleted.LIVE


class NewTicket(Value):
    title: Text


class Ticket(NewTicket):
    id: int


class TicketFilter(Filter):
    title: Text | None = None


class NewNote(Value):
    ticket_id: int
    line: int


class Note(NewNote):
    pass


class NoteFilter(Filter):
    ticket_id: int | EveryTenant


class ShopBase(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class ShopModel(ShopBase):
    __tablename__ = "shops"

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    name: Mapped[str] = mapped_column(CODE_POINT_TEXT)


class WidgetModel(ShopBase):
    __tablename__ = "widgets"

    shop_id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    name: Mapped[str] = mapped_column(String(12, collation="C"))
    grade: Mapped[int] = mapped_column(server_default=text("3"))
    status: Mapped[str] = mapped_column(CODE_POINT_TEXT, server_default=text("'in stock'"))
    sold_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    __table_args__ = (
        ForeignKeyConstraint(["shop_id"], ["shops.id"]),
        UniqueConstraint("shop_id", "name"),
        CheckConstraint(func.char_length(name) >= 2, name="name"),
        CheckConstraint(grade.between(1, 5), name="grade"),
        CheckConstraint((status == WidgetStatus.SOLD.value) == sold_at.is_not(None), name="sold_at"),
    )


class TicketModel(ShopBase):
    __tablename__ = "tickets"

    id: Mapped[int] = mapped_column(BigInteger(), Identity(always=True), primary_key=True)
    title: Mapped[str] = mapped_column(CODE_POINT_TEXT)


class NoteModel(ShopBase):
    __tablename__ = "notes"

    ticket_id: Mapped[int] = mapped_column(BigInteger(), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

    __table_args__ = (ForeignKeyConstraint(["ticket_id"], ["tickets.id"]),)


SHOPS = dbkit.Entity(ShopModel, new=NewShop, value=Shop, filter=ShopFilter)
WIDGETS = dbkit.Entity(WidgetModel, new=NewWidget, value=Widget, filter=WidgetFilter)
TICKETS = dbkit.Entity(TicketModel, new=NewTicket, value=Ticket, filter=TicketFilter)
NOTES = dbkit.Entity(NoteModel, new=NewNote, value=Note, filter=NoteFilter)
ENTITIES = (SHOPS, WIDGETS, TICKETS, NOTES)


class ShopDatabase(dbkit.Database):
    shops = dbkit.repository(SHOPS)
    widgets = dbkit.repository(WIDGETS)
    tickets = dbkit.repository(TICKETS)
    notes = dbkit.repository(NOTES)
