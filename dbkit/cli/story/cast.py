"""Who is in the story: values made once, so that every database is told the same."""

from __future__ import annotations

from itertools import product

from dbkit.types import (
    ActorType,
    AuthScheme,
    ConnectionStatus,
    ConsumerRef,
    GroupRef,
    NewAuditEvent,
    NewConnection,
    NewConsumer,
    NewGroup,
    NewIntegration,
    NewOrganization,
    NewProject,
    NewProvider,
    NewRevision,
    NewTeam,
    OAuth2GrantType,
    ProviderAction,
    ProviderAuthType,
    ProviderSlug,
    TeamId,
    uuid7,
)

__all__ = ["Cast"]

_SALESFORCE = ProviderSlug("salesforce")
_HUBSPOT = ProviderSlug("hubspot")
_GROUPS = tuple(map(GroupRef, ("hooli", "initech", "stark", "umbrella", "vandelay", "wonka")))
_CONSUMERS = tuple(map(ConsumerRef, ("ada", "grace")))


class Cast:
    """An organization with two projects, and what the first of them holds: two connections for each pair."""

    def __init__(self) -> None:
        self.organization = NewOrganization(label="Acme", default_team_id=TeamId(uuid7()))
        self.team = NewTeam(
            organization_id=self.organization.id, id=self.organization.default_team_id, name="Everybody"
        )
        self.project = NewProject(organization_id=self.organization.id, name="storefront")
        self.other_project = NewProject(organization_id=self.organization.id, name="warehouse")
        self.providers = (
            _oauth2_provider(_SALESFORCE, "Salesforce"),
            _oauth2_provider(_HUBSPOT, "HubSpot"),
        )
        self.groups = tuple(NewGroup(project_id=self.project.id, group_ref=group) for group in _GROUPS)
        self.consumers = tuple(
            NewConsumer(project_id=self.project.id, consumer_ref=consumer) for consumer in _CONSUMERS
        )
        self.integration = NewIntegration(project_id=self.project.id, name="contacts", provider=_SALESFORCE)
        self.connections = tuple(
            self._connection(group, consumer, provider)
            for provider, group, consumer in product((_SALESFORCE, _HUBSPOT), _GROUPS, _CONSUMERS)
        )
        self._prepare_publication()
        self._prepare_refusals()

    def _prepare_publication(self) -> None:
        self.revision = NewRevision(
            project_id=self.project.id,
            integration_id=self.integration.id,
            content={"read": ["contact", "account"]},
            number=1,
        )
        self.publication = NewAuditEvent(
            organization_id=self.organization.id,
            project_id=self.project.id,
            actor_type=ActorType.BUILDER,
            actor_id="ada",
            action="integration.published",
            entity="integrations",
            entity_id=str(self.integration.id),
            changes={"latest_revision_id": str(self.revision.id)},
        )

    def _prepare_refusals(self) -> None:
        """Make what the database refuses, each at odds with one rule."""
        self.same_connection = self._connection(_GROUPS[0], _CONSUMERS[0], _SALESFORCE)
        self.connection_of_nobody = self._connection(GroupRef("nobody"), _CONSUMERS[0], _SALESFORCE)
        self.same_name = NewIntegration(project_id=self.project.id, name="CONTACTS", provider=_HUBSPOT)
        self.foreign_revision = NewRevision(
            project_id=self.other_project.id, integration_id=self.integration.id, content={}, number=2
        )
        self.odd_provider = NewProvider(
            slug=ProviderSlug("pigeon"),
            display_name="Carrier pigeon",
            auth_type=ProviderAuthType.API_KEY,
            oauth2_grant_type=OAuth2GrantType.PASSWORD,
            base_url="https://pigeon.example",
        )
        self.abandoned = NewIntegration(project_id=self.project.id, name="abandoned", provider=_HUBSPOT)
        self.late_group = NewGroup(project_id=self.project.id, group_ref=GroupRef("soylent"))
        self.lost_group = NewGroup(project_id=self.project.id, group_ref=GroupRef("tyrell"))

    def _connection(self, group: GroupRef, consumer: ConsumerRef, provider: ProviderSlug) -> NewConnection:
        return NewConnection(
            project_id=self.project.id,
            provider=provider,
            group_ref=group,
            consumer_ref=consumer,
            auth_scheme=AuthScheme.OAUTH2_AUTHORIZATION_CODE,
            status=ConnectionStatus.WORKING if provider == _HUBSPOT else ConnectionStatus.CREATED,
        )


def _oauth2_provider(slug: ProviderSlug, name: str) -> NewProvider:
    return NewProvider(
        slug=slug,
        display_name=name,
        base_url=f"https://api.{slug}.example",
        supports=(ProviderAction.READ, ProviderAction.WRITE),
        oauth2_grant_type=OAuth2GrantType.AUTHORIZATION_CODE,
    )
