"""Sealing in place, for revisions: a text column becomes the envelope column beside it, and back.

The key service of the environment makes and opens data keys; their rows are of `encryption_keys` as
revision 20241119163728 makes it. Like the techniques, these never change: released revisions use them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from alembic import op
from sqlalchemy import RowMapping, text
from sqlalchemy.exc import DBAPIError

from dbkit.migrate.techniques import atomically
from dbkit.sealing import KeyService, Place, WrappedKey, key_service, seal, unseal

__all__ = ["SealedColumn"]

_BATCH = 100
_ACTIVE = text("""
    SELECT id, wrapped_key, kms_key, kms_key_version FROM encryption_keys
    WHERE project_id = :project_id AND purpose = 'credentials' AND status = 'active'
""")
_BY_ID = text("""
    SELECT id, wrapped_key, kms_key, kms_key_version FROM encryption_keys WHERE (project_id, id) = (:project_id, :id)
""")
_CREATE = text("""
    INSERT INTO encryption_keys (project_id, id, kms_key, kms_key_version, wrapped_key)
    VALUES (:project_id, :id, :kms_key, :kms_key_version, :wrapped_key)
    ON CONFLICT (project_id, purpose) WHERE status = 'active' DO NOTHING
""")


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A text column and the envelope column that takes its place, in a table with a version column.

    `key` is the table's primary key, `project_id` first. A row holds its secret in one of the two.
    """

    table: str
    key: tuple[str, ...]
    plain: str
    sealed: str
    key_id: str

    def seal(self) -> None:
        """Seal what is plain with the project's active key for credentials, which is made where there is none.

        100 rows a transaction, each with its version one higher; resumable, and it goes on until
        nothing is plain. A secret that is written anew meanwhile is left for the next batch.
        """
        keys = _DataKeys()
        while rows := self._find(self.plain):
            changes = [self._sealed(row, *keys.active(row["project_id"])) for row in rows]
            self._write(
                f"{self.sealed} = :sealed, {self.key_id} = :key_id, {self.plain} = NULL, version = version + 1",
                f"{self.plain} = :found",
                changes,
            )

    def unseal(self) -> None:
        """Write as plain text again what is sealed, and take one off its version, in batches as `seal` does."""
        keys = _DataKeys()
        while rows := self._find(self.sealed):
            changes = [self._opened(row, keys.by_id(row["project_id"], row[self.key_id])) for row in rows]
            self._write(
                f"{self.plain} = :opened, {self.sealed} = NULL, {self.key_id} = NULL, version = version - 1",
                f"{self.sealed} = :found",
                changes,
            )

    def _find(self, column: str) -> Sequence[RowMapping]:
        key = ", ".join(self.key)
        query = f"""
            SELECT {key}, {self.plain}, {self.sealed}, {self.key_id} FROM {self.table}
            WHERE {column} IS NOT NULL ORDER BY {key} LIMIT {_BATCH}
        """  # noqa: S608 (names that a revision writes out)
        return op.get_bind().execute(text(query)).mappings().all()

    def _write(self, assignments: str, unchanged: str, changes: list[dict[str, Any]]) -> None:
        row = " AND ".join(f"{column} = :{column}" for column in self.key)
        statement = f"UPDATE {self.table} SET {assignments} WHERE {row} AND {unchanged}"  # noqa: S608
        try:
            with atomically():
                op.get_bind().execute(text(statement), changes)
        except DBAPIError as error:
            # It would show the rows, which hold secrets.
            error.hide_parameters, error.params = True, None
            raise

    def _sealed(self, row: RowMapping, key_id: UUID, data_key: bytes) -> dict[str, Any]:
        found: str = row[self.plain]
        envelope = seal(found.encode(), data_key, key_id, self._place(row))
        return {**self._key(row), "found": found, "sealed": envelope, "key_id": key_id}

    def _opened(self, row: RowMapping, data_key: bytes) -> dict[str, Any]:
        found: bytes = row[self.sealed]
        plaintext = unseal(found, data_key, row[self.key_id], self._place(row))
        return {**self._key(row), "found": found, "opened": plaintext.decode()}

    def _place(self, row: RowMapping) -> Place:
        return Place(self.table, self.sealed, self._key(row))

    def _key(self, row: RowMapping) -> dict[str, Any]:
        return {column: row[column] for column in self.key}


@dataclass
class _DataKeys:
    """Data keys, each asked for once. Without one to open, no key service is needed."""

    _service: KeyService | None = None
    _active: dict[UUID, tuple[UUID, bytes]] = field(default_factory=dict[UUID, tuple[UUID, bytes]])
    _opened: dict[tuple[UUID, UUID], bytes] = field(default_factory=dict[tuple[UUID, UUID], bytes])

    def active(self, project_id: UUID) -> tuple[UUID, bytes]:
        if project_id not in self._active:
            self._active[project_id] = self._find_active(project_id) or self._make(project_id)
        return self._active[project_id]

    def by_id(self, project_id: UUID, key_id: UUID) -> bytes:
        if (project_id, key_id) not in self._opened:
            row = op.get_bind().execute(_BY_ID, {"project_id": project_id, "id": key_id}).mappings().one()
            self._opened[project_id, key_id] = self._unwrap(row)
        return self._opened[project_id, key_id]

    def _find_active(self, project_id: UUID) -> tuple[UUID, bytes] | None:
        row = op.get_bind().execute(_ACTIVE, {"project_id": project_id}).mappings().first()
        return (row["id"], self._unwrap(row)) if row is not None else None

    def _make(self, project_id: UUID) -> tuple[UUID, bytes]:
        key_id = uuid4()
        data_key, wrapped = self._using().create_data_key(key_id)
        made = {
            "kms_key": wrapped.kms_key,
            "kms_key_version": wrapped.kms_key_version,
            "wrapped_key": wrapped.wrapped_key,
        }
        op.get_bind().execute(_CREATE, {"project_id": project_id, "id": key_id, **made})
        # Somebody else may have been first.
        return self._find_active(project_id) or (key_id, data_key)

    def _unwrap(self, row: RowMapping) -> bytes:
        wrapped = WrappedKey(row["wrapped_key"], row["kms_key"], row["kms_key_version"])
        return self._using().unwrap(wrapped, row["id"])

    def _using(self) -> KeyService:
        self._service = self._service or key_service()
        return self._service
