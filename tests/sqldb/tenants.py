"""A tenant with all that a connection refers to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from dbkit.database._sync.database import Database
from dbkit.types import (
    AuthScheme,
    NewConnection,
    NewConsumer,
    NewEncryptionKey,
    NewGroup,
    NewIntegration,
    NewOrganization,
    NewProject,
    NewProvider,
    NewProviderApp,
    NewTeam,
)
from dbkit.types.identifiers import (
    ConsumerRef,
    GroupRef,
    OrganizationId,
    ProjectId,
    ProviderAppId,
    ProviderSlug,
    TeamId,
)

PROVIDER = ProviderSlug("hubspot")


@dataclass(frozen=True)
class Tenant:
    """The keys of a tenant's rows."""

    organization_id: OrganizationId
    team_id: TeamId
    project_id: ProjectId

    def connection(self, **fields: Any) -> NewConnection:
        """Return a new connection; workspaces differ, so that any number of them can live together."""
        given: dict[str, Any] = {
            "project_id": self.project_id,
            "provider": PROVIDER,
            "group_ref": GroupRef("group"),
            "consumer_ref": ConsumerRef("consumer"),
            "provider_workspace_ref": uuid4().hex,
            "auth_scheme": AuthScheme.NONE,
        }
        return NewConnection(**{**given, **fields})

    def integration(self, name: str, **fields: Any) -> NewIntegration:
        """Return a new integration."""
        return NewIntegration(project_id=self.project_id, name=name, provider=PROVIDER, **fields)

    def team(self, name: str, **fields: Any) -> NewTeam:
        """Return a new team."""
        return NewTeam(organization_id=self.organization_id, name=name, **fields)


def create_tenant(db: Database) -> Tenant:
    """Store a tenant."""
    organization = NewOrganization(label="Acme", default_team_id=TeamId(uuid4()))
    project = NewProject(organization_id=organization.id, name="Project", app_name="app")
    default_team = NewTeam(organization_id=organization.id, id=organization.default_team_id, name="Default")
    with db.transaction() as tx:
        tx.organizations.create(organization)
        tx.teams.create(default_team)
        tx.projects.create(project)
        tx.providers.upsert(NewProvider(slug=PROVIDER, display_name="HubSpot", base_url="x"), on="pk_providers")
        tx.groups.create(NewGroup(project_id=project.id, group_ref=GroupRef("group")))
        tx.consumers.create(NewConsumer(project_id=project.id, consumer_ref=ConsumerRef("consumer")))
    return Tenant(organization.id, organization.default_team_id, project.id)


def create_provider_apps(db: Database, tenant: Tenant, keys: Iterable[UUID]) -> None:
    """Store provider apps with these ids."""
    key = NewEncryptionKey(project_id=tenant.project_id, kms_key="kms", kms_key_version=1, wrapped_key=b"wrapped")
    db.encryption_keys.create(key)
    db.provider_apps.create_many(
        NewProviderApp(
            project_id=tenant.project_id,
            id=ProviderAppId(each),
            provider=PROVIDER,
            client_id=each.hex,
            client_secret_ciphertext=b"\x01" * 17,
            client_secret_key_id=key.id,
        )
        for each in keys
    )


def without_rules(new: Any, **fields: Any) -> Any:
    """Return a value of the same class with fields that its rules would refuse."""
    return type(new).model_construct(**{**new.__dict__, **fields})
