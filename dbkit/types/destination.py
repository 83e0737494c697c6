"""Destinations: where results and notifications of a project go."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dbkit.types.filter import AnyOf, Deleted, EveryTenant, Filter, IgnoringCase, NullTest, Prefix
from dbkit.types.identifiers import DestinationId, ProjectId, identifier
from dbkit.types.value import Instant, Integer, JsonObject, Text, Value

__all__ = ["Destination", "DestinationFilter", "DestinationType", "NewDestination"]


class DestinationType(StrEnum):
    """What kind of system a destination is."""

    WEBHOOK = "webhook"
    KINESIS = "kinesis"
    S3 = "s3"
    SLACK = "slack"
    CLICKHOUSE = "clickhouse"
    SNOWFLAKE = "snowflake"
    BIGQUERY = "bigquery"
    REDSHIFT = "redshift"
    SQS = "sqs"
    PUBSUB = "pubsub"
    RABBITMQ = "rabbitmq"
    AZURE_SERVICE_BUS = "azureservicebus"


class NewDestination(Value):
    """A destination to create. Its name is unique among the live ones of the project, whatever the case.

    The shape of `metadata` goes by type: that of a webhook has a `url`.
    """

    project_id: ProjectId
    id: DestinationId = Field(default_factory=identifier(DestinationId))
    name: Text
    type: DestinationType = DestinationType.WEBHOOK
    metadata: JsonObject
    disabled_at: Instant | None = None
    disabled_reason: Text | None = None


class Destination(NewDestination):
    """A stored destination."""

    created_at: Instant
    updated_at: Instant
    deleted_at: Instant | None
    version: Integer


class DestinationFilter(Filter):
    """Which destinations to list; `disabled_at=NullTest.IS_NULL` gives the enabled ones."""

    project_id: ProjectId | EveryTenant
    type: DestinationType | AnyOf[DestinationType] | None = None
    name: IgnoringCase | Prefix | None = None
    disabled_at: NullTest | None = None
    deleted: Deleted = Deleted.LIVE
