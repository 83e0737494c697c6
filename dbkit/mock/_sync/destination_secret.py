# Generated from dbkit/mock/_async/destination_secret.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of destination_secrets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.destination_secret import DestinationSecretCalls
from dbkit.models.destination_secret import DESTINATION_SECRETS
from dbkit.types._sync.destination_secret import DestinationSecretTransactionRepository
from dbkit.types.calls.destination_secret import (
    DestinationSecretChanges,
    DestinationSecretOrder,
    DestinationSecretUniqueKey,
)
from dbkit.types.destination_secret import (
    DestinationSecret,
    DestinationSecretFilter,
    DestinationSecretKind,
    NewDestinationSecret,
)
from dbkit.types.identifiers import DestinationId, EncryptionKeyId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["MockDestinationSecretRepository", "MockDestinationSecrets"]


class DestinationSecretGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, destination_id: DestinationId, kind: DestinationSecretKind
    ) -> Result[DestinationSecret]: ...


class DestinationSecretFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, destination_id: DestinationId, kind: DestinationSecretKind
    ) -> Result[DestinationSecret | None]: ...


class DestinationSecretGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, destination_id: DestinationId, kinds: tuple[DestinationSecretKind, ...]
    ) -> Result[list[DestinationSecret]]: ...


class DestinationSecretExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(
        self, project_id: ProjectId, destination_id: DestinationId, kind: DestinationSecretKind
    ) -> Result[bool]: ...


class DestinationSecretPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: DestinationSecretFilter, *, order: DestinationSecretOrder, limit: int, after: str | None
    ) -> Result[Page[DestinationSecret]]: ...


class DestinationSecretIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(
        self, filter: DestinationSecretFilter, *, order: DestinationSecretOrder
    ) -> Items[DestinationSecret]: ...


class DestinationSecretCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: DestinationSecretFilter) -> Result[int]: ...


class DestinationSecretCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewDestinationSecret) -> Result[DestinationSecret]: ...


class DestinationSecretCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewDestinationSecret, ...], *, returning: bool
    ) -> Result[int | list[DestinationSecret]]: ...


class DestinationSecretUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        kind: DestinationSecretKind,
        *,
        expected_version: int,
        **changes: Unpack[DestinationSecretChanges],
    ) -> Result[DestinationSecret]: ...


class DestinationSecretUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(
        self, new: NewDestinationSecret, *, on: DestinationSecretUniqueKey
    ) -> Result[Upserted[DestinationSecret]]: ...


class DestinationSecretDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        kind: DestinationSecretKind,
        *,
        expected_version: int | None,
    ) -> Result[None]: ...


class DestinationSecretResealBatchStub(Protocol):
    """What may answer for `reseal_batch`."""

    def __call__(
        self,
        project_id: ProjectId,
        from_key: EncryptionKeyId,
        to_key: EncryptionKeyId,
        *,
        after: tuple[DestinationId, DestinationSecretKind] | None,
        limit: int,
    ) -> Result[tuple[DestinationId, DestinationSecretKind] | None]: ...


class DestinationSecretLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        kind: DestinationSecretKind,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[DestinationSecret | None]: ...


class MockDestinationSecretRepository(MockRepository):
    """A repository of destination_secrets that does what its stubs say."""

    @property
    def calls(self) -> DestinationSecretCalls:
        """The calls so far."""
        return DestinationSecretCalls(self._book.log)

    def get(
        self, project_id: ProjectId, destination_id: DestinationId, kind: DestinationSecretKind
    ) -> DestinationSecret:
        """Return the live value, or raise `NotFound`."""
        answer: DestinationSecret = self._answer("get", (project_id, destination_id, kind))
        return answer

    def find(
        self, project_id: ProjectId, destination_id: DestinationId, kind: DestinationSecretKind
    ) -> DestinationSecret | None:
        """Return the live value, or None."""
        answer: DestinationSecret | None = self._answer("find", (project_id, destination_id, kind))
        return answer

    def get_many(
        self, project_id: ProjectId, destination_id: DestinationId, kinds: Sequence[DestinationSecretKind]
    ) -> list[DestinationSecret]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[DestinationSecret] = self._answer("get_many", (project_id, destination_id, kinds))
        return answer

    def exists(self, project_id: ProjectId, destination_id: DestinationId, kind: DestinationSecretKind) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, destination_id, kind))
        return answer

    def page(
        self,
        filter: DestinationSecretFilter,
        *,
        order: DestinationSecretOrder = "destination_id,kind",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[DestinationSecret]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[DestinationSecret] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: DestinationSecretFilter, *, order: DestinationSecretOrder = "destination_id,kind"
    ) -> Iterator[DestinationSecret]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: DestinationSecretFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewDestinationSecret) -> DestinationSecret:
        """Store a new row and return it as stored."""
        answer: DestinationSecret = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewDestinationSecret], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(
        self, new: Iterable[NewDestinationSecret], *, returning: Literal[True]
    ) -> list[DestinationSecret]: ...
    def create_many(
        self, new: Iterable[NewDestinationSecret], *, returning: bool = False
    ) -> int | list[DestinationSecret]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[DestinationSecret] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        kind: DestinationSecretKind,
        *,
        expected_version: int,
        **changes: Unpack[DestinationSecretChanges],
    ) -> DestinationSecret:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: DestinationSecret = self._answer(
            "update", (project_id, destination_id, kind, expected_version, changes)
        )
        return answer

    def upsert(self, new: NewDestinationSecret, *, on: DestinationSecretUniqueKey) -> Upserted[DestinationSecret]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[DestinationSecret] = self._answer("upsert", (new, on))
        return answer

    def delete(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        kind: DestinationSecretKind,
        *,
        expected_version: int | None = None,
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (project_id, destination_id, kind, expected_version))

    def reseal_batch(
        self,
        project_id: ProjectId,
        from_key: EncryptionKeyId,
        to_key: EncryptionKeyId,
        *,
        after: tuple[DestinationId, DestinationSecretKind] | None = None,
        limit: int = 100,
    ) -> tuple[DestinationId, DestinationSecretKind] | None:
        """Seal up to `limit` secrets with another data key of their project, in the order of their keys.

        Returns the last one's place, to go on after, or None when there are no more. A secret that
        is replaced meanwhile keeps what it was replaced by. The key service is the one that the
        environment names; the call waits for it. Raises `NotFound` for a key, `ValueInvalid` for a
        secret that does not open, and `ConfigurationInvalid` without a key service.
        """
        answer: tuple[DestinationId, DestinationSecretKind] | None = self._answer(
            "reseal_batch", (project_id, from_key, to_key, after, limit)
        )
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        kind: DestinationSecretKind,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> DestinationSecret: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        kind: DestinationSecretKind,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> DestinationSecret | None: ...
    def lock(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        kind: DestinationSecretKind,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> DestinationSecret | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: DestinationSecret | None = self._answer(
            "lock", (project_id, destination_id, kind, strength, nowait, skip_locked)
        )
        return answer


class MockDestinationSecrets(MockBuilder[MockDestinationSecretRepository]):
    """Builds a mock of the repository of destination_secrets: `with_...` says what an operation does."""

    _entity = DESTINATION_SECRETS
    _interface = DestinationSecretTransactionRepository
    _made = MockDestinationSecretRepository

    def with_get(self, outcome: Outcome[DestinationSecret, DestinationSecretGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[DestinationSecret | None, DestinationSecretFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[DestinationSecret], DestinationSecretGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, DestinationSecretExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[DestinationSecret], DestinationSecretPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[DestinationSecret], DestinationSecretIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, DestinationSecretCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[DestinationSecret, DestinationSecretCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(
        self, outcome: Outcome[int | list[DestinationSecret], DestinationSecretCreateManyStub]
    ) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[DestinationSecret, DestinationSecretUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[DestinationSecret], DestinationSecretUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, DestinationSecretDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_reseal_batch(
        self,
        outcome: Outcome[tuple[DestinationId, DestinationSecretKind] | None, DestinationSecretResealBatchStub],
    ) -> Self:
        """Say what `reseal_batch` does."""
        return self._with("reseal_batch", outcome)

    def with_lock(self, outcome: Outcome[DestinationSecret | None, DestinationSecretLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
