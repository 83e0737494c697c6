"""A database platform toolkit for Python services on PostgreSQL.

    with dbkit.connect() as db:
        connection = db.connections.get(project_id, connection_id)

Names are imported at their first use, so that `import dbkit.types`, or a command that needs
neither SQLAlchemy nor a driver, does not pay for them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dbkit.consuming._async.consume import consume_async
    from dbkit.consuming._sync.consume import consume
    from dbkit.database._async.database import AsyncBaseDatabase, AsyncDatabase
    from dbkit.database._async.transaction import AsyncBaseTransaction, AsyncTransaction
    from dbkit.database._sync.database import BaseDatabase, Database
    from dbkit.database._sync.transaction import BaseTransaction, Transaction
    from dbkit.database.connect import connect, connect_async
    from dbkit.database.context import carry, current, current_async, using
    from dbkit.database.repository import repository
    from dbkit.models.entity import Entity
    from dbkit.verbs._async.operations import AsyncOperations
    from dbkit.verbs._sync.operations import Operations
    from dbkit.verbs.deadline import deadline

__all__ = [
    "AsyncBaseDatabase",
    "AsyncBaseTransaction",
    "AsyncDatabase",
    "AsyncOperations",
    "AsyncTransaction",
    "BaseDatabase",
    "BaseTransaction",
    "Database",
    "Entity",
    "Operations",
    "Transaction",
    "carry",
    "connect",
    "connect_async",
    "consume",
    "consume_async",
    "current",
    "current_async",
    "deadline",
    "repository",
    "using",
]

_HOMES = {
    "AsyncBaseDatabase": "dbkit.database._async.database",
    "AsyncBaseTransaction": "dbkit.database._async.transaction",
    "AsyncDatabase": "dbkit.database._async.database",
    "AsyncOperations": "dbkit.verbs._async.operations",
    "AsyncTransaction": "dbkit.database._async.transaction",
    "BaseDatabase": "dbkit.database._sync.database",
    "BaseTransaction": "dbkit.database._sync.transaction",
    "Database": "dbkit.database._sync.database",
    "Entity": "dbkit.models.entity",
    "Operations": "dbkit.verbs._sync.operations",
    "Transaction": "dbkit.database._sync.transaction",
    "carry": "dbkit.database.context",
    "connect": "dbkit.database.connect",
    "connect_async": "dbkit.database.connect",
    "consume": "dbkit.consuming._sync.consume",
    "consume_async": "dbkit.consuming._async.consume",
    "current": "dbkit.database.context",
    "current_async": "dbkit.database.context",
    "deadline": "dbkit.verbs.deadline",
    "repository": "dbkit.database.repository",
    "using": "dbkit.database.context",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'dbkit' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
