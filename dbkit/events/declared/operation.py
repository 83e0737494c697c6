"""What changes of operations tell."""

from __future__ import annotations

from dbkit.events.declared.routes import notification
from dbkit.events.rules import PRESENT, EntityEvents, Rule
from dbkit.events.sources import After, Before, Inside, Referred
from dbkit.events.topics.notification import (
    ReadBackfillDone,
    ReadTriggeredDone,
    ReadTriggeredError,
    WriteAsyncDone,
)
from dbkit.events.topics.operation import OperationChange, PollBulkJob, ReadFinished
from dbkit.models.integration import INTEGRATIONS
from dbkit.models.operation import OPERATIONS

__all__ = ["OPERATION_EVENTS"]

_MOVED = ("status",)

OPERATION_EVENTS = EntityEvents(
    OPERATIONS,
    Rule(
        OperationChange,
        created=True,
        changed=_MOVED,
        fields={"from_status": Before("status"), "to_status": After("status"), "changed_at": After("updated_at")},
    ),
    Rule(
        ReadFinished,
        changed=_MOVED,
        was={"status": ("running",)},
        where={"status": ("completed",), "type": ("read",)},
        fields={
            "object_name": Inside("metadata", "object_name"),
            "record_count": Inside("metadata", "record_count", int),
            "result_url": Inside("metadata", "result_url"),
            "next_page_token": Inside("metadata", "next_page_token"),
            "finished_at": After("completed_at"),
        },
    ),
    Rule(
        PollBulkJob,
        created=True,
        changed=("next_poll_at",),
        where={"next_poll_at": PRESENT},
        fields={"provider": Referred(INTEGRATIONS, "provider")},
    ),
    notification(ReadBackfillDone, changed=_MOVED, where={"status": ("completed",), "read_type": ("backfill",)}),
    notification(ReadTriggeredDone, changed=_MOVED, where={"status": ("completed",), "read_type": ("triggered",)}),
    notification(ReadTriggeredError, changed=_MOVED, where={"status": ("failed",), "read_type": ("triggered",)}),
    notification(
        WriteAsyncDone,
        changed=_MOVED,
        where={"status": ("completed", "failed"), "type": ("write",), "provider_job_ref": PRESENT},
    ),
)
