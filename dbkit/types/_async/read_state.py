# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of read_states."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.read_state import ReadStateChanges, ReadStateOrder, ReadStateUniqueKey
from dbkit.types.identifiers import InstallationId, OperationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.read_state import NewReadState, ReadState, ReadStateFilter
from dbkit.types.value import Text

__all__ = ["AsyncReadStateRepository", "AsyncReadStateTransactionRepository"]


class AsyncReadStateRepository(Protocol):
    """The verbs of read_states, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, installation_id: InstallationId, object_name: Text) -> ReadState:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, project_id: ProjectId, installation_id: InstallationId, object_name: Text) -> ReadState | None:
        """Return the live value, or None."""
        ...

    async def get_many(
        self, project_id: ProjectId, installation_id: InstallationId, object_names: Sequence[Text]
    ) -> list[ReadState]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, installation_id: InstallationId, object_name: Text) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self,
        filter: ReadStateFilter,
        *,
        order: ReadStateOrder = "installation_id,object_name",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ReadState]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: ReadStateFilter, *, order: ReadStateOrder = "installation_id,object_name"
    ) -> AsyncIterator[ReadState]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: ReadStateFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewReadState) -> ReadState:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewReadState], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewReadState], *, returning: Literal[True]) -> list[ReadState]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        expected_version: int,
        **changes: Unpack[ReadStateChanges],
    ) -> ReadState:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewReadState, *, on: ReadStateUniqueKey) -> Upserted[ReadState]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        expected_version: int | None = None,
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        ...

    async def start(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: str,
        operation_id: OperationId,
        estimated_total: int | None = None,
    ) -> ReadState:
        """Note that an operation begins to read an object, with nothing processed, from where the last one ended."""
        ...

    async def advance(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: str,
        *,
        next_page_token: str | None,
        processed: int,
        expected_version: int,
    ) -> ReadState:
        """Note that `processed` more records have been read, and where to go on.

        Raises `NotFound`, and `StaleVersion` where another reader has been faster.
        """
        ...


class AsyncReadStateTransactionRepository(AsyncReadStateRepository, Protocol):
    """The verbs of read_states inside a transaction."""

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ReadState:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ReadState | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
