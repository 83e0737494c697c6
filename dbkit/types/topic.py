"""Topics: named channels of notifications inside a project."""

from __future__ import annotations

from pydantic import Field

from dbkit.types.filter import EveryTenant, Filter, Prefix
from dbkit.types.identifiers import ProjectId, TopicId, identifier
from dbkit.types.value import Instant, Text, Value

__all__ = ["NewTopic", "Topic", "TopicFilter"]


class NewTopic(Value):
    """A topic to create. Its name, unique in the project, is of ASCII letters, digits and dashes."""

    project_id: ProjectId
    id: TopicId = Field(default_factory=identifier(TopicId))
    name: Text


class Topic(NewTopic):
    """A stored topic."""

    created_at: Instant
    updated_at: Instant


class TopicFilter(Filter):
    """Which topics to list."""

    project_id: ProjectId | EveryTenant
    name: Text | Prefix | None = None
