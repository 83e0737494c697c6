# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of installation_configs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.installation_config import InstallationConfigCalls
from dbkit.models.installation_config import INSTALLATION_CONFIGS
from dbkit.types._async.installation_config import AsyncInstallationConfigTransactionRepository
from dbkit.types.calls.installation_config import InstallationConfigOrder
from dbkit.types.document import DocumentDifference
from dbkit.types.identifiers import InstallationConfigId, InstallationId, ProjectId
from dbkit.types.installation_config import InstallationConfig, InstallationConfigFilter, NewInstallationConfig
from dbkit.types.page import Page

__all__ = ["AsyncMockInstallationConfigRepository", "AsyncMockInstallationConfigs"]


class AsyncInstallationConfigGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, installation_config_id: InstallationConfigId
    ) -> AsyncResult[InstallationConfig]: ...


class AsyncInstallationConfigFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, installation_config_id: InstallationConfigId
    ) -> AsyncResult[InstallationConfig | None]: ...


class AsyncInstallationConfigGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, installation_config_ids: tuple[InstallationConfigId, ...]
    ) -> AsyncResult[list[InstallationConfig]]: ...


class AsyncInstallationConfigExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, installation_config_id: InstallationConfigId) -> AsyncResult[bool]: ...


class AsyncInstallationConfigPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: InstallationConfigFilter, *, order: InstallationConfigOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[InstallationConfig]]: ...


class AsyncInstallationConfigIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(
        self, filter: InstallationConfigFilter, *, order: InstallationConfigOrder
    ) -> AsyncItems[InstallationConfig]: ...


class AsyncInstallationConfigCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: InstallationConfigFilter) -> AsyncResult[int]: ...


class AsyncInstallationConfigCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewInstallationConfig) -> AsyncResult[InstallationConfig]: ...


class AsyncInstallationConfigCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewInstallationConfig, ...], *, returning: bool
    ) -> AsyncResult[int | list[InstallationConfig]]: ...


class AsyncInstallationConfigLatestStub(Protocol):
    """What may answer for `latest`."""

    def __call__(
        self, project_id: ProjectId, installation_id: InstallationId
    ) -> AsyncResult[InstallationConfig | None]: ...


class AsyncInstallationConfigDiffStub(Protocol):
    """What may answer for `diff`."""

    def __call__(
        self, project_id: ProjectId, from_id: InstallationConfigId, to_id: InstallationConfigId
    ) -> AsyncResult[tuple[DocumentDifference, ...]]: ...


class AsyncMockInstallationConfigRepository(AsyncMockRepository):
    """A repository of installation_configs that does what its stubs say."""

    @property
    def calls(self) -> InstallationConfigCalls:
        """The calls so far."""
        return InstallationConfigCalls(self._book.log)

    async def get(self, project_id: ProjectId, installation_config_id: InstallationConfigId) -> InstallationConfig:
        """Return the live value, or raise `NotFound`."""
        answer: InstallationConfig = await self._answer("get", (project_id, installation_config_id))
        return answer

    async def find(
        self, project_id: ProjectId, installation_config_id: InstallationConfigId
    ) -> InstallationConfig | None:
        """Return the live value, or None."""
        answer: InstallationConfig | None = await self._answer("find", (project_id, installation_config_id))
        return answer

    async def get_many(
        self, project_id: ProjectId, installation_config_ids: Sequence[InstallationConfigId]
    ) -> list[InstallationConfig]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[InstallationConfig] = await self._answer("get_many", (project_id, installation_config_ids))
        return answer

    async def exists(self, project_id: ProjectId, installation_config_id: InstallationConfigId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, installation_config_id))
        return answer

    async def page(
        self,
        filter: InstallationConfigFilter,
        *,
        order: InstallationConfigOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[InstallationConfig]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[InstallationConfig] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: InstallationConfigFilter, *, order: InstallationConfigOrder = "id"
    ) -> AsyncIterator[InstallationConfig]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: InstallationConfigFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewInstallationConfig) -> InstallationConfig:
        """Store a new row and return it as stored."""
        answer: InstallationConfig = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewInstallationConfig], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(
        self, new: Iterable[NewInstallationConfig], *, returning: Literal[True]
    ) -> list[InstallationConfig]: ...
    async def create_many(
        self, new: Iterable[NewInstallationConfig], *, returning: bool = False
    ) -> int | list[InstallationConfig]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[InstallationConfig] = await self._answer("create_many", (new, returning))
        return answer

    async def latest(self, project_id: ProjectId, installation_id: InstallationId) -> InstallationConfig | None:
        """Return the configuration with the highest number of an installation, or None."""
        answer: InstallationConfig | None = await self._answer("latest", (project_id, installation_id))
        return answer

    async def diff(
        self, project_id: ProjectId, from_id: InstallationConfigId, to_id: InstallationConfigId
    ) -> tuple[DocumentDifference, ...]:
        """Return where the contents of two configurations differ, by path; or raise `NotFound`."""
        answer: tuple[DocumentDifference, ...] = await self._answer("diff", (project_id, from_id, to_id))
        return answer


class AsyncMockInstallationConfigs(AsyncMockBuilder[AsyncMockInstallationConfigRepository]):
    """Builds a mock of the repository of installation_configs: `with_...` says what an operation does."""

    _entity = INSTALLATION_CONFIGS
    _interface = AsyncInstallationConfigTransactionRepository
    _made = AsyncMockInstallationConfigRepository

    def with_get(self, outcome: Outcome[InstallationConfig, AsyncInstallationConfigGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[InstallationConfig | None, AsyncInstallationConfigFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[InstallationConfig], AsyncInstallationConfigGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncInstallationConfigExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[InstallationConfig], AsyncInstallationConfigPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[InstallationConfig], AsyncInstallationConfigIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncInstallationConfigCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[InstallationConfig, AsyncInstallationConfigCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(
        self, outcome: Outcome[int | list[InstallationConfig], AsyncInstallationConfigCreateManyStub]
    ) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_latest(self, outcome: Outcome[InstallationConfig | None, AsyncInstallationConfigLatestStub]) -> Self:
        """Say what `latest` does."""
        return self._with("latest", outcome)

    def with_diff(self, outcome: Outcome[tuple[DocumentDifference, ...], AsyncInstallationConfigDiffStub]) -> Self:
        """Say what `diff` does."""
        return self._with("diff", outcome)
