# Generated from dbkit/types/_async/project.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of projects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.project import ProjectChanges, ProjectOrder, ProjectUniqueKey
from dbkit.types.identifiers import OrganizationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.project import NewProject, Project, ProjectFilter

__all__ = ["ProjectRepository", "ProjectTransactionRepository"]


class ProjectRepository(Protocol):
    """The verbs of projects, each call a transaction of its own."""

    def get(self, project_id: ProjectId) -> Project:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, project_id: ProjectId) -> Project | None:
        """Return the live value, or None."""
        ...

    def get_many(self, project_ids: Sequence[ProjectId]) -> list[Project]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self, filter: ProjectFilter, *, order: ProjectOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Project]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: ProjectFilter, *, order: ProjectOrder = "id") -> Iterator[Project]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: ProjectFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewProject) -> Project:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewProject], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewProject], *, returning: Literal[True]) -> list[Project]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(self, project_id: ProjectId, *, expected_version: int, **changes: Unpack[ProjectChanges]) -> Project:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewProject, *, on: ProjectUniqueKey) -> Upserted[Project]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, project_id: ProjectId, *, expected_version: int | None = None) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        ...

    def restore(self, project_id: ProjectId) -> Project:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        ...

    def purge(self, project_id: ProjectId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        ...

    def get_by_id_or_name(self, organization_id: OrganizationId, id_or_name: ProjectId | str) -> Project:
        """Return an organization's live project by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        ...


class ProjectTransactionRepository(ProjectRepository, Protocol):
    """The verbs of projects inside a transaction."""

    @overload
    def lock(
        self,
        project_id: ProjectId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Project:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        project_id: ProjectId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Project | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
