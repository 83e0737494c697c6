"""The entities whose changes are recorded with who made them: all that people and their keys set up.

What machines write by themselves (operations, their logs, deliveries, usage, leases) has its own trail.
"""

from __future__ import annotations

from dbkit import models
from dbkit.events.auditing import Audit

__all__ = ["AUDIT"]

AUDIT = Audit(
    events=models.AUDIT_EVENTS,
    organizations=models.ORGANIZATIONS,
    projects=models.PROJECTS,
    entities=frozenset(
        {
            models.API_KEYS,
            models.BILLING_ACCOUNTS,
            models.CLAIMED_DOMAINS,
            models.CONNECTION_SECRETS,
            models.CONNECTIONS,
            models.CONSUMERS,
            models.DESTINATION_SECRETS,
            models.DESTINATIONS,
            models.ENCRYPTION_KEYS,
            models.EVENT_TOPIC_ROUTES,
            models.GROUPS,
            models.INSTALLATION_CONFIGS,
            models.INSTALLATIONS,
            models.INTEGRATIONS,
            models.INVITES,
            models.JWT_KEYS,
            models.ORGANIZATIONS,
            models.PROJECT_ENTITLEMENTS,
            models.PROJECT_ROLE_GRANTS,
            models.PROJECTS,
            models.PROVIDER_APPS,
            models.REVISIONS,
            models.SUBSCRIPTIONS,
            models.TEAM_MEMBERS,
            models.TEAMS,
            models.TOPIC_DESTINATION_ROUTES,
            models.TOPICS,
        }
    ),
)
