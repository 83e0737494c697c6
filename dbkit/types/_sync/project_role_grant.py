# Generated from dbkit/types/_async/project_role_grant.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of project_role_grants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.project_role_grant import (
    ProjectRoleGrantChanges,
    ProjectRoleGrantOrder,
    ProjectRoleGrantUniqueKey,
)
from dbkit.types.identifiers import BuilderId, ProjectId, ProjectRoleGrantId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.project_role_grant import NewProjectRoleGrant, ProjectRole, ProjectRoleGrant, ProjectRoleGrantFilter

__all__ = ["ProjectRoleGrantRepository", "ProjectRoleGrantTransactionRepository"]


class ProjectRoleGrantRepository(Protocol):
    """The verbs of project_role_grants, each call a transaction of its own."""

    def get(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> ProjectRoleGrant:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> ProjectRoleGrant | None:
        """Return the live value, or None."""
        ...

    def get_many(
        self, project_id: ProjectId, project_role_grant_ids: Sequence[ProjectRoleGrantId]
    ) -> list[ProjectRoleGrant]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self,
        filter: ProjectRoleGrantFilter,
        *,
        order: ProjectRoleGrantOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ProjectRoleGrant]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: ProjectRoleGrantFilter, *, order: ProjectRoleGrantOrder = "id"
    ) -> Iterator[ProjectRoleGrant]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: ProjectRoleGrantFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewProjectRoleGrant) -> ProjectRoleGrant:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewProjectRoleGrant], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewProjectRoleGrant], *, returning: Literal[True]) -> list[ProjectRoleGrant]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        **changes: Unpack[ProjectRoleGrantChanges],
    ) -> ProjectRoleGrant:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewProjectRoleGrant, *, on: ProjectRoleGrantUniqueKey) -> Upserted[ProjectRoleGrant]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    def effective_roles(self, project_id: ProjectId, builder_id: BuilderId) -> frozenset[ProjectRole]:
        """Return the roles that a builder has on a project: his own, those of his live teams and of the teams above.

        Raises `NotFound` for an absent project.
        """
        ...


class ProjectRoleGrantTransactionRepository(ProjectRoleGrantRepository, Protocol):
    """The verbs of project_role_grants inside a transaction."""

    @overload
    def lock(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ProjectRoleGrant:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ProjectRoleGrant | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
