"""Consumers: users of a group, by the reference that the customer uses."""

from __future__ import annotations

from dbkit.types.filter import EveryTenant, Filter, Prefix
from dbkit.types.identifiers import ConsumerRef, ProjectId
from dbkit.types.value import Instant, Text, Value

__all__ = ["Consumer", "ConsumerFilter", "NewConsumer"]


class NewConsumer(Value):
    """A consumer to create; references are compared by bytes."""

    project_id: ProjectId
    consumer_ref: ConsumerRef
    consumer_name: Text = ""


class Consumer(NewConsumer):
    """A stored consumer."""

    created_at: Instant
    updated_at: Instant


class ConsumerFilter(Filter):
    """Which consumers to list."""

    project_id: ProjectId | EveryTenant
    consumer_name: Text | Prefix | None = None
