# Generated from dbkit/types/_async/connection.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of connections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.connection import ConnectionChanges, ConnectionOrder, ConnectionUniqueKey
from dbkit.types.connection import Connection, ConnectionFilter, NewConnection
from dbkit.types.identifiers import ConnectionId, ConsumerRef, GroupRef, ProjectId, ProviderSlug
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["ConnectionRepository", "ConnectionTransactionRepository"]


class ConnectionRepository(Protocol):
    """The verbs of connections, each call a transaction of its own."""

    def get(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection | None:
        """Return the live value, or None."""
        ...

    def get_many(self, project_id: ProjectId, connection_ids: Sequence[ConnectionId]) -> list[Connection]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, connection_id: ConnectionId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self, filter: ConnectionFilter, *, order: ConnectionOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Connection]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: ConnectionFilter, *, order: ConnectionOrder = "id") -> Iterator[Connection]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: ConnectionFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewConnection) -> Connection:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewConnection], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewConnection], *, returning: Literal[True]) -> list[Connection]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        expected_version: int,
        **changes: Unpack[ConnectionChanges],
    ) -> Connection:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewConnection, *, on: ConnectionUniqueKey) -> Upserted[Connection]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(
        self, project_id: ProjectId, connection_id: ConnectionId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        ...

    def restore(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        ...

    def purge(self, project_id: ProjectId, connection_id: ConnectionId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        ...

    def find_live(
        self,
        project_id: ProjectId,
        provider: ProviderSlug,
        group_ref: GroupRef,
        consumer_ref: ConsumerRef,
        workspace: str | None = None,
    ) -> Connection | None:
        """Return the live connection of a group and consumer to a provider's workspace, or None."""
        ...

    def mark_working(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        """Note that the credentials of a live connection work, or raise `NotFound`."""
        ...

    def mark_bad_credentials(self, project_id: ProjectId, connection_id: ConnectionId, reason: str) -> Connection:
        """Note that the credentials of a live connection do not work, and keep the reason in the audit trail.

        Nothing changes where that is known. Raises `NotFound`.
        """
        ...


class ConnectionTransactionRepository(ConnectionRepository, Protocol):
    """The verbs of connections inside a transaction."""

    @overload
    def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Connection:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Connection | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
