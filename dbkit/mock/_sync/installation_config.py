# Generated from dbkit/mock/_async/installation_config.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of installation_configs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.installation_config import InstallationConfigCalls
from dbkit.models.installation_config import INSTALLATION_CONFIGS
from dbkit.types._sync.installation_config import InstallationConfigTransactionRepository
from dbkit.types.calls.installation_config import InstallationConfigOrder
from dbkit.types.document import DocumentDifference
from dbkit.types.identifiers import InstallationConfigId, InstallationId, ProjectId
from dbkit.types.installation_config import InstallationConfig, InstallationConfigFilter, NewInstallationConfig
from dbkit.types.page import Page

__all__ = ["MockInstallationConfigRepository", "MockInstallationConfigs"]


class InstallationConfigGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, installation_config_id: InstallationConfigId
    ) -> Result[InstallationConfig]: ...


class InstallationConfigFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, installation_config_id: InstallationConfigId
    ) -> Result[InstallationConfig | None]: ...


class InstallationConfigGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, installation_config_ids: tuple[InstallationConfigId, ...]
    ) -> Result[list[InstallationConfig]]: ...


class InstallationConfigExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, installation_config_id: InstallationConfigId) -> Result[bool]: ...


class InstallationConfigPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: InstallationConfigFilter, *, order: InstallationConfigOrder, limit: int, after: str | None
    ) -> Result[Page[InstallationConfig]]: ...


class InstallationConfigIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(
        self, filter: InstallationConfigFilter, *, order: InstallationConfigOrder
    ) -> Items[InstallationConfig]: ...


class InstallationConfigCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: InstallationConfigFilter) -> Result[int]: ...


class InstallationConfigCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewInstallationConfig) -> Result[InstallationConfig]: ...


class InstallationConfigCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewInstallationConfig, ...], *, returning: bool
    ) -> Result[int | list[InstallationConfig]]: ...


class InstallationConfigLatestStub(Protocol):
    """What may answer for `latest`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> Result[InstallationConfig | None]: ...


class InstallationConfigDiffStub(Protocol):
    """What may answer for `diff`."""

    def __call__(
        self, project_id: ProjectId, from_id: InstallationConfigId, to_id: InstallationConfigId
    ) -> Result[tuple[DocumentDifference, ...]]: ...


class MockInstallationConfigRepository(MockRepository):
    """A repository of installation_configs that does what its stubs say."""

    @property
    def calls(self) -> InstallationConfigCalls:
        """The calls so far."""
        return InstallationConfigCalls(self._book.log)

    def get(self, project_id: ProjectId, installation_config_id: InstallationConfigId) -> InstallationConfig:
        """Return the live value, or raise `NotFound`."""
        answer: InstallationConfig = self._answer("get", (project_id, installation_config_id))
        return answer

    def find(self, project_id: ProjectId, installation_config_id: InstallationConfigId) -> InstallationConfig | None:
        """Return the live value, or None."""
        answer: InstallationConfig | None = self._answer("find", (project_id, installation_config_id))
        return answer

    def get_many(
        self, project_id: ProjectId, installation_config_ids: Sequence[InstallationConfigId]
    ) -> list[InstallationConfig]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[InstallationConfig] = self._answer("get_many", (project_id, installation_config_ids))
        return answer

    def exists(self, project_id: ProjectId, installation_config_id: InstallationConfigId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, installation_config_id))
        return answer

    def page(
        self,
        filter: InstallationConfigFilter,
        *,
        order: InstallationConfigOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[InstallationConfig]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[InstallationConfig] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: InstallationConfigFilter, *, order: InstallationConfigOrder = "id"
    ) -> Iterator[InstallationConfig]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: InstallationConfigFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewInstallationConfig) -> InstallationConfig:
        """Store a new row and return it as stored."""
        answer: InstallationConfig = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewInstallationConfig], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(
        self, new: Iterable[NewInstallationConfig], *, returning: Literal[True]
    ) -> list[InstallationConfig]: ...
    def create_many(
        self, new: Iterable[NewInstallationConfig], *, returning: bool = False
    ) -> int | list[InstallationConfig]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[InstallationConfig] = self._answer("create_many", (new, returning))
        return answer

    def latest(self, project_id: ProjectId, installation_id: InstallationId) -> InstallationConfig | None:
        """Return the configuration with the highest number of an installation, or None."""
        answer: InstallationConfig | None = self._answer("latest", (project_id, installation_id))
        return answer

    def diff(
        self, project_id: ProjectId, from_id: InstallationConfigId, to_id: InstallationConfigId
    ) -> tuple[DocumentDifference, ...]:
        """Return where the contents of two configurations differ, by path; or raise `NotFound`."""
        answer: tuple[DocumentDifference, ...] = self._answer("diff", (project_id, from_id, to_id))
        return answer


class MockInstallationConfigs(MockBuilder[MockInstallationConfigRepository]):
    """Builds a mock of the repository of installation_configs: `with_...` says what an operation does."""

    _entity = INSTALLATION_CONFIGS
    _interface = InstallationConfigTransactionRepository
    _made = MockInstallationConfigRepository

    def with_get(self, outcome: Outcome[InstallationConfig, InstallationConfigGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[InstallationConfig | None, InstallationConfigFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[InstallationConfig], InstallationConfigGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, InstallationConfigExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[InstallationConfig], InstallationConfigPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[InstallationConfig], InstallationConfigIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, InstallationConfigCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[InstallationConfig, InstallationConfigCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(
        self, outcome: Outcome[int | list[InstallationConfig], InstallationConfigCreateManyStub]
    ) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_latest(self, outcome: Outcome[InstallationConfig | None, InstallationConfigLatestStub]) -> Self:
        """Say what `latest` does."""
        return self._with("latest", outcome)

    def with_diff(self, outcome: Outcome[tuple[DocumentDifference, ...], InstallationConfigDiffStub]) -> Self:
        """Say what `diff` does."""
        return self._with("diff", outcome)
