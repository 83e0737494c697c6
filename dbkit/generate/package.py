"""The package that is generated for: where it is, and which entities it has."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from dbkit.models.entity import Entity
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["OWN", "AnyEntity", "Package"]

AnyEntity: TypeAlias = Entity[Any, Any, Any]

OWN = "dbkit"
"""The package whose generated files have more in them: the names, and the databases, of its own entities."""

_LAYOUT = "It needs models/__init__.py with ENTITIES, and types/: `dbkit new service` makes such a package."


@dataclass(frozen=True, slots=True)
class Package:
    """A package with entities: its name, and the folder that it is in."""

    name: str
    folder: Path

    @classmethod
    def find(cls, name: str | None = None, place: Path | None = None) -> Package:
        """Return the package of this name, or the only one with entities, in a folder or in `src` below it.

        Raises `ConfigurationInvalid` where there is none, or more than one.
        """
        place = Path.cwd() if place is None else place
        found = [cls(path.name, path) for root in (place, place / "src") for path in sorted(root.glob(name or "*"))]
        fit = [each for each in found if each.has_entities()]
        if len(fit) == 1:
            return fit[0]
        what = f"a package {name} with entities" if name else "a package with entities"
        several = ", ".join(each.name for each in fit)
        raise ConfigurationInvalid(
            f"there is more than one package with entities in {place}: {several}" if fit else f"{place} has not {what}",
            advice="Name one by --package." if fit else _LAYOUT,
        )

    def has_entities(self) -> bool:
        """Tell whether the folder is laid out as a package with entities is."""
        return (self.folder / "models" / "__init__.py").is_file() and (self.folder / "types").is_dir()

    @property
    def is_own(self) -> bool:
        """Whether it is dbkit itself."""
        return self.name == OWN

    @property
    def root(self) -> Path:
        """The folder from which the package is imported."""
        return self.folder.parent

    @property
    def header(self) -> str:
        """The first line of a generated file."""
        by = "tools/interfaces.py" if self.is_own else "`dbkit generate`"
        return f"# Generated from values and models by {by}; edit those instead.\n"

    def twin_header(self, source: Path) -> str:
        """Return the first line of a twin."""
        by = "tools/unasync.py" if self.is_own else "`dbkit generate`"
        return f"# Generated from {source.relative_to(self.root).as_posix()} by {by}; edit that file instead.\n"

    def module(self, *parts: str) -> str:
        """Return the name of a module of the package."""
        return ".".join([self.name, *parts])

    def path(self, *parts: str) -> Path:
        """Return the place of a file of the package."""
        return self.folder.joinpath(*parts)

    @contextmanager
    def entities(self) -> Iterator[tuple[AnyEntity, ...]]:
        """Import the package's entities as its files are now, for a block.

        What is generated is not needed for it. Raises `ConfigurationInvalid` where the models cannot be imported.
        """
        if self.is_own:
            yield importlib.import_module(self.module("models")).ENTITIES
            return
        with self._imported_anew():
            yield self._own(self._models())

    def _own(self, models: ModuleType) -> tuple[AnyEntity, ...]:
        listed = getattr(models, "ENTITIES", None)
        if not isinstance(listed, tuple) or not all(isinstance(each, Entity) for each in listed):
            raise ConfigurationInvalid(f"{models.__name__} has no tuple ENTITIES of dbkit.Entity", advice=_LAYOUT)
        return tuple(each for each in listed if each.model.__module__.startswith(f"{self.name}."))

    def _models(self) -> ModuleType:
        """Import the models; without what the package itself imports, if that cannot be imported yet."""
        try:
            return importlib.import_module(self.module("models"))
        except ImportError:
            self._forget()
        for name in (self.name, self.module("types")):
            stand_in = ModuleType(name)
            stand_in.__path__ = [str(self.root.joinpath(*name.split(".")))]
            sys.modules[name] = stand_in
        try:
            return importlib.import_module(self.module("models"))
        except ImportError as error:
            reason = str(error)
        raise ConfigurationInvalid(f"{self.module('models')} cannot be imported: {reason}", advice=_LAYOUT)

    @contextmanager
    def _imported_anew(self) -> Iterator[None]:
        before = self._forget()
        importlib.invalidate_caches()
        sys.path.insert(0, str(self.root))
        try:
            yield
        finally:
            sys.path.remove(str(self.root))
            self._forget()
            sys.modules.update(before)

    def _forget(self) -> dict[str, ModuleType]:
        names = [name for name in sys.modules if name == self.name or name.startswith(f"{self.name}.")]
        return {name: sys.modules.pop(name) for name in names}
