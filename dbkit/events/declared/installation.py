"""What changes of installations tell."""

from __future__ import annotations

from dbkit.events.declared.routes import notification
from dbkit.events.rules import ABSENT, PRESENT, EntityEvents, Rule
from dbkit.events.sources import Constant
from dbkit.events.topics.installation import InstallationAction, SubscribeAsyncInstallation
from dbkit.events.topics.notification import (
    InstallationCreated,
    InstallationDeleted,
    InstallationUpdated,
    ReadSchedulePaused,
)
from dbkit.models.installation import INSTALLATIONS

__all__ = ["INSTALLATION_EVENTS"]


def _action(action: InstallationAction) -> dict[str, Constant]:
    return {"action": Constant(action)}


INSTALLATION_EVENTS = EntityEvents(
    INSTALLATIONS,
    Rule(SubscribeAsyncInstallation, created=True, fields=_action(InstallationAction.CREATED)),
    Rule(SubscribeAsyncInstallation, changed=("config_id",), fields=_action(InstallationAction.UPDATED)),
    Rule(SubscribeAsyncInstallation, deleted=True, fields=_action(InstallationAction.DELETED)),
    notification(InstallationCreated, created=True),
    notification(InstallationUpdated, changed=("config_id",)),
    notification(InstallationDeleted, deleted=True),
    notification(
        ReadSchedulePaused,
        changed=("read_paused_at",),
        was={"read_paused_at": ABSENT},
        where={"read_paused_at": PRESENT},
    ),
)
