"""What changes of subscriptions tell."""

from __future__ import annotations

from dbkit.events.declared.routes import notification
from dbkit.events.rules import PRESENT, EntityEvents, Rule
from dbkit.events.sources import Constant, Referred, Source
from dbkit.events.topics.installation import InstallationAction, SubscribeAsyncInstallation
from dbkit.events.topics.notification import SubscribeCreateError
from dbkit.models.installation import INSTALLATIONS
from dbkit.models.subscription import SUBSCRIPTIONS

__all__ = ["SUBSCRIPTION_EVENTS"]


def _of_installation(action: InstallationAction) -> dict[str, Source]:
    return {
        "integration_id": Referred(INSTALLATIONS, "integration_id"),
        "config_id": Referred(INSTALLATIONS, "config_id"),
        "action": Constant(action),
    }


SUBSCRIPTION_EVENTS = EntityEvents(
    SUBSCRIPTIONS,
    Rule(
        SubscribeAsyncInstallation,
        changed=("expires_at",),
        # What gets its first end has just been made.
        was={"expires_at": PRESENT},
        where={"expires_at": PRESENT},
        fields=_of_installation(InstallationAction.MAINTENANCE),
    ),
    Rule(
        SubscribeAsyncInstallation,
        changed=("status",),
        where={"status": ("unsubscribed",)},
        fields=_of_installation(InstallationAction.UNSUBSCRIBED),
    ),
    notification(
        SubscribeCreateError, changed=("status",), was={"status": ("pending",)}, where={"status": ("failed",)}
    ),
)
