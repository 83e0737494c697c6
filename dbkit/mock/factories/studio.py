"""What a factory works with: the class that declares its rows, and what all factories of a tenant share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dbkit.mock.factories.base import EntityFactory
from dbkit.mock.factories.making import RowMaker
from dbkit.mock.factories.stored import Known
from dbkit.mock.factories.traits import Wish, children_of, traits_of
from dbkit.mock.rows.references import AnyEntity, Reference

__all__ = ["Studio"]


@dataclass
class Studio:
    """The place of one entity among the factories of a tenant."""

    entity: AnyEntity
    maker: RowMaker
    known: Known
    kind_of: Callable[[AnyEntity], type[EntityFactory]]

    @cached_property
    def kind(self) -> type[EntityFactory]:
        """The class that declares the rows."""
        return self.kind_of(self.entity)

    @cached_property
    def traits(self) -> Mapping[str, Wish]:
        """The traits by name."""
        return traits_of(self.kind)

    @cached_property
    def children(self) -> Mapping[str, Reference]:
        """What a row may be made with, by the name of the trait."""
        return children_of(self.entity, self.maker.samples.entities)
