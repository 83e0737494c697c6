# Generated from dbkit/types/_async/consumer.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of consumers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.consumer import ConsumerChanges, ConsumerOrder, ConsumerUniqueKey
from dbkit.types.connection import Connection
from dbkit.types.consumer import Consumer, ConsumerFilter, NewConsumer
from dbkit.types.identifiers import ConsumerRef, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["ConsumerRepository", "ConsumerTransactionRepository"]


class ConsumerRepository(Protocol):
    """The verbs of consumers, each call a transaction of its own."""

    def get(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> Consumer:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> Consumer | None:
        """Return the live value, or None."""
        ...

    def get_many(self, project_id: ProjectId, consumer_refs: Sequence[ConsumerRef]) -> list[Consumer]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self,
        filter: ConsumerFilter,
        *,
        order: ConsumerOrder = "consumer_ref",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Consumer]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: ConsumerFilter, *, order: ConsumerOrder = "consumer_ref") -> Iterator[Consumer]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: ConsumerFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewConsumer) -> Consumer:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewConsumer], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewConsumer], *, returning: Literal[True]) -> list[Consumer]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(self, project_id: ProjectId, consumer_ref: ConsumerRef, **changes: Unpack[ConsumerChanges]) -> Consumer:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewConsumer, *, on: ConsumerUniqueKey) -> Upserted[Consumer]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    def connections(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> Iterator[Connection]:
        """Yield the live connections of a consumer, in the order of ids."""
        ...


class ConsumerTransactionRepository(ConsumerRepository, Protocol):
    """The verbs of consumers inside a transaction."""

    @overload
    def lock(
        self,
        project_id: ProjectId,
        consumer_ref: ConsumerRef,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Consumer:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        project_id: ProjectId,
        consumer_ref: ConsumerRef,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Consumer | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
