"""The declarative base, and with it the rule that names every constraint."""

from __future__ import annotations

from dbkit.models.base import NAMING_CONVENTION
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

__all__ = ["Base"]


class Base(DeclarativeBase):
    """Base of the service's models."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
