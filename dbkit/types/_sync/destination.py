# Generated from dbkit/types/_async/destination.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of destinations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.destination import DestinationChanges, DestinationOrder, DestinationUniqueKey
from dbkit.types.destination import Destination, DestinationFilter, NewDestination
from dbkit.types.identifiers import DestinationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["DestinationRepository", "DestinationTransactionRepository"]


class DestinationRepository(Protocol):
    """The verbs of destinations, each call a transaction of its own."""

    def get(self, project_id: ProjectId, destination_id: DestinationId) -> Destination:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, project_id: ProjectId, destination_id: DestinationId) -> Destination | None:
        """Return the live value, or None."""
        ...

    def get_many(self, project_id: ProjectId, destination_ids: Sequence[DestinationId]) -> list[Destination]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, destination_id: DestinationId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self, filter: DestinationFilter, *, order: DestinationOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Destination]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: DestinationFilter, *, order: DestinationOrder = "id") -> Iterator[Destination]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: DestinationFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewDestination) -> Destination:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewDestination], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewDestination], *, returning: Literal[True]) -> list[Destination]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        expected_version: int,
        **changes: Unpack[DestinationChanges],
    ) -> Destination:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewDestination, *, on: DestinationUniqueKey) -> Upserted[Destination]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(
        self, project_id: ProjectId, destination_id: DestinationId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        ...

    def restore(self, project_id: ProjectId, destination_id: DestinationId) -> Destination:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        ...

    def purge(self, project_id: ProjectId, destination_id: DestinationId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        ...

    def get_by_id_or_name(self, project_id: ProjectId, id_or_name: DestinationId | str) -> Destination:
        """Return a project's live destination by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        ...

    def disable(self, project_id: ProjectId, destination_id: DestinationId, reason: str) -> Destination:
        """Send nothing more to a destination, and keep the reason; one that is disabled keeps its first reason.

        Raises `NotFound`.
        """
        ...

    def enable(self, project_id: ProjectId, destination_id: DestinationId) -> Destination:
        """Send to a destination again, or raise `NotFound`."""
        ...


class DestinationTransactionRepository(DestinationRepository, Protocol):
    """The verbs of destinations inside a transaction."""

    @overload
    def lock(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Destination:
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
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Destination | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
