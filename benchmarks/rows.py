"""The rows that the work is done on: connections as a platform has them, and what they refer to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from dbkit.types import (
    AuthScheme,
    ConnectionStatus,
    ConsumerRef,
    GroupRef,
    NewConnection,
    NewConsumer,
    NewGroup,
    NewOrganization,
    NewProject,
    NewProvider,
    NewTeam,
    ProjectId,
    ProviderSlug,
    TeamId,
)
from dbkit.types.identifiers import uuid7

__all__ = ["Tenant", "new_connections", "new_providers", "new_tenant"]

_PROVIDERS = ("salesforce", "hubspot", "zendesk")
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
    return Tenant(
        organization,
        NewTeam(organization_id=organization.id, id=team_id, name="default"),
        project,
        tuple(NewGroup(project_id=project.id, group_ref=_group(number)) for number in range(_GROUPS)),
        tuple(NewConsumer(project_id=project.id, consumer_ref=_consumer(number)) for number in range(_CONSUMERS)),
    )


def new_connections(project_id: ProjectId, count: int) -> list[NewConnection]:
    """Return connections that were never returned before, so that no two of them clash."""
    return [_new_connection(project_id, number) for number in itertools.islice(_numbers, count)]


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
