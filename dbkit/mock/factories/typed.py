# Generated from values and models by tools/interfaces.py; edit those instead.
"""The factories of dbkit's own entities, with their traits, as type checkers and editors know them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

from dbkit.mock.factories.base import EntityFactory
from dbkit.mock.factories.base_factories import BaseFactories
from dbkit.mock.factories.factory import Factory
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.sources import BEGAN
from dbkit.models import ENTITIES
from dbkit.types.api_key import ApiKey, NewApiKey
from dbkit.types.audit_event import AuditEvent, NewAuditEvent
from dbkit.types.billing_account import BillingAccount, NewBillingAccount
from dbkit.types.builder import Builder, NewBuilder
from dbkit.types.claimed_domain import ClaimedDomain, NewClaimedDomain
from dbkit.types.connection import Connection, NewConnection
from dbkit.types.connection_secret import ConnectionSecret, NewConnectionSecret
from dbkit.types.consumer import Consumer, NewConsumer
from dbkit.types.delivery import Delivery, NewDelivery
from dbkit.types.delivery_attempt import DeliveryAttempt, NewDeliveryAttempt
from dbkit.types.destination import Destination, NewDestination
from dbkit.types.destination_secret import DestinationSecret, NewDestinationSecret
from dbkit.types.encryption_key import EncryptionKey, NewEncryptionKey
from dbkit.types.event_topic_route import EventTopicRoute, NewEventTopicRoute
from dbkit.types.group import Group, NewGroup
from dbkit.types.ingested_message import IngestedMessage, NewIngestedMessage
from dbkit.types.installation import Installation, NewInstallation
from dbkit.types.installation_config import InstallationConfig, NewInstallationConfig
from dbkit.types.integration import Integration, NewIntegration
from dbkit.types.invite import Invite, NewInvite
from dbkit.types.jwt_key import JwtKey, NewJwtKey
from dbkit.types.lease import Lease, NewLease
from dbkit.types.object_schema import NewObjectSchema, ObjectSchema
from dbkit.types.operation import NewOperation, Operation
from dbkit.types.operation_log import NewOperationLog, OperationLog
from dbkit.types.organization import NewOrganization, Organization
from dbkit.types.outbox_event import NewOutboxEvent, OutboxEvent
from dbkit.types.project import NewProject, Project
from dbkit.types.project_entitlement import NewProjectEntitlement, ProjectEntitlement
from dbkit.types.project_role_grant import NewProjectRoleGrant, ProjectRoleGrant
from dbkit.types.provider import NewProvider, Provider
from dbkit.types.provider_app import NewProviderApp, ProviderApp
from dbkit.types.read_state import NewReadState, ReadState
from dbkit.types.revision import NewRevision, Revision
from dbkit.types.subscription import NewSubscription, Subscription
from dbkit.types.team import NewTeam, Team
from dbkit.types.team_member import NewTeamMember, TeamMember
from dbkit.types.topic import NewTopic, Topic
from dbkit.types.topic_destination_route import NewTopicDestinationRoute, TopicDestinationRoute
from dbkit.types.usage_event import NewUsageEvent, UsageEvent

__all__ = [
    "ApiKeyMaker",
    "AuditEventMaker",
    "BillingAccountMaker",
    "BuilderMaker",
    "ClaimedDomainMaker",
    "ConnectionMaker",
    "ConnectionSecretMaker",
    "ConsumerMaker",
    "DeliveryAttemptMaker",
    "DeliveryMaker",
    "DestinationMaker",
    "DestinationSecretMaker",
    "EncryptionKeyMaker",
    "EventTopicRouteMaker",
    "Factories",
    "GroupMaker",
    "IngestedMessageMaker",
    "InstallationConfigMaker",
    "InstallationMaker",
    "IntegrationMaker",
    "InviteMaker",
    "JwtKeyMaker",
    "LeaseMaker",
    "ObjectSchemaMaker",
    "OperationLogMaker",
    "OperationMaker",
    "OrganizationMaker",
    "OutboxEventMaker",
    "ProjectEntitlementMaker",
    "ProjectMaker",
    "ProjectRoleGrantMaker",
    "ProviderAppMaker",
    "ProviderMaker",
    "ReadStateMaker",
    "RevisionMaker",
    "SubscriptionMaker",
    "TeamMaker",
    "TeamMemberMaker",
    "TopicDestinationRouteMaker",
    "TopicMaker",
    "UsageEventMaker",
]


class Factories(BaseFactories):
    """The factories of dbkit's own entities, each an attribute; of others where they are given.

    Their rows share a tenant, and the first row of a kind is what later ones refer to. The same seed and the same
    calls give the same rows, identifiers and times included; rows of two seeds never clash. `began` is the point in
    time that all times follow from; `factories` are classes that take the place of those made from the models.
    """

    def __init__(
        self,
        seed: int | str = 0,
        entities: Sequence[AnyEntity] = ENTITIES,
        *,
        factories: Sequence[type[EntityFactory]] = (),
        began: datetime = BEGAN,
    ) -> None:
        super().__init__(seed, entities, factories=factories, began=began)

    @property
    def organization(self) -> OrganizationMaker:
        """Makes organizations."""
        return self._get("organization", OrganizationMaker)

    @property
    def team(self) -> TeamMaker:
        """Makes teams."""
        return self._get("team", TeamMaker)

    @property
    def builder(self) -> BuilderMaker:
        """Makes builders."""
        return self._get("builder", BuilderMaker)

    @property
    def team_member(self) -> TeamMemberMaker:
        """Makes team members."""
        return self._get("team_member", TeamMemberMaker)

    @property
    def invite(self) -> InviteMaker:
        """Makes invites."""
        return self._get("invite", InviteMaker)

    @property
    def claimed_domain(self) -> ClaimedDomainMaker:
        """Makes claimed domains."""
        return self._get("claimed_domain", ClaimedDomainMaker)

    @property
    def billing_account(self) -> BillingAccountMaker:
        """Makes billing accounts."""
        return self._get("billing_account", BillingAccountMaker)

    @property
    def project(self) -> ProjectMaker:
        """Makes projects."""
        return self._get("project", ProjectMaker)

    @property
    def project_role_grant(self) -> ProjectRoleGrantMaker:
        """Makes project role grants."""
        return self._get("project_role_grant", ProjectRoleGrantMaker)

    @property
    def project_entitlement(self) -> ProjectEntitlementMaker:
        """Makes project entitlements."""
        return self._get("project_entitlement", ProjectEntitlementMaker)

    @property
    def api_key(self) -> ApiKeyMaker:
        """Makes api keys."""
        return self._get("api_key", ApiKeyMaker)

    @property
    def jwt_key(self) -> JwtKeyMaker:
        """Makes jwt keys."""
        return self._get("jwt_key", JwtKeyMaker)

    @property
    def provider(self) -> ProviderMaker:
        """Makes providers."""
        return self._get("provider", ProviderMaker)

    @property
    def encryption_key(self) -> EncryptionKeyMaker:
        """Makes encryption keys."""
        return self._get("encryption_key", EncryptionKeyMaker)

    @property
    def provider_app(self) -> ProviderAppMaker:
        """Makes provider apps."""
        return self._get("provider_app", ProviderAppMaker)

    @property
    def group(self) -> GroupMaker:
        """Makes groups."""
        return self._get("group", GroupMaker)

    @property
    def consumer(self) -> ConsumerMaker:
        """Makes consumers."""
        return self._get("consumer", ConsumerMaker)

    @property
    def connection(self) -> ConnectionMaker:
        """Makes connections."""
        return self._get("connection", ConnectionMaker)

    @property
    def connection_secret(self) -> ConnectionSecretMaker:
        """Makes connection secrets."""
        return self._get("connection_secret", ConnectionSecretMaker)

    @property
    def object_schema(self) -> ObjectSchemaMaker:
        """Makes object schemas."""
        return self._get("object_schema", ObjectSchemaMaker)

    @property
    def integration(self) -> IntegrationMaker:
        """Makes integrations."""
        return self._get("integration", IntegrationMaker)

    @property
    def revision(self) -> RevisionMaker:
        """Makes revisions."""
        return self._get("revision", RevisionMaker)

    @property
    def installation(self) -> InstallationMaker:
        """Makes installations."""
        return self._get("installation", InstallationMaker)

    @property
    def installation_config(self) -> InstallationConfigMaker:
        """Makes installation configs."""
        return self._get("installation_config", InstallationConfigMaker)

    @property
    def subscription(self) -> SubscriptionMaker:
        """Makes subscriptions."""
        return self._get("subscription", SubscriptionMaker)

    @property
    def operation(self) -> OperationMaker:
        """Makes operations."""
        return self._get("operation", OperationMaker)

    @property
    def operation_log(self) -> OperationLogMaker:
        """Makes operation logs."""
        return self._get("operation_log", OperationLogMaker)

    @property
    def read_state(self) -> ReadStateMaker:
        """Makes read states."""
        return self._get("read_state", ReadStateMaker)

    @property
    def destination(self) -> DestinationMaker:
        """Makes destinations."""
        return self._get("destination", DestinationMaker)

    @property
    def destination_secret(self) -> DestinationSecretMaker:
        """Makes destination secrets."""
        return self._get("destination_secret", DestinationSecretMaker)

    @property
    def topic(self) -> TopicMaker:
        """Makes topics."""
        return self._get("topic", TopicMaker)

    @property
    def event_topic_route(self) -> EventTopicRouteMaker:
        """Makes event topic routes."""
        return self._get("event_topic_route", EventTopicRouteMaker)

    @property
    def topic_destination_route(self) -> TopicDestinationRouteMaker:
        """Makes topic destination routes."""
        return self._get("topic_destination_route", TopicDestinationRouteMaker)

    @property
    def delivery(self) -> DeliveryMaker:
        """Makes deliveries."""
        return self._get("delivery", DeliveryMaker)

    @property
    def delivery_attempt(self) -> DeliveryAttemptMaker:
        """Makes delivery attempts."""
        return self._get("delivery_attempt", DeliveryAttemptMaker)

    @property
    def outbox_event(self) -> OutboxEventMaker:
        """Makes outbox events."""
        return self._get("outbox_event", OutboxEventMaker)

    @property
    def ingested_message(self) -> IngestedMessageMaker:
        """Makes ingested messages."""
        return self._get("ingested_message", IngestedMessageMaker)

    @property
    def lease(self) -> LeaseMaker:
        """Makes leases."""
        return self._get("lease", LeaseMaker)

    @property
    def usage_event(self) -> UsageEventMaker:
        """Makes usage events."""
        return self._get("usage_event", UsageEventMaker)

    @property
    def audit_event(self) -> AuditEventMaker:
        """Makes audit events."""
        return self._get("audit_event", AuditEventMaker)


class OrganizationMaker(Factory[NewOrganization, Organization]):
    """Makes organizations."""

    @property
    def deleted(self) -> Self:
        """Those that are deleted."""
        return self.trait("deleted")

    def with_teams(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many teams refer to."""
        return self.children("teams", count, **overrides)

    def with_invites(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many invites refer to."""
        return self.children("invites", count, **overrides)

    def with_claimed_domains(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many claimed domains refer to."""
        return self.children("claimed_domains", count, **overrides)

    def with_billing_accounts(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many billing accounts refer to."""
        return self.children("billing_accounts", count, **overrides)

    def with_projects(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many projects refer to."""
        return self.children("projects", count, **overrides)

    def with_usage_events(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many usage events refer to."""
        return self.children("usage_events", count, **overrides)

    def with_audit_events(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many audit events refer to."""
        return self.children("audit_events", count, **overrides)


class TeamMaker(Factory[NewTeam, Team]):
    """Makes teams."""

    @property
    def deleted(self) -> Self:
        """Those that are deleted."""
        return self.trait("deleted")

    def with_team_members(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many team members refer to."""
        return self.children("team_members", count, **overrides)


class BuilderMaker(Factory[NewBuilder, Builder]):
    """Makes builders."""

    @property
    def deleted(self) -> Self:
        """Those that are deleted."""
        return self.trait("deleted")

    @property
    def named(self) -> Self:
        """Those that are named."""
        return self.trait("named")

    def with_team_members(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many team members refer to."""
        return self.children("team_members", count, **overrides)


class TeamMemberMaker(Factory[NewTeamMember, TeamMember]):
    """Makes team members."""

    @property
    def admin(self) -> Self:
        """Those that are admin."""
        return self.trait("admin")

    @property
    def member(self) -> Self:
        """Those that are member."""
        return self.trait("member")

    @property
    def owner(self) -> Self:
        """Those that are owner."""
        return self.trait("owner")


class InviteMaker(Factory[NewInvite, Invite]):
    """Makes invites."""

    @property
    def accepted(self) -> Self:
        """Those that are accepted."""
        return self.trait("accepted")

    @property
    def expired(self) -> Self:
        """Those that are expired."""
        return self.trait("expired")

    @property
    def pending(self) -> Self:
        """Those that are pending."""
        return self.trait("pending")

    @property
    def revoked(self) -> Self:
        """Those that are revoked."""
        return self.trait("revoked")


class ClaimedDomainMaker(Factory[NewClaimedDomain, ClaimedDomain]):
    """Makes claimed domains."""

    @property
    def verified(self) -> Self:
        """Those that are verified."""
        return self.trait("verified")


class BillingAccountMaker(Factory[NewBillingAccount, BillingAccount]):
    """Makes billing accounts."""


class ProjectMaker(Factory[NewProject, Project]):
    """Makes projects."""

    @property
    def deleted(self) -> Self:
        """Those that are deleted."""
        return self.trait("deleted")

    def with_project_role_grants(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many project role grants refer to."""
        return self.children("project_role_grants", count, **overrides)

    def with_project_entitlements(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many project entitlements refer to."""
        return self.children("project_entitlements", count, **overrides)

    def with_api_keys(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many api keys refer to."""
        return self.children("api_keys", count, **overrides)

    def with_jwt_keys(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many jwt keys refer to."""
        return self.children("jwt_keys", count, **overrides)

    def with_encryption_keys(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many encryption keys refer to."""
        return self.children("encryption_keys", count, **overrides)

    def with_provider_apps(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many provider apps refer to."""
        return self.children("provider_apps", count, **overrides)

    def with_groups(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many groups refer to."""
        return self.children("groups", count, **overrides)

    def with_consumers(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many consumers refer to."""
        return self.children("consumers", count, **overrides)

    def with_connections(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many connections refer to."""
        return self.children("connections", count, **overrides)

    def with_integrations(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many integrations refer to."""
        return self.children("integrations", count, **overrides)

    def with_revisions(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many revisions refer to."""
        return self.children("revisions", count, **overrides)

    def with_installations(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many installations refer to."""
        return self.children("installations", count, **overrides)

    def with_operations(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many operations refer to."""
        return self.children("operations", count, **overrides)

    def with_read_states(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many read states refer to."""
        return self.children("read_states", count, **overrides)

    def with_destinations(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many destinations refer to."""
        return self.children("destinations", count, **overrides)

    def with_topics(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many topics refer to."""
        return self.children("topics", count, **overrides)


class ProjectRoleGrantMaker(Factory[NewProjectRoleGrant, ProjectRoleGrant]):
    """Makes project role grants."""

    @property
    def editor(self) -> Self:
        """Those that are editor."""
        return self.trait("editor")

    @property
    def owner(self) -> Self:
        """Those that are owner."""
        return self.trait("owner")

    @property
    def viewer(self) -> Self:
        """Those that are viewer."""
        return self.trait("viewer")


class ProjectEntitlementMaker(Factory[NewProjectEntitlement, ProjectEntitlement]):
    """Makes project entitlements."""


class ApiKeyMaker(Factory[NewApiKey, ApiKey]):
    """Makes api keys."""

    @property
    def revoked(self) -> Self:
        """Those that are revoked."""
        return self.trait("revoked")


class JwtKeyMaker(Factory[NewJwtKey, JwtKey]):
    """Makes jwt keys."""

    @property
    def revoked(self) -> Self:
        """Those that are revoked."""
        return self.trait("revoked")


class ProviderMaker(Factory[NewProvider, Provider]):
    """Makes providers."""

    def with_provider_apps(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many provider apps refer to."""
        return self.children("provider_apps", count, **overrides)

    def with_connections(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many connections refer to."""
        return self.children("connections", count, **overrides)

    def with_integrations(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many integrations refer to."""
        return self.children("integrations", count, **overrides)


class EncryptionKeyMaker(Factory[NewEncryptionKey, EncryptionKey]):
    """Makes encryption keys."""

    @property
    def active(self) -> Self:
        """Those that are active."""
        return self.trait("active")

    @property
    def retired(self) -> Self:
        """Those that are retired."""
        return self.trait("retired")

    @property
    def retiring(self) -> Self:
        """Those that are retiring."""
        return self.trait("retiring")

    def with_provider_apps(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many provider apps refer to."""
        return self.children("provider_apps", count, **overrides)

    def with_connection_secrets(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many connection secrets refer to."""
        return self.children("connection_secrets", count, **overrides)

    def with_destination_secrets(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many destination secrets refer to."""
        return self.children("destination_secrets", count, **overrides)


class ProviderAppMaker(Factory[NewProviderApp, ProviderApp]):
    """Makes provider apps."""

    @property
    def deleted(self) -> Self:
        """Those that are deleted."""
        return self.trait("deleted")


class GroupMaker(Factory[NewGroup, Group]):
    """Makes groups."""

    def with_connections(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many connections refer to."""
        return self.children("connections", count, **overrides)

    def with_installations(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many installations refer to."""
        return self.children("installations", count, **overrides)


class ConsumerMaker(Factory[NewConsumer, Consumer]):
    """Makes consumers."""

    def with_connections(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many connections refer to."""
        return self.children("connections", count, **overrides)


class ConnectionMaker(Factory[NewConnection, Connection]):
    """Makes connections."""

    @property
    def bad_credentials(self) -> Self:
        """Those that are bad credentials."""
        return self.trait("bad_credentials")

    @property
    def broken(self) -> Self:
        """Those that are broken."""
        return self.trait("broken")

    @property
    def created(self) -> Self:
        """Those that are created."""
        return self.trait("created")

    @property
    def deleted(self) -> Self:
        """Those that are deleted."""
        return self.trait("deleted")

    @property
    def working(self) -> Self:
        """Those that are working."""
        return self.trait("working")

    def with_connection_secrets(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many connection secrets refer to."""
        return self.children("connection_secrets", count, **overrides)

    def with_object_schemas(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many object schemas refer to."""
        return self.children("object_schemas", count, **overrides)

    def with_installations(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many installations refer to."""
        return self.children("installations", count, **overrides)


class ConnectionSecretMaker(Factory[NewConnectionSecret, ConnectionSecret]):
    """Makes connection secrets."""

    @property
    def expired(self) -> Self:
        """Those that are expired."""
        return self.trait("expired")


class ObjectSchemaMaker(Factory[NewObjectSchema, ObjectSchema]):
    """Makes object schemas."""


class IntegrationMaker(Factory[NewIntegration, Integration]):
    """Makes integrations."""

    @property
    def deleted(self) -> Self:
        """Those that are deleted."""
        return self.trait("deleted")

    def with_revisions(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many revisions refer to."""
        return self.children("revisions", count, **overrides)

    def with_installations(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many installations refer to."""
        return self.children("installations", count, **overrides)

    def with_operations(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many operations refer to."""
        return self.children("operations", count, **overrides)


class RevisionMaker(Factory[NewRevision, Revision]):
    """Makes revisions."""

    def with_installation_configs(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many installation configs refer to."""
        return self.children("installation_configs", count, **overrides)


class InstallationMaker(Factory[NewInstallation, Installation]):
    """Makes installations."""

    @property
    def deleted(self) -> Self:
        """Those that are deleted."""
        return self.trait("deleted")

    @property
    def healthy(self) -> Self:
        """Those that are healthy."""
        return self.trait("healthy")

    @property
    def paused(self) -> Self:
        """Those that are paused."""
        return self.trait("paused")

    @property
    def unhealthy(self) -> Self:
        """Those that are unhealthy."""
        return self.trait("unhealthy")

    def with_installation_configs(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many installation configs refer to."""
        return self.children("installation_configs", count, **overrides)

    def with_subscriptions(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many subscriptions refer to."""
        return self.children("subscriptions", count, **overrides)

    def with_operations(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many operations refer to."""
        return self.children("operations", count, **overrides)

    def with_read_states(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many read states refer to."""
        return self.children("read_states", count, **overrides)


class InstallationConfigMaker(Factory[NewInstallationConfig, InstallationConfig]):
    """Makes installation configs."""


class SubscriptionMaker(Factory[NewSubscription, Subscription]):
    """Makes subscriptions."""

    @property
    def active(self) -> Self:
        """Those that are active."""
        return self.trait("active")

    @property
    def failed(self) -> Self:
        """Those that are failed."""
        return self.trait("failed")

    @property
    def pending(self) -> Self:
        """Those that are pending."""
        return self.trait("pending")

    @property
    def unsubscribed(self) -> Self:
        """Those that are unsubscribed."""
        return self.trait("unsubscribed")


class OperationMaker(Factory[NewOperation, Operation]):
    """Makes operations."""

    @property
    def completed(self) -> Self:
        """Those that are completed."""
        return self.trait("completed")

    @property
    def failed(self) -> Self:
        """Those that are failed."""
        return self.trait("failed")

    @property
    def pending(self) -> Self:
        """Those that are pending."""
        return self.trait("pending")

    @property
    def retry(self) -> Self:
        """Those that are retry."""
        return self.trait("retry")

    @property
    def running(self) -> Self:
        """Those that are running."""
        return self.trait("running")

    def with_operation_logs(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many operation logs refer to."""
        return self.children("operation_logs", count, **overrides)


class OperationLogMaker(Factory[NewOperationLog, OperationLog]):
    """Makes operation logs."""

    @property
    def failed(self) -> Self:
        """Those that are failed."""
        return self.trait("failed")


class ReadStateMaker(Factory[NewReadState, ReadState]):
    """Makes read states."""


class DestinationMaker(Factory[NewDestination, Destination]):
    """Makes destinations."""

    @property
    def deleted(self) -> Self:
        """Those that are deleted."""
        return self.trait("deleted")

    @property
    def disabled(self) -> Self:
        """Those that are disabled."""
        return self.trait("disabled")

    def with_destination_secrets(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many destination secrets refer to."""
        return self.children("destination_secrets", count, **overrides)

    def with_topic_destination_routes(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many topic destination routes refer to."""
        return self.children("topic_destination_routes", count, **overrides)

    def with_deliveries(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many deliveries refer to."""
        return self.children("deliveries", count, **overrides)


class DestinationSecretMaker(Factory[NewDestinationSecret, DestinationSecret]):
    """Makes destination secrets."""


class TopicMaker(Factory[NewTopic, Topic]):
    """Makes topics."""

    def with_event_topic_routes(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many event topic routes refer to."""
        return self.children("event_topic_routes", count, **overrides)

    def with_topic_destination_routes(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many topic destination routes refer to."""
        return self.children("topic_destination_routes", count, **overrides)


class EventTopicRouteMaker(Factory[NewEventTopicRoute, EventTopicRoute]):
    """Makes event topic routes."""


class TopicDestinationRouteMaker(Factory[NewTopicDestinationRoute, TopicDestinationRoute]):
    """Makes topic destination routes."""


class DeliveryMaker(Factory[NewDelivery, Delivery]):
    """Makes deliveries."""

    @property
    def delivered(self) -> Self:
        """Those that are delivered."""
        return self.trait("delivered")

    @property
    def delivering(self) -> Self:
        """Those that are delivering."""
        return self.trait("delivering")

    @property
    def discarded(self) -> Self:
        """Those that are discarded."""
        return self.trait("discarded")

    @property
    def failed(self) -> Self:
        """Those that are failed."""
        return self.trait("failed")

    @property
    def pending(self) -> Self:
        """Those that are pending."""
        return self.trait("pending")

    @property
    def retried(self) -> Self:
        """Those that are retried."""
        return self.trait("retried")

    def with_delivery_attempts(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many delivery attempts refer to."""
        return self.children("delivery_attempts", count, **overrides)


class DeliveryAttemptMaker(Factory[NewDeliveryAttempt, DeliveryAttempt]):
    """Makes delivery attempts."""

    @property
    def failed(self) -> Self:
        """Those that are failed."""
        return self.trait("failed")

    @property
    def succeeded(self) -> Self:
        """Those that are succeeded."""
        return self.trait("succeeded")

    @property
    def unanswered(self) -> Self:
        """Those that are unanswered."""
        return self.trait("unanswered")


class OutboxEventMaker(Factory[NewOutboxEvent, OutboxEvent]):
    """Makes outbox events."""

    @property
    def published(self) -> Self:
        """Those that are published."""
        return self.trait("published")


class IngestedMessageMaker(Factory[NewIngestedMessage, IngestedMessage]):
    """Makes ingested messages."""


class LeaseMaker(Factory[NewLease, Lease]):
    """Makes leases."""

    @property
    def expired(self) -> Self:
        """Those that are expired."""
        return self.trait("expired")


class UsageEventMaker(Factory[NewUsageEvent, UsageEvent]):
    """Makes usage events."""


class AuditEventMaker(Factory[NewAuditEvent, AuditEvent]):
    """Makes audit events."""
