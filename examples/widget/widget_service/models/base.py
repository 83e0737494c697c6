"""The declarative base of the shop's models."""

from __future__ import annotations

from dbkit.models.base import NAMING_CONVENTION
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

__all__ = ["Base"]


class Base(DeclarativeBase):
    """Base of the shop's models."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
