"""Where the files of entities are, in a package of one's own and in dbkit's checkout, and what they import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import dbkit
from dbkit.generate.names import Names
from dbkit.generate.package import Package
from dbkit.generate.scaffold.parents import Parent
from dbkit.models import columns
from dbkit.types import filter as filters
from dbkit.types import value
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Layout"]

_TYPES = ("BigInteger", "Bytes", "Instant", "Integer", "JsonObject", "StateEnum", "Text", "Value", "numeric")
_SQLALCHEMY = (
    "BigInteger",
    "Boolean",
    "CheckConstraint",
    "ForeignKeyConstraint",
    "Index",
    "LargeBinary",
    "Numeric",
    "func",
    "text",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A package with entities, and the folders that belong to it."""

    package: Package
    project: Path
    migrations: Path
    tests: Path

    @classmethod
    def of(cls, package: Package) -> Layout:
        """Return the layout of a package; raise `ConfigurationInvalid` where it has no line of migrations."""
        folder = package.folder.resolve()
        project = next((each for each in folder.parents if (each / "pyproject.toml").is_file()), folder.parent)
        if package.is_own and Path(dbkit.__file__).resolve().parent != folder:
            raise ConfigurationInvalid(
                "this checkout of dbkit is not the one that runs", advice="Install it: pip install --editable ."
            )
        lines = [each for each in (folder / "migrations", project / "migrations") if (each / "versions").is_dir()]
        if not lines:
            raise ConfigurationInvalid(
                f"{package.name} has no line of migrations", advice="It needs a folder migrations/versions/."
            )
        tests = project / "tests" / "entities" if package.is_own else project / "tests"
        return cls(Package(package.name, folder), project, lines[0], tests)

    def names_of_types(self, noun: str, parent: Parent | None) -> Names:
        """Return what a module of values may import."""
        names = Names()
        names.add("collections.abc", "Mapping")
        names.add("decimal", "Decimal")
        names.add("typing", "Annotated", "NewType")
        names.add("uuid", "UUID")
        names.add("pydantic", "Field")
        names.add(filters.__name__, *filters.__all__)
        names.add("dbkit.types.identifiers", "identifier", *([f"{noun}Id"] if self.package.is_own else []))
        names.add(value.__name__, *_TYPES)
        for column in parent.columns if parent else ():
            names.add(column.module, column.annotation)
        return names

    def names_of_models(self, noun: str, singular: str) -> Names:
        """Return what a module of a model may import."""
        names = Names()
        names.add("decimal", "Decimal")
        names.add("sqlalchemy", *_SQLALCHEMY)
        names.add("sqlalchemy.orm", "Mapped", "mapped_column")
        names.add(columns.__name__, *columns.__all__)
        names.add(*(("dbkit.models.entity", "Entity") if self.package.is_own else ("dbkit", "Entity")))
        names.add(self.package.module("models", "base"), "Base")
        home = self.package.module("types", singular)
        names.add(home, f"New{noun}", noun, f"{noun}Filter", f"{noun}Status")
        return names
