"""Installations beyond the verbs: configured in numbered steps, reads paused and resumed."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.clock import now
from dbkit.types.errors import ValueInvalid
from dbkit.types.identifiers import InstallationId, ProjectId, RevisionId
from dbkit.types.installation import Installation, NewInstallation
from dbkit.types.installation_config import NewInstallationConfig
from dbkit.types.value import JsonObject

__all__ = ["AsyncInstallationOperations"]


class AsyncInstallationOperations(AsyncOwnOperations):
    """The operations of installations."""

    async def create_with_config(self, installation: NewInstallation, config: NewInstallationConfig) -> Installation:
        """Store an installation and its first configuration, both or none.

        Raises `ValueInvalid` where the two do not name each other.
        """
        own = (installation.project_id, installation.id, installation.config_id)
        if own != (config.project_id, config.installation_id, config.id):
            raise ValueInvalid(
                "the configuration is of another installation", entity=self.entity.name, fields=("config_id",)
            )
        async with self._together() as tx:
            created = await tx.installations.create(installation)
            await tx.installation_configs.create(config)
            return created

    async def reconfigure(
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
        async with self._together() as tx:
            installation = await tx.installations.lock(project_id, installation_id)
            current = await tx.installation_configs.get(project_id, installation.config_id)
            newest = await tx.installation_configs.latest(project_id, installation_id)
            config = NewInstallationConfig(
                project_id=project_id,
                installation_id=installation_id,
                revision_id=revision_id or current.revision_id,
                number=(newest or current).number + 1,
                content=content,
                created_by=created_by,
            )
            # First, so that a stale version leaves nothing behind in a transaction that goes on.
            changed = await tx.installations.update(
                project_id, installation_id, expected_version=expected_version, config_id=config.id
            )
            await tx.installation_configs.create(config)
            return changed

    async def pause_reads(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Stop scheduled reads from now on, or raise `NotFound`; what is paused stays paused since when it was."""
        async with self._together() as tx:
            installation = await tx.installations.lock(project_id, installation_id)
            if installation.read_paused_at is not None:
                return installation
            return await tx.installations.update(
                project_id, installation_id, expected_version=installation.version, read_paused_at=now()
            )

    async def unpause_reads(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Let scheduled reads go on, or raise `NotFound`."""
        async with self._together() as tx:
            installation = await tx.installations.lock(project_id, installation_id)
            if installation.read_paused_at is None:
                return installation
            return await tx.installations.update(
                project_id, installation_id, expected_version=installation.version, read_paused_at=None
            )
