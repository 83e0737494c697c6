"""A new entity: its value, model, factory, revision and tests, all of them running at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from dbkit.generate.package import AnyEntity, Package
from dbkit.generate.scaffold.blueprint import Blueprint
from dbkit.generate.scaffold.fields import Field, States
from dbkit.generate.scaffold.files import Written
from dbkit.generate.scaffold.finishing import finish
from dbkit.generate.scaffold.layout import Layout
from dbkit.generate.scaffold.naming import EntityName
from dbkit.generate.scaffold.parents import find_parent
from dbkit.generate.scaffold.placing import files_of
from dbkit.migrate.line import Line
from dbkit.migrate.sum import verify
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["new_entity"]


def new_entity(
    package: Package,
    name: EntityName,
    *,
    under: str | None = None,
    fields: Sequence[Field] = (),
    states: States | None = None,
    area: str | None = None,
) -> Written:
    """Write an entity's files into a package, with the revision of its table, and generate what follows from it.

    `under` is the entity that it belongs to: its key begins with the same tenant, and it goes with it. In dbkit
    itself that is a project unless another is named, and `area` says which part of the schema the entity is of.
    Where something cannot be done, nothing is: raises `ConfigurationInvalid` for names and places that are taken,
    and `LineChanged` where the line has changes that are not hashed.
    """
    layout = Layout.of(package)
    verify(Line.read(layout.migrations))
    blueprint = _planned(layout, name, under, tuple(fields), states or States())
    blueprint.require_short_names()
    files = files_of(layout, blueprint, area)
    files.require_free()
    with files.written():
        generated = _finished(layout, name)
    made = [files.name(path) for path in files.made]
    return Written(tuple(made), tuple(files.name(path) for path in files.changed), tuple(generated))


def _planned(
    layout: Layout, name: EntityName, under: str | None, fields: tuple[Field, ...], states: States
) -> Blueprint:
    under = under or ("project" if layout.package.is_own else None)
    with layout.package.entities() as entities:
        _require_free_name(entities, name)
        parent = None if under is None else find_parent(entities, under)
        taken = {each.name for each in parent.columns} if parent else set[str]()
    names = [*taken, *(each.name for each in fields)]
    twice = sorted({each for each in names if names.count(each) > 1})
    if twice:
        raise ConfigurationInvalid(f"{name.plural} would have {twice[0]} twice", advice="Give each field one name.")
    return Blueprint(name, fields, states, parent)


def _require_free_name(entities: Sequence[AnyEntity], name: EntityName) -> None:
    taken = {part for each in entities for part in (each.name, each.singular)}
    for part in (name.singular, name.plural):
        if part in taken:
            raise ConfigurationInvalid(f"there is an entity {part} already", advice="Choose another name.")


def _finished(layout: Layout, name: EntityName) -> list[str]:
    if not layout.package.is_own:
        return finish(layout, name.plural)
    # In a process of its own: this one has read dbkit's models as they were before.
    command = [sys.executable, "-m", "dbkit.generate.scaffold.finishing", str(layout.package.folder), name.plural]
    done = subprocess.run(command, cwd=layout.project, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ConfigurationInvalid(done.stderr.strip().splitlines()[-1], advice="Nothing of the entity was kept.")
    return done.stdout.splitlines()
