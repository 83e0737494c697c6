"""A repository that records who changes its rows, where somebody has said who acts.

Each primitive that writes is run in a transaction, with the records of what it did behind it. Nobody having said so,
it is run as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from dbkit.events.actors import current_actor
from dbkit.events.auditing import Audit, record_of
from dbkit.models.unique import UniqueKey
from dbkit.types.identifiers import OrganizationId
from dbkit.types.page import Upserted
from dbkit.types.value import Value
from dbkit.verbs._async.repository import AsyncRepository, AsyncTransactionRepository
from dbkit.verbs.changes import Update, Upsert
from dbkit.verbs.selection import Changes, Selection

__all__ = ["AsyncAuditedRepository"]


class AsyncAuditedRepository(AsyncRepository):
    """The writing primitives of an entity whose changes are recorded."""

    audit: ClassVar[Audit]

    async def _insert(self, new: Value) -> Any:
        return await self._recorded("create", "_insert", new)

    async def _insert_returning(self, rows: list[Value]) -> Any:
        return await self._recorded("create", "_insert_returning", rows)

    async def _copy(self, rows: list[Value]) -> Any:
        if current_actor() is None:
            return await self._plainly("_copy", rows)
        return len(await self._insert_returning(rows))

    async def _update(self, update: Update) -> Any:
        return await self._recorded("update", "_update", update, names=update.changes)

    async def _upsert(self, upsert: Upsert) -> Any:
        return await self._recorded("upsert", "_upsert", upsert, names=upsert.changes)

    async def _soft_delete(self, key: tuple[Any, ...], expected_version: int | None) -> Any:
        return await self._deleted("delete", "_soft_delete", key, expected_version)

    async def _hard_delete(self, key: tuple[Any, ...], expected_version: int | None) -> Any:
        action = "purge" if self.entity.is_soft_deleted else "delete"
        return await self._deleted(action, "_hard_delete", key, expected_version)

    async def _restore(self, key: tuple[Any, ...]) -> Any:
        return await self._recorded("restore", "_restore", key)

    async def _update_where(self, selection: Selection, changes: Changes) -> Any:
        return await self._recorded("update", "_update_where", selection, changes, names=changes)

    async def _insert_missing(self, rows: list[Value], unique_key: UniqueKey | None) -> Any:
        return await self._recorded("create", "_insert_missing", rows, unique_key)

    async def _insert_or_change(self, new: Value, given: Changes, selection: Selection, changes: Changes) -> Any:
        return await self._recorded("upsert", "_insert_or_change", new, given, selection, changes, names=changes)

    async def _delete_where(self, selection: Selection) -> Any:
        if current_actor() is None:
            return await self._plainly("_delete_where", selection)
        if not isinstance(self, AsyncTransactionRepository):
            async with self._unit.transaction() as tx:
                return await tx.repository(self.entity)._delete_where(selection)  # noqa: SLF001 (itself, in there)
        values = await self._plainly("_select_where", replace(selection, lock=selection.lock or "wait"))
        removed = await self._plainly("_delete_where", selection)
        await self._record("delete", values, ())
        return removed

    async def _recorded(self, action: str, primitive: str, *arguments: Any, names: Collection[str] = ()) -> Any:
        """Run a primitive and, where somebody acts, record in the same transaction what it returns."""
        if current_actor() is None:
            return await self._plainly(primitive, *arguments)
        if not isinstance(self, AsyncTransactionRepository):
            async with self._unit.transaction() as tx:
                inside = tx.repository(self.entity)
                return await inside._recorded(action, primitive, *arguments, names=names)  # noqa: SLF001 (as above)
        done = await self._plainly(primitive, *arguments)
        if isinstance(done, Upserted):
            is_new = done.inserted
            await self._record("create" if is_new else "update", [done.value], () if is_new else names)
        elif done is not None:
            await self._record(action, done if isinstance(done, list) else [done], names)
        return done

    async def _deleted(self, action: str, primitive: str, key: tuple[Any, ...], version: int | None) -> Any:
        """Delete a row and, where somebody acts, record it as it was in the same transaction."""
        if current_actor() is None:
            return await self._plainly(primitive, key, version)
        if not isinstance(self, AsyncTransactionRepository):
            async with self._unit.transaction() as tx:
                inside = tx.repository(self.entity)
                return await inside._deleted(action, primitive, key, version)  # noqa: SLF001 (as above)
        primary = next(iter(self.entity.unique_keys.values()))
        before = await self._plainly("_find_by", primary, dict(zip(self.entity.key, key, strict=True)))
        done = await self._plainly(primitive, key, version)
        if done and before is not None:
            await self._record(action, [before], ())
        return done

    async def _plainly(self, primitive: str, *arguments: Any) -> Any:
        """Run a primitive of the backend."""
        run: Callable[..., Any] = getattr(super(), primitive)
        return await run(*arguments)

    async def _record(self, action: str, values: Sequence[Any], names: Collection[str]) -> None:
        actor = current_actor()
        assert actor is not None
        organizations: dict[Any, OrganizationId | None] = {}
        records: list[Value] = []
        for value in values:
            tenant = getattr(value, "project_id", None)
            if tenant not in organizations or tenant is None:
                organizations[tenant] = await self._organization_of(value)
            organization_id = organizations[tenant]
            # Of what no organization has there is no trail; one that is gone has taken its along.
            if organization_id is not None and not (self._is_organization and action == "purge"):
                records.append(
                    record_of(self.entity, value, action, names, actor=actor, organization_id=organization_id)
                )
        if records:
            await self._unit.repository(self.audit.events).create_many(records)

    @property
    def _is_organization(self) -> bool:
        return self.entity is self.audit.organizations

    async def _organization_of(self, value: Any) -> OrganizationId | None:
        if self._is_organization:
            own: OrganizationId = value.id
            return own
        given: Mapping[str, Any] = value.__dict__
        if "organization_id" not in given:
            projects = self.audit.projects
            key = next(iter(projects.unique_keys.values()))
            project = await self._unit.repository(projects)._find_by(  # noqa: SLF001 (of one family)
                key, {"id": given.get("project_id")}
            )
            return None if project is None else project.organization_id
        organization_id: OrganizationId | None = given["organization_id"]
        return organization_id
