"""Keep what code sends beside its line: as it is now, and with each release."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

from dbkit.migrate.line import Line
from dbkit.migrate.proving.compatible.collecting import collect
from dbkit.migrate.proving.compatible.file import CURRENT, FOLDER, RECORDED, read_set, set_text
from dbkit.migrate.proving.compatible.statements import StatementSet
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["OWN_DATABASE", "Kept", "database_class", "keep"]

OWN_DATABASE = "dbkit:Database"
"""dbkit's own, whose tables its own line makes."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The current set, the files that say, or said, something else, and that of the release where one was asked for."""

    statements: StatementSet
    changed: tuple[Path, ...]
    release: Path | None = None


def keep(line: Line, database: str = OWN_DATABASE, *, write: bool = False, release: bool = False) -> Kept:
    """See what the repositories of a database class send, and with `write` or `release` keep it.

    What was recorded of operations, in `recorded.json`, is a part of it.
    A release takes the id of the line's head, and the place of an earlier one with the same. Raises
    `ConfigurationInvalid` for a class that there is not, or a line without revisions.
    """
    from dbkit.database.repository import entities_of

    if line.head is None:
        raise ConfigurationInvalid(f"{line.folder} has no revisions", advice="Write one first: `dbkit migrate new`.")
    folder = line.folder / FOLDER
    found = collect(entities_of(database_class(database)), line.head.id)
    if (folder / RECORDED).is_file():
        found = replace(found, statements=(*found.statements, *read_set(folder / RECORDED).statements))
    of_release = folder / f"{line.head.id}.json" if release else None
    paths = [folder / CURRENT, *([of_release] if of_release else [])]
    text = set_text(found)
    changed = tuple(path for path in paths if not path.is_file() or path.read_text(encoding="utf-8") != text)
    if write or release:
        folder.mkdir(exist_ok=True)
        for path in changed:
            path.write_text(text, encoding="utf-8")
    return Kept(found, changed, of_release)


def database_class(named: str) -> type[Any]:
    """Return the class that `module:name` names; raise `ConfigurationInvalid` where there is none."""
    module, _, name = named.partition(":")
    try:
        found = attrgetter(name or "Database")(import_module(module))
    except (ImportError, AttributeError, ValueError):
        found = None
    if not isinstance(found, type):
        raise ConfigurationInvalid(f"there is no database class at {named}", advice="Write module:Class.")
    return found
