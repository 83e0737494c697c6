"""What an entity of dbkit itself has besides: a row in the small world, and its place in the pictures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from dbkit.generate.package import AnyEntity
from dbkit.generate.scaffold.layout import Layout
from dbkit.models import ENTITIES
from dbkit.seeds import small_world
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["draw", "seed"]


def seed(layout: Layout, entity: AnyEntity) -> Path:
    """Write the file of an entity's rows in the small world: one, which belongs to the first row of its parent."""
    from dbkit.mock.factories import Factories

    key = max(entity.table.foreign_key_constraints, key=lambda each: len(each.columns))
    parent = next(iter(small_world().rows(key.referred_table.name))).model_dump()
    given = {element.parent.name: parent[element.column.name] for element in key.elements}
    row = Factories(entity.singular, ENTITIES).of(entity).build(**given)
    path = layout.package.path("seeds", "small", f"{entity.name}.json")
    path.write_text(json.dumps([row.model_dump(mode="json")], indent=2) + "\n", encoding="utf-8")
    return path


def draw(layout: Layout) -> list[Path]:
    """Draw the pictures of the schema anew, and return those that may have changed."""
    command = [sys.executable, str(layout.project / "tools" / "pictures.py")]
    done = subprocess.run(command, cwd=layout.project, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ConfigurationInvalid(f"the pictures cannot be drawn: {done.stderr.strip()[-400:]}")
    docs = layout.project / "docs"
    return [*sorted(docs.glob("schema.*")), docs / "history.svg"]
