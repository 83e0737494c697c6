# Generated from dbkit/types/_async/unit.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""What operations over several entities work on."""

from __future__ import annotations

from typing import Protocol

from dbkit.types._sync.api_key import ApiKeyTransactionRepository
from dbkit.types._sync.audit_event import AuditEventTransactionRepository
from dbkit.types._sync.billing_account import BillingAccountTransactionRepository
from dbkit.types._sync.builder import BuilderTransactionRepository
from dbkit.types._sync.claimed_domain import ClaimedDomainTransactionRepository
from dbkit.types._sync.connection import ConnectionTransactionRepository
from dbkit.types._sync.connection_secret import ConnectionSecretTransactionRepository
from dbkit.types._sync.consumer import ConsumerTransactionRepository
from dbkit.types._sync.delivery import DeliveryTransactionRepository
from dbkit.types._sync.delivery_attempt import DeliveryAttemptTransactionRepository
from dbkit.types._sync.destination import DestinationTransactionRepository
from dbkit.types._sync.destination_secret import DestinationSecretTransactionRepository
from dbkit.types._sync.encryption_key import EncryptionKeyTransactionRepository
from dbkit.types._sync.event_topic_route import EventTopicRouteTransactionRepository
from dbkit.types._sync.group import GroupTransactionRepository
from dbkit.types._sync.ingested_message import IngestedMessageTransactionRepository
from dbkit.types._sync.installation import InstallationTransactionRepository
from dbkit.types._sync.installation_config import InstallationConfigTransactionRepository
from dbkit.types._sync.integration import IntegrationTransactionRepository
from dbkit.types._sync.invite import InviteTransactionRepository
from dbkit.types._sync.jwt_key import JwtKeyTransactionRepository
from dbkit.types._sync.lease import LeaseTransactionRepository
from dbkit.types._sync.object_schema import ObjectSchemaTransactionRepository
from dbkit.types._sync.operation import OperationTransactionRepository
from dbkit.types._sync.operation_log import OperationLogTransactionRepository
from dbkit.types._sync.organization import OrganizationTransactionRepository
from dbkit.types._sync.outbox_event import OutboxEventTransactionRepository
from dbkit.types._sync.project import ProjectTransactionRepository
from dbkit.types._sync.project_entitlement import ProjectEntitlementTransactionRepository
from dbkit.types._sync.project_role_grant import ProjectRoleGrantTransactionRepository
from dbkit.types._sync.provider import ProviderTransactionRepository
from dbkit.types._sync.provider_app import ProviderAppTransactionRepository
from dbkit.types._sync.read_state import ReadStateTransactionRepository
from dbkit.types._sync.revision import RevisionTransactionRepository
from dbkit.types._sync.subscription import SubscriptionTransactionRepository
from dbkit.types._sync.team import TeamTransactionRepository
from dbkit.types._sync.team_member import TeamMemberTransactionRepository
from dbkit.types._sync.topic import TopicTransactionRepository
from dbkit.types._sync.topic_destination_route import TopicDestinationRouteTransactionRepository
from dbkit.types._sync.usage_event import UsageEventTransactionRepository

__all__ = ["Unit"]


class Unit(Protocol):
    """The repositories of one transaction."""

    @property
    def organizations(self) -> OrganizationTransactionRepository:
        """The organizations."""
        ...

    @property
    def teams(self) -> TeamTransactionRepository:
        """The teams."""
        ...

    @property
    def builders(self) -> BuilderTransactionRepository:
        """The builders."""
        ...

    @property
    def team_members(self) -> TeamMemberTransactionRepository:
        """The team members."""
        ...

    @property
    def invites(self) -> InviteTransactionRepository:
        """The invites."""
        ...

    @property
    def claimed_domains(self) -> ClaimedDomainTransactionRepository:
        """The claimed domains."""
        ...

    @property
    def billing_accounts(self) -> BillingAccountTransactionRepository:
        """The billing accounts."""
        ...

    @property
    def projects(self) -> ProjectTransactionRepository:
        """The projects."""
        ...

    @property
    def project_role_grants(self) -> ProjectRoleGrantTransactionRepository:
        """The project role grants."""
        ...

    @property
    def project_entitlements(self) -> ProjectEntitlementTransactionRepository:
        """The project entitlements."""
        ...

    @property
    def api_keys(self) -> ApiKeyTransactionRepository:
        """The api keys."""
        ...

    @property
    def jwt_keys(self) -> JwtKeyTransactionRepository:
        """The jwt keys."""
        ...

    @property
    def providers(self) -> ProviderTransactionRepository:
        """The providers."""
        ...

    @property
    def encryption_keys(self) -> EncryptionKeyTransactionRepository:
        """The encryption keys."""
        ...

    @property
    def provider_apps(self) -> ProviderAppTransactionRepository:
        """The provider apps."""
        ...

    @property
    def groups(self) -> GroupTransactionRepository:
        """The groups."""
        ...

    @property
    def consumers(self) -> ConsumerTransactionRepository:
        """The consumers."""
        ...

    @property
    def connections(self) -> ConnectionTransactionRepository:
        """The connections."""
        ...

    @property
    def connection_secrets(self) -> ConnectionSecretTransactionRepository:
        """The connection secrets."""
        ...

    @property
    def object_schemas(self) -> ObjectSchemaTransactionRepository:
        """The object schemas."""
        ...

    @property
    def integrations(self) -> IntegrationTransactionRepository:
        """The integrations."""
        ...

    @property
    def revisions(self) -> RevisionTransactionRepository:
        """The revisions."""
        ...

    @property
    def installations(self) -> InstallationTransactionRepository:
        """The installations."""
        ...

    @property
    def installation_configs(self) -> InstallationConfigTransactionRepository:
        """The installation configs."""
        ...

    @property
    def subscriptions(self) -> SubscriptionTransactionRepository:
        """The subscriptions."""
        ...

    @property
    def operations(self) -> OperationTransactionRepository:
        """The operations."""
        ...

    @property
    def operation_logs(self) -> OperationLogTransactionRepository:
        """The operation logs."""
        ...

    @property
    def read_states(self) -> ReadStateTransactionRepository:
        """The read states."""
        ...

    @property
    def destinations(self) -> DestinationTransactionRepository:
        """The destinations."""
        ...

    @property
    def destination_secrets(self) -> DestinationSecretTransactionRepository:
        """The destination secrets."""
        ...

    @property
    def topics(self) -> TopicTransactionRepository:
        """The topics."""
        ...

    @property
    def event_topic_routes(self) -> EventTopicRouteTransactionRepository:
        """The event topic routes."""
        ...

    @property
    def topic_destination_routes(self) -> TopicDestinationRouteTransactionRepository:
        """The topic destination routes."""
        ...

    @property
    def deliveries(self) -> DeliveryTransactionRepository:
        """The deliveries."""
        ...

    @property
    def delivery_attempts(self) -> DeliveryAttemptTransactionRepository:
        """The delivery attempts."""
        ...

    @property
    def outbox_events(self) -> OutboxEventTransactionRepository:
        """The outbox events."""
        ...

    @property
    def ingested_messages(self) -> IngestedMessageTransactionRepository:
        """The ingested messages."""
        ...

    @property
    def leases(self) -> LeaseTransactionRepository:
        """The leases."""
        ...

    @property
    def usage_events(self) -> UsageEventTransactionRepository:
        """The usage events."""
        ...

    @property
    def audit_events(self) -> AuditEventTransactionRepository:
        """The audit events."""
        ...
