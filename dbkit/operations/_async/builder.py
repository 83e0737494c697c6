"""Builders beyond the verbs: by what they sign in with, and where they belong."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.builder import Builder, BuilderFilter
from dbkit.types.errors import NotFound
from dbkit.types.filter import EVERY_TENANT, IgnoringCase
from dbkit.types.identifiers import BuilderId
from dbkit.types.organization import Organization
from dbkit.types.page import Page
from dbkit.types.team_member import TeamMemberFilter

__all__ = ["AsyncBuilderOperations"]


class AsyncBuilderOperations(AsyncOwnOperations):
    """The operations of builders."""

    async def get_by_idp(self, idp_provider: str, idp_ref: str) -> Builder:
        """Return the live builder whom an identity provider knows by this reference, or raise `NotFound`."""
        found: Builder | None = await self._find_unique(
            "uq_builders_idp_provider_idp_ref", idp_provider=idp_provider, idp_ref=idp_ref
        )
        if found is None or found.deleted_at is not None:
            raise NotFound(entity=self.entity.name, key={"idp_provider": idp_provider, "idp_ref": idp_ref})
        return found

    async def find_by_email(self, email: str) -> Builder | None:
        """Return the live builder with this primary address, without regard to case, or None."""
        page: Page[Builder] = await self.page(BuilderFilter(primary_email=IgnoringCase(email)), limit=1)
        return page.items[0] if page.items else None

    async def organizations(self, builder_id: BuilderId) -> list[Organization]:
        """Return the live organizations of which a builder is in some team, in the order of ids."""
        memberships = self._unit.team_members.iterate(
            TeamMemberFilter(organization_id=EVERY_TENANT, builder_id=builder_id)
        )
        found = {membership.organization_id async for membership in memberships}
        return await self._live(self._unit.organizations, [(each,) for each in sorted(found)])
