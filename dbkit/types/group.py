"""Groups: the customer's customers, by the reference that the customer uses."""

from __future__ import annotations

from dbkit.types.filter import EveryTenant, Filter, Prefix
from dbkit.types.identifiers import GroupRef, ProjectId
from dbkit.types.value import Instant, Text, Value

__all__ = ["Group", "GroupFilter", "NewGroup"]


class NewGroup(Value):
    """A group to create; references are compared by bytes."""

    project_id: ProjectId
    group_ref: GroupRef
    group_name: Text = ""


class Group(NewGroup):
    """A stored group."""

    created_at: Instant
    updated_at: Instant


class GroupFilter(Filter):
    """Which groups to list."""

    project_id: ProjectId | EveryTenant
    group_name: Text | Prefix | None = None
