"""Integrations beyond the verbs: together with their revisions."""

from __future__ import annotations

from collections.abc import Sequence

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types._async.unit import AsyncUnit
from dbkit.types.errors import ValueInvalid
from dbkit.types.identifiers import IntegrationId, ProjectId
from dbkit.types.integration import Integration, IntegrationFilter, IntegrationManifest, NewIntegration
from dbkit.types.revision import NewRevision

__all__ = ["AsyncIntegrationOperations"]


class AsyncIntegrationOperations(AsyncOwnOperations):
    """The operations of integrations."""

    async def get_by_id_or_name(self, project_id: ProjectId, id_or_name: IntegrationId | str) -> Integration:
        """Return a project's live integration by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        found: Integration = await self._get_by_id_or_name("project_id", project_id, id_or_name)
        return found

    async def create_with_revision(self, integration: NewIntegration, revision: NewRevision) -> Integration:
        """Store an integration and its first revision, both or none, the one pointing to the other.

        Raises `ValueInvalid` where the revision is of another integration.
        """
        if (integration.project_id, integration.id) != (revision.project_id, revision.integration_id):
            raise ValueInvalid(
                "the revision is of another integration",
                entity="revisions",
                fields=("project_id", "integration_id"),
            )
        async with self._together() as tx:
            pointing = integration.model_copy(update={"latest_revision_id": revision.id})
            created = await tx.integrations.create(pointing)
            await tx.revisions.create(revision)
            return created

    async def batch_upsert(
        self, project_id: ProjectId, manifests: Sequence[IntegrationManifest], *, destructive: bool = False
    ) -> list[Integration]:
        """Bring a project's live integrations to what these manifests say, all or none; return them in their order.

        An integration is known by its name, without regard to case. An unknown one is created; one
        whose newest revision says something else gets another revision. With `destructive`, live
        integrations without a manifest are deleted. Raises `ValueInvalid` where two manifests have
        one name or one names another provider than the integration has, and `NotFound` for an
        absent project.
        """
        wanted = {manifest.name.lower(): manifest for manifest in manifests}
        if len(wanted) < len(manifests):
            raise ValueInvalid("two manifests have the same name", entity=self.entity.name, fields=("name",))
        async with self._together() as tx:
            # Whoever brings the same project somewhere else waits here.
            await tx.projects.lock(project_id)
            everything = IntegrationFilter(project_id=project_id)
            live = {integration.name.lower(): integration async for integration in tx.integrations.iterate(everything)}
            for name, manifest in wanted.items():
                live[name] = await self._bring(tx, project_id, manifest, live.get(name))
            if destructive:
                for name in live.keys() - wanted.keys():
                    await tx.integrations.delete(project_id, live[name].id)
            return [live[name] for name in wanted]

    async def _bring(
        self, tx: AsyncUnit, project_id: ProjectId, manifest: IntegrationManifest, present: Integration | None
    ) -> Integration:
        """Make one integration what its manifest says."""
        if present is None:
            present = await tx.integrations.create(
                NewIntegration(project_id=project_id, name=manifest.name, provider=manifest.provider)
            )
        elif present.provider != manifest.provider:
            raise ValueInvalid(
                "an integration keeps its provider",
                entity=self.entity.name,
                fields=("provider",),
                advice="Give the integration of the other provider another name.",
            )
        newest = await tx.revisions.latest(project_id, present.id)
        if newest is None or (newest.spec_version, newest.content) != (manifest.spec_version, manifest.content):
            await tx.revisions.append(project_id, present.id, manifest.content, spec_version=manifest.spec_version)
        return await tx.integrations.get(project_id, present.id)
