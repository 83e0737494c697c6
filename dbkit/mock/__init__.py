# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of the repositories of dbkit's entities."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dbkit.mock._async.api_key import AsyncMockApiKeyRepository, AsyncMockApiKeys
    from dbkit.mock._async.audit_event import AsyncMockAuditEventRepository, AsyncMockAuditEvents
    from dbkit.mock._async.billing_account import AsyncMockBillingAccountRepository, AsyncMockBillingAccounts
    from dbkit.mock._async.builder import AsyncMockBuilderRepository, AsyncMockBuilders
    from dbkit.mock._async.claimed_domain import AsyncMockClaimedDomainRepository, AsyncMockClaimedDomains
    from dbkit.mock._async.connection import AsyncMockConnectionRepository, AsyncMockConnections
    from dbkit.mock._async.connection_secret import AsyncMockConnectionSecretRepository, AsyncMockConnectionSecrets
    from dbkit.mock._async.consumer import AsyncMockConsumerRepository, AsyncMockConsumers
    from dbkit.mock._async.delivery import AsyncMockDeliveries, AsyncMockDeliveryRepository
    from dbkit.mock._async.delivery_attempt import AsyncMockDeliveryAttemptRepository, AsyncMockDeliveryAttempts
    from dbkit.mock._async.destination import AsyncMockDestinationRepository, AsyncMockDestinations
    from dbkit.mock._async.destination_secret import AsyncMockDestinationSecretRepository, AsyncMockDestinationSecrets
    from dbkit.mock._async.encryption_key import AsyncMockEncryptionKeyRepository, AsyncMockEncryptionKeys
    from dbkit.mock._async.event_topic_route import AsyncMockEventTopicRouteRepository, AsyncMockEventTopicRoutes
    from dbkit.mock._async.group import AsyncMockGroupRepository, AsyncMockGroups
    from dbkit.mock._async.ingested_message import AsyncMockIngestedMessageRepository, AsyncMockIngestedMessages
    from dbkit.mock._async.installation import AsyncMockInstallationRepository, AsyncMockInstallations
    from dbkit.mock._async.installation_config import (
        AsyncMockInstallationConfigRepository,
        AsyncMockInstallationConfigs,
    )
    from dbkit.mock._async.integration import AsyncMockIntegrationRepository, AsyncMockIntegrations
    from dbkit.mock._async.invite import AsyncMockInviteRepository, AsyncMockInvites
    from dbkit.mock._async.jwt_key import AsyncMockJwtKeyRepository, AsyncMockJwtKeys
    from dbkit.mock._async.lease import AsyncMockLeaseRepository, AsyncMockLeases
    from dbkit.mock._async.object_schema import AsyncMockObjectSchemaRepository, AsyncMockObjectSchemas
    from dbkit.mock._async.operation import AsyncMockOperationRepository, AsyncMockOperations
    from dbkit.mock._async.operation_log import AsyncMockOperationLogRepository, AsyncMockOperationLogs
    from dbkit.mock._async.organization import AsyncMockOrganizationRepository, AsyncMockOrganizations
    from dbkit.mock._async.outbox_event import AsyncMockOutboxEventRepository, AsyncMockOutboxEvents
    from dbkit.mock._async.project import AsyncMockProjectRepository, AsyncMockProjects
    from dbkit.mock._async.project_entitlement import (
        AsyncMockProjectEntitlementRepository,
        AsyncMockProjectEntitlements,
    )
    from dbkit.mock._async.project_role_grant import AsyncMockProjectRoleGrantRepository, AsyncMockProjectRoleGrants
    from dbkit.mock._async.provider import AsyncMockProviderRepository, AsyncMockProviders
    from dbkit.mock._async.provider_app import AsyncMockProviderAppRepository, AsyncMockProviderApps
    from dbkit.mock._async.read_state import AsyncMockReadStateRepository, AsyncMockReadStates
    from dbkit.mock._async.revision import AsyncMockRevisionRepository, AsyncMockRevisions
    from dbkit.mock._async.subscription import AsyncMockSubscriptionRepository, AsyncMockSubscriptions
    from dbkit.mock._async.team import AsyncMockTeamRepository, AsyncMockTeams
    from dbkit.mock._async.team_member import AsyncMockTeamMemberRepository, AsyncMockTeamMembers
    from dbkit.mock._async.topic import AsyncMockTopicRepository, AsyncMockTopics
    from dbkit.mock._async.topic_destination_route import (
        AsyncMockTopicDestinationRouteRepository,
        AsyncMockTopicDestinationRoutes,
    )
    from dbkit.mock._async.usage_event import AsyncMockUsageEventRepository, AsyncMockUsageEvents
    from dbkit.mock._sync.api_key import MockApiKeyRepository, MockApiKeys
    from dbkit.mock._sync.audit_event import MockAuditEventRepository, MockAuditEvents
    from dbkit.mock._sync.billing_account import MockBillingAccountRepository, MockBillingAccounts
    from dbkit.mock._sync.builder import MockBuilderRepository, MockBuilders
    from dbkit.mock._sync.claimed_domain import MockClaimedDomainRepository, MockClaimedDomains
    from dbkit.mock._sync.connection import MockConnectionRepository, MockConnections
    from dbkit.mock._sync.connection_secret import MockConnectionSecretRepository, MockConnectionSecrets
    from dbkit.mock._sync.consumer import MockConsumerRepository, MockConsumers
    from dbkit.mock._sync.delivery import MockDeliveries, MockDeliveryRepository
    from dbkit.mock._sync.delivery_attempt import MockDeliveryAttemptRepository, MockDeliveryAttempts
    from dbkit.mock._sync.destination import MockDestinationRepository, MockDestinations
    from dbkit.mock._sync.destination_secret import MockDestinationSecretRepository, MockDestinationSecrets
    from dbkit.mock._sync.encryption_key import MockEncryptionKeyRepository, MockEncryptionKeys
    from dbkit.mock._sync.event_topic_route import MockEventTopicRouteRepository, MockEventTopicRoutes
    from dbkit.mock._sync.group import MockGroupRepository, MockGroups
    from dbkit.mock._sync.ingested_message import MockIngestedMessageRepository, MockIngestedMessages
    from dbkit.mock._sync.installation import MockInstallationRepository, MockInstallations
    from dbkit.mock._sync.installation_config import MockInstallationConfigRepository, MockInstallationConfigs
    from dbkit.mock._sync.integration import MockIntegrationRepository, MockIntegrations
    from dbkit.mock._sync.invite import MockInviteRepository, MockInvites
    from dbkit.mock._sync.jwt_key import MockJwtKeyRepository, MockJwtKeys
    from dbkit.mock._sync.lease import MockLeaseRepository, MockLeases
    from dbkit.mock._sync.object_schema import MockObjectSchemaRepository, MockObjectSchemas
    from dbkit.mock._sync.operation import MockOperationRepository, MockOperations
    from dbkit.mock._sync.operation_log import MockOperationLogRepository, MockOperationLogs
    from dbkit.mock._sync.organization import MockOrganizationRepository, MockOrganizations
    from dbkit.mock._sync.outbox_event import MockOutboxEventRepository, MockOutboxEvents
    from dbkit.mock._sync.project import MockProjectRepository, MockProjects
    from dbkit.mock._sync.project_entitlement import MockProjectEntitlementRepository, MockProjectEntitlements
    from dbkit.mock._sync.project_role_grant import MockProjectRoleGrantRepository, MockProjectRoleGrants
    from dbkit.mock._sync.provider import MockProviderRepository, MockProviders
    from dbkit.mock._sync.provider_app import MockProviderAppRepository, MockProviderApps
    from dbkit.mock._sync.read_state import MockReadStateRepository, MockReadStates
    from dbkit.mock._sync.revision import MockRevisionRepository, MockRevisions
    from dbkit.mock._sync.subscription import MockSubscriptionRepository, MockSubscriptions
    from dbkit.mock._sync.team import MockTeamRepository, MockTeams
    from dbkit.mock._sync.team_member import MockTeamMemberRepository, MockTeamMembers
    from dbkit.mock._sync.topic import MockTopicRepository, MockTopics
    from dbkit.mock._sync.topic_destination_route import MockTopicDestinationRouteRepository, MockTopicDestinationRoutes
    from dbkit.mock._sync.usage_event import MockUsageEventRepository, MockUsageEvents
    from dbkit.mock.base.calls import Call, calls_in_order
    from dbkit.mock.base.errors import (
        CallInvalid,
        MockError,
        NotStubbed,
        OutcomesUsedUp,
        ResultInvalid,
        StubInvalid,
        UnusedStub,
    )
    from dbkit.mock.base.outcomes import InTurn, in_turn


__all__ = [
    "AsyncMockApiKeyRepository",
    "AsyncMockApiKeys",
    "AsyncMockAuditEventRepository",
    "AsyncMockAuditEvents",
    "AsyncMockBillingAccountRepository",
    "AsyncMockBillingAccounts",
    "AsyncMockBuilderRepository",
    "AsyncMockBuilders",
    "AsyncMockClaimedDomainRepository",
    "AsyncMockClaimedDomains",
    "AsyncMockConnectionRepository",
    "AsyncMockConnectionSecretRepository",
    "AsyncMockConnectionSecrets",
    "AsyncMockConnections",
    "AsyncMockConsumerRepository",
    "AsyncMockConsumers",
    "AsyncMockDeliveries",
    "AsyncMockDeliveryAttemptRepository",
    "AsyncMockDeliveryAttempts",
    "AsyncMockDeliveryRepository",
    "AsyncMockDestinationRepository",
    "AsyncMockDestinationSecretRepository",
    "AsyncMockDestinationSecrets",
    "AsyncMockDestinations",
    "AsyncMockEncryptionKeyRepository",
    "AsyncMockEncryptionKeys",
    "AsyncMockEventTopicRouteRepository",
    "AsyncMockEventTopicRoutes",
    "AsyncMockGroupRepository",
    "AsyncMockGroups",
    "AsyncMockIngestedMessageRepository",
    "AsyncMockIngestedMessages",
    "AsyncMockInstallationConfigRepository",
    "AsyncMockInstallationConfigs",
    "AsyncMockInstallationRepository",
    "AsyncMockInstallations",
    "AsyncMockIntegrationRepository",
    "AsyncMockIntegrations",
    "AsyncMockInviteRepository",
    "AsyncMockInvites",
    "AsyncMockJwtKeyRepository",
    "AsyncMockJwtKeys",
    "AsyncMockLeaseRepository",
    "AsyncMockLeases",
    "AsyncMockObjectSchemaRepository",
    "AsyncMockObjectSchemas",
    "AsyncMockOperationLogRepository",
    "AsyncMockOperationLogs",
    "AsyncMockOperationRepository",
    "AsyncMockOperations",
    "AsyncMockOrganizationRepository",
    "AsyncMockOrganizations",
    "AsyncMockOutboxEventRepository",
    "AsyncMockOutboxEvents",
    "AsyncMockProjectEntitlementRepository",
    "AsyncMockProjectEntitlements",
    "AsyncMockProjectRepository",
    "AsyncMockProjectRoleGrantRepository",
    "AsyncMockProjectRoleGrants",
    "AsyncMockProjects",
    "AsyncMockProviderAppRepository",
    "AsyncMockProviderApps",
    "AsyncMockProviderRepository",
    "AsyncMockProviders",
    "AsyncMockReadStateRepository",
    "AsyncMockReadStates",
    "AsyncMockRevisionRepository",
    "AsyncMockRevisions",
    "AsyncMockSubscriptionRepository",
    "AsyncMockSubscriptions",
    "AsyncMockTeamMemberRepository",
    "AsyncMockTeamMembers",
    "AsyncMockTeamRepository",
    "AsyncMockTeams",
    "AsyncMockTopicDestinationRouteRepository",
    "AsyncMockTopicDestinationRoutes",
    "AsyncMockTopicRepository",
    "AsyncMockTopics",
    "AsyncMockUsageEventRepository",
    "AsyncMockUsageEvents",
    "Call",
    "CallInvalid",
    "InTurn",
    "MockApiKeyRepository",
    "MockApiKeys",
    "MockAuditEventRepository",
    "MockAuditEvents",
    "MockBillingAccountRepository",
    "MockBillingAccounts",
    "MockBuilderRepository",
    "MockBuilders",
    "MockClaimedDomainRepository",
    "MockClaimedDomains",
    "MockConnectionRepository",
    "MockConnectionSecretRepository",
    "MockConnectionSecrets",
    "MockConnections",
    "MockConsumerRepository",
    "MockConsumers",
    "MockDeliveries",
    "MockDeliveryAttemptRepository",
    "MockDeliveryAttempts",
    "MockDeliveryRepository",
    "MockDestinationRepository",
    "MockDestinationSecretRepository",
    "MockDestinationSecrets",
    "MockDestinations",
    "MockEncryptionKeyRepository",
    "MockEncryptionKeys",
    "MockError",
    "MockEventTopicRouteRepository",
    "MockEventTopicRoutes",
    "MockGroupRepository",
    "MockGroups",
    "MockIngestedMessageRepository",
    "MockIngestedMessages",
    "MockInstallationConfigRepository",
    "MockInstallationConfigs",
    "MockInstallationRepository",
    "MockInstallations",
    "MockIntegrationRepository",
    "MockIntegrations",
    "MockInviteRepository",
    "MockInvites",
    "MockJwtKeyRepository",
    "MockJwtKeys",
    "MockLeaseRepository",
    "MockLeases",
    "MockObjectSchemaRepository",
    "MockObjectSchemas",
    "MockOperationLogRepository",
    "MockOperationLogs",
    "MockOperationRepository",
    "MockOperations",
    "MockOrganizationRepository",
    "MockOrganizations",
    "MockOutboxEventRepository",
    "MockOutboxEvents",
    "MockProjectEntitlementRepository",
    "MockProjectEntitlements",
    "MockProjectRepository",
    "MockProjectRoleGrantRepository",
    "MockProjectRoleGrants",
    "MockProjects",
    "MockProviderAppRepository",
    "MockProviderApps",
    "MockProviderRepository",
    "MockProviders",
    "MockReadStateRepository",
    "MockReadStates",
    "MockRevisionRepository",
    "MockRevisions",
    "MockSubscriptionRepository",
    "MockSubscriptions",
    "MockTeamMemberRepository",
    "MockTeamMembers",
    "MockTeamRepository",
    "MockTeams",
    "MockTopicDestinationRouteRepository",
    "MockTopicDestinationRoutes",
    "MockTopicRepository",
    "MockTopics",
    "MockUsageEventRepository",
    "MockUsageEvents",
    "NotStubbed",
    "OutcomesUsedUp",
    "ResultInvalid",
    "StubInvalid",
    "UnusedStub",
    "calls_in_order",
    "in_turn",
]

_HOMES = {
    "AsyncMockApiKeyRepository": "dbkit.mock._async.api_key",
    "AsyncMockApiKeys": "dbkit.mock._async.api_key",
    "AsyncMockAuditEventRepository": "dbkit.mock._async.audit_event",
    "AsyncMockAuditEvents": "dbkit.mock._async.audit_event",
    "AsyncMockBillingAccountRepository": "dbkit.mock._async.billing_account",
    "AsyncMockBillingAccounts": "dbkit.mock._async.billing_account",
    "AsyncMockBuilderRepository": "dbkit.mock._async.builder",
    "AsyncMockBuilders": "dbkit.mock._async.builder",
    "AsyncMockClaimedDomainRepository": "dbkit.mock._async.claimed_domain",
    "AsyncMockClaimedDomains": "dbkit.mock._async.claimed_domain",
    "AsyncMockConnectionRepository": "dbkit.mock._async.connection",
    "AsyncMockConnectionSecretRepository": "dbkit.mock._async.connection_secret",
    "AsyncMockConnectionSecrets": "dbkit.mock._async.connection_secret",
    "AsyncMockConnections": "dbkit.mock._async.connection",
    "AsyncMockConsumerRepository": "dbkit.mock._async.consumer",
    "AsyncMockConsumers": "dbkit.mock._async.consumer",
    "AsyncMockDeliveries": "dbkit.mock._async.delivery",
    "AsyncMockDeliveryAttemptRepository": "dbkit.mock._async.delivery_attempt",
    "AsyncMockDeliveryAttempts": "dbkit.mock._async.delivery_attempt",
    "AsyncMockDeliveryRepository": "dbkit.mock._async.delivery",
    "AsyncMockDestinationRepository": "dbkit.mock._async.destination",
    "AsyncMockDestinationSecretRepository": "dbkit.mock._async.destination_secret",
    "AsyncMockDestinationSecrets": "dbkit.mock._async.destination_secret",
    "AsyncMockDestinations": "dbkit.mock._async.destination",
    "AsyncMockEncryptionKeyRepository": "dbkit.mock._async.encryption_key",
    "AsyncMockEncryptionKeys": "dbkit.mock._async.encryption_key",
    "AsyncMockEventTopicRouteRepository": "dbkit.mock._async.event_topic_route",
    "AsyncMockEventTopicRoutes": "dbkit.mock._async.event_topic_route",
    "AsyncMockGroupRepository": "dbkit.mock._async.group",
    "AsyncMockGroups": "dbkit.mock._async.group",
    "AsyncMockIngestedMessageRepository": "dbkit.mock._async.ingested_message",
    "AsyncMockIngestedMessages": "dbkit.mock._async.ingested_message",
    "AsyncMockInstallationConfigRepository": "dbkit.mock._async.installation_config",
    "AsyncMockInstallationConfigs": "dbkit.mock._async.installation_config",
    "AsyncMockInstallationRepository": "dbkit.mock._async.installation",
    "AsyncMockInstallations": "dbkit.mock._async.installation",
    "AsyncMockIntegrationRepository": "dbkit.mock._async.integration",
    "AsyncMockIntegrations": "dbkit.mock._async.integration",
    "AsyncMockInviteRepository": "dbkit.mock._async.invite",
    "AsyncMockInvites": "dbkit.mock._async.invite",
    "AsyncMockJwtKeyRepository": "dbkit.mock._async.jwt_key",
    "AsyncMockJwtKeys": "dbkit.mock._async.jwt_key",
    "AsyncMockLeaseRepository": "dbkit.mock._async.lease",
    "AsyncMockLeases": "dbkit.mock._async.lease",
    "AsyncMockObjectSchemaRepository": "dbkit.mock._async.object_schema",
    "AsyncMockObjectSchemas": "dbkit.mock._async.object_schema",
    "AsyncMockOperationLogRepository": "dbkit.mock._async.operation_log",
    "AsyncMockOperationLogs": "dbkit.mock._async.operation_log",
    "AsyncMockOperationRepository": "dbkit.mock._async.operation",
    "AsyncMockOperations": "dbkit.mock._async.operation",
    "AsyncMockOrganizationRepository": "dbkit.mock._async.organization",
    "AsyncMockOrganizations": "dbkit.mock._async.organization",
    "AsyncMockOutboxEventRepository": "dbkit.mock._async.outbox_event",
    "AsyncMockOutboxEvents": "dbkit.mock._async.outbox_event",
    "AsyncMockProjectEntitlementRepository": "dbkit.mock._async.project_entitlement",
    "AsyncMockProjectEntitlements": "dbkit.mock._async.project_entitlement",
    "AsyncMockProjectRepository": "dbkit.mock._async.project",
    "AsyncMockProjectRoleGrantRepository": "dbkit.mock._async.project_role_grant",
    "AsyncMockProjectRoleGrants": "dbkit.mock._async.project_role_grant",
    "AsyncMockProjects": "dbkit.mock._async.project",
    "AsyncMockProviderAppRepository": "dbkit.mock._async.provider_app",
    "AsyncMockProviderApps": "dbkit.mock._async.provider_app",
    "AsyncMockProviderRepository": "dbkit.mock._async.provider",
    "AsyncMockProviders": "dbkit.mock._async.provider",
    "AsyncMockReadStateRepository": "dbkit.mock._async.read_state",
    "AsyncMockReadStates": "dbkit.mock._async.read_state",
    "AsyncMockRevisionRepository": "dbkit.mock._async.revision",
    "AsyncMockRevisions": "dbkit.mock._async.revision",
    "AsyncMockSubscriptionRepository": "dbkit.mock._async.subscription",
    "AsyncMockSubscriptions": "dbkit.mock._async.subscription",
    "AsyncMockTeamMemberRepository": "dbkit.mock._async.team_member",
    "AsyncMockTeamMembers": "dbkit.mock._async.team_member",
    "AsyncMockTeamRepository": "dbkit.mock._async.team",
    "AsyncMockTeams": "dbkit.mock._async.team",
    "AsyncMockTopicDestinationRouteRepository": "dbkit.mock._async.topic_destination_route",
    "AsyncMockTopicDestinationRoutes": "dbkit.mock._async.topic_destination_route",
    "AsyncMockTopicRepository": "dbkit.mock._async.topic",
    "AsyncMockTopics": "dbkit.mock._async.topic",
    "AsyncMockUsageEventRepository": "dbkit.mock._async.usage_event",
    "AsyncMockUsageEvents": "dbkit.mock._async.usage_event",
    "Call": "dbkit.mock.base.calls",
    "CallInvalid": "dbkit.mock.base.errors",
    "InTurn": "dbkit.mock.base.outcomes",
    "MockApiKeyRepository": "dbkit.mock._sync.api_key",
    "MockApiKeys": "dbkit.mock._sync.api_key",
    "MockAuditEventRepository": "dbkit.mock._sync.audit_event",
    "MockAuditEvents": "dbkit.mock._sync.audit_event",
    "MockBillingAccountRepository": "dbkit.mock._sync.billing_account",
    "MockBillingAccounts": "dbkit.mock._sync.billing_account",
    "MockBuilderRepository": "dbkit.mock._sync.builder",
    "MockBuilders": "dbkit.mock._sync.builder",
    "MockClaimedDomainRepository": "dbkit.mock._sync.claimed_domain",
    "MockClaimedDomains": "dbkit.mock._sync.claimed_domain",
    "MockConnectionRepository": "dbkit.mock._sync.connection",
    "MockConnectionSecretRepository": "dbkit.mock._sync.connection_secret",
    "MockConnectionSecrets": "dbkit.mock._sync.connection_secret",
    "MockConnections": "dbkit.mock._sync.connection",
    "MockConsumerRepository": "dbkit.mock._sync.consumer",
    "MockConsumers": "dbkit.mock._sync.consumer",
    "MockDeliveries": "dbkit.mock._sync.delivery",
    "MockDeliveryAttemptRepository": "dbkit.mock._sync.delivery_attempt",
    "MockDeliveryAttempts": "dbkit.mock._sync.delivery_attempt",
    "MockDeliveryRepository": "dbkit.mock._sync.delivery",
    "MockDestinationRepository": "dbkit.mock._sync.destination",
    "MockDestinationSecretRepository": "dbkit.mock._sync.destination_secret",
    "MockDestinationSecrets": "dbkit.mock._sync.destination_secret",
    "MockDestinations": "dbkit.mock._sync.destination",
    "MockEncryptionKeyRepository": "dbkit.mock._sync.encryption_key",
    "MockEncryptionKeys": "dbkit.mock._sync.encryption_key",
    "MockError": "dbkit.mock.base.errors",
    "MockEventTopicRouteRepository": "dbkit.mock._sync.event_topic_route",
    "MockEventTopicRoutes": "dbkit.mock._sync.event_topic_route",
    "MockGroupRepository": "dbkit.mock._sync.group",
    "MockGroups": "dbkit.mock._sync.group",
    "MockIngestedMessageRepository": "dbkit.mock._sync.ingested_message",
    "MockIngestedMessages": "dbkit.mock._sync.ingested_message",
    "MockInstallationConfigRepository": "dbkit.mock._sync.installation_config",
    "MockInstallationConfigs": "dbkit.mock._sync.installation_config",
    "MockInstallationRepository": "dbkit.mock._sync.installation",
    "MockInstallations": "dbkit.mock._sync.installation",
    "MockIntegrationRepository": "dbkit.mock._sync.integration",
    "MockIntegrations": "dbkit.mock._sync.integration",
    "MockInviteRepository": "dbkit.mock._sync.invite",
    "MockInvites": "dbkit.mock._sync.invite",
    "MockJwtKeyRepository": "dbkit.mock._sync.jwt_key",
    "MockJwtKeys": "dbkit.mock._sync.jwt_key",
    "MockLeaseRepository": "dbkit.mock._sync.lease",
    "MockLeases": "dbkit.mock._sync.lease",
    "MockObjectSchemaRepository": "dbkit.mock._sync.object_schema",
    "MockObjectSchemas": "dbkit.mock._sync.object_schema",
    "MockOperationLogRepository": "dbkit.mock._sync.operation_log",
    "MockOperationLogs": "dbkit.mock._sync.operation_log",
    "MockOperationRepository": "dbkit.mock._sync.operation",
    "MockOperations": "dbkit.mock._sync.operation",
    "MockOrganizationRepository": "dbkit.mock._sync.organization",
    "MockOrganizations": "dbkit.mock._sync.organization",
    "MockOutboxEventRepository": "dbkit.mock._sync.outbox_event",
    "MockOutboxEvents": "dbkit.mock._sync.outbox_event",
    "MockProjectEntitlementRepository": "dbkit.mock._sync.project_entitlement",
    "MockProjectEntitlements": "dbkit.mock._sync.project_entitlement",
    "MockProjectRepository": "dbkit.mock._sync.project",
    "MockProjectRoleGrantRepository": "dbkit.mock._sync.project_role_grant",
    "MockProjectRoleGrants": "dbkit.mock._sync.project_role_grant",
    "MockProjects": "dbkit.mock._sync.project",
    "MockProviderAppRepository": "dbkit.mock._sync.provider_app",
    "MockProviderApps": "dbkit.mock._sync.provider_app",
    "MockProviderRepository": "dbkit.mock._sync.provider",
    "MockProviders": "dbkit.mock._sync.provider",
    "MockReadStateRepository": "dbkit.mock._sync.read_state",
    "MockReadStates": "dbkit.mock._sync.read_state",
    "MockRevisionRepository": "dbkit.mock._sync.revision",
    "MockRevisions": "dbkit.mock._sync.revision",
    "MockSubscriptionRepository": "dbkit.mock._sync.subscription",
    "MockSubscriptions": "dbkit.mock._sync.subscription",
    "MockTeamMemberRepository": "dbkit.mock._sync.team_member",
    "MockTeamMembers": "dbkit.mock._sync.team_member",
    "MockTeamRepository": "dbkit.mock._sync.team",
    "MockTeams": "dbkit.mock._sync.team",
    "MockTopicDestinationRouteRepository": "dbkit.mock._sync.topic_destination_route",
    "MockTopicDestinationRoutes": "dbkit.mock._sync.topic_destination_route",
    "MockTopicRepository": "dbkit.mock._sync.topic",
    "MockTopics": "dbkit.mock._sync.topic",
    "MockUsageEventRepository": "dbkit.mock._sync.usage_event",
    "MockUsageEvents": "dbkit.mock._sync.usage_event",
    "NotStubbed": "dbkit.mock.base.errors",
    "OutcomesUsedUp": "dbkit.mock.base.errors",
    "ResultInvalid": "dbkit.mock.base.errors",
    "StubInvalid": "dbkit.mock.base.errors",
    "UnusedStub": "dbkit.mock.base.errors",
    "calls_in_order": "dbkit.mock.base.calls",
    "in_turn": "dbkit.mock.base.outcomes",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
