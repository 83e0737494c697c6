"""Writes the repositories that the databases of a package have, each with the type of its interface."""

from __future__ import annotations

from collections.abc import Sequence

from dbkit.generate.names import Names, module_text
from dbkit.generate.operations import Operations
from dbkit.generate.package import AnyEntity, Package

__all__ = ["repositories"]


def repositories(package: Package, entities: Sequence[AnyEntity]) -> str:
    """Return the module of classes that a database and its transactions extend."""
    names = Names()
    names.add("dbkit.database.repository", "repository")
    classes = [_repositories_of(package, entities, kind, names) for kind in ("", "Transaction")]
    every = ["AsyncRepositories", "AsyncTransactionRepositories"]
    what = "The repositories of dbkit's own entities." if package.is_own else "The repositories of the entities."
    return module_text(package.header, what, names, every, *classes)


def _repositories_of(package: Package, entities: Sequence[AnyEntity], kind: str, names: Names) -> str:
    of = "a transaction" if kind else "a database"
    lines = [f"class Async{kind}Repositories:", f'    """The repositories of {of}."""', ""]
    for entity in entities:
        constant, noun = entity.name.upper(), f"Async{entity.value.__name__}{kind}Repository"
        names.add(package.module("models"), constant)
        names.add(package.module("types", "_async", entity.singular), noun)
        operations = Operations(package, entity)
        mixed_in = operations.class_name(kind)
        if mixed_in is not None:
            names.add(operations.module, mixed_in)
        arguments = constant if mixed_in is None else f"{constant}, {mixed_in}"
        lines.append(f"    {entity.name}: {noun} = repository({arguments})")
    return "\n".join(lines)
