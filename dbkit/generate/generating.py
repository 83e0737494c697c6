"""What is generated for a package, all of it, and whether its files are that."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dbkit.generate.calls import calls
from dbkit.generate.colours import convert, twin_of
from dbkit.generate.comparing import Comparison, compared
from dbkit.generate.factories import typed_factories
from dbkit.generate.formatting import formatted
from dbkit.generate.interfaces import Interface
from dbkit.generate.mock_package import mock_package
from dbkit.generate.mocks import Mock
from dbkit.generate.own import own_files
from dbkit.generate.package import AnyEntity, Package
from dbkit.generate.repositories import repositories

__all__ = ["compared_interfaces", "compared_package", "compared_twins"]

_FOLDERS = (("types", "calls"), ("types", "_async"), ("mock", "calls"), ("mock", "_async"))
"""The folders that hold nothing but what is generated from values and models."""

_COLOURED = ("types", "operations", "mock", "database")
"""The folders of a package that have an `_async` folder, and get its twin."""


def compared_package(package: Package) -> Comparison:
    """Compare all that is generated for a package with its files. Raises `ConfigurationInvalid`."""
    wanted = _interfaces(package)
    sources = {**_sources(package), **{path: text for path, text in wanted.items() if path.parent.name == "_async"}}
    twins = formatted({twin_of(path): _twin(package, path, text) for path, text in sources.items()}, package.root)
    existing = _existing(package) | _twins_in(package)
    return compared(package.root, {**wanted, **twins}, existing, by_meaning=not package.is_own)


def compared_interfaces(package: Package) -> Comparison:
    """Compare what is generated from values and models with its files. Raises `ConfigurationInvalid`."""
    return compared(package.root, _interfaces(package), _existing(package), by_meaning=not package.is_own)


def compared_twins(package: Package, folders: Sequence[Path]) -> Comparison:
    """Compare the twins of all `_async` folders below these with their files."""
    sources = {path: path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("_async/**/*.py")}
    wanted = formatted({twin_of(path): _twin(package, path, text) for path, text in sources.items()}, package.root)
    existing = {path for folder in folders for path in folder.rglob("_sync/**/*.py") if "__pycache__" not in path.parts}
    return compared(package.root, wanted, existing)


def _interfaces(package: Package) -> dict[Path, str]:
    with package.entities() as entities:
        found = {package.path("mock", "__init__.py"): mock_package(package, entities)}
        for entity in entities:
            found |= _of_entity(package, entity)
        if package.path("database").is_dir():
            found[package.path("database", "_async", "repositories.py")] = repositories(package, entities)
        if package.path("factories").is_dir():
            found[package.path("factories", "typed.py")] = typed_factories(package, entities)
        if package.is_own:
            found |= own_files(package, entities)
    for folder in _FOLDERS:
        found[package.path(*folder, "__init__.py")] = ""
    return formatted(found, package.root)


def _of_entity(package: Package, entity: AnyEntity) -> dict[Path, str]:
    name = f"{entity.singular}.py"
    interface = Interface(package, entity).text()
    mock = Mock(package, entity, interface)
    return {
        package.path("types", "calls", name): calls(package, entity),
        package.path("types", "_async", name): interface,
        package.path("mock", "calls", name): mock.records(),
        package.path("mock", "_async", name): mock.mocks(),
    }


def _existing(package: Package) -> set[Path]:
    return {path for folder in _FOLDERS for path in package.path(*folder).glob("*.py")}


def _sources(package: Package) -> dict[Path, str]:
    """Return the async sources that are written by hand."""
    folders = [package.folder] if package.is_own else [package.path(name) for name in _COLOURED]
    found = {path for folder in folders for path in folder.rglob("_async/**/*.py")}
    return {path: path.read_text(encoding="utf-8") for path in found - _existing(package)}


def _twins_in(package: Package) -> set[Path]:
    folders = [package.folder] if package.is_own else [package.path(name) for name in _COLOURED]
    return {path for folder in folders for path in folder.rglob("_sync/**/*.py") if "__pycache__" not in path.parts}


def _twin(package: Package, path: Path, text: str) -> str:
    return package.twin_header(path) + convert(text) if text else ""
