"""The base of factory-boy's factories here: what a class declares is completed to a valid row of its entity."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from factory.base import Factory, FactoryOptions, OptionDefault
from factory.builder import BuildStep, StepBuilder
from factory.declarations import LazyAttribute as FactoryLazyAttribute
from factory.declarations import Trait as FactoryTrait
from factory.enums import get_builder_phase

from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import PRESENT, Row
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Builder", "EntityFactory", "EntityOptions", "LazyAttribute", "Trait", "Workshop"]


class Trait(FactoryTrait):
    """factory-boy's trait, with types: the fields that one word sets. Either class will do."""

    def __init__(self, **overrides: Any) -> None:
        super().__init__(**overrides)  # type: ignore[no-untyped-call]


class LazyAttribute(FactoryLazyAttribute):
    """factory-boy's declaration, with types: a field that follows from others. Either class will do."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call]


class Workshop(Protocol):
    """What completes a factory's declarations: the rows planned so far, and the tenant that they are in."""

    def sketch(self, entity: AnyEntity, given: Mapping[str, Any], declared: Collection[str]) -> Row:
        """Return a row with the given fields, before the declarations of these others are evaluated."""
        ...

    def finish(self, sketch: Row, given: Mapping[str, Any], evaluated: Mapping[str, Any], *, is_main: bool) -> object:
        """Return the new value of a row with these fields, and with those of the sketch that still fit."""
        ...

    def sequence(self, kind: type[Any]) -> int:
        """Return the next number of a factory's `Sequence` declarations."""
        ...


class EntityOptions(FactoryOptions):
    """What `class Meta` says: the entity, and all that factory-boy knows."""

    factory: Any
    entity: AnyEntity
    exclude: Sequence[str]
    rename: Mapping[str, str]
    inline_args: Sequence[str]

    def _build_default_options(self) -> list[OptionDefault]:
        entity = OptionDefault("entity", None, inherit=True)  # type: ignore[no-untyped-call]
        return [*super()._build_default_options(), entity]  # type: ignore[no-untyped-call]

    def get_model_class(self) -> type[Any] | None:
        """Return what the factory makes: the entity's new value."""
        return None if self.entity is None else self.entity.new

    @cached_property
    def traits(self) -> Mapping[str, Mapping[str, Any]]:
        """The traits that the class declares, with the fields that each of them sets."""
        declared = self.parameters.items()
        return {name: each.overrides for name, each in declared if isinstance(each, FactoryTrait)}

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The fields that the class declares outright."""
        return {name: value for name, value in self.base_declarations.items() if not is_declaration(value)}

    def is_plain_with(self, overrides: Mapping[str, Any]) -> bool:
        """Tell whether neither the class nor a caller declares anything but values: there is nothing to evaluate."""
        return self.is_plain and not any("__" in name or is_declaration(value) for name, value in overrides.items())

    @cached_property
    def is_plain(self) -> bool:
        """Whether the class declares nothing but values."""
        values = [
            *self.base_declarations.values(),
            *(each for fields in self.traits.values() for each in fields.values()),
        ]
        only_traits = set(self.parameters) == set(self.traits)
        is_usual = not (self.exclude or self.rename or self.inline_args)
        has_hook = any(
            "_adjust_kwargs" in vars(base) for base in self.factory.__mro__ if base.__module__ != "factory.base"
        )
        return only_traits and is_usual and not has_hook and not any(map(is_declaration, values))

    def given(self, overrides: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the fields are given: by the class, by the traits that are asked for, by the caller."""
        given = {**self.base_declarations, **self._of_traits(overrides), **overrides}
        others = (self.parameters, self.post_declarations)
        return {
            name: value
            for name, value in given.items()
            if "__" not in name and not any(name in each for each in others)
        }

    def _of_traits(self, overrides: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of the traits that are asked for, and of those that these ask for in turn."""
        found: dict[str, Any] = {}
        asked = [name for name in self.traits if overrides.get(name)]
        for name in asked:
            fields = self.traits[name]
            found |= fields
            asked += [other for other in self.traits if fields.get(other) and other not in asked]
        return found

    def instantiate(self, step: BuildStep, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:  # noqa: ARG002
        """Complete what the declarations said to a value; factory-boy calls this."""
        builder = step.builder
        if not isinstance(builder, Builder):
            raise _without_workshop(self.factory)
        return builder.finish(kwargs, is_main=step.parent_step is None)


class EntityFactory(Factory[Any]):
    """A factory of an entity's rows; what it does not declare is made from the entity's model.

        class WidgetFactory(EntityFactory):
            class Meta:
                entity = WIDGETS

            class Params:
                sold = factory.Trait(status=WidgetStatus.SOLD, sold_at=PRESENT)

            name = factory.Sequence(lambda number: f"Widget {number}")

    It works as a part of `Factories(..., factories=[WidgetFactory])`, which knows the seed, the tenant and the
    other entities. A declaration sees the other fields, and may be of the field or of the parent that it refers to
    (`shop = factory.SubFactory(ShopFactory)`).
    """

    _options_class: ClassVar[type[EntityOptions]] = EntityOptions
    _meta: EntityOptions

    if TYPE_CHECKING:
        # Each class has its own, which is no subclass of that of its base.
        Meta: Any

    @classmethod
    def _generate(cls, strategy: str, params: dict[str, Any]) -> Any:  # noqa: ARG003
        raise _without_workshop(cls)


class Builder(StepBuilder):
    """Evaluates a factory's declarations within a workshop, and those of its sub-factories too."""

    def __init__(self, options: FactoryOptions, extras: dict[str, Any], strategy: str, workshop: Workshop) -> None:
        super().__init__(options, extras, strategy)  # type: ignore[no-untyped-call]
        self._workshop = workshop
        self._given: dict[str, Any] = {}
        self._seen: dict[str, Any] = {}
        self._sketch: Row | None = None

    def build(self, parent_step: BuildStep | None = None, force_sequence: int | None = None) -> Any:
        """Build the value; fields that nothing declares are there for the declarations to see."""
        options = self.factory_meta
        if isinstance(options, EntityOptions):
            given = options.given(self.extras)
            self._given = {name: value for name, value in given.items() if not is_declaration(value)}
            self._sketch = self._workshop.sketch(options.entity, self._given, given.keys() - self._given.keys())
            # With what the value has as defaults: a declaration sees the fields as the value will have them.
            fields = self._sketch.unchecked.__dict__
            self._seen = {name: value for name, value in fields.items() if given.get(name, PRESENT) is PRESENT}
            self.extras |= self._seen
            if force_sequence is None and self.force_init_sequence is None:
                force_sequence = self._workshop.sequence(options.factory)
        return super().build(parent_step, force_sequence)  # type: ignore[no-untyped-call]

    def finish(self, fields: Mapping[str, Any], *, is_main: bool) -> Any:
        """Return the value, given what the declarations were evaluated to."""
        assert self._sketch is not None
        known = {**self._given, **self._seen}
        evaluated = {name: value for name, value in fields.items() if name not in known or known[name] is not value}
        return self._workshop.finish(self._sketch, self._given, evaluated, is_main=is_main)

    def recurse(self, factory_meta: FactoryOptions, extras: dict[str, Any]) -> Builder:
        """Go on with a sub-factory in the same workshop."""
        return Builder(factory_meta, extras, self.strategy, self._workshop)


def is_declaration(value: object) -> bool:
    """Tell whether factory-boy has to evaluate a value first."""
    return get_builder_phase(value) is not None  # type: ignore[no-untyped-call]


def _without_workshop(kind: type[Any]) -> ConfigurationInvalid:
    name = kind.__name__
    return ConfigurationInvalid(
        f"{name} was called by itself, and knows neither a seed nor the other entities",
        advice=f"Use it through `make = Factories(..., factories=[{name}])`, as `make.<entity>.build()`.",
    )
