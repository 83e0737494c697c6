# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of revisions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, overload

from dbkit.types.calls.revision import RevisionOrder
from dbkit.types.identifiers import IntegrationId, ProjectId, RevisionId
from dbkit.types.page import Page
from dbkit.types.revision import NewRevision, Revision, RevisionFilter
from dbkit.types.value import JsonObject

__all__ = ["AsyncRevisionRepository", "AsyncRevisionTransactionRepository"]


class AsyncRevisionRepository(Protocol):
    """The verbs of revisions, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, revision_id: RevisionId) -> Revision:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, project_id: ProjectId, revision_id: RevisionId) -> Revision | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, project_id: ProjectId, revision_ids: Sequence[RevisionId]) -> list[Revision]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, revision_id: RevisionId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self, filter: RevisionFilter, *, order: RevisionOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Revision]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: RevisionFilter, *, order: RevisionOrder = "id") -> AsyncIterator[Revision]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: RevisionFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewRevision) -> Revision:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewRevision], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewRevision], *, returning: Literal[True]) -> list[Revision]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def append(
        self, project_id: ProjectId, integration_id: IntegrationId, content: JsonObject, *, spec_version: str = "1.0.0"
    ) -> Revision:
        """Store the next revision of an integration and make it the latest one.

        Holds the integration's row until the end of the transaction, so that numbers have no gaps
        and no two writers give the same one. Raises `NotFound` for an absent integration.
        """
        ...

    async def latest(self, project_id: ProjectId, integration_id: IntegrationId) -> Revision | None:
        """Return the revision with the highest number of an integration, or None before the first."""
        ...


class AsyncRevisionTransactionRepository(AsyncRevisionRepository, Protocol):
    """The verbs of revisions inside a transaction."""
