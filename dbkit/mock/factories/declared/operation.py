"""Operations."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.mock.rows.row import PRESENT
from dbkit.models.operation import OPERATIONS
from dbkit.types.operation import OperationStatus

__all__ = ["OperationFactory"]


class OperationFactory(EntityFactory):
    """Operations."""

    class Meta:
        """The entity."""

        entity = OPERATIONS

    class Params:
        """The traits."""

        completed = Trait(
            status=OperationStatus.COMPLETED, started_at=PRESENT, completed_at=PRESENT, result="40 records"
        )
        failed = Trait(
            status=OperationStatus.FAILED, started_at=PRESENT, completed_at=PRESENT, result="503 Service Unavailable"
        )
        retry = Trait(attempt=2, retry_of_id=PRESENT)
        running = Trait(status=OperationStatus.RUNNING, started_at=PRESENT)
