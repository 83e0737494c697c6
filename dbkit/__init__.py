"""A database platform toolkit for Python services on PostgreSQL."""

from __future__ import annotations

from dbkit.database._async.database import AsyncDatabase
from dbkit.database._async.transaction import AsyncTransaction
from dbkit.database._sync.database import Database
from dbkit.database._sync.transaction import Transaction
from dbkit.database.connect import connect, connect_async
from dbkit.database.context import carry, current, current_async, using
from dbkit.database.repository import repository
from dbkit.models.entity import Entity

__all__ = [
    "AsyncDatabase",
    "AsyncTransaction",
    "Database",
    "Entity",
    "Transaction",
    "carry",
    "connect",
    "connect_async",
    "current",
    "current_async",
    "repository",
    "using",
]
