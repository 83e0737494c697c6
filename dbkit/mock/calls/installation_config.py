# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of installation_configs."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.installation_config import InstallationConfigOrder
from dbkit.types.identifiers import InstallationConfigId, InstallationId, ProjectId
from dbkit.types.installation_config import InstallationConfigFilter, NewInstallationConfig

__all__ = [
    "InstallationConfigCalls",
    "InstallationConfigCountCall",
    "InstallationConfigCreateCall",
    "InstallationConfigCreateManyCall",
    "InstallationConfigDiffCall",
    "InstallationConfigExistsCall",
    "InstallationConfigFindCall",
    "InstallationConfigGetCall",
    "InstallationConfigGetManyCall",
    "InstallationConfigIterateCall",
    "InstallationConfigLatestCall",
    "InstallationConfigPageCall",
]


class InstallationConfigGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "installation_configs.get"

    project_id: ProjectId
    installation_config_id: InstallationConfigId


class InstallationConfigFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "installation_configs.find"

    project_id: ProjectId
    installation_config_id: InstallationConfigId


class InstallationConfigGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "installation_configs.get_many"

    project_id: ProjectId
    installation_config_ids: tuple[InstallationConfigId, ...]


class InstallationConfigExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "installation_configs.exists"

    project_id: ProjectId
    installation_config_id: InstallationConfigId


class InstallationConfigPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "installation_configs.page"

    filter: InstallationConfigFilter
    order: InstallationConfigOrder
    limit: int
    after: str | None


class InstallationConfigIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "installation_configs.iterate"

    filter: InstallationConfigFilter
    order: InstallationConfigOrder


class InstallationConfigCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "installation_configs.count"

    filter: InstallationConfigFilter


class InstallationConfigCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "installation_configs.create"

    new: NewInstallationConfig


class InstallationConfigCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "installation_configs.create_many"

    new: tuple[NewInstallationConfig, ...]
    returning: bool


class InstallationConfigLatestCall(Call):
    """A call of `latest`."""

    called: ClassVar[str] = "installation_configs.latest"

    project_id: ProjectId
    installation_id: InstallationId


class InstallationConfigDiffCall(Call):
    """A call of `diff`."""

    called: ClassVar[str] = "installation_configs.diff"

    project_id: ProjectId
    from_id: InstallationConfigId
    to_id: InstallationConfigId


class InstallationConfigCalls(Calls):
    """The calls of a mock of installation_configs, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        InstallationConfigGetCall,
        InstallationConfigFindCall,
        InstallationConfigGetManyCall,
        InstallationConfigExistsCall,
        InstallationConfigPageCall,
        InstallationConfigIterateCall,
        InstallationConfigCountCall,
        InstallationConfigCreateCall,
        InstallationConfigCreateManyCall,
        InstallationConfigLatestCall,
        InstallationConfigDiffCall,
    )

    @property
    def get(self) -> tuple[InstallationConfigGetCall, ...]:
        """The calls of `get`."""
        return self._of(InstallationConfigGetCall)

    @property
    def find(self) -> tuple[InstallationConfigFindCall, ...]:
        """The calls of `find`."""
        return self._of(InstallationConfigFindCall)

    @property
    def get_many(self) -> tuple[InstallationConfigGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(InstallationConfigGetManyCall)

    @property
    def exists(self) -> tuple[InstallationConfigExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(InstallationConfigExistsCall)

    @property
    def page(self) -> tuple[InstallationConfigPageCall, ...]:
        """The calls of `page`."""
        return self._of(InstallationConfigPageCall)

    @property
    def iterate(self) -> tuple[InstallationConfigIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(InstallationConfigIterateCall)

    @property
    def count(self) -> tuple[InstallationConfigCountCall, ...]:
        """The calls of `count`."""
        return self._of(InstallationConfigCountCall)

    @property
    def create(self) -> tuple[InstallationConfigCreateCall, ...]:
        """The calls of `create`."""
        return self._of(InstallationConfigCreateCall)

    @property
    def create_many(self) -> tuple[InstallationConfigCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(InstallationConfigCreateManyCall)

    @property
    def latest(self) -> tuple[InstallationConfigLatestCall, ...]:
        """The calls of `latest`."""
        return self._of(InstallationConfigLatestCall)

    @property
    def diff(self) -> tuple[InstallationConfigDiffCall, ...]:
        """The calls of `diff`."""
        return self._of(InstallationConfigDiffCall)
