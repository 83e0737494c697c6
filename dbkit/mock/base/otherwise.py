"""Where the calls of a partial mock go that have no stub."""

from __future__ import annotations

from typing import Any

from dbkit.database.repository import RepositoryAttribute, attributes_of
from dbkit.memory.table import AnyEntity
from dbkit.mock.base.errors import NotStubbed, StubInvalid

__all__ = ["Otherwise"]


class Otherwise:
    """The repository of an entity in a database or transaction, or in a transaction of that database.

    In a database whose repository the mock replaces: so operations that are made of others meet the mock's stubs.
    """

    def __init__(self, entity: AnyEntity, place: Any, transaction: Any = None) -> None:
        self._entity = entity
        self._place = place
        self._transaction = transaction
        self._found: Any = None
        self._attribute(place)

    def inside(self, transaction: Any) -> Otherwise:
        """Return the same, inside of a transaction."""
        return Otherwise(self._entity, self._place, transaction) if hasattr(self._place, "replacing") else self

    def repository(self, mock: object) -> Any:
        """Return the repository, or raise `NotStubbed` for a transaction of another database."""
        if self._found is None:
            self._found = self._in_transaction() if self._transaction is not None else self._outside(mock)
        return self._found

    def _outside(self, mock: object) -> Any:
        name, attribute = self._attribute(self._place)
        place = self._place.replacing(**{name: mock}) if hasattr(self._place, "replacing") else self._place
        return place.repository(attribute.entity, attribute.operations)

    def _in_transaction(self) -> Any:
        if not self._transaction.is_of(self._place):
            raise NotStubbed(
                f"{self._entity.name} has no stub for this call, and the transaction is of another database than "
                "otherwise() names. Use one for both: `dbkit.using(db, ...)`."
            )
        _, attribute = self._attribute(self._transaction)
        return self._transaction.repository(attribute.entity, attribute.operations)

    def _attribute(self, place: Any) -> tuple[str, RepositoryAttribute]:
        for name, attribute in attributes_of(type(place)).items():
            if attribute.entity is self._entity:
                return name, attribute
        raise StubInvalid(f"{type(place).__name__} has no repository of {self._entity.name}")
