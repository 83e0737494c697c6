"""What all errors have in common: facts as attributes, what happened, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

__all__ = ["DbkitError"]


class DbkitError(Exception):
    """Base of all errors that dbkit raises.

    `entity` is the table's name, `key` the key columns and values that the caller gave,
    `constraint` the constraint's or index's name, `fields` the fields at fault, `row` the index of
    the row at fault in a call that takes many, `sqlstate` PostgreSQL's code where it has one (the
    in-memory twin gives the same). `retryable` says whether the same unit of work may succeed when
    it is run again from its start.
    """

    code: ClassVar[str] = "error"
    retryable: ClassVar[bool] = False
    what: ClassVar[str] = "The operation failed"
    advice: ClassVar[str] = ""

    def __init__(
        self,
        what: str | None = None,
        *,
        entity: str | None = None,
        key: Mapping[str, object] | None = None,
        constraint: str | None = None,
        fields: tuple[str, ...] = (),
        row: int | None = None,
        sqlstate: str | None = None,
        advice: str | None = None,
    ) -> None:
        self.entity = entity
        self.key = dict(key) if key is not None else None
        self.constraint = constraint
        self.fields = tuple(fields)
        self.row = row
        self.sqlstate = sqlstate
        self.happened = what if what is not None else self.what
        self.to_do = advice if advice is not None else self.advice
        super().__init__(self.happened)

    def __str__(self) -> str:
        parts = [f"{self._subject()}{self.happened}{self._details()}."]
        if self.to_do:
            parts.append(self.to_do)
        return " ".join(parts)

    def _subject(self) -> str:
        if self.entity is None:
            return ""
        if not self.key:
            return f"{self.entity}: "
        key = ", ".join(f"{name}={_shown(value)}" for name, value in self.key.items())
        return f"{self.entity} ({key}): "

    def _details(self) -> str:
        facts = []
        if self.constraint:
            facts.append(f"constraint {self.constraint}")
        if self.fields:
            facts.append(f"fields {', '.join(self.fields)}")
        if self.row is not None:
            facts.append(f"row {self.row}")
        return f" ({'; '.join(facts)})" if facts else ""

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), dict(self.__dict__), self.args))


def _shown(value: object) -> str:
    """Return a part of a key as text that any log takes: escaped where it has control characters or half letters."""
    text = str(value)
    return text if text.isprintable() else repr(text)


def _rebuild(cls: type[DbkitError], state: dict[str, object], args: tuple[object, ...]) -> DbkitError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error
