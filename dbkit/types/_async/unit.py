# Generated from values and models by tools/interfaces.py; edit those instead.
"""What operations over several entities work on."""

from __future__ import annotations

from typing import Protocol

from dbkit.types._async.api_key import AsyncApiKeyTransactionRepository
from dbkit.types._async.audit_event import AsyncAuditEventTransactionRepository
from dbkit.types._async.billing_account import AsyncBillingAccountTransactionRepository
from dbkit.types._async.builder import AsyncBuilderTransactionRepository
from dbkit.types._async.claimed_domain import AsyncClaimedDomainTransactionRepository
from dbkit.types._async.connection import AsyncConnectionTransactionRepository
from dbkit.types._async.connection_secret import AsyncConnectionSecretTransactionRepository
from dbkit.types._async.consumer import AsyncConsumerTransactionRepository
from dbkit.types._async.delivery import AsyncDeliveryTransactionRepository
from dbkit.types._async.delivery_attempt import AsyncDeliveryAttemptTransactionRepository
from dbkit.types._async.destination import AsyncDestinationTransactionRepository
from dbkit.types._async.destination_secret import AsyncDestinationSecretTransactionRepository
from dbkit.types._async.encryption_key import AsyncEncryptionKeyTransactionRepository
from dbkit.types._async.event_topic_route import AsyncEventTopicRouteTransactionRepository
from dbkit.types._async.group import AsyncGroupTransactionRepository
from dbkit.types._async.ingested_message import AsyncIngestedMessageTransactionRepository
from dbkit.types._async.installation import AsyncInstallationTransactionRepository
from dbkit.types._async.installation_config import AsyncInstallationConfigTransactionRepository
from dbkit.types._async.integration import AsyncIntegrationTransactionRepository
from dbkit.types._async.invite import AsyncInviteTransactionRepository
from dbkit.types._async.jwt_key import AsyncJwtKeyTransactionRepository
from dbkit.types._async.lease import AsyncLeaseTransactionRepository
from dbkit.types._async.object_schema import AsyncObjectSchemaTransactionRepository
from dbkit.types._async.operation import AsyncOperationTransactionRepository
from dbkit.types._async.operation_log import AsyncOperationLogTransactionRepository
from dbkit.types._async.organization import AsyncOrganizationTransactionRepository
from dbkit.types._async.outbox_event import AsyncOutboxEventTransactionRepository
from dbkit.types._async.project import AsyncProjectTransactionRepository
from dbkit.types._async.project_entitlement import AsyncProjectEntitlementTransactionRepository
from dbkit.types._async.project_role_grant import AsyncProjectRoleGrantTransactionRepository
from dbkit.types._async.provider import AsyncProviderTransactionRepository
from dbkit.types._async.provider_app import AsyncProviderAppTransactionRepository
from dbkit.types._async.read_state import AsyncReadStateTransactionRepository
from dbkit.types._async.revision import AsyncRevisionTransactionRepository
from dbkit.types._async.subscription import AsyncSubscriptionTransactionRepository
from dbkit.types._async.team import AsyncTeamTransactionRepository
from dbkit.types._async.team_member import AsyncTeamMemberTransactionRepository
from dbkit.types._async.topic import AsyncTopicTransactionRepository
from dbkit.types._async.topic_destination_route import AsyncTopicDestinationRouteTransactionRepository
from dbkit.types._async.usage_event import AsyncUsageEventTransactionRepository

__all__ = ["AsyncUnit"]


class AsyncUnit(Protocol):
    """The repositories of one transaction."""

    @property
    def organizations(self) -> AsyncOrganizationTransactionRepository:
        """The organizations."""
        ...

    @property
    def teams(self) -> AsyncTeamTransactionRepository:
        """The teams."""
        ...

    @property
    def builders(self) -> AsyncBuilderTransactionRepository:
        """The builders."""
        ...

    @property
    def team_members(self) -> AsyncTeamMemberTransactionRepository:
        """The team members."""
        ...

    @property
    def invites(self) -> AsyncInviteTransactionRepository:
        """The invites."""
        ...

    @property
    def claimed_domains(self) -> AsyncClaimedDomainTransactionRepository:
        """The claimed domains."""
        ...

    @property
    def billing_accounts(self) -> AsyncBillingAccountTransactionRepository:
        """The billing accounts."""
        ...

    @property
    def projects(self) -> AsyncProjectTransactionRepository:
        """The projects."""
        ...

    @property
    def project_role_grants(self) -> AsyncProjectRoleGrantTransactionRepository:
        """The project role grants."""
        ...

    @property
    def project_entitlements(self) -> AsyncProjectEntitlementTransactionRepository:
        """The project entitlements."""
        ...

    @property
    def api_keys(self) -> AsyncApiKeyTransactionRepository:
        """The api keys."""
        ...

    @property
    def jwt_keys(self) -> AsyncJwtKeyTransactionRepository:
        """The jwt keys."""
        ...

    @property
    def providers(self) -> AsyncProviderTransactionRepository:
        """The providers."""
        ...

    @property
    def encryption_keys(self) -> AsyncEncryptionKeyTransactionRepository:
        """The encryption keys."""
        ...

    @property
    def provider_apps(self) -> AsyncProviderAppTransactionRepository:
        """The provider apps."""
        ...

    @property
    def groups(self) -> AsyncGroupTransactionRepository:
        """The groups."""
        ...

    @property
    def consumers(self) -> AsyncConsumerTransactionRepository:
        """The consumers."""
        ...

    @property
    def connections(self) -> AsyncConnectionTransactionRepository:
        """The connections."""
        ...

    @property
    def connection_secrets(self) -> AsyncConnectionSecretTransactionRepository:
        """The connection secrets."""
        ...

    @property
    def object_schemas(self) -> AsyncObjectSchemaTransactionRepository:
        """The object schemas."""
        ...

    @property
    def integrations(self) -> AsyncIntegrationTransactionRepository:
        """The integrations."""
        ...

    @property
    def revisions(self) -> AsyncRevisionTransactionRepository:
        """The revisions."""
        ...

    @property
    def installations(self) -> AsyncInstallationTransactionRepository:
        """The installations."""
        ...

    @property
    def installation_configs(self) -> AsyncInstallationConfigTransactionRepository:
        """The installation configs."""
        ...

    @property
    def subscriptions(self) -> AsyncSubscriptionTransactionRepository:
        """The subscriptions."""
        ...

    @property
    def operations(self) -> AsyncOperationTransactionRepository:
        """The operations."""
        ...

    @property
    def operation_logs(self) -> AsyncOperationLogTransactionRepository:
        """The operation logs."""
        ...

    @property
    def read_states(self) -> AsyncReadStateTransactionRepository:
        """The read states."""
        ...

    @property
    def destinations(self) -> AsyncDestinationTransactionRepository:
        """The destinations."""
        ...

    @property
    def destination_secrets(self) -> AsyncDestinationSecretTransactionRepository:
        """The destination secrets."""
        ...

    @property
    def topics(self) -> AsyncTopicTransactionRepository:
        """The topics."""
        ...

    @property
    def event_topic_routes(self) -> AsyncEventTopicRouteTransactionRepository:
        """The event topic routes."""
        ...

    @property
    def topic_destination_routes(self) -> AsyncTopicDestinationRouteTransactionRepository:
        """The topic destination routes."""
        ...

    @property
    def deliveries(self) -> AsyncDeliveryTransactionRepository:
        """The deliveries."""
        ...

    @property
    def delivery_attempts(self) -> AsyncDeliveryAttemptTransactionRepository:
        """The delivery attempts."""
        ...

    @property
    def outbox_events(self) -> AsyncOutboxEventTransactionRepository:
        """The outbox events."""
        ...

    @property
    def ingested_messages(self) -> AsyncIngestedMessageTransactionRepository:
        """The ingested messages."""
        ...

    @property
    def leases(self) -> AsyncLeaseTransactionRepository:
        """The leases."""
        ...

    @property
    def usage_events(self) -> AsyncUsageEventTransactionRepository:
        """The usage events."""
        ...

    @property
    def audit_events(self) -> AsyncAuditEventTransactionRepository:
        """The audit events."""
        ...
