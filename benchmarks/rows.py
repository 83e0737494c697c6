"""The rows that the work is done on: connections as a platform has them, and what they refer to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dbkit.mock.factories import Factories
from dbkit.types import (
    AuthScheme,
    ConnectionStatus,
    ConsumerRef,
    GroupRef,
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
)

__all__ = [
    "Tenant",
    "identity_of",
    "new_connections",
    "new_operations",
    "new_providers",
    "new_tenant",
    "number_of",
    "status_of",
]

_PROVIDERS = (ProviderSlug("salesforce"), ProviderSlug("hubspot"), ProviderSlug("zendesk"))
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
    return tuple(_MAKE.provider.build(slug=slug, base_url=f"https://api.{slug}.com") for slug in _PROVIDERS)


def new_tenant(name: str) -> Tenant:
    """Return a tenant without connections."""
    make = _MAKE.elsewhere()
    organization = make.organization.build(label=name)
    project = make.project.build(organization=organization, name=name)
    (connection,) = new_connections(project.id, 1)
    integration = make.integration.build(project=project, provider=connection.provider)
    revision = make.revision.build(integration=integration)
    installation = make.installation.build(
        integration=integration, connection=connection, group_ref=connection.group_ref
    )
    return Tenant(
        organization,
        make.team.build(organization=organization, id=organization.default_team_id),
        project,
        tuple(make.group.build(project_id=project.id, group_ref=_group(number)) for number in range(_GROUPS)),
        tuple(
            make.consumer.build(project_id=project.id, consumer_ref=_consumer(number)) for number in range(_CONSUMERS)
        ),
        connection,
        integration,
        revision,
        installation,
        make.installation_config.build(installation=installation, id=installation.config_id, revision=revision),
    )


def new_connections(project_id: ProjectId, count: int) -> list[NewConnection]:
    """Return connections that were never returned before, so that no two of them clash."""
    numbers = itertools.islice(_numbers, count)
    return [NewConnection(**_connection(project_id, number)) for number in numbers]


def number_of(connection: NewConnection) -> int:
    """Return the number that no other of the connections has."""
    return int(connection.provider_workspace_ref.rpartition("-")[2])


def identity_of(number: int) -> tuple[ProviderSlug, GroupRef, ConsumerRef, str]:
    """Return the provider, group, consumer and workspace of a connection, by its number."""
    return _provider(number), _group(number % _GROUPS), _consumer(number % _CONSUMERS), f"workspace-{number}"


def status_of(number: int) -> ConnectionStatus:
    """Return the status of a new connection, by its number."""
    return _STATUSES[number % len(_STATUSES)]


def new_operations(tenant: Tenant, count: int) -> list[NewOperation]:
    """Return pending reads that were never returned before."""
    numbers = itertools.islice(_numbers, count)
    return list(_MAKE.operation.build_each(_operation(tenant, number) for number in numbers))


_MAKE = Factories()
_numbers: Iterator[int] = itertools.count()


def _connection(project_id: ProjectId, number: int) -> dict[str, Any]:
    provider, group, consumer, workspace = identity_of(number)
    return {
        "project_id": project_id,
        "provider": provider,
        "group_ref": group,
        "consumer_ref": consumer,
        "provider_workspace_ref": workspace,
        "auth_scheme": _SCHEMES[number % len(_SCHEMES)],
        "status": status_of(number),
        "provider_metadata": {
            "account": number,
            "region": "eu-west-1",
            "scopes": ["contacts.read", "contacts.write"],
        },
    }


def _operation(tenant: Tenant, number: int) -> dict[str, Any]:
    return {
        "project_id": tenant.project.id,
        "integration_id": tenant.integration.id,
        "installation_id": tenant.installation.id,
        "config_id": tenant.config.id,
        "type": OperationType.READ,
        "read_type": ReadType.SCHEDULED,
        "provider_job_ref": f"job-{number}",
        "next_poll_at": _POLLED_AT,
        "metadata": {"objects": ["contact", "account"], "progress": {"pages": number}},
    }


def _provider(number: int) -> ProviderSlug:
    return _PROVIDERS[number % len(_PROVIDERS)]


def _group(number: int) -> GroupRef:
    return GroupRef(f"group-{number}")


def _consumer(number: int) -> ConsumerRef:
    return ConsumerRef(f"consumer-{number}")
