"""Making rows: a factory's declarations and a caller's overrides, completed to a valid row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from factory import enums
from factory.errors import FactoryError
from factory.random import randgen
from faker.generator import random as faker_random

from dbkit.mock.factories.base import Builder, EntityFactory, EntityOptions
from dbkit.mock.factories.parents import Given
from dbkit.mock.rows.checks import refusing, settled, stored
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import Plan, Row
from dbkit.mock.rows.samples import Samples
from dbkit.types.errors import CheckFailed, ConfigurationInvalid, ValueInvalid
from dbkit.types.value import Value

__all__ = ["Making", "RowMaker"]


@dataclass(slots=True)
class Making:
    """A row that was made, its value, and further rows that sub-factories made with it, before it and after it.

    It `is_parent` where it is the one that later rows refer to.
    """

    row: Row
    value: Any
    before: list[Row] = field(default_factory=list)
    after: list[Row] = field(default_factory=list)
    is_parent: bool = False


class RowMaker:
    """Makes rows of one tenant by factories."""

    def __init__(
        self, samples: Samples, sequences: Counter[type[Any]], kind_of: Callable[[AnyEntity], type[EntityFactory]]
    ) -> None:
        self.samples = samples
        self.sequences = sequences
        self._kind_of = kind_of
        samples.plan_parent = self._plan_parent

    def elsewhere(self) -> RowMaker:
        """Return what makes rows of another tenant."""
        return RowMaker(self.samples.elsewhere(), self.sequences, self._kind_of)

    def make(self, kind: type[EntityFactory], overrides: Mapping[str, Any], *, is_stored: bool = False) -> Making:
        """Make a row by a factory. Raises `ValueInvalid` or `CheckFailed` for what cannot be."""
        options: EntityOptions = kind._meta  # noqa: SLF001 (factory-boy's name for it)
        if options.is_plain_with(overrides):
            given = options.given(overrides)
            row = self.plan(options.entity, given)
            return Making(row, valid(row, given))
        strategy = enums.CREATE_STRATEGY if is_stored else enums.BUILD_STRATEGY
        with self._random(kind):
            return _Evaluation(self).make(options, dict(overrides), strategy)

    def plan(self, entity: AnyEntity, given: Mapping[str, Any], prefer: Mapping[str, Any] | None = None) -> Row:
        """Plan a row with what is given."""
        taken = Given(self.samples, entity, given)
        plan = self.samples.plan(entity, taken.fields, prefer=prefer, needs=taken.needs)
        if plan.refused:
            raise _impossible(entity, min(plan.refused), given)
        return plan.row

    def _plan_parent(self, entity: AnyEntity, wanted: Mapping[str, Any]) -> Plan:
        """Plan a parent as its own factory declares it."""
        kind = self._kind_of(entity)
        options: EntityOptions = kind._meta  # noqa: SLF001 (factory-boy's name for it)
        if options.is_plain:
            return Plan(self.plan(entity, options.given(wanted)))
        making = self.make(kind, wanted)
        return Plan(replace(making.row, after=[*making.row.after, *making.after]))

    @contextmanager
    def _random(self, kind: type[EntityFactory]) -> Iterator[None]:
        """Let what factory-boy and Faker draw by chance follow from the seed, for as long as a row is made."""
        # factory-boy draws from one source, and lets Faker draw from another.
        sources = (randgen, faker_random)
        usual = [source.getstate() for source in sources]
        for source in sources:
            source.seed(f"{self.samples.source.seed}/{kind.__qualname__}/{self.sequences[kind]}")
        try:
            yield
        finally:
            for source, state in zip(sources, usual, strict=True):
                source.setstate(state)


class _Evaluation:
    """One row's declarations under evaluation. Implements `Workshop`, which factory-boy's builder calls back."""

    def __init__(self, maker: RowMaker) -> None:
        self._maker = maker
        self._made: Making | None = None
        self._before: list[Row] = []

    def make(self, options: EntityOptions, overrides: dict[str, Any], strategy: str) -> Making:
        """Let factory-boy evaluate the declarations, and return the row."""
        try:
            Builder(options, overrides, strategy, self).build()
        except FactoryError as error:
            raise ConfigurationInvalid(
                f"{options.factory.__name__} cannot be evaluated: {type(error).__name__}",
                entity=options.entity.name,
                advice="Look at its declarations, and at what is given for them with `__`.",
            ) from error
        assert self._made is not None
        return self._made

    def sketch(self, entity: AnyEntity, given: Mapping[str, Any], declared: Collection[str]) -> Row:
        """Return a row with the given fields, before the declarations of these others are evaluated."""
        if not self._is_rooted(entity, declared):
            return self._maker.plan(entity, given)
        # Which parents it will have is not known yet, so none is planned: only keys to look at.
        samples, fields = self._maker.samples, Given(self._maker.samples, entity, given).fields
        for name in samples.shape(entity).required:
            fields.setdefault(name, samples.fresh(entity, name))
        return samples.plan(entity, fields).row

    def finish(self, sketch: Row, given: Mapping[str, Any], evaluated: Mapping[str, Any], *, is_main: bool) -> object:
        """Return the new value of a row with these fields, and with those of the sketch that still fit."""
        row = self._row(sketch, given, evaluated)
        value = valid(row, {**given, **evaluated})
        if is_main:
            self._made = Making(row, value, self._before)
        else:
            (self._before if self._made is None else self._made.after).append(row)
        return value

    def sequence(self, kind: type[Any]) -> int:
        """Return the next number of a factory's `Sequence` declarations."""
        self._maker.sequences[kind] += 1
        return self._maker.sequences[kind] - 1

    def _row(self, sketch: Row, given: Mapping[str, Any], evaluated: Mapping[str, Any]) -> Row:
        entity, samples = sketch.entity, self._maker.samples
        shape = samples.shape(entity)
        all_given = {**given, **evaluated}
        if self._is_rooted(entity, evaluated):
            # Of other parents, and so perhaps of another tenant.
            open_fields = {name: value for name, value in sketch.fields.items() if name not in shape.referring}
            return self._maker.plan(entity, all_given, prefer=open_fields)
        unknown = Given(samples, entity, evaluated)
        fields = {**sketch.fields, **unknown.fields}
        fields |= settled(entity, fields, {*all_given, *shape.referring})
        refused = refusing(entity, stored(entity, fields))
        if refused:
            raise _impossible(entity, min(refused), all_given)
        return Row(entity, fields, sketch.needs, sketch.after)

    def _is_rooted(self, entity: AnyEntity, names: Collection[str]) -> bool:
        """Tell whether some fields say what a row refers to, or what others refer to it by."""
        shape = self._maker.samples.shape(entity)
        return not {*shape.referring, *entity.key, *shape.parents}.isdisjoint(names)


def valid(row: Row, given: Collection[str] = ()) -> Value:
    """Return a row's new value; what the value refuses names the entity as other errors do."""
    try:
        return row.new
    except ValueInvalid as error:
        error.entity = row.entity.name
        if error.fields and set(error.fields).isdisjoint(given):
            error.to_do = "No rule of the model tells what fits: give these fields, or declare them in a factory class."
        raise


def _impossible(entity: AnyEntity, constraint: str, given: Mapping[str, Any]) -> CheckFailed:
    """Return the error for given fields beside which a check constraint cannot hold."""
    fields = entity.fields_of(constraint)
    at_fault = ", ".join(name for name in fields if name in given)
    return CheckFailed(
        "no row can be valid with what is given",
        entity=entity.name,
        constraint=constraint,
        fields=fields,
        advice=f"Give other values for {at_fault}, or leave them out." if at_fault else None,
    )
