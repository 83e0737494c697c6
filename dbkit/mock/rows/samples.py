"""Samples: valid rows for any entity, made from its metadata alone, with the parents that they need."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dbkit.mock.rows.checks import refusing, settled, stored
from dbkit.mock.rows.plausible import enumerated, fresh, is_made
from dbkit.mock.rows.references import AnyEntity, Reference, references_of
from dbkit.models.unique import UniqueKey
from dbkit.types.value import Value

__all__ = ["Plan", "Row", "Samples"]


@dataclass(frozen=True)
class Row:
    """A row to create: the fields of its new value."""

    entity: AnyEntity
    fields: dict[str, Any]

    def but(self, **changes: Any) -> Row:
        """Return the same row with other fields."""
        return Row(self.entity, {**self.fields, **changes})

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
    """A row with the rows that have to be stored before it, and those that its transaction has to add after it.

    The latter are what deferrable foreign keys of the row refer to.
    """

    row: Row
    before: list[Row] = field(default_factory=list)
    after: list[Row] = field(default_factory=list)

    @property
    def entity(self) -> AnyEntity:
        """The entity of the row."""
        return self.row.entity

    def but(self, **changes: Any) -> Plan:
        """Return the same plan for a row with other fields."""
        return Plan(self.row.but(**changes), self.before, self.after)


class Samples:
    """Plans rows. Rows of one `Samples` share their parents, so they are in one tenant."""

    def __init__(self, entities: Sequence[AnyEntity], numbers: Iterator[int] | None = None) -> None:
        self.entities = tuple(entities)
        self._numbers = numbers if numbers is not None else itertools.count(1)
        self._references = {entity.name: references_of(entity, entities) for entity in entities}
        self._tenants: dict[str | None, Any] = {}
        self._parents: dict[str, list[Row]] = {entity.name: [] for entity in entities}
        self._planned = Counter[str]()

    def elsewhere(self) -> Samples:
        """Return samples that share no parent, and so no tenant, with these; nor any fresh value."""
        return Samples(self.entities, self._numbers)

    def number(self) -> int:
        """Return a number that was not given before."""
        return next(self._numbers)

    def beyond(self) -> int:
        """Return a number that no server has come to."""
        return (1 << 40) + self.number()

    def fresh(self, entity: AnyEntity, name: str) -> Any:
        """Return a value for a field that no other row has, where its type has enough values."""
        return fresh(entity.value, name, self.number())

    def references(self, entity: AnyEntity) -> list[Reference]:
        """Return the entity's foreign keys."""
        return self._references[entity.name]

    def has_small_tenants(self, entity: AnyEntity) -> bool:
        """Tell whether a unique key lets a tenant have but one row, or a few."""
        keys = entity.unique_keys.values()
        return any(self._is_spread(entity, key) or self._tells(entity, key) == entity.tenant for key in keys)

    def plan(self, entity: AnyEntity, given: Mapping[str, Any], refer: Reference | None = None) -> Plan:
        """Return a valid row with the given fields.

        Left out are fields with a default, and so nullable references but for `refer`. Parents
        that the given fields name outright are the caller's to store.
        """
        plan = Plan(Row(entity, dict(given)))
        spread = self._spread(plan)
        late = []
        for reference in self.references(entity):
            if not (reference.is_required or reference == refer):
                continue
            if reference.deferrable:
                late.append(reference)
            elif any(name not in plan.row.fields for name in reference.fields):
                self._refer(plan, reference)
        known = set(plan.row.fields)
        self._fill(plan, late)
        self._part_from_others(plan)
        self._settle(plan, (*given, *spread))
        for reference in late:
            if reference.pointer not in known:
                self._follow(plan, reference)
        return plan

    def _spread(self, plan: Plan) -> list[str]:
        """Give fields with few values the next combination of them, where a unique key would hold two rows apart by it.

        Where a tenant has a row of each, a new one takes over. Returns the fields that have to stay as they are.
        """
        entity, fixed = plan.entity, list[str]()
        for key in entity.unique_keys.values():
            own = self._own(entity, key)
            if not self._is_spread(entity, key) or any(name in plan.row.fields for name in own):
                continue
            values = [enumerated(entity.new, name) or () for name in own]
            combinations = list(itertools.product(*values))
            turn, place = divmod(self._planned[key.name], len(combinations))
            plan.row.fields.update(zip(own, combinations[place], strict=True))
            if turn and not place:
                self._parents = {name: [] for name in self._parents}
            fixed += own if self._planned[key.name] else []
            self._planned[key.name] += 1
        return fixed

    def _is_spread(self, entity: AnyEntity, key: UniqueKey) -> bool:
        """Tell whether a unique key holds rows of a tenant apart by nothing but fields of few values."""
        own = self._own(entity, key)
        return bool(own) and all(enumerated(entity.new, name) for name in own) and not self._tells(entity, key)

    def _own(self, entity: AnyEntity, key: UniqueKey) -> list[str]:
        """Return the fields of a unique key that refer to nothing."""
        referring = self._fields_of(entity)
        return [name for name in key.fields if name not in referring and name in entity.new_fields]

    def _tells(self, entity: AnyEntity, key: UniqueKey) -> str | None:
        """Return the pointer that holds rows apart in a unique key whose other fields cannot.

        Two rows then need two parents. Of a key that is nothing but references it is the last, of one with fields of
        few values that of a sibling.
        """
        if any(enumerated(entity.new, name) is None for name in self._own(entity, key)):
            return None
        pointers = {reference.pointer for reference in self.references(entity)}
        if not self._own(entity, key):
            return key.fields[-1] if key.fields[-1] in pointers else None
        return next((name for name in reversed(key.fields) if name in pointers and name != entity.tenant), None)

    def _settle(self, plan: Plan, given: Sequence[str]) -> None:
        """Change fields until all checks hold, and add a reference where one asks for it."""
        entity, fields = plan.entity, plan.row.fields
        fixed = (*given, *self._fields_of(entity))
        fields.update(settled(entity, fields, fixed))
        for reference in self.references(entity):
            refused = refusing(entity, stored(entity, fields))
            if not refused:
                return
            if reference.pointer in fields or reference.deferrable:
                continue
            wanted = self.fresh(entity, reference.pointer)
            if refusing(entity, stored(entity, {**fields, reference.pointer: wanted})) < refused:
                self._refer(plan, reference)
                fields.update(settled(entity, fields, fixed))

    def _refer(self, plan: Plan, reference: Reference) -> None:
        """Fill in the child's fields from a parent that agrees with those it has."""
        fields = plan.row.fields
        pairs = zip(reference.fields, reference.targets, strict=True)
        wanted = {target: fields[name] for name, target in pairs if name in fields}
        parent = None if self._is_telling(reference) else self._known_parent(reference.parent, wanted)
        if parent is None:
            made = self.plan(reference.parent, wanted)
            plan.before += [*made.before, made.row, *made.after]
            parent = made.row
            self._parents[reference.parent.name].append(parent)
        fields.update(reference.child_of(parent.new.__dict__))

    def _known_parent(self, entity: AnyEntity, wanted: Mapping[str, Any]) -> Row | None:
        for row in reversed(self._parents[entity.name]):
            if all(row.fields.get(name, wanted[name]) == wanted[name] for name in wanted):
                return row
        return None

    def _is_telling(self, reference: Reference) -> bool:
        """Tell whether two rows need two parents, because a unique key holds them apart by nothing else."""
        keys = reference.child.unique_keys.values()
        return any(self._tells(reference.child, key) == reference.pointer for key in keys)

    def _fill(self, plan: Plan, late: Sequence[Reference]) -> None:
        """Give the remaining required fields a value, and the late references a key to refer to."""
        entity, fields = plan.entity, plan.row.fields
        pointers = {reference.pointer for reference in late}
        for name, info in entity.new.model_fields.items():
            wanted = info.is_required() or name in pointers or name in entity.key or is_made(entity.new, name)
            if name not in fields and wanted:
                fields[name] = self._tenant(entity) if name == entity.tenant else self.fresh(entity, name)

    def _tenant(self, entity: AnyEntity) -> Any:
        """Return the tenant of these samples, for an entity whose tenant is no reference."""
        if entity.tenant not in self._tenants:
            self._tenants[entity.tenant] = self.fresh(entity, str(entity.tenant))
        return self._tenants[entity.tenant]

    def _part_from_others(self, plan: Plan) -> None:
        """Set a field of each unique key that would be the same in every row of the tenant."""
        entity, fields = plan.entity, plan.row.fields
        referring = set(self._fields_of(entity))
        for key in entity.unique_keys.values():
            own = [name for name in key.fields if name not in referring and name in entity.new_fields]
            if own and not any(name in fields for name in own) and _holds_nulls_apart(entity, key) is False:
                fields[own[-1]] = self.fresh(entity, own[-1])

    def _follow(self, plan: Plan, reference: Reference) -> None:
        """Plan the parent of a deferrable reference: it is stored after the row that refers to it."""
        made = self.plan(reference.parent, reference.parent_of(plan.row.fields))
        plan.before += made.before
        plan.after += [made.row, *made.after]
        self._parents[reference.parent.name].append(made.row)

    def _fields_of(self, entity: AnyEntity) -> tuple[str, ...]:
        """Return the fields that refer to other rows."""
        return tuple(name for reference in self.references(entity) for name in reference.fields)


def _holds_nulls_apart(entity: AnyEntity, key: UniqueKey) -> bool:
    """Tell whether rows that leave the key's optional fields NULL never clash."""
    nullable = any(entity.table.c[name].nullable for name in key.fields)
    return nullable and not key.nulls_not_distinct
