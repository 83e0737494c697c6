"""What follows from a new model: the revision that creates its table, interfaces, mocks, and the line's sum."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from dbkit.database.code_line import CODE_LINE_FILE
from dbkit.generate.generating import compared_package
from dbkit.generate.package import AnyEntity, Package
from dbkit.generate.scaffold.in_dbkit import draw, plant, seed
from dbkit.generate.scaffold.layout import Layout
from dbkit.migrate.line import Line
from dbkit.migrate.new import new_revision
from dbkit.migrate.new_tables import draft_of_tables
from dbkit.migrate.sum import SUM_FILE, write
from dbkit.models.agreement import disagreements
from dbkit.types.errors import ConfigurationInvalid, DbkitError

__all__ = ["finish"]


def finish(layout: Layout, table: str) -> list[str]:
    """Write what follows from the model of a table, and return the files' names; undo it where it fails.

    For dbkit itself that is rows of the small world and of the revision's proof, and the pictures, as well.
    """
    hashed = [layout.migrations / name for name in (SUM_FILE, CODE_LINE_FILE)]
    before = {path: path.read_text() for path in hashed if path.is_file()}
    made: list[Path] = []
    try:
        with layout.package.entities() as entities:
            entity = next(each for each in entities if each.name == table)
            made += _made(layout, entity)
        write(Line.read(layout.migrations))
        comparison = compared_package(layout.package)
        comparison.write()
        drawn = draw(layout) if layout.package.is_own else []
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        for path in hashed:
            path.unlink(missing_ok=True)
        for path, text in before.items():
            path.write_text(text)
        raise
    return [path.relative_to(layout.project).as_posix() for path in (*made, *hashed, *comparison.stale, *drawn)]


def _made(layout: Layout, entity: AnyEntity) -> Iterator[Path]:
    """Make the files that are no generated ones, and yield each as soon as it is there."""
    wrong = disagreements(entity)
    if wrong:
        raise ConfigurationInvalid(f"value and model differ: {'; '.join(wrong)}")
    words = entity.name.replace("_", " ")
    draft = draft_of_tables([entity.table], f"What the model of {words} said when they were new.")
    revision = new_revision(layout.migrations, f"create_{entity.name}", draft)
    yield revision
    if layout.package.is_own:
        yield seed(layout, entity)
        yield plant(layout, entity, revision)


def _main(folder: str, table: str) -> int:
    package = Path(folder)
    try:
        found = finish(Layout.of(Package(package.name, package)), table)
    except DbkitError as error:
        sys.stderr.write(f"{error.happened}\n")
        return 1
    sys.stdout.write("".join(f"{name}\n" for name in found))
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
