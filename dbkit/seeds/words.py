"""The words that mean something in generated worlds; all others are the factories'."""

from __future__ import annotations

from dbkit.types.operation import OperationStatus

__all__ = ["PROJECTS", "PROVIDERS", "STATUSES", "STATUS_WEIGHTS"]

PROJECTS = ("production", "staging", "sandbox", "demo")
PROVIDERS = (
    ("salesforce", "Salesforce"),
    ("hubspot", "HubSpot"),
    ("zendeskSupport", "Zendesk Support"),
    ("notion", "Notion"),
    ("slack", "Slack"),
)
STATUSES = (
    OperationStatus.COMPLETED,
    OperationStatus.FAILED,
    OperationStatus.RUNNING,
    OperationStatus.PENDING,
)
STATUS_WEIGHTS = (90, 6, 2, 2)
