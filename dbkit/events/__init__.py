"""Events: what changes tell others, stored in the transaction of the change.

Names are imported at their first use: who consumes events needs neither SQLAlchemy nor a database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dbkit.events.actors import acting
    from dbkit.events.event import Event, Moment
    from dbkit.events.reading import read
    from dbkit.events.rules import ABSENT, PRESENT, EntityEvents, Exists, Rule
    from dbkit.events.sources import After, Before, Constant, Differences, Inside, Referred
    from dbkit.events.topics.installation import InstallationAction, SubscribeAsyncInstallation
    from dbkit.events.topics.notification import Notification
    from dbkit.events.topics.object_schema import ProviderSchemaChanged
    from dbkit.events.topics.operation import OperationChange, PollBulkJob, ReadFinished
    from dbkit.events.topics.subscription import SubscribeWebhookProcessed, SubscribeWebhookReceived
    from dbkit.events.topics.usage_event import UsageEmitted

__all__ = [
    "ABSENT",
    "PRESENT",
    "After",
    "Before",
    "Constant",
    "Differences",
    "EntityEvents",
    "Event",
    "Exists",
    "Inside",
    "InstallationAction",
    "Moment",
    "Notification",
    "OperationChange",
    "PollBulkJob",
    "ProviderSchemaChanged",
    "ReadFinished",
    "Referred",
    "Rule",
    "SubscribeAsyncInstallation",
    "SubscribeWebhookProcessed",
    "SubscribeWebhookReceived",
    "UsageEmitted",
    "acting",
    "read",
]

_HOMES = {
    **dict.fromkeys(("ABSENT", "PRESENT", "EntityEvents", "Exists", "Rule"), "rules"),
    **dict.fromkeys(("After", "Before", "Constant", "Differences", "Inside", "Referred"), "sources"),
    **dict.fromkeys(("Event", "Moment"), "event"),
    **dict.fromkeys(("InstallationAction", "SubscribeAsyncInstallation"), "topics.installation"),
    **dict.fromkeys(("OperationChange", "PollBulkJob", "ReadFinished"), "topics.operation"),
    **dict.fromkeys(("SubscribeWebhookProcessed", "SubscribeWebhookReceived"), "topics.subscription"),
    "Notification": "topics.notification",
    "ProviderSchemaChanged": "topics.object_schema",
    "UsageEmitted": "topics.usage_event",
    "acting": "actors",
    "read": "reading",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'dbkit.events' has no attribute {name!r}")
    value = getattr(import_module(f"dbkit.events.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
