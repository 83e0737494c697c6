# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of integrations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.integration import IntegrationChanges, IntegrationOrder, IntegrationUniqueKey
from dbkit.types.identifiers import IntegrationId, ProjectId
from dbkit.types.integration import Integration, IntegrationFilter, IntegrationManifest, NewIntegration
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.revision import NewRevision

__all__ = ["AsyncIntegrationRepository", "AsyncIntegrationTransactionRepository"]


class AsyncIntegrationRepository(Protocol):
    """The verbs of integrations, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, integration_id: IntegrationId) -> Integration:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, project_id: ProjectId, integration_id: IntegrationId) -> Integration | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, project_id: ProjectId, integration_ids: Sequence[IntegrationId]) -> list[Integration]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, integration_id: IntegrationId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self, filter: IntegrationFilter, *, order: IntegrationOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Integration]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: IntegrationFilter, *, order: IntegrationOrder = "id") -> AsyncIterator[Integration]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: IntegrationFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewIntegration) -> Integration:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewIntegration], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewIntegration], *, returning: Literal[True]) -> list[Integration]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        expected_version: int,
        **changes: Unpack[IntegrationChanges],
    ) -> Integration:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewIntegration, *, on: IntegrationUniqueKey) -> Upserted[Integration]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(
        self, project_id: ProjectId, integration_id: IntegrationId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        ...

    async def restore(self, project_id: ProjectId, integration_id: IntegrationId) -> Integration:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        ...

    async def purge(self, project_id: ProjectId, integration_id: IntegrationId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        ...

    async def get_by_id_or_name(self, project_id: ProjectId, id_or_name: IntegrationId | str) -> Integration:
        """Return a project's live integration by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        ...

    async def create_with_revision(self, integration: NewIntegration, revision: NewRevision) -> Integration:
        """Store an integration and its first revision, both or none, the one pointing to the other.

        Raises `ValueInvalid` where the revision is of another integration.
        """
        ...

    async def batch_upsert(
        self, project_id: ProjectId, manifests: Sequence[IntegrationManifest], *, destructive: bool = False
    ) -> list[Integration]:
        """Bring a project's live integrations to what these manifests say, all or none; return them in their order.

        An integration is known by its name, without regard to case. An unknown one is created; one
        whose newest revision says something else gets another revision. With `destructive`, live
        integrations without a manifest are deleted. Raises `ValueInvalid` where two manifests have
        one name or one names another provider than the integration has, and `NotFound` for an
        absent project.
        """
        ...


class AsyncIntegrationTransactionRepository(AsyncIntegrationRepository, Protocol):
    """The verbs of integrations inside a transaction."""

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Integration:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Integration | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
