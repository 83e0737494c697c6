"""The table object_schemas."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, and_, func, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import BinaryData, Identifier, JsonDocument, PlainText, PointInTime, Version, is_json_object
from dbkit.models.entity import Entity
from dbkit.types.object_schema import NewObjectSchema, ObjectSchema, ObjectSchemaFilter

__all__ = ["OBJECT_SCHEMAS", "ObjectSchemaModel"]


class ObjectSchemaModel(Base):
    """What a provider says about an object of a connection."""

    __tablename__ = "object_schemas"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    connection_id: Mapped[Identifier] = mapped_column(primary_key=True)
    object_name: Mapped[PlainText] = mapped_column(primary_key=True)
    fields: Mapped[JsonDocument] = mapped_column()
    fields_hash: Mapped[BinaryData] = mapped_column()
    changed_at: Mapped[PointInTime] = mapped_column(server_default=func.now())
    checked_at: Mapped[PointInTime] = mapped_column(server_default=func.now())
    watched: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "connection_id"], ["connections.project_id", "connections.id"], ondelete="CASCADE"
        ),
        CheckConstraint(changed_at <= checked_at, name="changed_at"),
        is_json_object(fields, name="fields"),
        CheckConstraint(func.octet_length(fields_hash) == 32, name="fields_hash"),
        Index("ix_object_schemas_checked_at_watched", checked_at, postgresql_where=and_(watched)),
    )


OBJECT_SCHEMAS = Entity(ObjectSchemaModel, new=NewObjectSchema, value=ObjectSchema, filter=ObjectSchemaFilter)
