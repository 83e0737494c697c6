"""Changes: what an update, an upsert or a delete asks for, understood once for every backend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from dbkit.models.entity import Entity
from dbkit.models.unique import UniqueKey
from dbkit.types.errors import EntityError, IllegalTransition, StaleVersion, ValueInvalid
from dbkit.types.value import StateEnum, Value
from dbkit.verbs.mistaken import advice_for, mistaken

__all__ = ["ChangeReader", "Update", "Upsert"]


class Update(NamedTuple):
    """Changes to one live row; it takes place only if the row's states are among `states`.

    `states` gives for each field with a lifecycle the states from which the new one may be set.
    """

    key: tuple[Any, ...]
    changes: Mapping[str, Any]
    expected_version: int | None
    states: Mapping[str, tuple[StateEnum, ...]]


@dataclass(frozen=True, slots=True)
class Upsert:
    """A row to insert or, where the unique key already holds it, to update.

    `changes` are the fields that the update sets; it takes place only on a live row whose states
    are among `states`.
    """

    new: Value
    on: UniqueKey
    changes: tuple[str, ...]
    states: Mapping[str, tuple[StateEnum, ...]]


class ChangeReader:
    """Reads the changes of one entity from the arguments of a call."""

    def __init__(self, entity: Entity[Any, Any, Any]) -> None:
        self._entity = entity
        self._lifecycles = tuple(entity.lifecycles)

    def update(self, key: tuple[Any, ...], expected_version: int | None, changes: Mapping[str, Any]) -> Update:
        """Return the update, or raise `ValueInvalid`."""
        checked = self._checked(changes)
        return Update(key, checked, self.version(expected_version, required=True), self._states(checked))

    def upsert(self, new: Value, on: str) -> Upsert:
        """Return the upsert, or raise `ValueInvalid`."""
        unique_key = self._entity.unique_keys.get(on) if isinstance(on, str) else None
        if unique_key is None or unique_key.deferrable:
            keys = ", ".join(key.name for key in self._entity.unique_keys.values() if not key.deferrable)
            raise self._invalid(f"{on!r} is no unique key to upsert on", ("on",), f"Unique keys: {keys}.")
        checked = self.new(new)
        changes = tuple(name for name in self._entity.changeable if name not in unique_key.fields)
        states = self._states({name: getattr(checked, name) for name in self._lifecycles})
        return Upsert(checked, unique_key, changes, states)

    def new(self, new: Value) -> Value:
        """Return the value to create, or raise `ValueInvalid` where it is of another entity."""
        if not isinstance(new, self._entity.new):
            own = self._entity.new
            raise self._invalid(mistaken(own, new), (), advice_for(own, new, "new"))
        checked: Value = new
        return checked

    def several(self, new: Iterable[Value]) -> list[Value]:
        """Return the values to create, or raise `ValueInvalid`, with the row that is of another entity."""
        if not isinstance(new, Iterable):
            raise self._invalid(f"several {self._entity.name} are wanted, not a {type(new).__name__}", ("new",))
        return [self._numbered(row, value) for row, value in enumerate(new)]

    def _numbered(self, row: int, value: Value) -> Value:
        try:
            return self.new(value)
        except EntityError as error:
            error.row = row
            raise

    def version(self, expected: int | None, *, required: bool) -> int | None:
        """Return the expected version, or raise `ValueInvalid` where it is missing or out of place."""
        if expected is None:
            if required and self._entity.has_version:
                advice = "Pass the version of the value that you read."
                raise self._invalid("expected_version is needed", ("expected_version",), advice)
        elif not self._entity.has_version:
            raise self._invalid("this entity has no version", ("expected_version",))
        elif not isinstance(expected, int) or isinstance(expected, bool) or not -(2**31) <= expected < 2**31:
            raise self._invalid("expected_version must be a whole number of 32 bits", ("expected_version",))
        return expected

    def explain_update(self, update: Update, current: Any, key: Mapping[str, object]) -> None:
        """Raise the reason why an update did not take place on the row as it is now, if there is one."""
        self.explain_version(update.expected_version, current, key)
        for field, states in update.states.items():
            self._explain_state(field, getattr(current, field), update.changes[field], states, key)

    def explain_upsert(self, upsert: Upsert, current: Any, key: Mapping[str, object]) -> None:
        """Raise the reason why an upsert did not take place on the row as it is now, if there is one."""
        for field, states in upsert.states.items():
            self._explain_state(field, getattr(current, field), getattr(upsert.new, field), states, key)

    def explain_version(self, expected: int | None, current: Any, key: Mapping[str, object]) -> None:
        """Raise `StaleVersion` if the row's version is not the expected one."""
        if expected is not None and current.version != expected:
            raise StaleVersion(expected=expected, actual=current.version, entity=self._entity.name, key=key)

    def _explain_state(
        self, field: str, old: StateEnum, new: StateEnum, states: tuple[StateEnum, ...], key: Mapping[str, object]
    ) -> None:
        if old not in states:
            legal = tuple(str(state) for state in old.next_states())
            raise IllegalTransition(
                field=field, old=str(old), new=str(new), legal=legal, entity=self._entity.name, key=key
            )

    def _states(self, changes: Mapping[str, Any]) -> dict[str, tuple[StateEnum, ...]]:
        states: dict[str, tuple[StateEnum, ...]] = {}
        for field in self._lifecycles:
            state = changes.get(field)
            if isinstance(state, StateEnum):
                states[field] = state.previous_states()
        return states

    def _checked(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        validators = self._validators
        if not changes.keys() <= validators.keys():
            unknown = tuple(name for name in changes if name not in validators)
            fields = ", ".join(self._entity.changeable)
            raise self._invalid(f"an update cannot change {', '.join(unknown)}", unknown, f"It can change: {fields}.")
        if not changes:
            raise self._invalid("an update needs a change", (), "Name the fields to change.")
        checked: dict[str, Any] = {}
        name = ""
        try:
            for name, value in changes.items():
                checked[name] = validators[name](value)
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=False, include_input=False)
            reason = "; ".join(detail["msg"] for detail in details)
        else:
            return checked
        raise self._invalid(f"{name}: {reason}", (name,))

    @cached_property
    def _validators(self) -> dict[str, Callable[[Any], Any]]:
        fields = self._entity.new.model_fields
        adapters = {name: TypeAdapter(fields[name].rebuild_annotation()) for name in self._entity.changeable}
        # Bare, without the method of TypeAdapter around it, which takes as long as the validation.
        return {name: adapter.validator.validate_python for name, adapter in adapters.items()}

    def _invalid(self, what: str, fields: tuple[str, ...], advice: str | None = None) -> ValueInvalid:
        return ValueInvalid(what, entity=self._entity.name, fields=fields, advice=advice)
