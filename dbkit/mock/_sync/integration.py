# Generated from dbkit/mock/_async/integration.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of integrations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.integration import IntegrationCalls
from dbkit.models.integration import INTEGRATIONS
from dbkit.types._sync.integration import IntegrationTransactionRepository
from dbkit.types.calls.integration import IntegrationChanges, IntegrationOrder, IntegrationUniqueKey
from dbkit.types.identifiers import IntegrationId, ProjectId
from dbkit.types.integration import Integration, IntegrationFilter, IntegrationManifest, NewIntegration
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.revision import NewRevision

__all__ = ["MockIntegrationRepository", "MockIntegrations"]


class IntegrationGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, integration_id: IntegrationId) -> Result[Integration]: ...


class IntegrationFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, integration_id: IntegrationId) -> Result[Integration | None]: ...


class IntegrationGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, integration_ids: tuple[IntegrationId, ...]
    ) -> Result[list[Integration]]: ...


class IntegrationExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, integration_id: IntegrationId) -> Result[bool]: ...


class IntegrationPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: IntegrationFilter, *, order: IntegrationOrder, limit: int, after: str | None
    ) -> Result[Page[Integration]]: ...


class IntegrationIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: IntegrationFilter, *, order: IntegrationOrder) -> Items[Integration]: ...


class IntegrationCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: IntegrationFilter) -> Result[int]: ...


class IntegrationCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewIntegration) -> Result[Integration]: ...


class IntegrationCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewIntegration, ...], *, returning: bool) -> Result[int | list[Integration]]: ...


class IntegrationUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        expected_version: int,
        **changes: Unpack[IntegrationChanges],
    ) -> Result[Integration]: ...


class IntegrationUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewIntegration, *, on: IntegrationUniqueKey) -> Result[Upserted[Integration]]: ...


class IntegrationDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, integration_id: IntegrationId, *, expected_version: int | None
    ) -> Result[None]: ...


class IntegrationRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, project_id: ProjectId, integration_id: IntegrationId) -> Result[Integration]: ...


class IntegrationPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, project_id: ProjectId, integration_id: IntegrationId) -> Result[None]: ...


class IntegrationGetByIdOrNameStub(Protocol):
    """What may answer for `get_by_id_or_name`."""

    def __call__(self, project_id: ProjectId, id_or_name: IntegrationId | str) -> Result[Integration]: ...


class IntegrationCreateWithRevisionStub(Protocol):
    """What may answer for `create_with_revision`."""

    def __call__(self, integration: NewIntegration, revision: NewRevision) -> Result[Integration]: ...


class IntegrationBatchUpsertStub(Protocol):
    """What may answer for `batch_upsert`."""

    def __call__(
        self, project_id: ProjectId, manifests: tuple[IntegrationManifest, ...], *, destructive: bool
    ) -> Result[list[Integration]]: ...


class IntegrationLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[Integration | None]: ...


class MockIntegrationRepository(MockRepository):
    """A repository of integrations that does what its stubs say."""

    @property
    def calls(self) -> IntegrationCalls:
        """The calls so far."""
        return IntegrationCalls(self._book.log)

    def get(self, project_id: ProjectId, integration_id: IntegrationId) -> Integration:
        """Return the live value, or raise `NotFound`."""
        answer: Integration = self._answer("get", (project_id, integration_id))
        return answer

    def find(self, project_id: ProjectId, integration_id: IntegrationId) -> Integration | None:
        """Return the live value, or None."""
        answer: Integration | None = self._answer("find", (project_id, integration_id))
        return answer

    def get_many(self, project_id: ProjectId, integration_ids: Sequence[IntegrationId]) -> list[Integration]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Integration] = self._answer("get_many", (project_id, integration_ids))
        return answer

    def exists(self, project_id: ProjectId, integration_id: IntegrationId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, integration_id))
        return answer

    def page(
        self, filter: IntegrationFilter, *, order: IntegrationOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Integration]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Integration] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: IntegrationFilter, *, order: IntegrationOrder = "id") -> Iterator[Integration]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: IntegrationFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewIntegration) -> Integration:
        """Store a new row and return it as stored."""
        answer: Integration = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewIntegration], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewIntegration], *, returning: Literal[True]) -> list[Integration]: ...
    def create_many(self, new: Iterable[NewIntegration], *, returning: bool = False) -> int | list[Integration]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Integration] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        expected_version: int,
        **changes: Unpack[IntegrationChanges],
    ) -> Integration:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Integration = self._answer("update", (project_id, integration_id, expected_version, changes))
        return answer

    def upsert(self, new: NewIntegration, *, on: IntegrationUniqueKey) -> Upserted[Integration]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Integration] = self._answer("upsert", (new, on))
        return answer

    def delete(
        self, project_id: ProjectId, integration_id: IntegrationId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (project_id, integration_id, expected_version))

    def restore(self, project_id: ProjectId, integration_id: IntegrationId) -> Integration:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Integration = self._answer("restore", (project_id, integration_id))
        return answer

    def purge(self, project_id: ProjectId, integration_id: IntegrationId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        self._answer("purge", (project_id, integration_id))

    def get_by_id_or_name(self, project_id: ProjectId, id_or_name: IntegrationId | str) -> Integration:
        """Return a project's live integration by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        answer: Integration = self._answer("get_by_id_or_name", (project_id, id_or_name))
        return answer

    def create_with_revision(self, integration: NewIntegration, revision: NewRevision) -> Integration:
        """Store an integration and its first revision, both or none, the one pointing to the other.

        Raises `ValueInvalid` where the revision is of another integration.
        """
        answer: Integration = self._answer("create_with_revision", (integration, revision))
        return answer

    def batch_upsert(
        self, project_id: ProjectId, manifests: Sequence[IntegrationManifest], *, destructive: bool = False
    ) -> list[Integration]:
        """Bring a project's live integrations to what these manifests say, all or none; return them in their order.

        An integration is known by its name, without regard to case. An unknown one is created; one
        whose newest revision says something else gets another revision. With `destructive`, live
        integrations without a manifest are deleted. Raises `ValueInvalid` where two manifests have
        one name or one names another provider than the integration has, and `NotFound` for an
        absent project.
        """
        answer: list[Integration] = self._answer("batch_upsert", (project_id, manifests, destructive))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Integration: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Integration | None: ...
    def lock(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Integration | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Integration | None = self._answer("lock", (project_id, integration_id, strength, nowait, skip_locked))
        return answer


class MockIntegrations(MockBuilder[MockIntegrationRepository]):
    """Builds a mock of the repository of integrations: `with_...` says what an operation does."""

    _entity = INTEGRATIONS
    _interface = IntegrationTransactionRepository
    _made = MockIntegrationRepository

    def with_get(self, outcome: Outcome[Integration, IntegrationGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Integration | None, IntegrationFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Integration], IntegrationGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, IntegrationExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Integration], IntegrationPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Integration], IntegrationIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, IntegrationCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Integration, IntegrationCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Integration], IntegrationCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Integration, IntegrationUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Integration], IntegrationUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, IntegrationDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Integration, IntegrationRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, IntegrationPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_get_by_id_or_name(self, outcome: Outcome[Integration, IntegrationGetByIdOrNameStub]) -> Self:
        """Say what `get_by_id_or_name` does."""
        return self._with("get_by_id_or_name", outcome)

    def with_create_with_revision(self, outcome: Outcome[Integration, IntegrationCreateWithRevisionStub]) -> Self:
        """Say what `create_with_revision` does."""
        return self._with("create_with_revision", outcome)

    def with_batch_upsert(self, outcome: Outcome[list[Integration], IntegrationBatchUpsertStub]) -> Self:
        """Say what `batch_upsert` does."""
        return self._with("batch_upsert", outcome)

    def with_lock(self, outcome: Outcome[Integration | None, IntegrationLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
