"""Samples: valid rows for any entity, made from its metadata alone, with the parents that they need."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from dbkit.mock.rows.checks import refusing, settled, stored
from dbkit.mock.rows.plausible import enumerated
from dbkit.mock.rows.references import AnyEntity, Reference
from dbkit.mock.rows.row import PRESENT, Plan, Row
from dbkit.mock.rows.shape import Shape, shapes_of
from dbkit.mock.rows.sources import Source
from dbkit.types.errors import ValueInvalid

__all__ = ["Samples", "refuse_numbered"]

_COUNTED_MAX = 10_000
_COUNTED_PLACES_MAX = 10_000
"""Of so many parents it is known how many rows they have: however many are made, memory stays small."""


class Samples:
    """Plans rows. Rows of one `Samples` share their parents, so they are in one tenant.

    The first row of a kind is what later rows refer to. The rows follow from the source, and from what was planned
    before. `covered` are the entities of which it gave rows that show all that their columns may hold; `plan_parent`
    plans what rows refer to, and may be replaced.
    """

    def __init__(self, entities: Sequence[AnyEntity], source: Source | None = None) -> None:
        self.entities = tuple(entities)
        self.source = source if source is not None else Source()
        self._shapes = shapes_of(self.entities)
        self._tenants: dict[str | None, Any] = {}
        self._parents: dict[str, list[Row]] = {}
        self._further: dict[int, dict[str, list[Row]]] = {}
        self._planned = Counter[Any]()
        self._counted: dict[tuple[Any, ...], int] = {}
        self._depth = 0
        self.covered = set[str]()
        self.plan_parent: Callable[[AnyEntity, Mapping[str, Any]], Plan] = self.plan

    def elsewhere(self) -> Samples:
        """Return samples that share no parent, and so no tenant, with these; nor any fresh value."""
        other = Samples(self.entities, self.source)
        other.covered = self.covered
        return other

    def number(self) -> int:
        """Return a number that was not given before."""
        return self.source.number()

    def beyond(self) -> int:
        """Return a number that no server has come to."""
        return (1 << 40) + self.number()

    def fresh(self, entity: AnyEntity, name: str) -> Any:
        """Return a value for a field that no other row has, where its type has enough values."""
        return self.shape(entity).makers[name](self.source.number(), self.source)

    def shape(self, entity: AnyEntity) -> Shape:
        """Return the shape of an entity's rows."""
        return self._shapes.of(entity)

    def references(self, entity: AnyEntity) -> list[Reference]:
        """Return the entity's foreign keys."""
        return list(self.shape(entity).references)

    def has_small_tenants(self, entity: AnyEntity) -> bool:
        """Tell whether a unique key lets a tenant have but one row, or a few."""
        shape = self.shape(entity)
        return bool(shape.spread) or entity.tenant in shape.telling

    def remember(self, row: Row) -> bool:
        """Let later rows refer to this one, if it is the first of its kind; tell whether it is."""
        return self._parents.setdefault(row.entity.name, [row])[0] is row

    def rows_of(self, entity: AnyEntity) -> Sequence[Row]:
        """Return the rows of a kind that others may refer to."""
        return tuple(self._parents.get(entity.name, ()))

    def known(self, reference: Reference, fields: Mapping[str, Any]) -> Row | None:
        """Return the planned parent that a child's fields name, if it was planned here."""
        return self._known_parent(reference.parent, reference.parent_of(fields))

    def plan(
        self,
        entity: AnyEntity,
        given: Mapping[str, Any],
        refer: Reference | None = None,
        *,
        prefer: Mapping[str, Any] | None = None,
        needs: Sequence[Row] = (),
    ) -> Plan:
        """Return a valid row with the given fields, and NULL in none that is given as `PRESENT`.

        Left out are fields with a default, and so nullable references but for `refer`. Fields that the row cannot do
        without are those of `prefer` before they are made. Parents that the given fields name outright are the
        caller's to store, but for those in `needs`.
        """
        present = {name for name, value in given.items() if value is PRESENT}
        fields = {name: value for name, value in given.items() if value is not PRESENT}
        draft = _Draft(self, Plan(Row(entity, fields, list(needs))), present | ({refer.pointer} if refer else set()))
        turn = draft.spread(self._planned)
        with self._lane(turn):
            draft.complete({} if prefer is None else prefer)
        if not turn:
            draft.note_spread(self._planned)
        return draft.plan

    @contextmanager
    def _lane(self, turn: int) -> Iterator[None]:
        """Refer to the parents of a further tenant for a while, where rows of few values have filled the others."""
        if not turn:
            yield
            return
        usual, tenants = self._parents, self._tenants
        self._parents, self._tenants = self._further.setdefault(turn, {}), {}
        try:
            yield
        finally:
            self._parents, self._tenants = usual, tenants

    def parent(self, reference: Reference, plan: Plan) -> Row:
        """Return a parent that agrees with the fields of a child: a known one or, with all that it needs, a new one."""
        refuse_numbered(reference)
        pairs = zip(reference.fields, reference.targets, strict=True)
        wanted = {target: plan.row.fields[name] for name, target in pairs if name in plan.row.fields}
        telling = reference.pointer in self.shape(reference.child).telling
        found = None if telling else self._known_parent(reference.parent, wanted)
        if found is None:
            with self._deeper(reference):
                made = self.plan_parent(reference.parent, wanted)
            plan.before += [*made.before, made.row, *made.after]
            found = made.row
            self._parents.setdefault(reference.parent.name, []).append(found)
        return found

    @contextmanager
    def _deeper(self, reference: Reference) -> Iterator[None]:
        """Plan the parent of a parent; raise `ValueInvalid` where that would never end."""
        # A chain of more parents than there are entities comes back to one of them.
        if self._depth > len(self.entities):
            raise ValueInvalid(
                "it refers, over its parents, to a row of its own kind, so that none can be the first",
                entity=reference.child.name,
                fields=reference.fields,
                constraint=reference.name,
                advice=f"Give {', '.join(reference.fields)} of a row that is stored.",
            )
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def follow(self, reference: Reference, plan: Plan) -> Row:
        """Return a new parent for a deferrable reference: it is stored after the row that refers to it."""
        made = self.plan_parent(reference.parent, reference.parent_of(plan.row.fields))
        plan.before += made.before
        plan.after += [made.row, *made.after]
        self._parents.setdefault(reference.parent.name, []).append(made.row)
        return made.row

    def tenant(self, entity: AnyEntity) -> Any:
        """Return the tenant of these samples, for an entity whose tenant is no reference."""
        if entity.tenant not in self._tenants:
            self._tenants[entity.tenant] = self.fresh(entity, str(entity.tenant))
        return self._tenants[entity.tenant]

    def count(self, entity: AnyEntity, name: str, others: Sequence[Any]) -> int:
        """Return the next number among the rows whose unique key has the same other fields."""
        number = self._counted.get((entity.name, name, *others), 0) + 1
        self.note(entity, name, others, number)
        return number

    def note(self, entity: AnyEntity, name: str, others: Sequence[Any], number: object) -> None:
        """Let numbers go on after one that was given, unless that is out of proportion: the type's greatest, say."""
        place = (entity.name, name, *others)
        if isinstance(number, int) and self._counted.get(place, 0) < number < _COUNTED_MAX:
            self._counted[place] = number
            if len(self._counted) > _COUNTED_PLACES_MAX:
                del self._counted[next(iter(self._counted))]

    def _known_parent(self, entity: AnyEntity, wanted: Mapping[str, Any]) -> Row | None:
        for row in self._parents.get(entity.name, ()):
            if all(row.fields.get(name, value) == value for name, value in wanted.items()):
                return row
        return None


def refuse_numbered(reference: Reference) -> None:
    """Raise `ValueInvalid` for a reference to what the server numbers: nobody knows that before it is stored."""
    if set(reference.targets) & set(reference.parent.numbered):
        parent = reference.parent.singular
        raise ValueInvalid(
            f"the server makes the key of the {parent} that it refers to",
            entity=reference.child.name,
            fields=reference.fields,
            constraint=reference.name,
            advice=f"Create the {parent} first, and give it as stored.",
        )


class _Draft:
    """A row on its way to being valid. `present` are the fields that may not be NULL."""

    def __init__(self, samples: Samples, plan: Plan, present: Collection[str]) -> None:
        self.plan = plan
        self._samples = samples
        self._shape = samples.shape(plan.entity)
        self._fields = plan.row.fields
        self._present = present
        self._fixed = list(plan.row.fields)

    def spread(self, planned: Counter[Any]) -> int:
        """Give fields with few values the next combination of them, where a unique key holds two rows apart by it.

        Where a tenant has a row of each, another one takes the next; returns how many are full.
        """
        turn = 0
        for name, own in self._shape.spread:
            if any(each in self._fields for each in own):
                continue
            values = [enumerated(self.plan.entity.new, each) or () for each in own]
            combinations = list(itertools.product(*values))
            is_first, chosen = not planned[name], dict[str, Any]()
            # Once around and once more: what was given may go with none of them, and is refused then.
            for _ in range(2 * len(combinations)):
                turn, place = divmod(planned[name], len(combinations))
                planned[name] += 1
                chosen = dict(zip(own, combinations[place], strict=True))
                if (turn or not planned[(name, *combinations[place])]) and self._allows(chosen):
                    break
            self._fields.update(chosen)
            self._fixed += () if is_first and not turn else own
        return turn

    def _allows(self, chosen: Mapping[str, Any]) -> bool:
        """Tell whether a row can have these values beside what it is given."""
        entity, fields = self.plan.entity, {**self._fields, **chosen}
        if not refusing(entity, stored(entity, fields)):
            return True
        fields |= settled(entity, fields, (*self._fixed, *chosen), self._present)
        return not refusing(entity, stored(entity, fields))

    def note_spread(self, planned: Counter[Any]) -> None:
        """Remember which of the few values the row has."""
        for name, own in self._shape.spread:
            planned[(name, *map(self._fields.get, own))] += 1

    def complete(self, preferred: Mapping[str, Any]) -> None:
        """Give the row all that it needs."""
        late = []
        # Where a caller names all parents, as who makes many rows does, there is nothing to look for.
        if self._present or not self._fields.keys() >= self._shape.required:
            late = self._refer_to_all()
        named = frozenset(self._fields) if late else frozenset()
        self._note_numbers()
        self._fill(preferred, {reference.pointer for reference in late})
        for own, name in self._shape.apart:
            if not any(each in self._fields for each in own):
                self._fields[name] = self._samples.fresh(self.plan.entity, name)
        self._settle()
        for reference in late:
            if reference.pointer not in named:
                self.plan.row.after.append(self._samples.follow(reference, self.plan))

    def _refer_to_all(self) -> list[Reference]:
        """Refer to a parent of each kind that the row needs, and return the deferrable references among them."""
        late = []
        for reference in self._shape.references:
            if not (reference.is_required or reference.pointer in self._present):
                continue
            if reference.deferrable:
                late.append(reference)
            elif any(name not in self._fields for name in reference.fields):
                self._refer(reference)
        return late

    def _refer(self, reference: Reference) -> None:
        parent = self._samples.parent(reference, self.plan)
        self.plan.row.needs.append(parent)
        pairs = zip(reference.fields, reference.targets, strict=True)
        self._fields.update({name: parent.value_of(target) for name, target in pairs})

    def _fill(self, preferred: Mapping[str, Any], pointers: Collection[str]) -> None:
        """Give the remaining required fields a value, and the late references a key to refer to."""
        wanted: Iterable[str] = self._shape.filled
        if pointers or self._present:
            asked = {*self._shape.filled, *pointers, *self._present}
            wanted = [name for name in self.plan.entity.new_fields if name in asked]
        for name in wanted:
            if name not in self._fields:
                self._fields[name] = preferred[name] if name in preferred else self._value(name)

    def _note_numbers(self) -> None:
        for name, others in self._shape.counted.items():
            if name in self._fields:
                places = [self._fields.get(other) for other in others]
                self._samples.note(self.plan.entity, name, places, self._fields[name])

    def _value(self, name: str) -> Any:
        entity, samples = self.plan.entity, self._samples
        if name == entity.tenant:
            return samples.tenant(entity)
        if name in self._shape.counted:
            return samples.count(entity, name, [self._fields.get(other) for other in self._shape.counted[name]])
        return samples.fresh(entity, name)

    def _settle(self) -> None:
        """Change fields until all checks hold, and add a reference where one asks for it."""
        if not self._refused():
            return
        entity = self.plan.entity
        fixed = (*self._fixed, *self._shape.referring)
        self._fields.update(settled(entity, self._fields, fixed, self._present))
        refused = self._refused()
        for reference in self._shape.references if refused else ():
            if reference.pointer in self._fields or reference.deferrable:
                continue
            wanted = self._samples.fresh(entity, reference.pointer)
            if refusing(entity, stored(entity, {**self._fields, reference.pointer: wanted})) < refused:
                self._refer(reference)
                self._fields.update(settled(entity, self._fields, fixed, self._present))
                refused = self._refused()
        self.plan.refused = frozenset(refused)

    def _refused(self) -> set[str]:
        return refusing(self.plan.entity, stored(self.plan.entity, self._fields))
