"""The SQLAlchemy models: the only place where a column, a constraint or an index is written."""

from __future__ import annotations

from typing import Any

from dbkit.models.api_key import API_KEYS, ApiKeyModel
from dbkit.models.audit_event import AUDIT_EVENTS, AuditEventModel
from dbkit.models.base import NAMING_CONVENTION, Base
from dbkit.models.billing_account import BILLING_ACCOUNTS, BillingAccountModel
from dbkit.models.builder import BUILDERS, BuilderModel
from dbkit.models.claimed_domain import CLAIMED_DOMAINS, ClaimedDomainModel
from dbkit.models.commit_token import CommitTokenModel
from dbkit.models.connection import CONNECTIONS, ConnectionModel
from dbkit.models.connection_secret import CONNECTION_SECRETS, ConnectionSecretModel
from dbkit.models.consumer import CONSUMERS, ConsumerModel
from dbkit.models.delivery import DELIVERIES, DeliveryModel
from dbkit.models.delivery_attempt import DELIVERY_ATTEMPTS, DeliveryAttemptModel
from dbkit.models.destination import DESTINATIONS, DestinationModel
from dbkit.models.destination_secret import DESTINATION_SECRETS, DestinationSecretModel
from dbkit.models.encryption_key import ENCRYPTION_KEYS, EncryptionKeyModel
from dbkit.models.entity import Entity, Verb
from dbkit.models.event_topic_route import EVENT_TOPIC_ROUTES, EventTopicRouteModel
from dbkit.models.group import GROUPS, GroupModel
from dbkit.models.ingested_message import INGESTED_MESSAGES, IngestedMessageModel
from dbkit.models.installation import INSTALLATIONS, InstallationModel
from dbkit.models.installation_config import INSTALLATION_CONFIGS, InstallationConfigModel
from dbkit.models.integration import INTEGRATIONS, IntegrationModel
from dbkit.models.invite import INVITES, InviteModel
from dbkit.models.jwt_key import JWT_KEYS, JwtKeyModel
from dbkit.models.lease import LEASES, LeaseModel
from dbkit.models.object_schema import OBJECT_SCHEMAS, ObjectSchemaModel
from dbkit.models.operation import OPERATIONS, OperationModel
from dbkit.models.operation_log import OPERATION_LOGS, OperationLogModel
from dbkit.models.organization import ORGANIZATIONS, OrganizationModel
from dbkit.models.outbox_event import OUTBOX_EVENTS, OutboxEventModel
from dbkit.models.project import PROJECTS, ProjectModel
from dbkit.models.project_entitlement import PROJECT_ENTITLEMENTS, ProjectEntitlementModel
from dbkit.models.project_role_grant import PROJECT_ROLE_GRANTS, ProjectRoleGrantModel
from dbkit.models.provider import PROVIDERS, ProviderModel
from dbkit.models.provider_app import PROVIDER_APPS, ProviderAppModel
from dbkit.models.read_state import READ_STATES, ReadStateModel
from dbkit.models.revision import REVISIONS, RevisionModel
from dbkit.models.subscription import SUBSCRIPTIONS, SubscriptionModel
from dbkit.models.team import TEAMS, TeamModel
from dbkit.models.team_member import TEAM_MEMBERS, TeamMemberModel
from dbkit.models.topic import TOPICS, TopicModel
from dbkit.models.topic_destination_route import TOPIC_DESTINATION_ROUTES, TopicDestinationRouteModel
from dbkit.models.usage_event import USAGE_EVENTS, UsageEventModel

__all__ = [
    "API_KEYS",
    "AUDIT_EVENTS",
    "BILLING_ACCOUNTS",
    "BUILDERS",
    "CLAIMED_DOMAINS",
    "CONNECTIONS",
    "CONNECTION_SECRETS",
    "CONSUMERS",
    "DELIVERIES",
    "DELIVERY_ATTEMPTS",
    "DESTINATIONS",
    "DESTINATION_SECRETS",
    "ENCRYPTION_KEYS",
    "ENTITIES",
    "EVENT_TOPIC_ROUTES",
    "GROUPS",
    "INGESTED_MESSAGES",
    "INSTALLATIONS",
    "INSTALLATION_CONFIGS",
    "INTEGRATIONS",
    "INVITES",
    "JWT_KEYS",
    "LEASES",
    "NAMING_CONVENTION",
    "OBJECT_SCHEMAS",
    "OPERATIONS",
    "OPERATION_LOGS",
    "ORGANIZATIONS",
    "OUTBOX_EVENTS",
    "PROJECTS",
    "PROJECT_ENTITLEMENTS",
    "PROJECT_ROLE_GRANTS",
    "PROVIDERS",
    "PROVIDER_APPS",
    "READ_STATES",
    "REVISIONS",
    "SUBSCRIPTIONS",
    "TEAMS",
    "TEAM_MEMBERS",
    "TOPICS",
    "TOPIC_DESTINATION_ROUTES",
    "USAGE_EVENTS",
    "ApiKeyModel",
    "AuditEventModel",
    "Base",
    "BillingAccountModel",
    "BuilderModel",
    "ClaimedDomainModel",
    "CommitTokenModel",
    "ConnectionModel",
    "ConnectionSecretModel",
    "ConsumerModel",
    "DeliveryAttemptModel",
    "DeliveryModel",
    "DestinationModel",
    "DestinationSecretModel",
    "EncryptionKeyModel",
    "Entity",
    "EventTopicRouteModel",
    "GroupModel",
    "IngestedMessageModel",
    "InstallationConfigModel",
    "InstallationModel",
    "IntegrationModel",
    "InviteModel",
    "JwtKeyModel",
    "LeaseModel",
    "ObjectSchemaModel",
    "OperationLogModel",
    "OperationModel",
    "OrganizationModel",
    "OutboxEventModel",
    "ProjectEntitlementModel",
    "ProjectModel",
    "ProjectRoleGrantModel",
    "ProviderAppModel",
    "ProviderModel",
    "ReadStateModel",
    "RevisionModel",
    "SubscriptionModel",
    "TeamMemberModel",
    "TeamModel",
    "TopicDestinationRouteModel",
    "TopicModel",
    "UsageEventModel",
    "Verb",
]

ENTITIES: tuple[Entity[Any, Any, Any], ...] = (
    ORGANIZATIONS,
    TEAMS,
    BUILDERS,
    TEAM_MEMBERS,
    INVITES,
    CLAIMED_DOMAINS,
    BILLING_ACCOUNTS,
    PROJECTS,
    PROJECT_ROLE_GRANTS,
    PROJECT_ENTITLEMENTS,
    API_KEYS,
    JWT_KEYS,
    PROVIDERS,
    ENCRYPTION_KEYS,
    PROVIDER_APPS,
    GROUPS,
    CONSUMERS,
    CONNECTIONS,
    CONNECTION_SECRETS,
    OBJECT_SCHEMAS,
    INTEGRATIONS,
    REVISIONS,
    INSTALLATIONS,
    INSTALLATION_CONFIGS,
    SUBSCRIPTIONS,
    OPERATIONS,
    OPERATION_LOGS,
    READ_STATES,
    DESTINATIONS,
    DESTINATION_SECRETS,
    TOPICS,
    EVENT_TOPIC_ROUTES,
    TOPIC_DESTINATION_ROUTES,
    DELIVERIES,
    DELIVERY_ATTEMPTS,
    OUTBOX_EVENTS,
    INGESTED_MESSAGES,
    LEASES,
    USAGE_EVENTS,
    AUDIT_EVENTS,
)
"""All entities, parents before children."""
