"""Rows to create, and what has to be stored with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from dbkit.mock.rows.references import AnyEntity
from dbkit.types.value import Value

__all__ = ["PRESENT", "Asked", "Plan", "Row"]


class Asked(Enum):
    """What a field may be asked for in place of a value."""

    PRESENT = "present"

    def __repr__(self) -> str:
        return self.name


PRESENT: Final = Asked.PRESENT
"""Asks for any value but NULL, of a field that is usually left out: `build(provider_app_id=PRESENT)`."""


@dataclass(frozen=True, eq=False, slots=True)
class Row:
    """A row to create: the fields of its new value.

    `needs` are the rows that it refers to and that have to be stored before it, `after` those that deferrable
    foreign keys of its own refer to: the same transaction has to add them.
    """

    entity: AnyEntity
    fields: dict[str, Any]
    needs: list[Row] = field(default_factory=list)
    after: list[Row] = field(default_factory=list)

    def but(self, **changes: Any) -> Row:
        """Return the same row with other fields."""
        return Row(self.entity, {**self.fields, **changes}, self.needs, self.after)

    def value_of(self, name: str) -> Any:
        """Return what a field of the row holds, its default where it was not given."""
        return self.fields[name] if name in self.fields else getattr(self.unchecked, name)

    @property
    def new(self) -> Value:
        """The new value, as a caller makes it."""
        made: Value = self.entity.new(**self.fields)
        return made

    @property
    def unchecked(self) -> Value:
        """The new value with its own validation left out, so that the database has to answer."""
        made: Value = self.entity.new.model_construct(**self.fields)
        return made


@dataclass
class Plan:
    """A row with the rows planned for it: those to store before it, and those that its transaction has to add after it.

    The latter are what deferrable foreign keys of the row refer to. Rows that were planned for an earlier plan are in
    neither: only `row.needs` tells of them. `refused` are the check constraints that no change of a field could fulfil.
    """

    row: Row
    before: list[Row] = field(default_factory=list)
    after: list[Row] = field(default_factory=list)
    refused: frozenset[str] = frozenset()

    @property
    def entity(self) -> AnyEntity:
        """The entity of the row."""
        return self.row.entity

    def but(self, **changes: Any) -> Plan:
        """Return the same plan for a row with other fields."""
        return Plan(self.row.but(**changes), self.before, self.after, self.refused)
