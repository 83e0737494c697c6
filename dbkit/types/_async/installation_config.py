# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of installation_configs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, overload

from dbkit.types.calls.installation_config import InstallationConfigOrder
from dbkit.types.document import DocumentDifference
from dbkit.types.identifiers import InstallationConfigId, InstallationId, ProjectId
from dbkit.types.installation_config import InstallationConfig, InstallationConfigFilter, NewInstallationConfig
from dbkit.types.page import Page

__all__ = ["AsyncInstallationConfigRepository", "AsyncInstallationConfigTransactionRepository"]


class AsyncInstallationConfigRepository(Protocol):
    """The verbs of installation_configs, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, installation_config_id: InstallationConfigId) -> InstallationConfig:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(
        self, project_id: ProjectId, installation_config_id: InstallationConfigId
    ) -> InstallationConfig | None:
        """Return the live value, or None."""
        ...

    async def get_many(
        self, project_id: ProjectId, installation_config_ids: Sequence[InstallationConfigId]
    ) -> list[InstallationConfig]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, installation_config_id: InstallationConfigId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self,
        filter: InstallationConfigFilter,
        *,
        order: InstallationConfigOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[InstallationConfig]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: InstallationConfigFilter, *, order: InstallationConfigOrder = "id"
    ) -> AsyncIterator[InstallationConfig]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: InstallationConfigFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewInstallationConfig) -> InstallationConfig:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewInstallationConfig], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(
        self, new: Iterable[NewInstallationConfig], *, returning: Literal[True]
    ) -> list[InstallationConfig]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def latest(self, project_id: ProjectId, installation_id: InstallationId) -> InstallationConfig | None:
        """Return the configuration with the highest number of an installation, or None."""
        ...

    async def diff(
        self, project_id: ProjectId, from_id: InstallationConfigId, to_id: InstallationConfigId
    ) -> tuple[DocumentDifference, ...]:
        """Return where the contents of two configurations differ, by path; or raise `NotFound`."""
        ...


class AsyncInstallationConfigTransactionRepository(AsyncInstallationConfigRepository, Protocol):
    """The verbs of installation_configs inside a transaction."""
