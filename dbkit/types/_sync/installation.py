# Generated from dbkit/types/_async/installation.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of installations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.installation import InstallationChanges, InstallationOrder, InstallationUniqueKey
from dbkit.types.identifiers import InstallationId, ProjectId, RevisionId
from dbkit.types.installation import Installation, InstallationFilter, NewInstallation
from dbkit.types.installation_config import NewInstallationConfig
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.value import JsonObject

__all__ = ["InstallationRepository", "InstallationTransactionRepository"]


class InstallationRepository(Protocol):
    """The verbs of installations, each call a transaction of its own."""

    def get(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, project_id: ProjectId, installation_id: InstallationId) -> Installation | None:
        """Return the live value, or None."""
        ...

    def get_many(self, project_id: ProjectId, installation_ids: Sequence[InstallationId]) -> list[Installation]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, installation_id: InstallationId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self, filter: InstallationFilter, *, order: InstallationOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Installation]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: InstallationFilter, *, order: InstallationOrder = "id") -> Iterator[Installation]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: InstallationFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewInstallation) -> Installation:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewInstallation], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewInstallation], *, returning: Literal[True]) -> list[Installation]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        expected_version: int,
        **changes: Unpack[InstallationChanges],
    ) -> Installation:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewInstallation, *, on: InstallationUniqueKey) -> Upserted[Installation]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(
        self, project_id: ProjectId, installation_id: InstallationId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        ...

    def restore(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        ...

    def purge(self, project_id: ProjectId, installation_id: InstallationId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        ...

    def create_with_config(self, installation: NewInstallation, config: NewInstallationConfig) -> Installation:
        """Store an installation and its first configuration, both or none.

        Raises `ValueInvalid` where the two do not name each other.
        """
        ...

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
        ...

    def pause_reads(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Stop scheduled reads from now on, or raise `NotFound`; what is paused stays paused since when it was."""
        ...

    def unpause_reads(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Let scheduled reads go on, or raise `NotFound`."""
        ...


class InstallationTransactionRepository(InstallationRepository, Protocol):
    """The verbs of installations inside a transaction."""

    @overload
    def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Installation:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Installation | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
