# Generated from tests/operations/_async/world.py by tools/unasync.py; edit that file instead.
"""Rows that the tests of operations start from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from dbkit import Database
from dbkit.types import (
    AuthScheme,
    Builder,
    Connection,
    ConsumerRef,
    Destination,
    EncryptionKey,
    GroupRef,
    Installation,
    InstallationConfigId,
    InstallationId,
    Integration,
    NewBuilder,
    NewConnection,
    NewConsumer,
    NewDestination,
    NewEncryptionKey,
    NewGroup,
    NewInstallation,
    NewInstallationConfig,
    NewIntegration,
    NewOperation,
    NewOrganization,
    NewProject,
    NewProvider,
    NewTeam,
    Operation,
    OperationType,
    OrganizationId,
    ProjectId,
    ProviderSlug,
    Team,
    TeamId,
    uuid7,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Tenant:
    """A tenant of a database, and what it makes there."""

    db: Database
    organization_id: OrganizationId
    team_id: TeamId
    project_id: ProjectId
    provider: ProviderSlug

    def builder(self, email: str) -> Builder:
        """Create a builder, whose provider's reference is the address."""
        return self.db.builders.create(NewBuilder(idp_ref=email, primary_email=email))

    def team(self, name: str, parent: Team | None = None) -> Team:
        """Create a team."""
        parent_team_id = None if parent is None else parent.id
        new = NewTeam(organization_id=self.organization_id, name=name, parent_team_id=parent_team_id)
        return self.db.teams.create(new)

    def integration(self, name: str = "contacts") -> Integration:
        """Create an integration."""
        new = NewIntegration(project_id=self.project_id, name=name, provider=self.provider)
        return self.db.integrations.create(new)

    def connection(self, name: str = "one", workspace: str | None = None) -> Connection:
        """Create a connection of a group and a consumer of this name."""
        group, consumer = GroupRef(name), ConsumerRef(name)
        self.db.groups.upsert(NewGroup(project_id=self.project_id, group_ref=group), on="pk_groups")
        self.db.consumers.upsert(NewConsumer(project_id=self.project_id, consumer_ref=consumer), on="pk_consumers")
        return self.db.connections.create(
            NewConnection(
                project_id=self.project_id,
                provider=self.provider,
                group_ref=group,
                consumer_ref=consumer,
                provider_workspace_ref=workspace,
                auth_scheme=AuthScheme.API_KEY,
            )
        )

    def new_installation(self, name: str = "one") -> tuple[NewInstallation, NewInstallationConfig]:
        """Return an installation to create and its first configuration; all that they refer to is there."""
        connection = self.connection(name)
        integration = self.integration(name)
        revision = self.db.revisions.append(self.project_id, integration.id, {"read": {}})
        installation_id, config_id = InstallationId(uuid7()), InstallationConfigId(uuid7())
        installation = NewInstallation(
            project_id=self.project_id,
            id=installation_id,
            integration_id=integration.id,
            connection_id=connection.id,
            group_ref=connection.group_ref,
            config_id=config_id,
        )
        config = NewInstallationConfig(
            project_id=self.project_id,
            id=config_id,
            installation_id=installation_id,
            revision_id=revision.id,
            number=1,
            content={"read": {"objects": {}}},
            created_by="builder:1",
        )
        return installation, config

    def installation(self, name: str = "one") -> Installation:
        """Create an installation with its first configuration."""
        installation, config = self.new_installation(name)
        return self.db.installations.create_with_config(installation, config)

    def operation(self, installation: Installation, before: Operation | None = None) -> Operation:
        """Create a pending read, or another attempt at one."""
        return self.db.operations.create(
            NewOperation(
                project_id=self.project_id,
                integration_id=installation.integration_id,
                installation_id=installation.id,
                type=OperationType.READ,
                attempt=1 if before is None else before.attempt + 1,
                retry_of_id=None if before is None else before.id,
            )
        )

    def destination(self, name: str = "hook") -> Destination:
        """Create a webhook."""
        new = NewDestination(project_id=self.project_id, name=name, metadata={"url": "https://example.com"})
        return self.db.destinations.create(new)

    def new_key(self, purpose: str = "credentials") -> NewEncryptionKey:
        """Return a data key to create."""
        return NewEncryptionKey(
            project_id=self.project_id, purpose=purpose, kms_key="local", kms_key_version=1, wrapped_key=b"wrapped"
        )

    def key(self) -> EncryptionKey:
        """Create the active data key of credentials."""
        return self.db.encryption_keys.create(self.new_key())


def make_tenant(db: Database) -> Tenant:
    """Create an organization with its default team, a project and a provider."""
    organization_id = OrganizationId(uuid7())
    team = NewTeam(organization_id=organization_id, name="Everyone")
    organization = NewOrganization(id=organization_id, label="Acme", default_team_id=team.id)
    db.organizations.create_with_default_team(organization, team)
    project = db.projects.create(NewProject(organization_id=organization_id, name="demo"))
    slug = ProviderSlug(f"provider-{project.id}")
    db.providers.create(NewProvider(slug=slug, display_name="Provider", base_url="https://api.example.com"))
    return Tenant(db, organization_id, team.id, project.id, slug)
