"""Which files a new entity makes and changes: in a package of one's own, and in dbkit itself."""

from __future__ import annotations

import ast
from pathlib import Path

from dbkit.generate.names import Names
from dbkit.generate.scaffold.blueprint import Blueprint
from dbkit.generate.scaffold.files import Files
from dbkit.generate.scaffold.insertion import (
    with_element,
    with_element_of,
    with_export,
    with_import,
    with_line_after,
)
from dbkit.generate.scaffold.layout import Layout
from dbkit.generate.scaffold.texts import filled
from dbkit.models.areas import Area
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["files_of"]


def files_of(layout: Layout, blueprint: Blueprint, area: str | None = None) -> Files:
    """Return the files of an entity; `area` is for dbkit's own, whose schema has such parts."""
    package, name = layout.package, blueprint.name
    identifier = f'{name.noun}Id = NewType("{name.noun}Id", UUID)'
    file = f"{name.singular}.py"
    factories = ("mock", "factories", "declared") if package.is_own else ("factories",)
    made = {
        package.path("types", file): blueprint.types(
            layout.names_of_types(name.noun, blueprint.parent), "" if package.is_own else identifier
        ),
        package.path("models", file): blueprint.model(layout.names_of_models(name.noun, name.singular)),
        package.path(*factories, file): filled(
            "entity/factory.py", blueprint.values, _names_of_factory(layout, blueprint)
        ),
        layout.tests / f"test_{file}": _test(layout, blueprint),
    }
    changed = {package.path("models", "__init__.py"): _listed(layout, blueprint)}
    if package.is_own:
        changed |= _changed_in_dbkit(layout, blueprint, identifier, area)
    return Files(layout.project, made, changed)


def _listed(layout: Layout, blueprint: Blueprint) -> str:
    name = blueprint.name
    text = layout.package.path("models", "__init__.py").read_text(encoding="utf-8")
    text = with_import(text, layout.package.module("models", name.singular), name.constant, f"{name.noun}Model")
    text = with_export(text, name.constant, f"{name.noun}Model")
    return with_element(text, "ENTITIES", name.constant)


def _changed_in_dbkit(layout: Layout, blueprint: Blueprint, identifier: str, area: str | None) -> dict[Path, str]:
    if area not in set(Area):
        raise ConfigurationInvalid(
            "an entity of dbkit belongs to an area of its schema", advice=f"Say --area, one of: {', '.join(Area)}."
        )
    areas = layout.package.path("models", "areas.py")
    identifiers = layout.package.path("types", "identifiers.py")
    element = f"models.{blueprint.name.constant}"
    text = with_export(identifiers.read_text(encoding="utf-8"), f"{blueprint.name.noun}Id")
    return {
        areas: with_element_of(areas.read_text(encoding="utf-8"), "AREAS", Area(area).name, element),
        identifiers: with_line_after(text, _declares_an_identifier, identifier),
    }


def _declares_an_identifier(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("NewType(")


def _names_of_factory(layout: Layout, blueprint: Blueprint) -> Names:
    names = Names()
    names.add("dbkit.mock.factories.base" if layout.package.is_own else "dbkit.mock.factories", "EntityFactory")
    names.add(layout.package.module("models", blueprint.name.singular), blueprint.name.constant)
    return names


def _test(layout: Layout, blueprint: Blueprint) -> str:
    package, name = layout.package, blueprint.name
    database = "dbkit.Database" if package.is_own else _database_of(layout)
    nouns = "".join(word.capitalize() for word in name.plural.split("_"))
    key = [*([blueprint.parent.tenant.name] if blueprint.parent else []), "id"]
    names = Names()
    names.add("dbkit.mock.factories" if package.is_own else package.module("factories", "typed"), "Factories")
    names.add("dbkit.testing", "ConformanceSuite")
    names.add("dbkit.types", "AlreadyExists")
    names.add(package.module("database"), database)
    names.add(package.module("mock"), f"Mock{nouns}")
    names.add(package.module("models"), name.constant)
    more = {
        "Nouns": nouns,
        "mock": f"Mock{nouns}",
        "database": database,
        "new_key": ", ".join(f"new.{each}" for each in key),
        "stored_key": ", ".join(f"stored.{each}" for each in key),
        "modules": "import dbkit\n" if package.is_own else "",
    }
    return filled("entity/test.py", {**blueprint.values, **more}, names)


def _database_of(layout: Layout) -> str:
    """Return the class of the package's databases."""
    places = [layout.package.path("database", "__init__.py"), layout.package.path("database.py")]
    for place in filter(Path.is_file, places):
        for node in ast.parse(place.read_text(encoding="utf-8")).body:
            bases = [ast.unparse(base) for base in node.bases] if isinstance(node, ast.ClassDef) else []
            if any(base.removeprefix("dbkit.").startswith(("BaseDatabase[", "Database")) for base in bases):
                assert isinstance(node, ast.ClassDef)
                return node.name
    raise ConfigurationInvalid(
        f"{layout.package.name} has no database class", advice="Write one in database/__init__.py: class Shop(...)."
    )
