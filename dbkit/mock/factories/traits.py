"""Traits: what a factory can be asked for by one word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from dbkit.mock.factories.base import EntityFactory
from dbkit.mock.rows.references import AnyEntity, Reference, references_of
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Children", "UnknownTrait", "Wish", "children_of", "traits_of"]

Overrides: TypeAlias = Mapping[str, Any]


class UnknownTrait(ConfigurationInvalid, AttributeError):
    """A factory is asked for a trait that it does not have."""


@dataclass(frozen=True, slots=True)
class Children:
    """So many rows that refer to the one that is made, with these fields."""

    reference: Reference
    count: int
    overrides: Overrides


@dataclass(frozen=True, slots=True)
class Wish:
    """What traits ask for: fields, children, and that the row is deleted once it is stored."""

    overrides: Overrides
    children: tuple[Children, ...] = ()
    is_deleted: bool = False

    def and_also(self, other: Wish) -> Wish:
        """Return both wishes; the other one's fields win."""
        return replace(
            self,
            overrides={**self.overrides, **other.overrides},
            children=(*self.children, *other.children),
            is_deleted=self.is_deleted or other.is_deleted,
        )


def traits_of(kind: type[EntityFactory]) -> dict[str, Wish]:
    """Return a factory's traits by name: those that it declares, the states of its entity, and `deleted`.

    A state goes by its value (`connection.working`); where two columns have a state of that name, or a method has it,
    by column and value (`connection.status_working`). What is declared by that name says what a row in the state has.
    """
    entity: AnyEntity = kind._meta.entity  # noqa: SLF001 (factory-boy's name for it)
    declared = {name: Wish({name: True}) for name in kind._meta.traits}  # noqa: SLF001
    if entity.is_soft_deleted:
        declared.setdefault("deleted", Wish({}, is_deleted=True))
    states = [(name, state) for name, states in entity.lifecycles.items() for state in states]
    values = [_word(state) for _, state in states]
    found: dict[str, Wish] = {}
    for name, state in states:
        word = _word(state)
        is_alone = values.count(word) == 1 and word not in entity.new_fields and word not in _TAKEN
        if not (is_alone and word in declared):
            found[word if is_alone else f"{name}_{word}"] = Wish({name: state})
    return found | declared


def children_of(entity: AnyEntity, entities: Sequence[AnyEntity]) -> dict[str, Reference]:
    """Return the kinds of rows that cannot be without a row of this entity: `with_revisions`, by their reference."""
    found: dict[str, Reference] = {}
    for child in entities:
        for reference in references_of(child, entities):
            if reference.parent is entity and reference.is_required and not reference.deferrable:
                found.setdefault(f"with_{child.name}", reference)
    return found


def _word(state: object) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in str(state)).lower()


_TAKEN = frozenset({"build", "build_batch", "build_each", "children", "coverage", "create", "create_batch", "trait"})
"""The methods of a factory."""
