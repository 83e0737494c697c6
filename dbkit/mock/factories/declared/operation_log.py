"""Lines of operations' logs."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.models.operation_log import OPERATION_LOGS
from dbkit.types.operation_log import LogSeverity

__all__ = ["OperationLogFactory"]


class OperationLogFactory(EntityFactory):
    """Lines of operations' logs."""

    class Meta:
        """The entity."""

        entity = OPERATION_LOGS

    class Params:
        """The traits."""

        failed = Trait(severity=LogSeverity.ERROR, error="503 Service Unavailable")
