"""The table commit_tokens."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import CreatedAt, Identifier

__all__ = ["CommitTokenModel"]


class CommitTokenModel(Base):
    """What a transaction leaves behind to show that it was committed; no entity, dbkit alone reads and writes it.

    A row that is void was written by whoever asked for the token, and keeps the transaction from committing.
    """

    __tablename__ = "commit_tokens"

    token: Mapped[Identifier] = mapped_column(primary_key=True)
    void: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[CreatedAt] = mapped_column()

    __table_args__ = (Index("ix_commit_tokens_created_at", created_at),)
