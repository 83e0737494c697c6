"""Breaches: how a row breaks one rule of its table, of every kind of rule, so that several can be broken at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from itertools import combinations
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Numeric, SmallInteger

from dbkit.mock.rows.checks import breaking, checks_of
from dbkit.mock.rows.plausible import kind_of
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.samples import Samples

__all__ = ["Breach", "Kind", "breaches_of", "changes_of", "clashes", "kinds_of", "one_of_each_kind", "too_large"]


class Kind(IntEnum):
    """A kind of rule, in the order in which kinds are checked."""

    UNSENDABLE = 1
    UNREADABLE = 2
    TOO_LARGE = 3
    NULL = 4
    CHECK = 5
    UNIQUE = 6
    REFERENCE = 7
    DEFERRED = 8


@dataclass(frozen=True)
class Breach:
    """Changes to a valid row by which it breaks a rule: a field's, or that of a constraint."""

    kind: Kind
    rule: str
    changes: Mapping[str, Any]

    @property
    def id(self) -> str:
        """A name for a note about it."""
        return f"{self.kind.name.lower()} {self.rule}"


def breaches_of(
    samples: Samples, entity: AnyEntity, fields: Mapping[str, Any], names: tuple[str, ...] | None = None
) -> Iterator[Breach]:
    """Yield ways in which a valid row breaks one rule each, but for unique keys; see `clashes`.

    With `names`, checks are broken by changes of these fields only.
    """
    for name in entity.new_fields:
        yield from _of_type(entity, name)
    for name in entity.new_fields:
        if not entity.table.c[name].nullable:
            yield Breach(Kind.NULL, name, {name: None})
    for check in checks_of(entity):
        own = None if names is None else tuple(name for name in check.fields if name in names)
        changes = breaking(check, fields, own) if check.is_reachable and own != () else None
        if changes:
            yield Breach(Kind.CHECK, check.name, changes)
    for reference in samples.references(entity):
        kind = Kind.DEFERRED if reference.deferrable else Kind.REFERENCE
        yield Breach(kind, reference.name, {reference.pointer: samples.fresh(entity, reference.pointer)})


def clashes(entity: AnyEntity, taken: Mapping[str, Any]) -> Iterator[Breach]:
    """Yield ways to want the place that a stored row has in a unique key; `taken` are those rows by the key's name."""
    for name, value in taken.items():
        fields = entity.unique_keys[name].fields
        yield Breach(
            Kind.UNIQUE, name, {field: getattr(value, field) for field in fields if field in entity.new_fields}
        )


def changes_of(breaches: Sequence[Breach]) -> dict[str, Any] | None:
    """Return the changes of several breaches, or None where they want different values for the same field."""
    changes: dict[str, Any] = {}
    for breach in breaches:
        for name, value in breach.changes.items():
            if name in changes and changes[name] is not value and changes[name] != value:
                return None
            changes[name] = value
    return changes


def kinds_of(breaches: Iterable[Breach], number: int) -> Iterator[tuple[Breach, ...]]:
    """Yield so many breaches that one row can have at once, once for each combination of their kinds."""
    seen = set[tuple[Kind, ...]]()
    for several in combinations(breaches, number):
        kinds = tuple(breach.kind for breach in several)
        if kinds not in seen and changes_of(several) is not None:
            seen.add(kinds)
            yield several


def one_of_each_kind(breaches: Iterable[Breach]) -> list[Breach]:
    """Return the first breach of each kind."""
    return [each[0] for each in kinds_of(breaches, 1)]


def _of_type(entity: AnyEntity, name: str) -> Iterator[Breach]:
    """Yield values that a field's type refuses: here, when the server reads them, or when it stores them."""
    kind = kind_of(entity.new, name)
    for broken, value in _WRONG.get(kind, {}).items():
        yield Breach(broken, name, {name: value})
    if kind in (int, Decimal):
        large = too_large(entity.table.c[name].type)
        yield Breach(Kind.TOO_LARGE if kind is Decimal else Kind.UNREADABLE, name, {name: large})


def too_large(type_: Any) -> int | Decimal:
    """Return the least number that is too large for a column of this type."""
    if isinstance(type_, Numeric):
        assert type_.precision is not None
        return Decimal(10).scaleb(type_.precision - (type_.scale or 0) - 1)
    bits: int = {SmallInteger: 15, BigInteger: 63}.get(type(type_), 31)
    return 1 << bits


_WRONG: Mapping[Any, Mapping[Kind, Any]] = {
    str: {Kind.UNSENDABLE: "a\0b"},
    tuple: {Kind.UNSENDABLE: ("a\0b",), Kind.UNREADABLE: "{a"},
    datetime: {Kind.UNSENDABLE: datetime(2024, 1, 1), Kind.UNREADABLE: "soon"},  # noqa: DTZ001 - that is what is wrong
    dict: {Kind.UNSENDABLE: {"a": object()}, Kind.UNREADABLE: {"a": "\0"}},
    UUID: {Kind.UNREADABLE: "none"},
    bool: {Kind.UNREADABLE: "maybe"},
    bytes: {Kind.UNREADABLE: "\\x0"},
}
