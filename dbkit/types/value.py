"""What all values share: frozen, nothing extra, and refused in our own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Self, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    Strict,
    StringConstraints,
    ValidationError,
)

from dbkit.types.errors import ValueInvalid

__all__ = [
    "BigInteger",
    "Bytes",
    "Instant",
    "Integer",
    "Json",
    "JsonObject",
    "Refusing",
    "SmallInteger",
    "StateEnum",
    "Text",
    "Value",
    "invalid",
    "numeric",
]

Text: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
"""Text that PostgreSQL can hold: no NUL."""

Integer: TypeAlias = Annotated[int, Field(ge=-(2**31), lt=2**31)]
"""A whole number that fits PostgreSQL's `integer`."""

SmallInteger: TypeAlias = Annotated[int, Field(ge=-(2**15), lt=2**15)]
"""A whole number that fits PostgreSQL's `smallint`."""

BigInteger: TypeAlias = Annotated[int, Field(ge=-(2**63), lt=2**63)]
"""A whole number that fits PostgreSQL's `bigint`."""

Bytes: TypeAlias = Annotated[bytes, Strict()]
"""Bytes. Text is refused, because its encoding would be a guess; JSON writes them in base64."""

Instant: TypeAlias = AwareDatetime
"""A point in time; a naive datetime is refused, because its zone would be a guess."""

JsonObject: TypeAlias = dict[str, JsonValue]
"""A JSON object. Changing it never changes the store, nor another value taken from it."""


def _not_null(value: JsonValue) -> JsonValue:
    if value is None:
        message = "JSON's null cannot be told from NULL"
        raise ValueError(message)
    return value


Json: TypeAlias = Annotated[JsonValue, AfterValidator(_not_null)]
"""Any JSON value but a bare null, which cannot be told from NULL. Nulls inside of it are fine."""

InitT = TypeVar("InitT", bound=Callable[..., None])


def numeric(precision: int, scale: int) -> Any:
    """Return the rule of decimal numbers with a precision and a scale.

    Write it as `Annotated[Decimal, numeric(20, 6)]`.
    PostgreSQL would round to `scale` decimals, so more of them are refused (zeros at the end do not
    count): a value comes back equal to what was given. NaN and the infinities are refused too.
    """
    return Field(max_digits=precision, decimal_places=scale, allow_inf_nan=False)


def invalid(error: ValidationError, entity: str | None = None) -> ValueInvalid:
    """Turn pydantic's refusal into `ValueInvalid`: fields and reasons, never the input."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    fields = tuple(dict.fromkeys(str(detail["loc"][0]) for detail in details if detail["loc"]))
    reasons = "; ".join(f"{'.'.join(map(str, detail['loc'])) or 'value'}: {detail['msg']}" for detail in details)
    return ValueInvalid(reasons, entity=entity, fields=fields)


def constructor(init: InitT) -> InitT:
    """Mark a constructor of our own as one that pydantic leaves out when it validates nested data."""
    init.__pydantic_base_init__ = True  # type: ignore[attr-defined]
    return init


class Refusing(BaseModel):
    """A frozen pydantic model whose constructor raises `ValueInvalid` where a field does not fit.

    pydantic's own entry points (`model_validate`, a field of another model) raise its
    `ValidationError`, without the input.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, ser_json_bytes="base64", val_json_bytes="base64"
    )

    @constructor
    def __init__(self, /, **data: Any) -> None:
        refused: ValidationError | None = None
        try:
            self.__pydantic_validator__.validate_python(data, self_instance=self)
        except ValidationError as error:
            refused = error
        if refused is not None:
            # Outside the except block: pydantic's error would stay reachable as the context.
            raise invalid(refused, entity=type(self).__name__)


class Value(Refusing):
    """Base of all values. `model_construct` skips their rules, and the database answers for them."""


class StateEnum(StrEnum):
    """A text enum whose members are the states of a lifecycle."""

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        """Return for each state the states that may follow it; absent: it is final."""
        return {}

    def next_states(self) -> tuple[Self, ...]:
        """Return the states that may follow this one, in declaration order."""
        return self._next

    def previous_states(self) -> tuple[Self, ...]:
        """Return the states from which this one may be set: its predecessors, and itself."""
        return self._previous

    # Every update of a state asks, and the answer never changes.
    @cached_property
    def _next(self) -> tuple[Self, ...]:
        allowed = self.transitions().get(self, frozenset[str]())
        return tuple(other for other in type(self) if other in allowed)

    @cached_property
    def _previous(self) -> tuple[Self, ...]:
        return tuple(other for other in type(self) if other == self or self in other.next_states())
