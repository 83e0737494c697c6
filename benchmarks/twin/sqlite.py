"""SQLite in memory with the same table, keys, checks and indexes: the double that one reaches for without a twin."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from benchmarks.rows import Tenant, new_providers
from benchmarks.twin.blocks import PAGE_ROWS, Change, Identity, Work
from dbkit.types import AuthScheme, Connection, ConnectionId, ConnectionStatus, GroupRef, NewConnection

__all__ = ["Sqlite"]

_NEW_COLUMNS = (
    "project_id, id, provider, provider_app_id, group_ref, consumer_ref, provider_workspace_ref,"
    " provider_consumer_ref, auth_scheme, status, provider_metadata"
)
_COLUMNS = f"{_NEW_COLUMNS}, created_at, updated_at, deleted_at, version"


def _names(members: Sequence[str]) -> str:
    return ", ".join(f"'{member}'" for member in members)


# SQLite has no NULLS NOT DISTINCT; a workspace that is missing is indexed as text that no workspace is.
_SCHEMA = f"""
    CREATE TABLE projects (id BLOB PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE providers (slug TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE provider_apps (project_id BLOB, id BLOB, PRIMARY KEY (project_id, id)) WITHOUT ROWID;
    CREATE TABLE groups (project_id BLOB, group_ref TEXT, PRIMARY KEY (project_id, group_ref)) WITHOUT ROWID;
    CREATE TABLE consumers (project_id BLOB, consumer_ref TEXT, PRIMARY KEY (project_id, consumer_ref)) WITHOUT ROWID;
    CREATE TABLE connections (
        project_id BLOB NOT NULL REFERENCES projects ON DELETE CASCADE,
        id BLOB NOT NULL,
        provider TEXT NOT NULL REFERENCES providers ON DELETE RESTRICT,
        provider_app_id BLOB,
        group_ref TEXT NOT NULL,
        consumer_ref TEXT NOT NULL,
        provider_workspace_ref TEXT,
        provider_consumer_ref TEXT,
        auth_scheme TEXT NOT NULL CHECK (auth_scheme IN ({_names(list(AuthScheme))})),
        status TEXT NOT NULL DEFAULT 'created' CHECK (status IN ({_names(list(ConnectionStatus))})),
        provider_metadata TEXT NOT NULL DEFAULT '{{}}' CHECK (json_type(provider_metadata) = 'object'),
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        deleted_at TEXT,
        version INTEGER NOT NULL DEFAULT 1,
        PRIMARY KEY (project_id, id),
        FOREIGN KEY (project_id, consumer_ref) REFERENCES consumers,
        FOREIGN KEY (project_id, group_ref) REFERENCES groups,
        FOREIGN KEY (project_id, provider_app_id) REFERENCES provider_apps
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX uq_connections_identity_live ON connections (
        project_id, provider, group_ref, consumer_ref, coalesce(provider_workspace_ref, char(0))
    ) WHERE deleted_at IS NULL;
    CREATE INDEX ix_connections_consumer ON connections (project_id, consumer_ref);
    CREATE INDEX ix_connections_group ON connections (project_id, group_ref);
    CREATE INDEX ix_connections_app ON connections (project_id, provider_app_id) WHERE provider_app_id IS NOT NULL;
"""

_INSERT = f"INSERT INTO connections ({_COLUMNS}) VALUES ({', '.join('?' * 15)}) RETURNING {_COLUMNS}"
_INSERT_MANY = _INSERT.partition(" RETURNING")[0]
_SELECT = f"SELECT {_COLUMNS} FROM connections WHERE project_id = ? AND deleted_at IS NULL"
_GET = f"{_SELECT} AND id = ?"
_FIND = (
    f"{_SELECT} AND provider = ? AND group_ref = ? AND consumer_ref = ?"
    " AND coalesce(provider_workspace_ref, char(0)) = coalesce(?, char(0))"
)
_PAGE = f"{_SELECT} AND group_ref = ? AND id > ? ORDER BY id LIMIT {PAGE_ROWS + 1}"
_UPDATE = (
    "UPDATE connections SET status = ?, provider_metadata = ?, updated_at = ?, version = version + 1"
    " WHERE project_id = ? AND id = ? AND version = ? AND status IN (SELECT value FROM json_each(?))"
    f" AND deleted_at IS NULL RETURNING {_COLUMNS}"
)
_DELETE = "DELETE FROM connections WHERE project_id = ? AND id = ?"


class Sqlite:
    """The same rows, by hand-written SQL, with pydantic values to answer."""

    def __init__(self, tenant: Tenant) -> None:
        self._project = tenant.project.id.bytes
        self._connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=256)
        self._connection.executescript(f"PRAGMA foreign_keys = ON; {_SCHEMA}")
        self._after: dict[GroupRef, bytes] = {}
        many, project = self._connection.executemany, self._project
        many("INSERT INTO projects VALUES (?)", [(project,)])
        many("INSERT INTO providers VALUES (?)", [(provider.slug,) for provider in new_providers()])
        many("INSERT INTO groups VALUES (?, ?)", [(project, group.group_ref) for group in tenant.groups])
        many("INSERT INTO consumers VALUES (?, ?)", [(project, each.consumer_ref) for each in tenant.consumers])

    def close(self) -> None:
        """Forget all rows."""
        self._connection.close()

    def add(self, rows: Sequence[NewConnection]) -> None:
        """Store many rows."""
        self._connection.execute("BEGIN")
        self._connection.executemany(_INSERT_MANY, map(_parameters, rows))
        self._connection.execute("COMMIT")

    def iterate(self) -> Iterator[Connection]:
        """Yield all rows in the order of their ids."""
        return map(_value, self._connection.execute(f"{_SELECT} ORDER BY id", (self._project,)))

    def get(self, keys: Sequence[ConnectionId]) -> None:
        """Get one row after the other by its primary key."""
        for key in keys:
            _value(self._connection.execute(_GET, (self._project, key.bytes)).fetchone())

    def find(self, identities: Sequence[Identity]) -> None:
        """Find one row after the other by another unique key."""
        for identity in identities:
            _value(self._connection.execute(_FIND, (self._project, *identity)).fetchone())

    def create(self, rows: Sequence[NewConnection]) -> None:
        """Create one row after the other."""
        for row in rows:
            _value(self._connection.execute(_INSERT, _parameters(row)).fetchone())

    def update(self, changes: Sequence[Change]) -> None:
        """Update one row after the other at its version, from a state that may come before."""
        for change in changes:
            states = json.dumps([state.value for state in change.status.previous_states()])
            given = change.status, json.dumps(change.metadata), datetime.now(UTC).isoformat()
            key = self._project, change.id.bytes, change.version, states
            _value(self._connection.execute(_UPDATE, (*given, *key)).fetchone())

    def page(self, groups: Sequence[GroupRef]) -> None:
        """Read the next page of one group after the other, each from where its last page ended."""
        for group in groups:
            found = self._connection.execute(_PAGE, (self._project, group, self._after.get(group, b""))).fetchall()
            values = [_value(row) for row in found[:PAGE_ROWS]]
            self._after[group] = values[-1].id.bytes if len(found) > PAGE_ROWS else b""

    def transact(self, works: Sequence[Work]) -> None:
        """Do three writes in a transaction, one transaction after the other."""
        for first, second, change in works:
            self._connection.execute("BEGIN")
            self.create([first, second])
            self.update([change])
            self._connection.execute("COMMIT")

    def forget(self, rows: Sequence[NewConnection]) -> None:
        """Delete rows for good."""
        self._connection.execute("BEGIN")
        self._connection.executemany(_DELETE, [(row.project_id.bytes, row.id.bytes) for row in rows])
        self._connection.execute("COMMIT")


def _parameters(new: NewConnection) -> tuple[Any, ...]:
    project_id, id_, *fields, metadata = new.__dict__.values()
    now = datetime.now(UTC).isoformat()
    return project_id.bytes, id_.bytes, *fields, json.dumps(metadata), now, now, None, 1


def _value(row: tuple[Any, ...]) -> Connection:
    fields = dict(zip(Connection.model_fields, row, strict=True))
    fields["project_id"], fields["id"] = UUID(bytes=row[0]), UUID(bytes=row[1])
    fields["provider_metadata"] = json.loads(fields["provider_metadata"])
    return Connection.model_validate(fields)
