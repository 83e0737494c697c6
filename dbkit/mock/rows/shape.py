"""The shape of an entity's rows: what a new one has to be given, and what holds two of them apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dbkit.mock.rows.limits import limited_maker
from dbkit.mock.rows.plausible import Maker, enumerated, is_made, kind_of
from dbkit.mock.rows.references import AnyEntity, Reference, references_of
from dbkit.models.unique import UniqueKey

__all__ = ["Shape", "Shapes", "shapes_of"]


@dataclass(frozen=True)
class Shape:
    """What follows from an entity's metadata for each new row.

    `referring` are the fields of references, `required` those of references that each row has.
    `filled` are the fields that a row cannot do without, `makers` make a value for each field. `spread` are unique
    keys that hold rows of a tenant apart by nothing but fields of few values, with these fields; `apart` those that
    would hold the same in every row of a tenant, with the field to set. `telling` are the pointers that have to differ
    from row to row, `counted` the numbers that count from 1 among rows with the same other fields of a unique key.
    `parents` are the references by the name of what they refer to: `installation` for `installation_id`.
    """

    entity: AnyEntity
    references: tuple[Reference, ...]
    referring: frozenset[str]
    required: frozenset[str]
    filled: tuple[str, ...]
    makers: Mapping[str, Maker]
    spread: tuple[tuple[str, tuple[str, ...]], ...]
    apart: tuple[tuple[tuple[str, ...], str], ...]
    telling: frozenset[str]
    counted: Mapping[str, tuple[str, ...]]
    parents: Mapping[str, Reference]


class Shapes:
    """The shapes of some entities, each read when it is asked for."""

    def __init__(self, entities: Sequence[AnyEntity]) -> None:
        self._entities = entities
        self._found: dict[str, Shape] = {}

    def of(self, entity: AnyEntity) -> Shape:
        """Return the shape of an entity's rows."""
        if entity.name not in self._found:
            self._found[entity.name] = _shape_of(entity, self._entities)
        return self._found[entity.name]


@lru_cache
def shapes_of(entities: tuple[AnyEntity, ...]) -> Shapes:
    """Return the shapes of some entities; who plans rows of the same ones shares them."""
    return Shapes(entities)


def _shape_of(entity: AnyEntity, entities: Sequence[AnyEntity]) -> Shape:
    references = tuple(references_of(entity, entities))
    reader = _KeyReader(entity, references)
    keys = entity.unique_keys.values()
    return Shape(
        entity=entity,
        references=references,
        referring=reader.referring,
        required=frozenset(name for each in references if each.is_required for name in each.fields),
        filled=tuple(
            name
            for name, info in entity.new.model_fields.items()
            if info.is_required() or name in entity.key or is_made(entity.new, name)
        ),
        makers={name: limited_maker(entity, name) for name in entity.fields},
        spread=tuple((key.name, reader.own(key)) for key in keys if reader.is_spread(key)),
        apart=tuple((reader.own(key), reader.own(key)[-1]) for key in keys if reader.is_alike(key)),
        telling=frozenset(pointer for key in keys if (pointer := reader.tells(key))),
        counted={reader.own(key)[0]: reader.others(key) for key in keys if reader.is_counted(key)},
        parents={re.sub(r"_(id|ref|slug)$", "", reference.pointer): reference for reference in references},
    )


class _KeyReader:
    """Reads what a unique key asks of rows."""

    def __init__(self, entity: AnyEntity, references: Sequence[Reference]) -> None:
        self._entity = entity
        self._pointers = {reference.pointer for reference in references}
        self.referring = frozenset(name for reference in references for name in reference.fields)

    def own(self, key: UniqueKey) -> tuple[str, ...]:
        """Return the fields of a unique key that refer to nothing."""
        return tuple(name for name in key.fields if name not in self.referring and name in self._entity.new_fields)

    def others(self, key: UniqueKey) -> tuple[str, ...]:
        """Return the fields of a unique key that refer to other rows."""
        return tuple(name for name in key.fields if name in self.referring)

    def is_spread(self, key: UniqueKey) -> bool:
        """Tell whether a unique key holds rows of a tenant apart by nothing but fields of few values."""
        own = self.own(key)
        return bool(own) and all(enumerated(self._entity.new, name) for name in own) and not self.tells(key)

    def tells(self, key: UniqueKey) -> str | None:
        """Return the pointer that holds rows apart in a unique key whose other fields cannot.

        Two rows then need two parents. Of a key that is nothing but references it is the last, of one with fields of
        few values that of a sibling.
        """
        own = self.own(key)
        if any(enumerated(self._entity.new, name) is None for name in own):
            return None
        if not own:
            return key.fields[-1] if key.fields[-1] in self._pointers else None
        siblings = (name for name in reversed(key.fields) if name in self._pointers and name != self._entity.tenant)
        return next(siblings, None)

    def is_alike(self, key: UniqueKey) -> bool:
        """Tell whether rows of a tenant clash in a unique key unless one of its own fields is set."""
        nullable = any(self._entity.table.c[name].nullable for name in key.fields)
        return bool(self.own(key)) and (key.nulls_not_distinct or not nullable)

    def is_counted(self, key: UniqueKey) -> bool:
        """Tell whether a unique key is of references and of one whole number: that counts from 1."""
        own = self.own(key)
        has_sibling = any(name in self._pointers and name != self._entity.tenant for name in key.fields)
        return len(own) == 1 and kind_of(self._entity.new, own[0]) is int and has_sibling and key.predicate is None
