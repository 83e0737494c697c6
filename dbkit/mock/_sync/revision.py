# Generated from dbkit/mock/_async/revision.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of revisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.revision import RevisionCalls
from dbkit.models.revision import REVISIONS
from dbkit.types._sync.revision import RevisionTransactionRepository
from dbkit.types.calls.revision import RevisionOrder
from dbkit.types.identifiers import IntegrationId, ProjectId, RevisionId
from dbkit.types.page import Page
from dbkit.types.revision import NewRevision, Revision, RevisionFilter
from dbkit.types.value import JsonObject

__all__ = ["MockRevisionRepository", "MockRevisions"]


class RevisionGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, revision_id: RevisionId) -> Result[Revision]: ...


class RevisionFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, revision_id: RevisionId) -> Result[Revision | None]: ...


class RevisionGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, revision_ids: tuple[RevisionId, ...]) -> Result[list[Revision]]: ...


class RevisionExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, revision_id: RevisionId) -> Result[bool]: ...


class RevisionPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: RevisionFilter, *, order: RevisionOrder, limit: int, after: str | None
    ) -> Result[Page[Revision]]: ...


class RevisionIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: RevisionFilter, *, order: RevisionOrder) -> Items[Revision]: ...


class RevisionCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: RevisionFilter) -> Result[int]: ...


class RevisionCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewRevision) -> Result[Revision]: ...


class RevisionCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewRevision, ...], *, returning: bool) -> Result[int | list[Revision]]: ...


class RevisionAppendStub(Protocol):
    """What may answer for `append`."""

    def __call__(
        self, project_id: ProjectId, integration_id: IntegrationId, content: JsonObject, *, spec_version: str
    ) -> Result[Revision]: ...


class RevisionLatestStub(Protocol):
    """What may answer for `latest`."""

    def __call__(self, project_id: ProjectId, integration_id: IntegrationId) -> Result[Revision | None]: ...


class MockRevisionRepository(MockRepository):
    """A repository of revisions that does what its stubs say."""

    @property
    def calls(self) -> RevisionCalls:
        """The calls so far."""
        return RevisionCalls(self._book.log)

    def get(self, project_id: ProjectId, revision_id: RevisionId) -> Revision:
        """Return the live value, or raise `NotFound`."""
        answer: Revision = self._answer("get", (project_id, revision_id))
        return answer

    def find(self, project_id: ProjectId, revision_id: RevisionId) -> Revision | None:
        """Return the live value, or None."""
        answer: Revision | None = self._answer("find", (project_id, revision_id))
        return answer

    def get_many(self, project_id: ProjectId, revision_ids: Sequence[RevisionId]) -> list[Revision]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Revision] = self._answer("get_many", (project_id, revision_ids))
        return answer

    def exists(self, project_id: ProjectId, revision_id: RevisionId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, revision_id))
        return answer

    def page(
        self, filter: RevisionFilter, *, order: RevisionOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Revision]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Revision] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: RevisionFilter, *, order: RevisionOrder = "id") -> Iterator[Revision]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: RevisionFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewRevision) -> Revision:
        """Store a new row and return it as stored."""
        answer: Revision = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewRevision], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewRevision], *, returning: Literal[True]) -> list[Revision]: ...
    def create_many(self, new: Iterable[NewRevision], *, returning: bool = False) -> int | list[Revision]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Revision] = self._answer("create_many", (new, returning))
        return answer

    def append(
        self, project_id: ProjectId, integration_id: IntegrationId, content: JsonObject, *, spec_version: str = "1.0.0"
    ) -> Revision:
        """Store the next revision of an integration and make it the latest one.

        Holds the integration's row until the end of the transaction, so that numbers have no gaps
        and no two writers give the same one. Raises `NotFound` for an absent integration.
        """
        answer: Revision = self._answer("append", (project_id, integration_id, content, spec_version))
        return answer

    def latest(self, project_id: ProjectId, integration_id: IntegrationId) -> Revision | None:
        """Return the revision with the highest number of an integration, or None before the first."""
        answer: Revision | None = self._answer("latest", (project_id, integration_id))
        return answer


class MockRevisions(MockBuilder[MockRevisionRepository]):
    """Builds a mock of the repository of revisions: `with_...` says what an operation does."""

    _entity = REVISIONS
    _interface = RevisionTransactionRepository
    _made = MockRevisionRepository

    def with_get(self, outcome: Outcome[Revision, RevisionGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Revision | None, RevisionFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Revision], RevisionGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, RevisionExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Revision], RevisionPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Revision], RevisionIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, RevisionCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Revision, RevisionCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Revision], RevisionCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_append(self, outcome: Outcome[Revision, RevisionAppendStub]) -> Self:
        """Say what `append` does."""
        return self._with("append", outcome)

    def with_latest(self, outcome: Outcome[Revision | None, RevisionLatestStub]) -> Self:
        """Say what `latest` does."""
        return self._with("latest", outcome)
