"""The table leases: dbkit's own, here for the line that makes it."""

from __future__ import annotations

from dbkit.database.leases import LEASES

from widget_service.models.base import Base

__all__ = ["LEASE_TABLE"]

LEASE_TABLE = LEASES.table.to_metadata(Base.metadata)
