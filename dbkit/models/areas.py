"""Areas: which entities belong together, for pictures and pages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from dbkit import models
from dbkit.models.entity import Entity

__all__ = ["AREAS", "Area", "area_of"]


class Area(StrEnum):
    """A part of the platform, by the name that commands take."""

    TENANCY = "tenancy"
    CREDENTIALS = "credentials"
    INTEGRATIONS = "integrations"
    INSTALLATIONS = "installations"
    OPERATIONS = "operations"
    DELIVERY = "delivery"
    PLATFORM = "platform"

    @property
    def heading(self) -> str:
        """The area's name above its tables."""
        return _HEADINGS[self]


_HEADINGS: Final = {
    Area.TENANCY: "Tenancy",
    Area.CREDENTIALS: "Catalogue and credentials",
    Area.INTEGRATIONS: "Integrations",
    Area.INSTALLATIONS: "Installations and connections",
    Area.OPERATIONS: "Operations",
    Area.DELIVERY: "Destinations and delivery",
    Area.PLATFORM: "Platform",
}

AREAS: Final[Mapping[Area, tuple[Entity[Any, Any, Any], ...]]] = MappingProxyType(
    {
        Area.TENANCY: (
            models.ORGANIZATIONS,
            models.TEAMS,
            models.BUILDERS,
            models.TEAM_MEMBERS,
            models.INVITES,
            models.CLAIMED_DOMAINS,
            models.BILLING_ACCOUNTS,
            models.PROJECTS,
            models.PROJECT_ROLE_GRANTS,
            models.PROJECT_ENTITLEMENTS,
            models.API_KEYS,
            models.JWT_KEYS,
        ),
        Area.CREDENTIALS: (models.PROVIDERS, models.ENCRYPTION_KEYS, models.PROVIDER_APPS),
        Area.INTEGRATIONS: (models.INTEGRATIONS, models.REVISIONS),
        Area.INSTALLATIONS: (
            models.GROUPS,
            models.CONSUMERS,
            models.CONNECTIONS,
            models.CONNECTION_SECRETS,
            models.OBJECT_SCHEMAS,
            models.INSTALLATIONS,
            models.INSTALLATION_CONFIGS,
            models.READ_STATES,
            models.SUBSCRIPTIONS,
        ),
        Area.OPERATIONS: (models.OPERATIONS, models.OPERATION_LOGS),
        Area.DELIVERY: (
            models.DESTINATIONS,
            models.DESTINATION_SECRETS,
            models.TOPICS,
            models.EVENT_TOPIC_ROUTES,
            models.TOPIC_DESTINATION_ROUTES,
            models.DELIVERIES,
            models.DELIVERY_ATTEMPTS,
        ),
        Area.PLATFORM: (
            models.OUTBOX_EVENTS,
            models.INGESTED_MESSAGES,
            models.LEASES,
            models.USAGE_EVENTS,
            models.AUDIT_EVENTS,
        ),
    }
)
"""The entities of each area; every entity is in one of them."""

_AREA_OF: Final = MappingProxyType({entity.name: area for area, entities in AREAS.items() for entity in entities})


def area_of(table: str) -> Area:
    """Return the area of a table."""
    return _AREA_OF[table]
