"""Filters: which rows a page, an iteration or a count is about.

A field of a filter holds a plain value for equality, or a condition. `None` means: not asked.

    ConnectionFilter(project_id=project_id, status=AnyOf(ConnectionStatus.CREATED, ConnectionStatus.WORKING))
    IntegrationFilter(project_id=project_id, name=Prefix("crm-"), created_at=Range(at_least=monday))
    TeamFilter(organization_id=organization_id, parent_team_id=NullTest.IS_NULL)
"""

from __future__ import annotations

from enum import Enum
from typing import Any, Generic, TypeVar

from dbkit.types.value import Refusing, Text, constructor

__all__ = [
    "EVERY_TENANT",
    "AnyOf",
    "Contains",
    "Deleted",
    "EveryTenant",
    "Filter",
    "IgnoringCase",
    "NullTest",
    "Prefix",
    "Range",
]

T = TypeVar("T")


class Deleted(Enum):
    """Which rows of a soft-deleting entity to see."""

    LIVE = "live"
    DELETED = "deleted"
    ANY = "any"


class NullTest(Enum):
    """A test for the absence of a value."""

    IS_NULL = "is_null"
    IS_NOT_NULL = "is_not_null"


class EveryTenant(Enum):
    """The one door to all tenants at once, for sweeps by workers."""

    EVERY_TENANT = "every_tenant"


EVERY_TENANT = EveryTenant.EVERY_TENANT
"""Give it in place of the tenant's id to look at every tenant."""


# Each has a constructor of its own: type checkers take an inherited one for pydantic's.


class AnyOf(Refusing, Generic[T]):
    """Equal to any of these values; of none, if there are none."""

    values: tuple[T, ...]

    @constructor
    def __init__(self, *values: T) -> None:
        super().__init__(values=values)


class Contains(Refusing, Generic[T]):
    """An array that contains all of these values."""

    values: tuple[T, ...]

    @constructor
    def __init__(self, *values: T) -> None:
        super().__init__(values=values)


class Prefix(Refusing):
    """Text that starts with this, by code point and case-sensitively."""

    text: Text

    @constructor
    def __init__(self, text: str) -> None:
        super().__init__(text=text)


class IgnoringCase(Refusing):
    """Equal but for the case of ASCII letters: `lower()` of the collation "C" folds no others."""

    text: Text

    @constructor
    def __init__(self, text: str) -> None:
        super().__init__(text=text)


class Range(Refusing, Generic[T]):
    """Between bounds, each of them optional; NULL is in no range."""

    at_least: T | None = None
    more_than: T | None = None
    at_most: T | None = None
    less_than: T | None = None


class Filter(Refusing):
    """Base of all filters. A field that does not fit raises `ValueInvalid`."""

    def conditions(self) -> dict[str, Any]:
        """Return what is asked: field to value or condition, unasked fields left out."""
        return {name: value for name, value in self.__dict__.items() if value is not None}
