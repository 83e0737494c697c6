# Generated from dbkit/types/_async/destination_secret.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of destination_secrets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

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

__all__ = ["DestinationSecretRepository", "DestinationSecretTransactionRepository"]


class DestinationSecretRepository(Protocol):
    """The verbs of destination_secrets, each call a transaction of its own."""

    def get(
        self, project_id: ProjectId, destination_id: DestinationId, kind: DestinationSecretKind
    ) -> DestinationSecret:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(
        self, project_id: ProjectId, destination_id: DestinationId, kind: DestinationSecretKind
    ) -> DestinationSecret | None:
        """Return the live value, or None."""
        ...

    def get_many(
        self, project_id: ProjectId, destination_id: DestinationId, kinds: Sequence[DestinationSecretKind]
    ) -> list[DestinationSecret]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, destination_id: DestinationId, kind: DestinationSecretKind) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self,
        filter: DestinationSecretFilter,
        *,
        order: DestinationSecretOrder = "destination_id,kind",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[DestinationSecret]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: DestinationSecretFilter, *, order: DestinationSecretOrder = "destination_id,kind"
    ) -> Iterator[DestinationSecret]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: DestinationSecretFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewDestinationSecret) -> DestinationSecret:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewDestinationSecret], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewDestinationSecret], *, returning: Literal[True]) -> list[DestinationSecret]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

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
        ...

    def upsert(self, new: NewDestinationSecret, *, on: DestinationSecretUniqueKey) -> Upserted[DestinationSecret]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        kind: DestinationSecretKind,
        *,
        expected_version: int | None = None,
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        ...

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
        ...


class DestinationSecretTransactionRepository(DestinationSecretRepository, Protocol):
    """The verbs of destination_secrets inside a transaction."""

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
    ) -> DestinationSecret:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

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
    ) -> DestinationSecret | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
