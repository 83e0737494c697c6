"""Sealing in place, for revisions: a text column becomes the envelope column beside it, and back.

The key service of the environment makes and opens data keys; their rows are of `encryption_keys` as
revision 20241119163728 makes it. Everything is sealed with one key of its project that is made here.
Its id follows from the project, so the way back opens no other envelope and removes no other key.
Like the techniques, these never change: released revisions use them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from alembic import op
from sqlalchemy import RowMapping, text
from sqlalchemy.exc import DBAPIError

from dbkit.sealing import KeyService, Place, WrappedKey, key_service, seal, unseal

__all__ = ["SealedColumn", "remove_idle_keys"]

_BATCH = 100
_TYPES = {UUID: "uuid", str: "text", bytes: "bytea"}
_MADE = "md5('sealing key of ' || project_id)\\:\\:uuid"
_KEY = text("""
    SELECT wrapped_key, kms_key, kms_key_version FROM encryption_keys WHERE (project_id, id) = (:project_id, :id)
""")
# Where the project has an active key already, this one opens only what is sealed here.
_CREATE = text("""
    INSERT INTO encryption_keys (project_id, id, kms_key, kms_key_version, wrapped_key, status)
    SELECT :project_id, :id, :kms_key, :kms_key_version, :wrapped_key, CASE WHEN EXISTS
      (SELECT FROM encryption_keys WHERE project_id = :project_id AND purpose = 'credentials' AND status = 'active')
      THEN 'retiring' ELSE 'active' END
    ON CONFLICT DO NOTHING
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
        """Seal what is plain, 100 rows a statement, each with its version one higher. Not in a transaction.

        Resumable; it goes on until nothing is plain. A row that is written meanwhile is left for the
        next statement.
        """
        keys = _DataKeys()
        while rows := self._find(self.plain, f"{self.plain} IS NOT NULL"):
            envelopes = [
                seal(
                    row["value"].encode(), keys.get(row), row["made_id"], Place(self.table, self.sealed, self._key(row))
                )
                for row in rows
            ]
            self._write(
                f"{self.sealed} = v.value, {self.key_id} = {_MADE.replace('project_id', 'r.project_id')},"
                f" {self.plain} = NULL, version = r.version + 1",
                rows,
                envelopes,
            )

    def unseal(self) -> None:
        """Write as plain text again what is sealed with a key that is made here; take one off each version."""
        keys = _DataKeys()
        while rows := self._find(self.sealed, f"{self.key_id} = {_MADE}"):
            secrets = [
                unseal(
                    row["value"], keys.get(row), row["made_id"], Place(self.table, self.sealed, self._key(row))
                ).decode()
                for row in rows
            ]
            self._write(
                f"{self.plain} = v.value, {self.sealed} = NULL, {self.key_id} = NULL, version = r.version - 1",
                rows,
                secrets,
            )

    def _find(self, column: str, condition: str) -> Sequence[RowMapping]:
        key = ", ".join(self.key)
        # xmin is another one after any write, whether or not that counts its version.
        query = f"""
            SELECT {key}, {column} AS value, xmin\\:\\:text AS written_by, {_MADE} AS made_id FROM {self.table}
            WHERE {condition} ORDER BY {key} LIMIT {_BATCH}
        """  # noqa: S608 (names that a revision writes out)
        return op.get_bind().execute(text(query)).mappings().all()

    def _write(self, assignments: str, rows: Sequence[RowMapping], values: Iterable[bytes | str]) -> None:
        """Change the rows that nobody wrote meanwhile. One statement: a batch is done, or is not."""
        names = (*self.key, "written_by")
        found: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in names} | {"value": list(values)}
        arrays = ", ".join(f"CAST(:{name} AS {_TYPES[type(array[0])]}[])" for name, array in found.items())
        same = " AND ".join(f"r.{name} = v.{name}" for name in self.key)
        statement = f"""
            UPDATE {self.table} r SET {assignments} FROM unnest({arrays}) AS v ({", ".join(names)}, value)
            WHERE {same} AND r.xmin\\:\\:text = v.written_by
        """  # noqa: S608
        try:
            op.get_bind().execute(text(statement), found)
        except DBAPIError as error:
            # It would show the rows, which hold secrets.
            error.hide_parameters, error.params = True, None
            raise

    def _key(self, row: RowMapping) -> dict[str, Any]:
        return {column: row[column] for column in self.key}


def remove_idle_keys(*columns: SealedColumn) -> None:
    """Remove the keys that are made here and with which nothing in these columns is sealed."""
    idle = " AND ".join(
        f"NOT EXISTS (SELECT FROM {each.table} r WHERE (r.project_id, r.{each.key_id}) = (k.project_id, k.id))"
        for each in columns
    )
    op.execute(f"DELETE FROM encryption_keys k WHERE id = {_MADE} AND {idle}")  # noqa: S608


@dataclass
class _DataKeys:
    """Data keys of projects, each asked for once. Where there is nothing to seal, no key service is needed."""

    _service: KeyService | None = None
    _known: dict[UUID, bytes] = field(default_factory=dict[UUID, bytes])

    def get(self, row: RowMapping) -> bytes:
        """Return the key of a row's project, plain; make it where there is none yet."""
        key_id: UUID = row["made_id"]
        if key_id not in self._known:
            self._service = self._service or key_service()
            self._known[key_id] = self._open(self._service, row["project_id"], key_id)
        return self._known[key_id]

    def _open(self, service: KeyService, project_id: UUID, key_id: UUID) -> bytes:
        names = {"project_id": project_id, "id": key_id}
        # Somebody may make an active key meanwhile: then this one is not, at the second try.
        while (found := op.get_bind().execute(_KEY, names).mappings().first()) is None:
            _, made = service.create_data_key(key_id)
            stored = {"kms_key": made.kms_key, "kms_key_version": made.kms_key_version, "wrapped_key": made.wrapped_key}
            op.get_bind().execute(_CREATE, names | stored)
        return service.unwrap(WrappedKey(found["wrapped_key"], found["kms_key"], found["kms_key_version"]), key_id)
