"""The fields of a new entity, as the command line names them: `price:numeric(10,2)?`."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dbkit.types.errors import ConfigurationInvalid
from dbkit.types.filter import Filter
from dbkit.types.value import Value

__all__ = ["KINDS", "Field", "States"]

_FIELD = re.compile(
    r"(?P<name>[a-z][a-z0-9_]*):(?P<kind>[a-z]+)(?:\((?P<precision>\d+),\s*(?P<scale>\d+)\))?(?P<optional>\?)?"
)
_STATE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_TAKEN = frozenset({"id", "name", "status", "created_at", "updated_at", "deleted_at", "deleted", "version"})
"""What every entity has, or what has a meaning by its name."""
_HIDDEN = frozenset(
    {"func", "identifier", "is_json_object", "mapped_column", "metadata", "numeric", "one_of", "registry", "text"}
)
"""What the bodies of the classes use by these names, which a field would hide, and what SQLAlchemy keeps for itself."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of field: the value's annotation, what a filter asks, the column's annotation and its argument.

    `optional_column` and `optional_argument` are those of a column that may be NULL, where they are not the same
    with `| None`.
    """

    annotation: str
    asked: str
    column: str
    argument: str = ""
    optional_column: str = ""
    optional_argument: str = ""


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "text": Kind("Text", "Text | Prefix", "PlainText", optional_column="OptionalText"),
        "integer": Kind("Integer", "int | Range[int]", "int"),
        "bigint": Kind("BigInteger", "int | Range[int]", "int", "BigInteger()"),
        "numeric": Kind("Annotated[Decimal, numeric({0})]", "Range[Decimal]", "Decimal", "Numeric({0})"),
        "boolean": Kind("bool", "bool", "bool", "Boolean()"),
        "instant": Kind("Instant", "Range[Instant]", "PointInTime", optional_column="OptionalPointInTime"),
        "json": Kind("JsonObject", "", "JsonDocument", optional_column="OptionalJsonDocument"),
        "bytes": Kind("Bytes", "", "BinaryData", optional_column="bytes | None", optional_argument="LargeBinary()"),
        "uuid": Kind("UUID", "UUID | AnyOf[UUID]", "Identifier", optional_column="OptionalIdentifier"),
    }
)
"""The types of fields, by the names that the command line takes."""

_EXAMPLES = "Write NAME:TYPE, with a ? where it may be left out: note:text?, price:numeric(10,2). Types: " + ", ".join(
    KINDS
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a new entity."""

    name: str
    kind: str
    digits: str = ""
    is_optional: bool = False

    @classmethod
    def parse(cls, text: str) -> Field:
        """Return the field that `name:type` says, with `?` for one that may be left out.

        Raises `ConfigurationInvalid` for a type that there is not, or a name that is taken.
        """
        found = _FIELD.fullmatch(text.strip())
        if found is None or found["kind"] not in KINDS or (found["kind"] == "numeric") != bool(found["precision"]):
            raise _refused(f"{text!r} is no field", f"{_EXAMPLES}.")
        _require_free(found["name"])
        digits = f"{int(found['precision'])}, {int(found['scale'])}" if found["precision"] else ""
        return cls(found["name"], found["kind"], digits, bool(found["optional"]))

    @property
    def in_value(self) -> str:
        """The line of the new value."""
        annotation = KINDS[self.kind].annotation.format(self.digits)
        return f"{self.name}: {annotation}{' | None = None' if self.is_optional else ''}"

    @property
    def in_model(self) -> str:
        """The line of the model."""
        kind = KINDS[self.kind]
        column, argument = kind.column, kind.argument
        if self.is_optional:
            column, argument = kind.optional_column or f"{column} | None", kind.optional_argument or argument
        return f"{self.name}: Mapped[{column}] = mapped_column({argument.format(self.digits)})"

    @property
    def in_filter(self) -> str:
        """The line of the filter; nothing where a type is not asked for."""
        asked = KINDS[self.kind].asked
        test = " | NullTest" if self.is_optional else ""
        return f"{self.name}: {asked}{test} | None = None" if asked else ""

    @property
    def check(self) -> str:
        """The check that the model needs for it; nothing for most."""
        return f'is_json_object({self.name}, name="{self.name}")' if self.kind == "json" else ""


def _require_free(name: str) -> None:
    if name in _TAKEN:
        raise _refused(f"a field cannot be called {name}", "Every entity has one of that name, or it has a meaning.")
    if name in _HIDDEN or hasattr(Value, name) or hasattr(Filter, name) or keyword.iskeyword(name):
        raise _refused(
            f"a field cannot be called {name}", "It would hide what Python, pydantic or SQLAlchemy mean by it."
        )
    if name.startswith("model_"):
        raise _refused(f"a field cannot be called {name}", "pydantic keeps names that begin with model_.")


@dataclass(frozen=True, slots=True)
class States:
    """The states of a new entity's lifecycle, in their order; none for an entity without one."""

    names: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str | None) -> States:
        """Return the states that `draft,listed,retired` says, or raise `ConfigurationInvalid`."""
        names = tuple(each.strip() for each in text.split(",")) if text is not None else ()
        if any(not _STATE.fullmatch(name) for name in names) or len(set(names)) < len(names) or len(names) == 1:
            raise _refused(f"{text!r} are no states", "Write two or more different words: draft,listed,retired.")
        return cls(names)

    @property
    def members(self) -> Sequence[str]:
        """The lines of the enum."""
        return [f'{name.upper()} = "{name}"' for name in self.names]

    @property
    def steps(self) -> str:
        """The dictionary of legal steps, from each state to the one after it."""
        pairs = zip(self.names, self.names[1:], strict=False)
        return "{" + ", ".join(f"cls.{old.upper()}: frozenset({{cls.{new.upper()}}})" for old, new in pairs) + "}"


def _refused(what: str, advice: str) -> ConfigurationInvalid:
    return ConfigurationInvalid(what, advice=advice)
