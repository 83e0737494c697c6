"""The rows that the work is done on: connections as a platform has them, and what they refer to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from dbkit.types import (
    AuthScheme,
    ConnectionStatus,
    ConsumerRef,
    GroupRef,
    InstallationConfigId,
    NewConnection,
    NewConsumer,
    NewGroup,
    NewInstallation,
    NewInstallationConfig,
    NewIntegration,
    NewOperation,
    NewOrganization,
    NewProject,
    NewProvider,
    NewRevision,
    NewTeam,
    OperationType,
    ProjectId,
    ProviderSlug,
    ReadType,
    TeamId,
)
from dbkit.types.identifiers import uuid7

__all__ = ["Tenant", "new_connections", "new_operations", "new_providers", "new_tenant"]

_PROVIDERS = ("salesforce", "hubspot", "zendesk")
_POLLED_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
_GROUPS = 10
_CONSUMERS = 100
_SCHEMES = (AuthScheme.OAUTH2_AUTHORIZATION_CODE, AuthScheme.API_KEY)
_STATUSES = (ConnectionStatus.CREATED, ConnectionStatus.WORKING, ConnectionStatus.BAD_CREDENTIALS)


@dataclass(frozen=True)
class Tenant:
    """A project with all that its connections refer to, in an order in which it can be stored."""

    organization: NewOrganization
    team: NewTeam
    project: NewProject
    groups: tuple[NewGroup, ...]
    consumers: tuple[NewConsumer, ...]
    connection: NewConnection
    integration: NewIntegration
    revision: NewRevision
    installation: NewInstallation
    config: NewInstallationConfig


def new_providers() -> tuple[NewProvider, ...]:
    """Return the providers of all connections."""
    return tuple(
        NewProvider(slug=ProviderSlug(slug), display_name=slug.title(), base_url=f"https://api.{slug}.com")
        for slug in _PROVIDERS
    )


def new_tenant(name: str) -> Tenant:
    """Return a tenant without connections."""
    team_id = TeamId(uuid7())
    organization = NewOrganization(label=name, default_team_id=team_id)
    project = NewProject(organization_id=organization.id, name=name)
    (connection,) = new_connections(project.id, 1)
    integration = NewIntegration(project_id=project.id, name="contacts", provider=connection.provider)
    revision = NewRevision(project_id=project.id, integration_id=integration.id, content={"read": {}}, number=1)
    installation = NewInstallation(
        project_id=project.id,
        integration_id=integration.id,
        connection_id=connection.id,
        group_ref=connection.group_ref,
        config_id=InstallationConfigId(uuid7()),
    )
    config = NewInstallationConfig(
        project_id=project.id,
        id=installation.config_id,
        installation_id=installation.id,
        revision_id=revision.id,
        number=1,
        content={"read": {}},
        created_by="builder:1",
    )
    return Tenant(
        organization,
        NewTeam(organization_id=organization.id, id=team_id, name="default"),
        project,
        tuple(NewGroup(project_id=project.id, group_ref=_group(number)) for number in range(_GROUPS)),
        tuple(NewConsumer(project_id=project.id, consumer_ref=_consumer(number)) for number in range(_CONSUMERS)),
        connection,
        integration,
        revision,
        installation,
        config,
    )


def new_connections(project_id: ProjectId, count: int) -> list[NewConnection]:
    """Return connections that were never returned before, so that no two of them clash."""
    return [_new_connection(project_id, number) for number in itertools.islice(_numbers, count)]


def new_operations(tenant: Tenant, count: int) -> list[NewOperation]:
    """Return pending reads that were never returned before."""
    return [
        NewOperation(
            project_id=tenant.project.id,
            integration_id=tenant.integration.id,
            installation_id=tenant.installation.id,
            config_id=tenant.config.id,
            type=OperationType.READ,
            read_type=ReadType.SCHEDULED,
            provider_job_ref=f"job-{number}",
            next_poll_at=_POLLED_AT,
            metadata={"objects": ["contact", "account"], "progress": {"pages": number}},
        )
        for number in itertools.islice(_numbers, count)
    ]


_numbers: Iterator[int] = itertools.count()


def _new_connection(project_id: ProjectId, number: int) -> NewConnection:
    return NewConnection(
        project_id=project_id,
        provider=ProviderSlug(_PROVIDERS[number % len(_PROVIDERS)]),
        group_ref=_group(number % _GROUPS),
        consumer_ref=_consumer(number % _CONSUMERS),
        provider_workspace_ref=f"workspace-{number}",
        auth_scheme=_SCHEMES[number % len(_SCHEMES)],
        status=_STATUSES[number % len(_STATUSES)],
        provider_metadata={"account": number, "region": "eu-west-1", "scopes": ["contacts.read", "contacts.write"]},
    )


def _group(number: int) -> GroupRef:
    return GroupRef(f"group-{number}")


def _consumer(number: int) -> ConsumerRef:
    return ConsumerRef(f"consumer-{number}")
