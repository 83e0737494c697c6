"""What a test wants: the marker `dbkit` and the options of the command line, checked while tests are collected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import pytest

__all__ = [
    "BACKENDS",
    "MARKER",
    "SOURCES",
    "Backend",
    "Isolation",
    "MarkerInvalid",
    "Role",
    "Source",
    "Wanted",
    "wanted_by",
]

Backend: TypeAlias = Literal["memory", "postgres", "both"]
Isolation: TypeAlias = Literal["rollback", "reset", "clone"]
Role: TypeAlias = Literal["admin", "service"]
Source: TypeAlias = Literal["auto", "local", "embedded", "container"]

BACKENDS: tuple[Backend, ...] = ("memory", "postgres", "both")
SOURCES: tuple[Source, ...] = ("auto", "local", "embedded", "container")
MARKER = "dbkit"

_ISOLATIONS: tuple[Isolation, ...] = ("rollback", "reset", "clone")
_ROLES: tuple[Role, ...] = ("admin", "service")
_CHOICES: Mapping[str, tuple[str, ...]] = {"backend": BACKENDS, "isolation": _ISOLATIONS, "role": _ROLES}
_NAMES = (*_CHOICES, "schema")


class MarkerInvalid(ValueError):
    """A marker `dbkit` says what it cannot say."""


@dataclass(frozen=True)
class Wanted:
    """What a test wants: which backend stands behind `db`, and how its database on PostgreSQL is kept apart.

    `schema` is `head`, `empty`, or a revision of the line. `role` says as whom calls are made on PostgreSQL:
    as the role that the server was given with, or as a service, which may do what entities' verbs call for.
    """

    backend: Backend = "memory"
    isolation: Isolation = "reset"
    schema: str = "head"
    role: Role = "admin"


def wanted_by(markers: Iterable[pytest.Mark], backend: Backend) -> Wanted:
    """Return what the markers of a test say together, the closest first; `backend` where they name none.

    A test that wants another schema than that of the models wants PostgreSQL. Raises `MarkerInvalid`.
    """
    said: dict[str, Any] = {}
    for marker in markers:
        said = {**_checked(marker), **said}
    schema = said.setdefault("schema", "head")
    if schema != "head":
        said.setdefault("backend", "postgres")
    if schema == "empty":
        said.setdefault("isolation", "clone")
    said.setdefault("backend", backend)
    wanted = Wanted(**said)
    if schema != "head" and wanted.backend != "postgres":
        raise MarkerInvalid(f"schema={schema!r} is for PostgreSQL: memory has the schema of the models")
    return wanted


def _checked(marker: pytest.Mark) -> Mapping[str, Any]:
    if marker.args:
        raise MarkerInvalid(f"its arguments have names: {', '.join(_NAMES)}")
    for name, value in marker.kwargs.items():
        if name not in _NAMES:
            raise MarkerInvalid(f"there is no argument {name!r}; there are {', '.join(_NAMES)}")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise MarkerInvalid(f"there is no {name} {value!r}; choose one of {', '.join(_CHOICES[name])}")
        if not isinstance(value, str) or not value:
            raise MarkerInvalid(f"{name} is text, not {value!r}: head, empty, or a revision")
    return marker.kwargs
