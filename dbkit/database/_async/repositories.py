# Generated from values and models by tools/interfaces.py; edit those instead.
"""The repositories of dbkit's own entities."""

from __future__ import annotations

from dbkit.database.repository import repository
from dbkit.models import (
    API_KEYS,
    AUDIT_EVENTS,
    BILLING_ACCOUNTS,
    BUILDERS,
    CLAIMED_DOMAINS,
    CONNECTION_SECRETS,
    CONNECTIONS,
    CONSUMERS,
    DELIVERIES,
    DELIVERY_ATTEMPTS,
    DESTINATION_SECRETS,
    DESTINATIONS,
    ENCRYPTION_KEYS,
    EVENT_TOPIC_ROUTES,
    GROUPS,
    INGESTED_MESSAGES,
    INSTALLATION_CONFIGS,
    INSTALLATIONS,
    INTEGRATIONS,
    INVITES,
    JWT_KEYS,
    LEASES,
    OBJECT_SCHEMAS,
    OPERATION_LOGS,
    OPERATIONS,
    ORGANIZATIONS,
    OUTBOX_EVENTS,
    PROJECT_ENTITLEMENTS,
    PROJECT_ROLE_GRANTS,
    PROJECTS,
    PROVIDER_APPS,
    PROVIDERS,
    READ_STATES,
    REVISIONS,
    SUBSCRIPTIONS,
    TEAM_MEMBERS,
    TEAMS,
    TOPIC_DESTINATION_ROUTES,
    TOPICS,
    USAGE_EVENTS,
)
from dbkit.operations._async.api_key import AsyncApiKeyOperations
from dbkit.operations._async.audit_event import AsyncAuditEventOperations, AsyncAuditEventTransactionOperations
from dbkit.operations._async.billing_account import AsyncBillingAccountOperations
from dbkit.operations._async.builder import AsyncBuilderOperations
from dbkit.operations._async.claimed_domain import AsyncClaimedDomainOperations
from dbkit.operations._async.connection import AsyncConnectionOperations
from dbkit.operations._async.connection_secret import (
    AsyncConnectionSecretOperations,
    AsyncConnectionSecretTransactionOperations,
)
from dbkit.operations._async.consumer import AsyncConsumerOperations
from dbkit.operations._async.delivery import AsyncDeliveryOperations
from dbkit.operations._async.destination import AsyncDestinationOperations
from dbkit.operations._async.destination_secret import AsyncDestinationSecretOperations
from dbkit.operations._async.encryption_key import AsyncEncryptionKeyOperations
from dbkit.operations._async.event_topic_route import AsyncEventTopicRouteOperations
from dbkit.operations._async.group import AsyncGroupOperations
from dbkit.operations._async.ingested_message import (
    AsyncIngestedMessageOperations,
    AsyncIngestedMessageTransactionOperations,
)
from dbkit.operations._async.installation import AsyncInstallationOperations
from dbkit.operations._async.installation_config import AsyncInstallationConfigOperations
from dbkit.operations._async.integration import AsyncIntegrationOperations
from dbkit.operations._async.invite import AsyncInviteOperations
from dbkit.operations._async.jwt_key import AsyncJwtKeyOperations
from dbkit.operations._async.lease import AsyncLeaseOperations, AsyncLeaseTransactionOperations
from dbkit.operations._async.object_schema import AsyncObjectSchemaOperations, AsyncObjectSchemaTransactionOperations
from dbkit.operations._async.operation import AsyncOperationOperations, AsyncOperationTransactionOperations
from dbkit.operations._async.operation_log import AsyncOperationLogOperations
from dbkit.operations._async.organization import AsyncOrganizationOperations
from dbkit.operations._async.outbox_event import AsyncOutboxEventOperations, AsyncOutboxEventTransactionOperations
from dbkit.operations._async.project import AsyncProjectOperations
from dbkit.operations._async.project_entitlement import AsyncProjectEntitlementOperations
from dbkit.operations._async.project_role_grant import AsyncProjectRoleGrantOperations
from dbkit.operations._async.provider import AsyncProviderOperations
from dbkit.operations._async.provider_app import AsyncProviderAppOperations
from dbkit.operations._async.read_state import AsyncReadStateOperations
from dbkit.operations._async.revision import AsyncRevisionOperations
from dbkit.operations._async.subscription import AsyncSubscriptionOperations, AsyncSubscriptionTransactionOperations
from dbkit.operations._async.team import AsyncTeamOperations
from dbkit.operations._async.team_member import AsyncTeamMemberOperations
from dbkit.operations._async.topic_destination_route import AsyncTopicDestinationRouteOperations
from dbkit.operations._async.usage_event import AsyncUsageEventOperations
from dbkit.types._async.api_key import AsyncApiKeyRepository, AsyncApiKeyTransactionRepository
from dbkit.types._async.audit_event import AsyncAuditEventRepository, AsyncAuditEventTransactionRepository
from dbkit.types._async.billing_account import AsyncBillingAccountRepository, AsyncBillingAccountTransactionRepository
from dbkit.types._async.builder import AsyncBuilderRepository, AsyncBuilderTransactionRepository
from dbkit.types._async.claimed_domain import AsyncClaimedDomainRepository, AsyncClaimedDomainTransactionRepository
from dbkit.types._async.connection import AsyncConnectionRepository, AsyncConnectionTransactionRepository
from dbkit.types._async.connection_secret import (
    AsyncConnectionSecretRepository,
    AsyncConnectionSecretTransactionRepository,
)
from dbkit.types._async.consumer import AsyncConsumerRepository, AsyncConsumerTransactionRepository
from dbkit.types._async.delivery import AsyncDeliveryRepository, AsyncDeliveryTransactionRepository
from dbkit.types._async.delivery_attempt import (
    AsyncDeliveryAttemptRepository,
    AsyncDeliveryAttemptTransactionRepository,
)
from dbkit.types._async.destination import AsyncDestinationRepository, AsyncDestinationTransactionRepository
from dbkit.types._async.destination_secret import (
    AsyncDestinationSecretRepository,
    AsyncDestinationSecretTransactionRepository,
)
from dbkit.types._async.encryption_key import AsyncEncryptionKeyRepository, AsyncEncryptionKeyTransactionRepository
from dbkit.types._async.event_topic_route import (
    AsyncEventTopicRouteRepository,
    AsyncEventTopicRouteTransactionRepository,
)
from dbkit.types._async.group import AsyncGroupRepository, AsyncGroupTransactionRepository
from dbkit.types._async.ingested_message import (
    AsyncIngestedMessageRepository,
    AsyncIngestedMessageTransactionRepository,
)
from dbkit.types._async.installation import AsyncInstallationRepository, AsyncInstallationTransactionRepository
from dbkit.types._async.installation_config import (
    AsyncInstallationConfigRepository,
    AsyncInstallationConfigTransactionRepository,
)
from dbkit.types._async.integration import AsyncIntegrationRepository, AsyncIntegrationTransactionRepository
from dbkit.types._async.invite import AsyncInviteRepository, AsyncInviteTransactionRepository
from dbkit.types._async.jwt_key import AsyncJwtKeyRepository, AsyncJwtKeyTransactionRepository
from dbkit.types._async.lease import AsyncLeaseRepository, AsyncLeaseTransactionRepository
from dbkit.types._async.object_schema import AsyncObjectSchemaRepository, AsyncObjectSchemaTransactionRepository
from dbkit.types._async.operation import AsyncOperationRepository, AsyncOperationTransactionRepository
from dbkit.types._async.operation_log import AsyncOperationLogRepository, AsyncOperationLogTransactionRepository
from dbkit.types._async.organization import AsyncOrganizationRepository, AsyncOrganizationTransactionRepository
from dbkit.types._async.outbox_event import AsyncOutboxEventRepository, AsyncOutboxEventTransactionRepository
from dbkit.types._async.project import AsyncProjectRepository, AsyncProjectTransactionRepository
from dbkit.types._async.project_entitlement import (
    AsyncProjectEntitlementRepository,
    AsyncProjectEntitlementTransactionRepository,
)
from dbkit.types._async.project_role_grant import (
    AsyncProjectRoleGrantRepository,
    AsyncProjectRoleGrantTransactionRepository,
)
from dbkit.types._async.provider import AsyncProviderRepository, AsyncProviderTransactionRepository
from dbkit.types._async.provider_app import AsyncProviderAppRepository, AsyncProviderAppTransactionRepository
from dbkit.types._async.read_state import AsyncReadStateRepository, AsyncReadStateTransactionRepository
from dbkit.types._async.revision import AsyncRevisionRepository, AsyncRevisionTransactionRepository
from dbkit.types._async.subscription import AsyncSubscriptionRepository, AsyncSubscriptionTransactionRepository
from dbkit.types._async.team import AsyncTeamRepository, AsyncTeamTransactionRepository
from dbkit.types._async.team_member import AsyncTeamMemberRepository, AsyncTeamMemberTransactionRepository
from dbkit.types._async.topic import AsyncTopicRepository, AsyncTopicTransactionRepository
from dbkit.types._async.topic_destination_route import (
    AsyncTopicDestinationRouteRepository,
    AsyncTopicDestinationRouteTransactionRepository,
)
from dbkit.types._async.usage_event import AsyncUsageEventRepository, AsyncUsageEventTransactionRepository

__all__ = ["AsyncRepositories", "AsyncTransactionRepositories"]


class AsyncRepositories:
    """The repositories of a database."""

    organizations: AsyncOrganizationRepository = repository(ORGANIZATIONS, AsyncOrganizationOperations)
    teams: AsyncTeamRepository = repository(TEAMS, AsyncTeamOperations)
    builders: AsyncBuilderRepository = repository(BUILDERS, AsyncBuilderOperations)
    team_members: AsyncTeamMemberRepository = repository(TEAM_MEMBERS, AsyncTeamMemberOperations)
    invites: AsyncInviteRepository = repository(INVITES, AsyncInviteOperations)
    claimed_domains: AsyncClaimedDomainRepository = repository(CLAIMED_DOMAINS, AsyncClaimedDomainOperations)
    billing_accounts: AsyncBillingAccountRepository = repository(BILLING_ACCOUNTS, AsyncBillingAccountOperations)
    projects: AsyncProjectRepository = repository(PROJECTS, AsyncProjectOperations)
    project_role_grants: AsyncProjectRoleGrantRepository = repository(
        PROJECT_ROLE_GRANTS, AsyncProjectRoleGrantOperations
    )
    project_entitlements: AsyncProjectEntitlementRepository = repository(
        PROJECT_ENTITLEMENTS, AsyncProjectEntitlementOperations
    )
    api_keys: AsyncApiKeyRepository = repository(API_KEYS, AsyncApiKeyOperations)
    jwt_keys: AsyncJwtKeyRepository = repository(JWT_KEYS, AsyncJwtKeyOperations)
    providers: AsyncProviderRepository = repository(PROVIDERS, AsyncProviderOperations)
    encryption_keys: AsyncEncryptionKeyRepository = repository(ENCRYPTION_KEYS, AsyncEncryptionKeyOperations)
    provider_apps: AsyncProviderAppRepository = repository(PROVIDER_APPS, AsyncProviderAppOperations)
    groups: AsyncGroupRepository = repository(GROUPS, AsyncGroupOperations)
    consumers: AsyncConsumerRepository = repository(CONSUMERS, AsyncConsumerOperations)
    connections: AsyncConnectionRepository = repository(CONNECTIONS, AsyncConnectionOperations)
    connection_secrets: AsyncConnectionSecretRepository = repository(
        CONNECTION_SECRETS, AsyncConnectionSecretOperations
    )
    object_schemas: AsyncObjectSchemaRepository = repository(OBJECT_SCHEMAS, AsyncObjectSchemaOperations)
    integrations: AsyncIntegrationRepository = repository(INTEGRATIONS, AsyncIntegrationOperations)
    revisions: AsyncRevisionRepository = repository(REVISIONS, AsyncRevisionOperations)
    installations: AsyncInstallationRepository = repository(INSTALLATIONS, AsyncInstallationOperations)
    installation_configs: AsyncInstallationConfigRepository = repository(
        INSTALLATION_CONFIGS, AsyncInstallationConfigOperations
    )
    subscriptions: AsyncSubscriptionRepository = repository(SUBSCRIPTIONS, AsyncSubscriptionOperations)
    operations: AsyncOperationRepository = repository(OPERATIONS, AsyncOperationOperations)
    operation_logs: AsyncOperationLogRepository = repository(OPERATION_LOGS, AsyncOperationLogOperations)
    read_states: AsyncReadStateRepository = repository(READ_STATES, AsyncReadStateOperations)
    destinations: AsyncDestinationRepository = repository(DESTINATIONS, AsyncDestinationOperations)
    destination_secrets: AsyncDestinationSecretRepository = repository(
        DESTINATION_SECRETS, AsyncDestinationSecretOperations
    )
    topics: AsyncTopicRepository = repository(TOPICS)
    event_topic_routes: AsyncEventTopicRouteRepository = repository(EVENT_TOPIC_ROUTES, AsyncEventTopicRouteOperations)
    topic_destination_routes: AsyncTopicDestinationRouteRepository = repository(
        TOPIC_DESTINATION_ROUTES, AsyncTopicDestinationRouteOperations
    )
    deliveries: AsyncDeliveryRepository = repository(DELIVERIES, AsyncDeliveryOperations)
    delivery_attempts: AsyncDeliveryAttemptRepository = repository(DELIVERY_ATTEMPTS)
    outbox_events: AsyncOutboxEventRepository = repository(OUTBOX_EVENTS, AsyncOutboxEventOperations)
    ingested_messages: AsyncIngestedMessageRepository = repository(INGESTED_MESSAGES, AsyncIngestedMessageOperations)
    leases: AsyncLeaseRepository = repository(LEASES, AsyncLeaseOperations)
    usage_events: AsyncUsageEventRepository = repository(USAGE_EVENTS, AsyncUsageEventOperations)
    audit_events: AsyncAuditEventRepository = repository(AUDIT_EVENTS, AsyncAuditEventOperations)


class AsyncTransactionRepositories:
    """The repositories of a transaction."""

    organizations: AsyncOrganizationTransactionRepository = repository(ORGANIZATIONS, AsyncOrganizationOperations)
    teams: AsyncTeamTransactionRepository = repository(TEAMS, AsyncTeamOperations)
    builders: AsyncBuilderTransactionRepository = repository(BUILDERS, AsyncBuilderOperations)
    team_members: AsyncTeamMemberTransactionRepository = repository(TEAM_MEMBERS, AsyncTeamMemberOperations)
    invites: AsyncInviteTransactionRepository = repository(INVITES, AsyncInviteOperations)
    claimed_domains: AsyncClaimedDomainTransactionRepository = repository(CLAIMED_DOMAINS, AsyncClaimedDomainOperations)
    billing_accounts: AsyncBillingAccountTransactionRepository = repository(
        BILLING_ACCOUNTS, AsyncBillingAccountOperations
    )
    projects: AsyncProjectTransactionRepository = repository(PROJECTS, AsyncProjectOperations)
    project_role_grants: AsyncProjectRoleGrantTransactionRepository = repository(
        PROJECT_ROLE_GRANTS, AsyncProjectRoleGrantOperations
    )
    project_entitlements: AsyncProjectEntitlementTransactionRepository = repository(
        PROJECT_ENTITLEMENTS, AsyncProjectEntitlementOperations
    )
    api_keys: AsyncApiKeyTransactionRepository = repository(API_KEYS, AsyncApiKeyOperations)
    jwt_keys: AsyncJwtKeyTransactionRepository = repository(JWT_KEYS, AsyncJwtKeyOperations)
    providers: AsyncProviderTransactionRepository = repository(PROVIDERS, AsyncProviderOperations)
    encryption_keys: AsyncEncryptionKeyTransactionRepository = repository(ENCRYPTION_KEYS, AsyncEncryptionKeyOperations)
    provider_apps: AsyncProviderAppTransactionRepository = repository(PROVIDER_APPS, AsyncProviderAppOperations)
    groups: AsyncGroupTransactionRepository = repository(GROUPS, AsyncGroupOperations)
    consumers: AsyncConsumerTransactionRepository = repository(CONSUMERS, AsyncConsumerOperations)
    connections: AsyncConnectionTransactionRepository = repository(CONNECTIONS, AsyncConnectionOperations)
    connection_secrets: AsyncConnectionSecretTransactionRepository = repository(
        CONNECTION_SECRETS, AsyncConnectionSecretTransactionOperations
    )
    object_schemas: AsyncObjectSchemaTransactionRepository = repository(
        OBJECT_SCHEMAS, AsyncObjectSchemaTransactionOperations
    )
    integrations: AsyncIntegrationTransactionRepository = repository(INTEGRATIONS, AsyncIntegrationOperations)
    revisions: AsyncRevisionTransactionRepository = repository(REVISIONS, AsyncRevisionOperations)
    installations: AsyncInstallationTransactionRepository = repository(INSTALLATIONS, AsyncInstallationOperations)
    installation_configs: AsyncInstallationConfigTransactionRepository = repository(
        INSTALLATION_CONFIGS, AsyncInstallationConfigOperations
    )
    subscriptions: AsyncSubscriptionTransactionRepository = repository(
        SUBSCRIPTIONS, AsyncSubscriptionTransactionOperations
    )
    operations: AsyncOperationTransactionRepository = repository(OPERATIONS, AsyncOperationTransactionOperations)
    operation_logs: AsyncOperationLogTransactionRepository = repository(OPERATION_LOGS, AsyncOperationLogOperations)
    read_states: AsyncReadStateTransactionRepository = repository(READ_STATES, AsyncReadStateOperations)
    destinations: AsyncDestinationTransactionRepository = repository(DESTINATIONS, AsyncDestinationOperations)
    destination_secrets: AsyncDestinationSecretTransactionRepository = repository(
        DESTINATION_SECRETS, AsyncDestinationSecretOperations
    )
    topics: AsyncTopicTransactionRepository = repository(TOPICS)
    event_topic_routes: AsyncEventTopicRouteTransactionRepository = repository(
        EVENT_TOPIC_ROUTES, AsyncEventTopicRouteOperations
    )
    topic_destination_routes: AsyncTopicDestinationRouteTransactionRepository = repository(
        TOPIC_DESTINATION_ROUTES, AsyncTopicDestinationRouteOperations
    )
    deliveries: AsyncDeliveryTransactionRepository = repository(DELIVERIES, AsyncDeliveryOperations)
    delivery_attempts: AsyncDeliveryAttemptTransactionRepository = repository(DELIVERY_ATTEMPTS)
    outbox_events: AsyncOutboxEventTransactionRepository = repository(
        OUTBOX_EVENTS, AsyncOutboxEventTransactionOperations
    )
    ingested_messages: AsyncIngestedMessageTransactionRepository = repository(
        INGESTED_MESSAGES, AsyncIngestedMessageTransactionOperations
    )
    leases: AsyncLeaseTransactionRepository = repository(LEASES, AsyncLeaseTransactionOperations)
    usage_events: AsyncUsageEventTransactionRepository = repository(USAGE_EVENTS, AsyncUsageEventOperations)
    audit_events: AsyncAuditEventTransactionRepository = repository(AUDIT_EVENTS, AsyncAuditEventTransactionOperations)
