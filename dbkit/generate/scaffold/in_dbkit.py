"""What an entity of dbkit itself has besides: rows in the small world and in the proofs, and its place in pictures."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from sqlalchemy import ForeignKeyConstraint

from dbkit.generate.package import AnyEntity
from dbkit.generate.scaffold.layout import Layout
from dbkit.generate.scaffold.texts import filled
from dbkit.models import ENTITIES
from dbkit.seeds import small_world
from dbkit.types.errors import ConfigurationInvalid
from dbkit.types.value import Value

__all__ = ["draw", "plant", "seed"]


def seed(layout: Layout, entity: AnyEntity) -> Path:
    """Write the file of an entity's rows in the small world: one, which belongs to the first row of its parent."""
    key = _key_of_parent(entity)
    parent = next(iter(small_world().rows(key.referred_table.name))).model_dump()
    row = _row(entity, {element.parent.name: parent[element.column.name] for element in key.elements})
    path = layout.package.path("seeds", "small", f"{entity.name}.json")
    path.write_text(json.dumps([row.model_dump(mode="json")], indent=2) + "\n", encoding="utf-8")
    return path


def plant(layout: Layout, entity: AnyEntity, revision: Path) -> Path:
    """Write what the proof of the revision plants: a row, for the way back to lose."""
    key = _key_of_parent(entity)
    targets = {element.parent.name: element.column.name for element in key.elements}
    row = _row(entity, {})
    columns = {name: targets.get(name) or _literal(getattr(row, name)) for name in entity.new_fields}
    # The proof plants it several times, and compares.
    columns |= dict.fromkeys(("created_at", "updated_at"), "'2024-01-01Z'")
    text = filled(
        "entity/history.py",
        {
            "table": entity.name,
            "columns": f",\n{' ' * 13}".join(columns),
            "values": f",\n{' ' * 13}".join(columns.values()),
            "parent": key.referred_table.name,
            "order": ", ".join(targets.values()),
        },
    )
    path = layout.project / "tests" / "migrations" / "history" / f"v{revision.name.partition('_')[0]}.py"
    path.write_text(text, encoding="utf-8")
    return path


def _key_of_parent(entity: AnyEntity) -> ForeignKeyConstraint:
    return max(entity.table.foreign_key_constraints, key=lambda each: len(each.columns))


def _row(entity: AnyEntity, given: dict[str, object]) -> Value:
    from dbkit.mock.factories import Factories

    made: Value = Factories(entity.singular, ENTITIES).of(entity).build(**given)
    return made


def _literal(value: object) -> str:
    """Return a value as SQL writes it."""
    if value is None or isinstance(value, bool | int | Decimal):
        return "NULL" if value is None else str(value).lower()
    if isinstance(value, bytes):
        return f"'\\\\x{value.hex()}'"
    text = json.dumps(value) if isinstance(value, dict) else str(value)
    return "'" + text.replace("'", "''") + "'"


def draw(layout: Layout) -> list[Path]:
    """Draw the pictures of the schema anew, and return those that may have changed."""
    command = [sys.executable, str(layout.project / "tools" / "pictures.py")]
    done = subprocess.run(command, cwd=layout.project, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ConfigurationInvalid(f"the pictures cannot be drawn: {done.stderr.strip()[-400:]}")
    docs = layout.project / "docs"
    return [*sorted(docs.glob("schema.*")), docs / "history.svg"]
