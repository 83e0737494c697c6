# Generated from dbkit/mock/_async/installation.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of installations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.installation import InstallationCalls
from dbkit.models.installation import INSTALLATIONS
from dbkit.types._sync.installation import InstallationTransactionRepository
from dbkit.types.calls.installation import InstallationChanges, InstallationOrder, InstallationUniqueKey
from dbkit.types.identifiers import InstallationId, ProjectId, RevisionId
from dbkit.types.installation import Installation, InstallationFilter, NewInstallation
from dbkit.types.installation_config import NewInstallationConfig
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.value import JsonObject

__all__ = ["MockInstallationRepository", "MockInstallations"]


class InstallationGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> Result[Installation]: ...


class InstallationFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> Result[Installation | None]: ...


class InstallationGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, installation_ids: tuple[InstallationId, ...]
    ) -> Result[list[Installation]]: ...


class InstallationExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> Result[bool]: ...


class InstallationPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: InstallationFilter, *, order: InstallationOrder, limit: int, after: str | None
    ) -> Result[Page[Installation]]: ...


class InstallationIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: InstallationFilter, *, order: InstallationOrder) -> Items[Installation]: ...


class InstallationCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: InstallationFilter) -> Result[int]: ...


class InstallationCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewInstallation) -> Result[Installation]: ...


class InstallationCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewInstallation, ...], *, returning: bool) -> Result[int | list[Installation]]: ...


class InstallationUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        expected_version: int,
        **changes: Unpack[InstallationChanges],
    ) -> Result[Installation]: ...


class InstallationUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewInstallation, *, on: InstallationUniqueKey) -> Result[Upserted[Installation]]: ...


class InstallationDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, installation_id: InstallationId, *, expected_version: int | None
    ) -> Result[None]: ...


class InstallationRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> Result[Installation]: ...


class InstallationPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> Result[None]: ...


class InstallationCreateWithConfigStub(Protocol):
    """What may answer for `create_with_config`."""

    def __call__(self, installation: NewInstallation, config: NewInstallationConfig) -> Result[Installation]: ...


class InstallationReconfigureStub(Protocol):
    """What may answer for `reconfigure`."""

    def __call__(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        content: JsonObject,
        *,
        expected_version: int,
        created_by: str,
        revision_id: RevisionId | None,
    ) -> Result[Installation]: ...


class InstallationPauseReadsStub(Protocol):
    """What may answer for `pause_reads`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> Result[Installation]: ...


class InstallationUnpauseReadsStub(Protocol):
    """What may answer for `unpause_reads`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> Result[Installation]: ...


class InstallationLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[Installation | None]: ...


class MockInstallationRepository(MockRepository):
    """A repository of installations that does what its stubs say."""

    @property
    def calls(self) -> InstallationCalls:
        """The calls so far."""
        return InstallationCalls(self._book.log)

    def get(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Return the live value, or raise `NotFound`."""
        answer: Installation = self._answer("get", (project_id, installation_id))
        return answer

    def find(self, project_id: ProjectId, installation_id: InstallationId) -> Installation | None:
        """Return the live value, or None."""
        answer: Installation | None = self._answer("find", (project_id, installation_id))
        return answer

    def get_many(self, project_id: ProjectId, installation_ids: Sequence[InstallationId]) -> list[Installation]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Installation] = self._answer("get_many", (project_id, installation_ids))
        return answer

    def exists(self, project_id: ProjectId, installation_id: InstallationId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, installation_id))
        return answer

    def page(
        self, filter: InstallationFilter, *, order: InstallationOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Installation]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Installation] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: InstallationFilter, *, order: InstallationOrder = "id") -> Iterator[Installation]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: InstallationFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewInstallation) -> Installation:
        """Store a new row and return it as stored."""
        answer: Installation = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewInstallation], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewInstallation], *, returning: Literal[True]) -> list[Installation]: ...
    def create_many(self, new: Iterable[NewInstallation], *, returning: bool = False) -> int | list[Installation]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Installation] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        expected_version: int,
        **changes: Unpack[InstallationChanges],
    ) -> Installation:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Installation = self._answer("update", (project_id, installation_id, expected_version, changes))
        return answer

    def upsert(self, new: NewInstallation, *, on: InstallationUniqueKey) -> Upserted[Installation]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Installation] = self._answer("upsert", (new, on))
        return answer

    def delete(
        self, project_id: ProjectId, installation_id: InstallationId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (project_id, installation_id, expected_version))

    def restore(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Installation = self._answer("restore", (project_id, installation_id))
        return answer

    def purge(self, project_id: ProjectId, installation_id: InstallationId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        self._answer("purge", (project_id, installation_id))

    def create_with_config(self, installation: NewInstallation, config: NewInstallationConfig) -> Installation:
        """Store an installation and its first configuration, both or none.

        Raises `ValueInvalid` where the two do not name each other.
        """
        answer: Installation = self._answer("create_with_config", (installation, config))
        return answer

    def reconfigure(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        content: JsonObject,
        *,
        expected_version: int,
        created_by: str,
        revision_id: RevisionId | None = None,
    ) -> Installation:
        """Store the next configuration of an installation and make it the current one.

        `revision_id` is the revision that it is for, the current configuration's unless given. Raises
        `NotFound`, and `StaleVersion` where the installation has moved on.
        """
        answer: Installation = self._answer(
            "reconfigure", (project_id, installation_id, content, expected_version, created_by, revision_id)
        )
        return answer

    def pause_reads(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Stop scheduled reads from now on, or raise `NotFound`; what is paused stays paused since when it was."""
        answer: Installation = self._answer("pause_reads", (project_id, installation_id))
        return answer

    def unpause_reads(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Let scheduled reads go on, or raise `NotFound`."""
        answer: Installation = self._answer("unpause_reads", (project_id, installation_id))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Installation: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Installation | None: ...
    def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Installation | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Installation | None = self._answer("lock", (project_id, installation_id, strength, nowait, skip_locked))
        return answer


class MockInstallations(MockBuilder[MockInstallationRepository]):
    """Builds a mock of the repository of installations: `with_...` says what an operation does."""

    _entity = INSTALLATIONS
    _interface = InstallationTransactionRepository
    _made = MockInstallationRepository

    def with_get(self, outcome: Outcome[Installation, InstallationGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Installation | None, InstallationFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Installation], InstallationGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, InstallationExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Installation], InstallationPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Installation], InstallationIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, InstallationCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Installation, InstallationCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Installation], InstallationCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Installation, InstallationUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Installation], InstallationUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, InstallationDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Installation, InstallationRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, InstallationPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_create_with_config(self, outcome: Outcome[Installation, InstallationCreateWithConfigStub]) -> Self:
        """Say what `create_with_config` does."""
        return self._with("create_with_config", outcome)

    def with_reconfigure(self, outcome: Outcome[Installation, InstallationReconfigureStub]) -> Self:
        """Say what `reconfigure` does."""
        return self._with("reconfigure", outcome)

    def with_pause_reads(self, outcome: Outcome[Installation, InstallationPauseReadsStub]) -> Self:
        """Say what `pause_reads` does."""
        return self._with("pause_reads", outcome)

    def with_unpause_reads(self, outcome: Outcome[Installation, InstallationUnpauseReadsStub]) -> Self:
        """Say what `unpause_reads` does."""
        return self._with("unpause_reads", outcome)

    def with_lock(self, outcome: Outcome[Installation | None, InstallationLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
