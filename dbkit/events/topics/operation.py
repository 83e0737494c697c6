"""What is told of operations."""

from __future__ import annotations

from typing import ClassVar

from dbkit.events.event import Event, Moment
from dbkit.types.identifiers import InstallationId, IntegrationId, OperationId, ProjectId, ProviderSlug
from dbkit.types.operation import OperationStatus, OperationType, ReadType
from dbkit.types.outbox_event import OutboxTopic
from dbkit.types.value import BigInteger, Integer, Text

__all__ = ["OperationChange", "PollBulkJob", "ReadFinished"]


class OperationChange(Event):
    """An operation is there, or has moved to another status."""

    topic: ClassVar[str] = OutboxTopic.OPERATION_CHANGE
    ordered_by: ClassVar[str] = "operation_id"

    project_id: ProjectId
    operation_id: OperationId
    installation_id: InstallationId
    type: OperationType
    from_status: OperationStatus | None
    to_status: OperationStatus
    attempt: Integer
    version: Integer
    result: Text | None
    changed_at: Moment


class ReadFinished(Event):
    """A read has completed; how much it read, and where that is, is in the operation's metadata."""

    topic: ClassVar[str] = OutboxTopic.READ_FINISHED
    ordered_by: ClassVar[str] = "installation_id"

    project_id: ProjectId
    integration_id: IntegrationId
    installation_id: InstallationId
    operation_id: OperationId
    object_name: Text | None
    read_type: ReadType | None
    record_count: BigInteger | None
    result_url: Text | None
    next_page_token: Text | None
    finished_at: Moment | None


class PollBulkJob(Event):
    """A bulk job at a provider is to be asked about, at `next_poll_at`."""

    topic: ClassVar[str] = OutboxTopic.POLL_BULK_JOB
    ordered_by: ClassVar[str] = "operation_id"

    project_id: ProjectId
    operation_id: OperationId
    provider: ProviderSlug
    provider_job_ref: Text | None
    attempt: Integer
    next_poll_at: Moment
