"""Writes the module that finds the mocks of all entities at their first use."""

from __future__ import annotations

from collections.abc import Sequence

from dbkit.generate.lazily import lazy_module
from dbkit.generate.mocks import mock_names
from dbkit.generate.names import Names
from dbkit.generate.package import AnyEntity, Package

__all__ = ["mock_package"]

_BASE = {
    "calls": ("Call", "calls_in_order"),
    "errors": (
        "CallInvalid",
        "MockError",
        "NotStubbed",
        "OutcomesUsedUp",
        "ResultInvalid",
        "StubInvalid",
        "UnusedStub",
    ),
    "outcomes": ("InTurn", "in_turn"),
}
"""What dbkit's own mocks bring along, for those of all packages."""


def mock_package(package: Package, entities: Sequence[AnyEntity]) -> str:
    """Return the module `mock/__init__.py` of a package."""
    names = Names()
    for module, own in _BASE.items():
        if package.is_own:
            names.add(f"dbkit.mock.base.{module}", *own)
    for entity in entities:
        for colour, prefix in (("_async", "Async"), ("_sync", "")):
            home = package.module("mock", colour, entity.singular)
            names.add(home, *(f"{prefix}{name}" for name in mock_names(entity)))
    return lazy_module(package.header, f"Mocks of the repositories of {package.name}'s entities.", names)
