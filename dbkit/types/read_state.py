"""Read states: where the next read of an object goes on, and how far the running one is."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from dbkit.types.filter import AnyOf, EveryTenant, Filter, NullTest
from dbkit.types.identifiers import InstallationId, OperationId, ProjectId
from dbkit.types.value import BigInteger, Instant, Integer, Text, Value, numeric

__all__ = ["NewReadState", "ReadState", "ReadStateFilter"]


class NewReadState(Value):
    """A read state to create; `progress_operation_id` is the read that runs."""

    project_id: ProjectId
    installation_id: InstallationId
    object_name: Text
    next_page_token: Text | None = None
    progress_operation_id: OperationId | None = None
    records_processed: BigInteger = 0
    records_estimated_total: BigInteger | None = None


class ReadState(NewReadState):
    """A stored read state. The database works out `percent_complete`: None without a total, at most 100."""

    percent_complete: Annotated[Decimal, numeric(5, 2)] | None
    created_at: Instant
    updated_at: Instant
    version: Integer


class ReadStateFilter(Filter):
    """Which read states to list; `progress_operation_id=NullTest.IS_NOT_NULL` gives those with a running read."""

    project_id: ProjectId | EveryTenant
    installation_id: InstallationId | AnyOf[InstallationId] | None = None
    object_name: Text | AnyOf[Text] | None = None
    progress_operation_id: OperationId | AnyOf[OperationId] | NullTest | None = None
