"""Parents that a caller gives as values: `build(installation=installation)` in place of each field of the key."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from dbkit.mock.rows.references import AnyEntity, Reference
from dbkit.mock.rows.row import PRESENT, Row
from dbkit.mock.rows.samples import Samples, refuse_numbered
from dbkit.types.errors import ValueInvalid
from dbkit.types.value import Value

__all__ = ["Given"]


class Given:
    """What a caller gives of a row: its fields, and the rows among its parents that are not stored yet.

    Raises `ValueInvalid` for what the entity has neither as a field nor as a parent, and for parents that do not fit
    together.
    """

    def __init__(self, samples: Samples, entity: AnyEntity, given: Mapping[str, Any]) -> None:
        self.fields: dict[str, Any] = {}
        self.needs: list[Row] = []
        self._samples = samples
        self._entity = entity
        shape = samples.shape(entity)
        names = shape.parents
        parents = {}
        for name, value in given.items():
            if name in entity.new_fields and not isinstance(value, Value):
                self.fields[name] = value
            elif name in names:
                parents[name] = value
            else:
                raise self._unknown(name, names)
        for name, value in parents.items():
            self._take(name, names[name], value)
        for value in parents.values():
            self._share(shape.references, value)

    def _take(self, name: str, reference: Reference, value: object) -> None:
        if value is None or value is PRESENT:
            self._set(name, reference, {reference.pointer: value})
            return
        if not isinstance(value, reference.parent.new):
            raise ValueInvalid(
                f"{name} is a {type(value).__name__}",
                entity=self._entity.name,
                fields=(name,),
                constraint=reference.name,
                advice=f"Give a value of {reference.parent.value.__name__}, or {', '.join(reference.fields)}.",
            )
        if not isinstance(value, reference.parent.value):
            refuse_numbered(reference)
        self._set(name, reference, reference.child_of({target: getattr(value, target) for target in reference.targets}))
        if not isinstance(value, reference.parent.value):
            self.needs.append(self._row(reference.parent, value.__dict__))

    def _set(self, name: str, reference: Reference, fields: Mapping[str, Any]) -> None:
        for field, value in fields.items():
            if self.fields.setdefault(field, value) != value:
                raise ValueInvalid(
                    f"{name} has another {field} than what is given beside it",
                    entity=self._entity.name,
                    fields=(name, field),
                    constraint=reference.name,
                    advice="Give parents of one tenant, and of each field one value.",
                )

    def _row(self, entity: AnyEntity, fields: dict[str, Any]) -> Row:
        """Return the row of a parent that was built, with those of its own parents that were planned here."""
        row = Row(entity, fields)
        for reference in self._samples.references(entity):
            if all(fields.get(name) is not None for name in reference.fields):
                known = self._samples.known(reference, fields)
                if known is not None:
                    (row.after if reference.deferrable else row.needs).append(known)
        return row

    def _share(self, references: tuple[Reference, ...], value: object) -> None:
        """Refer to what a given parent refers to by the same name: an operation to its installation's integration."""
        for reference in references:
            if reference.is_required and reference.pointer not in self.fields and not reference.deferrable:
                fields = {name: getattr(value, name, None) for name in reference.fields}
                if all(fields.values()) and all(self.fields.get(name, part) == part for name, part in fields.items()):
                    self.fields |= fields

    def _unknown(self, name: str, parents: Mapping[str, Reference]) -> ValueInvalid:
        near = get_close_matches(name, [*self._entity.new_fields, *parents], n=1)
        is_stored = name in self._entity.fields
        what = f"{name} is given by the database" if is_stored else f"there is no field, parent or trait {name}"
        hint = f"Did you mean {near[0]}? " if near and not is_stored else ""
        return ValueInvalid(
            what,
            entity=self._entity.name,
            fields=(name,),
            advice=f"{hint}Fields: {', '.join(self._entity.new_fields)}. Parents: {', '.join(parents)}.",
        )
