# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of revisions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.revision import RevisionCalls
from dbkit.models.revision import REVISIONS
from dbkit.types._async.revision import AsyncRevisionTransactionRepository
from dbkit.types.calls.revision import RevisionOrder
from dbkit.types.identifiers import IntegrationId, ProjectId, RevisionId
from dbkit.types.page import Page
from dbkit.types.revision import NewRevision, Revision, RevisionFilter
from dbkit.types.value import JsonObject

__all__ = ["AsyncMockRevisionRepository", "AsyncMockRevisions"]


class AsyncRevisionGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, revision_id: RevisionId) -> AsyncResult[Revision]: ...


class AsyncRevisionFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, revision_id: RevisionId) -> AsyncResult[Revision | None]: ...


class AsyncRevisionGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, revision_ids: tuple[RevisionId, ...]) -> AsyncResult[list[Revision]]: ...


class AsyncRevisionExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, revision_id: RevisionId) -> AsyncResult[bool]: ...


class AsyncRevisionPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: RevisionFilter, *, order: RevisionOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Revision]]: ...


class AsyncRevisionIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: RevisionFilter, *, order: RevisionOrder) -> AsyncItems[Revision]: ...


class AsyncRevisionCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: RevisionFilter) -> AsyncResult[int]: ...


class AsyncRevisionCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewRevision) -> AsyncResult[Revision]: ...


class AsyncRevisionCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewRevision, ...], *, returning: bool) -> AsyncResult[int | list[Revision]]: ...


class AsyncRevisionAppendStub(Protocol):
    """What may answer for `append`."""

    def __call__(
        self, project_id: ProjectId, integration_id: IntegrationId, content: JsonObject, *, spec_version: str
    ) -> AsyncResult[Revision]: ...


class AsyncRevisionLatestStub(Protocol):
    """What may answer for `latest`."""

    def __call__(self, project_id: ProjectId, integration_id: IntegrationId) -> AsyncResult[Revision | None]: ...


class AsyncMockRevisionRepository(AsyncMockRepository):
    """A repository of revisions that does what its stubs say."""

    @property
    def calls(self) -> RevisionCalls:
        """The calls so far."""
        return RevisionCalls(self._book.log)

    async def get(self, project_id: ProjectId, revision_id: RevisionId) -> Revision:
        """Return the live value, or raise `NotFound`."""
        answer: Revision = await self._answer("get", (project_id, revision_id))
        return answer

    async def find(self, project_id: ProjectId, revision_id: RevisionId) -> Revision | None:
        """Return the live value, or None."""
        answer: Revision | None = await self._answer("find", (project_id, revision_id))
        return answer

    async def get_many(self, project_id: ProjectId, revision_ids: Sequence[RevisionId]) -> list[Revision]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Revision] = await self._answer("get_many", (project_id, revision_ids))
        return answer

    async def exists(self, project_id: ProjectId, revision_id: RevisionId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, revision_id))
        return answer

    async def page(
        self, filter: RevisionFilter, *, order: RevisionOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Revision]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Revision] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: RevisionFilter, *, order: RevisionOrder = "id") -> AsyncIterator[Revision]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: RevisionFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewRevision) -> Revision:
        """Store a new row and return it as stored."""
        answer: Revision = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewRevision], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewRevision], *, returning: Literal[True]) -> list[Revision]: ...
    async def create_many(self, new: Iterable[NewRevision], *, returning: bool = False) -> int | list[Revision]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Revision] = await self._answer("create_many", (new, returning))
        return answer

    async def append(
        self, project_id: ProjectId, integration_id: IntegrationId, content: JsonObject, *, spec_version: str = "1.0.0"
    ) -> Revision:
        """Store the next revision of an integration and make it the latest one.

        Holds the integration's row until the end of the transaction, so that numbers have no gaps
        and no two writers give the same one. Raises `NotFound` for an absent integration.
        """
        answer: Revision = await self._answer("append", (project_id, integration_id, content, spec_version))
        return answer

    async def latest(self, project_id: ProjectId, integration_id: IntegrationId) -> Revision | None:
        """Return the revision with the highest number of an integration, or None before the first."""
        answer: Revision | None = await self._answer("latest", (project_id, integration_id))
        return answer


class AsyncMockRevisions(AsyncMockBuilder[AsyncMockRevisionRepository]):
    """Builds a mock of the repository of revisions: `with_...` says what an operation does."""

    _entity = REVISIONS
    _interface = AsyncRevisionTransactionRepository
    _made = AsyncMockRevisionRepository

    def with_get(self, outcome: Outcome[Revision, AsyncRevisionGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Revision | None, AsyncRevisionFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Revision], AsyncRevisionGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncRevisionExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Revision], AsyncRevisionPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Revision], AsyncRevisionIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncRevisionCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Revision, AsyncRevisionCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Revision], AsyncRevisionCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_append(self, outcome: Outcome[Revision, AsyncRevisionAppendStub]) -> Self:
        """Say what `append` does."""
        return self._with("append", outcome)

    def with_latest(self, outcome: Outcome[Revision | None, AsyncRevisionLatestStub]) -> Self:
        """Say what `latest` does."""
        return self._with("latest", outcome)
