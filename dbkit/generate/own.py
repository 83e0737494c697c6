"""Writes what only dbkit itself has: the names of `dbkit.types`, the unit of operations, the types of factories."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path

from dbkit.generate.factories import typed_factories
from dbkit.generate.lazily import lazy_module
from dbkit.generate.names import Names, module_text
from dbkit.generate.package import AnyEntity, Package

__all__ = ["own_files"]

_TYPES_ARE = """Values, filters, pages, errors and interfaces: what callers of dbkit speak in.

Names are imported at their first use: a command that needs the errors does not pay for all values.
"""


def own_files(package: Package, entities: Sequence[AnyEntity]) -> dict[Path, str]:
    """Return the texts of the files, by path."""
    return {
        package.path("types", "__init__.py"): _public_types(package, entities),
        package.path("types", "_async", "unit.py"): _unit(package, entities),
        package.path("mock", "factories", "typed.py"): typed_factories(package, entities),
    }


def _unit(package: Package, entities: Sequence[AnyEntity]) -> str:
    names = Names()
    names.add("typing", "Protocol")
    lines = ["class AsyncUnit(Protocol):", '    """The repositories of one transaction."""', ""]
    for entity in entities:
        noun = f"Async{entity.value.__name__}TransactionRepository"
        names.add(f"dbkit.types._async.{entity.singular}", noun)
        what = f'"""The {entity.name.replace("_", " ")}."""'
        lines.append(f"    @property\n    def {entity.name}(self) -> {noun}:\n        {what}\n        ...\n")
    what = "What operations over several entities work on."
    return module_text(package.header, what, names, ["AsyncUnit"], "\n".join(lines))


def _public_types(package: Package, entities: Sequence[AnyEntity]) -> str:
    """Return the package module of dbkit.types: every public name of its modules."""
    names = Names()
    for path in sorted(package.path("types").glob("*.py")):
        if path.stem != "__init__":
            module = importlib.import_module(f"dbkit.types.{path.stem}")
            names.add(module.__name__, *module.__all__)
    for entity in entities:
        for colour, prefix in (("_async", "Async"), ("_sync", "")):
            interfaces = [f"{prefix}{entity.value.__name__}{kind}Repository" for kind in ("", "Transaction")]
            names.add(f"dbkit.types.{colour}.{entity.singular}", *interfaces)
    return lazy_module(package.header, _TYPES_ARE, names)
