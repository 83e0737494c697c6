# Generated from dbkit/database/_async/repositories.py by tools/unasync.py; edit that file instead.
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
from dbkit.operations._sync.api_key import ApiKeyOperations
from dbkit.operations._sync.audit_event import AuditEventOperations, AuditEventTransactionOperations
from dbkit.operations._sync.billing_account import BillingAccountOperations
from dbkit.operations._sync.builder import BuilderOperations
from dbkit.operations._sync.claimed_domain import ClaimedDomainOperations
from dbkit.operations._sync.connection import ConnectionOperations
from dbkit.operations._sync.connection_secret import (
    ConnectionSecretOperations,
    ConnectionSecretTransactionOperations,
)
from dbkit.operations._sync.consumer import ConsumerOperations
from dbkit.operations._sync.delivery import DeliveryOperations
from dbkit.operations._sync.destination import DestinationOperations
from dbkit.operations._sync.destination_secret import DestinationSecretOperations
from dbkit.operations._sync.encryption_key import EncryptionKeyOperations
from dbkit.operations._sync.event_topic_route import EventTopicRouteOperations
from dbkit.operations._sync.group import GroupOperations
from dbkit.operations._sync.ingested_message import (
    IngestedMessageOperations,
    IngestedMessageTransactionOperations,
)
from dbkit.operations._sync.installation import InstallationOperations
from dbkit.operations._sync.installation_config import InstallationConfigOperations
from dbkit.operations._sync.integration import IntegrationOperations
from dbkit.operations._sync.invite import InviteOperations
from dbkit.operations._sync.jwt_key import JwtKeyOperations
from dbkit.operations._sync.lease import LeaseOperations, LeaseTransactionOperations
from dbkit.operations._sync.object_schema import ObjectSchemaOperations, ObjectSchemaTransactionOperations
from dbkit.operations._sync.operation import OperationOperations, OperationTransactionOperations
from dbkit.operations._sync.operation_log import OperationLogOperations
from dbkit.operations._sync.organization import OrganizationOperations
from dbkit.operations._sync.outbox_event import OutboxEventOperations, OutboxEventTransactionOperations
from dbkit.operations._sync.project import ProjectOperations
from dbkit.operations._sync.project_entitlement import ProjectEntitlementOperations
from dbkit.operations._sync.project_role_grant import ProjectRoleGrantOperations
from dbkit.operations._sync.provider import ProviderOperations
from dbkit.operations._sync.provider_app import ProviderAppOperations
from dbkit.operations._sync.read_state import ReadStateOperations
from dbkit.operations._sync.revision import RevisionOperations
from dbkit.operations._sync.subscription import SubscriptionOperations, SubscriptionTransactionOperations
from dbkit.operations._sync.team import TeamOperations
from dbkit.operations._sync.team_member import TeamMemberOperations
from dbkit.operations._sync.topic_destination_route import TopicDestinationRouteOperations
from dbkit.operations._sync.usage_event import UsageEventOperations
from dbkit.types._sync.api_key import ApiKeyRepository, ApiKeyTransactionRepository
from dbkit.types._sync.audit_event import AuditEventRepository, AuditEventTransactionRepository
from dbkit.types._sync.billing_account import BillingAccountRepository, BillingAccountTransactionRepository
from dbkit.types._sync.builder import BuilderRepository, BuilderTransactionRepository
from dbkit.types._sync.claimed_domain import ClaimedDomainRepository, ClaimedDomainTransactionRepository
from dbkit.types._sync.connection import ConnectionRepository, ConnectionTransactionRepository
from dbkit.types._sync.connection_secret import (
    ConnectionSecretRepository,
    ConnectionSecretTransactionRepository,
)
from dbkit.types._sync.consumer import ConsumerRepository, ConsumerTransactionRepository
from dbkit.types._sync.delivery import DeliveryRepository, DeliveryTransactionRepository
from dbkit.types._sync.delivery_attempt import (
    DeliveryAttemptRepository,
    DeliveryAttemptTransactionRepository,
)
from dbkit.types._sync.destination import DestinationRepository, DestinationTransactionRepository
from dbkit.types._sync.destination_secret import (
    DestinationSecretRepository,
    DestinationSecretTransactionRepository,
)
from dbkit.types._sync.encryption_key import EncryptionKeyRepository, EncryptionKeyTransactionRepository
from dbkit.types._sync.event_topic_route import (
    EventTopicRouteRepository,
    EventTopicRouteTransactionRepository,
)
from dbkit.types._sync.group import GroupRepository, GroupTransactionRepository
from dbkit.types._sync.ingested_message import (
    IngestedMessageRepository,
    IngestedMessageTransactionRepository,
)
from dbkit.types._sync.installation import InstallationRepository, InstallationTransactionRepository
from dbkit.types._sync.installation_config import (
    InstallationConfigRepository,
    InstallationConfigTransactionRepository,
)
from dbkit.types._sync.integration import IntegrationRepository, IntegrationTransactionRepository
from dbkit.types._sync.invite import InviteRepository, InviteTransactionRepository
from dbkit.types._sync.jwt_key import JwtKeyRepository, JwtKeyTransactionRepository
from dbkit.types._sync.lease import LeaseRepository, LeaseTransactionRepository
from dbkit.types._sync.object_schema import ObjectSchemaRepository, ObjectSchemaTransactionRepository
from dbkit.types._sync.operation import OperationRepository, OperationTransactionRepository
from dbkit.types._sync.operation_log import OperationLogRepository, OperationLogTransactionRepository
from dbkit.types._sync.organization import OrganizationRepository, OrganizationTransactionRepository
from dbkit.types._sync.outbox_event import OutboxEventRepository, OutboxEventTransactionRepository
from dbkit.types._sync.project import ProjectRepository, ProjectTransactionRepository
from dbkit.types._sync.project_entitlement import (
    ProjectEntitlementRepository,
    ProjectEntitlementTransactionRepository,
)
from dbkit.types._sync.project_role_grant import (
    ProjectRoleGrantRepository,
    ProjectRoleGrantTransactionRepository,
)
from dbkit.types._sync.provider import ProviderRepository, ProviderTransactionRepository
from dbkit.types._sync.provider_app import ProviderAppRepository, ProviderAppTransactionRepository
from dbkit.types._sync.read_state import ReadStateRepository, ReadStateTransactionRepository
from dbkit.types._sync.revision import RevisionRepository, RevisionTransactionRepository
from dbkit.types._sync.subscription import SubscriptionRepository, SubscriptionTransactionRepository
from dbkit.types._sync.team import TeamRepository, TeamTransactionRepository
from dbkit.types._sync.team_member import TeamMemberRepository, TeamMemberTransactionRepository
from dbkit.types._sync.topic import TopicRepository, TopicTransactionRepository
from dbkit.types._sync.topic_destination_route import (
    TopicDestinationRouteRepository,
    TopicDestinationRouteTransactionRepository,
)
from dbkit.types._sync.usage_event import UsageEventRepository, UsageEventTransactionRepository

__all__ = ["Repositories", "TransactionRepositories"]


class Repositories:
    """The repositories of a database."""

    organizations: OrganizationRepository = repository(ORGANIZATIONS, OrganizationOperations)
    teams: TeamRepository = repository(TEAMS, TeamOperations)
    builders: BuilderRepository = repository(BUILDERS, BuilderOperations)
    team_members: TeamMemberRepository = repository(TEAM_MEMBERS, TeamMemberOperations)
    invites: InviteRepository = repository(INVITES, InviteOperations)
    claimed_domains: ClaimedDomainRepository = repository(CLAIMED_DOMAINS, ClaimedDomainOperations)
    billing_accounts: BillingAccountRepository = repository(BILLING_ACCOUNTS, BillingAccountOperations)
    projects: ProjectRepository = repository(PROJECTS, ProjectOperations)
    project_role_grants: ProjectRoleGrantRepository = repository(PROJECT_ROLE_GRANTS, ProjectRoleGrantOperations)
    project_entitlements: ProjectEntitlementRepository = repository(PROJECT_ENTITLEMENTS, ProjectEntitlementOperations)
    api_keys: ApiKeyRepository = repository(API_KEYS, ApiKeyOperations)
    jwt_keys: JwtKeyRepository = repository(JWT_KEYS, JwtKeyOperations)
    providers: ProviderRepository = repository(PROVIDERS, ProviderOperations)
    encryption_keys: EncryptionKeyRepository = repository(ENCRYPTION_KEYS, EncryptionKeyOperations)
    provider_apps: ProviderAppRepository = repository(PROVIDER_APPS, ProviderAppOperations)
    groups: GroupRepository = repository(GROUPS, GroupOperations)
    consumers: ConsumerRepository = repository(CONSUMERS, ConsumerOperations)
    connections: ConnectionRepository = repository(CONNECTIONS, ConnectionOperations)
    connection_secrets: ConnectionSecretRepository = repository(CONNECTION_SECRETS, ConnectionSecretOperations)
    object_schemas: ObjectSchemaRepository = repository(OBJECT_SCHEMAS, ObjectSchemaOperations)
    integrations: IntegrationRepository = repository(INTEGRATIONS, IntegrationOperations)
    revisions: RevisionRepository = repository(REVISIONS, RevisionOperations)
    installations: InstallationRepository = repository(INSTALLATIONS, InstallationOperations)
    installation_configs: InstallationConfigRepository = repository(INSTALLATION_CONFIGS, InstallationConfigOperations)
    subscriptions: SubscriptionRepository = repository(SUBSCRIPTIONS, SubscriptionOperations)
    operations: OperationRepository = repository(OPERATIONS, OperationOperations)
    operation_logs: OperationLogRepository = repository(OPERATION_LOGS, OperationLogOperations)
    read_states: ReadStateRepository = repository(READ_STATES, ReadStateOperations)
    destinations: DestinationRepository = repository(DESTINATIONS, DestinationOperations)
    destination_secrets: DestinationSecretRepository = repository(DESTINATION_SECRETS, DestinationSecretOperations)
    topics: TopicRepository = repository(TOPICS)
    event_topic_routes: EventTopicRouteRepository = repository(EVENT_TOPIC_ROUTES, EventTopicRouteOperations)
    topic_destination_routes: TopicDestinationRouteRepository = repository(
        TOPIC_DESTINATION_ROUTES, TopicDestinationRouteOperations
    )
    deliveries: DeliveryRepository = repository(DELIVERIES, DeliveryOperations)
    delivery_attempts: DeliveryAttemptRepository = repository(DELIVERY_ATTEMPTS)
    outbox_events: OutboxEventRepository = repository(OUTBOX_EVENTS, OutboxEventOperations)
    ingested_messages: IngestedMessageRepository = repository(INGESTED_MESSAGES, IngestedMessageOperations)
    leases: LeaseRepository = repository(LEASES, LeaseOperations)
    usage_events: UsageEventRepository = repository(USAGE_EVENTS, UsageEventOperations)
    audit_events: AuditEventRepository = repository(AUDIT_EVENTS, AuditEventOperations)


class TransactionRepositories:
    """The repositories of a transaction."""

    organizations: OrganizationTransactionRepository = repository(ORGANIZATIONS, OrganizationOperations)
    teams: TeamTransactionRepository = repository(TEAMS, TeamOperations)
    builders: BuilderTransactionRepository = repository(BUILDERS, BuilderOperations)
    team_members: TeamMemberTransactionRepository = repository(TEAM_MEMBERS, TeamMemberOperations)
    invites: InviteTransactionRepository = repository(INVITES, InviteOperations)
    claimed_domains: ClaimedDomainTransactionRepository = repository(CLAIMED_DOMAINS, ClaimedDomainOperations)
    billing_accounts: BillingAccountTransactionRepository = repository(BILLING_ACCOUNTS, BillingAccountOperations)
    projects: ProjectTransactionRepository = repository(PROJECTS, ProjectOperations)
    project_role_grants: ProjectRoleGrantTransactionRepository = repository(
        PROJECT_ROLE_GRANTS, ProjectRoleGrantOperations
    )
    project_entitlements: ProjectEntitlementTransactionRepository = repository(
        PROJECT_ENTITLEMENTS, ProjectEntitlementOperations
    )
    api_keys: ApiKeyTransactionRepository = repository(API_KEYS, ApiKeyOperations)
    jwt_keys: JwtKeyTransactionRepository = repository(JWT_KEYS, JwtKeyOperations)
    providers: ProviderTransactionRepository = repository(PROVIDERS, ProviderOperations)
    encryption_keys: EncryptionKeyTransactionRepository = repository(ENCRYPTION_KEYS, EncryptionKeyOperations)
    provider_apps: ProviderAppTransactionRepository = repository(PROVIDER_APPS, ProviderAppOperations)
    groups: GroupTransactionRepository = repository(GROUPS, GroupOperations)
    consumers: ConsumerTransactionRepository = repository(CONSUMERS, ConsumerOperations)
    connections: ConnectionTransactionRepository = repository(CONNECTIONS, ConnectionOperations)
    connection_secrets: ConnectionSecretTransactionRepository = repository(
        CONNECTION_SECRETS, ConnectionSecretTransactionOperations
    )
    object_schemas: ObjectSchemaTransactionRepository = repository(OBJECT_SCHEMAS, ObjectSchemaTransactionOperations)
    integrations: IntegrationTransactionRepository = repository(INTEGRATIONS, IntegrationOperations)
    revisions: RevisionTransactionRepository = repository(REVISIONS, RevisionOperations)
    installations: InstallationTransactionRepository = repository(INSTALLATIONS, InstallationOperations)
    installation_configs: InstallationConfigTransactionRepository = repository(
        INSTALLATION_CONFIGS, InstallationConfigOperations
    )
    subscriptions: SubscriptionTransactionRepository = repository(SUBSCRIPTIONS, SubscriptionTransactionOperations)
    operations: OperationTransactionRepository = repository(OPERATIONS, OperationTransactionOperations)
    operation_logs: OperationLogTransactionRepository = repository(OPERATION_LOGS, OperationLogOperations)
    read_states: ReadStateTransactionRepository = repository(READ_STATES, ReadStateOperations)
    destinations: DestinationTransactionRepository = repository(DESTINATIONS, DestinationOperations)
    destination_secrets: DestinationSecretTransactionRepository = repository(
        DESTINATION_SECRETS, DestinationSecretOperations
    )
    topics: TopicTransactionRepository = repository(TOPICS)
    event_topic_routes: EventTopicRouteTransactionRepository = repository(EVENT_TOPIC_ROUTES, EventTopicRouteOperations)
    topic_destination_routes: TopicDestinationRouteTransactionRepository = repository(
        TOPIC_DESTINATION_ROUTES, TopicDestinationRouteOperations
    )
    deliveries: DeliveryTransactionRepository = repository(DELIVERIES, DeliveryOperations)
    delivery_attempts: DeliveryAttemptTransactionRepository = repository(DELIVERY_ATTEMPTS)
    outbox_events: OutboxEventTransactionRepository = repository(OUTBOX_EVENTS, OutboxEventTransactionOperations)
    ingested_messages: IngestedMessageTransactionRepository = repository(
        INGESTED_MESSAGES, IngestedMessageTransactionOperations
    )
    leases: LeaseTransactionRepository = repository(LEASES, LeaseTransactionOperations)
    usage_events: UsageEventTransactionRepository = repository(USAGE_EVENTS, UsageEventOperations)
    audit_events: AuditEventTransactionRepository = repository(AUDIT_EVENTS, AuditEventTransactionOperations)
