"""Factories: one for each of some entities, of one seed and one tenant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import copy
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from dbkit.mock.factories.base import EntityFactory
from dbkit.mock.factories.declared import factory_of
from dbkit.mock.factories.factory import AnyFactory, Factory
from dbkit.mock.factories.making import RowMaker
from dbkit.mock.factories.stored import Known
from dbkit.mock.factories.studio import Studio
from dbkit.mock.factories.traits import UnknownTrait, Wish
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.samples import Samples
from dbkit.mock.rows.sources import BEGAN, Source
from dbkit.models.entity import Entity
from dbkit.types.errors import ConfigurationInvalid
from dbkit.types.value import Value

__all__ = ["BaseFactories"]

NewT = TypeVar("NewT", bound=Value)
ValueT = TypeVar("ValueT", bound=Value)
FactoryT = TypeVar("FactoryT", bound=Factory[Any, Any])


class BaseFactories:
    """The factories of some entities, each an attribute by the entity's name in the singular: `make.widget`.

    Their rows share a tenant, and the first row of a kind is what later ones refer to. The same seed and the same calls
    give the same rows, identifiers and times included; rows of two seeds never clash. `began` is the point in time
    that all times follow from; `factories` are classes that take the place of those made from the models.

    A subclass names its entities for a type checker:

        class ShopFactories(BaseFactories):
            widget: AnyFactory[NewWidget, Widget]
    """

    def __init__(
        self,
        seed: int | str = 0,
        entities: Sequence[AnyEntity] = (),
        *,
        factories: Sequence[type[EntityFactory]] = (),
        began: datetime = BEGAN,
    ) -> None:
        self._entities = {entity.singular: entity for entity in entities}
        self._kinds = {kind._meta.entity.name: kind for kind in factories}  # noqa: SLF001 (factory-boy's name for it)
        strange = sorted(self._kinds.keys() - {entity.name for entity in entities})
        if strange:
            raise ConfigurationInvalid(
                f"there is a factory of {', '.join(strange)}, and no such entity",
                advice="Give Factories the entities that they are of.",
            )
        self._maker = RowMaker(Samples(entities, Source(seed, began)), Counter(), self._kind_of)
        self._known = Known()
        self._made: dict[str, Factory[Any, Any]] = {}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of seed {self._maker.samples.source.seed!r}>"

    def elsewhere(self) -> Self:
        """Return factories of another tenant; their rows never clash with those of this one."""
        other = copy(self)
        vars(other).update(_maker=self._maker.elsewhere(), _made={})
        return other

    def of(self, entity: Entity[NewT, ValueT, Any]) -> Factory[NewT, ValueT]:
        """Return the factory of an entity."""
        return cast("Factory[NewT, ValueT]", getattr(self, entity.singular))

    def _get(self, name: str, kind: type[FactoryT]) -> FactoryT:
        """Return the factory of an entity by its name; raise `UnknownTrait` where there is none."""
        if name not in self._entities:
            raise UnknownTrait(f"there is no factory {name}", advice=f"Factories: {', '.join(self._entities)}.")
        if name not in self._made:
            studio = Studio(self._entities[name], self._maker, self._known, self._kind_of)
            self._made[name] = kind(studio, Wish({}))
        return cast("FactoryT", self._made[name])

    def _kind_of(self, entity: AnyEntity) -> type[EntityFactory]:
        return self._kinds.get(entity.name) or factory_of(entity)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            # Looked up by copying and the like, on an object that may not be complete.
            if name.startswith("_"):
                raise AttributeError(name)
            return self._get(name, AnyFactory)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._entities})
