"""What code knows of its line of migrations: the revisions that it was built with, and which of them it needs.

`dbkit migrate hash` writes it into a file beside the line, which travels in the package as the code
does. So a service knows it without the migrations' own code, and without reading a revision.
SQLAlchemy is imported for database classes, and not where a line is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["CODE_LINE_FILE", "CONTRACT", "CodeLine", "code_line_of", "own_folder"]

CODE_LINE_FILE = "dbkit.line"

CONTRACT = "contract"
"""The phase of revisions that code does not need: they take away what only the code before it used."""


def own_folder() -> Path:
    """Return the folder of dbkit's own line: in the wheel beside the code, in a checkout beside the package."""
    package = Path(__file__).parents[1]
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


@dataclass(frozen=True, slots=True)
class CodeLine:
    """The revisions of a line, in order, and the last one that code needs: the last that is no contract."""

    revisions: tuple[str, ...]
    needs: str

    @classmethod
    def read(cls, folder: Path) -> CodeLine | None:
        """Read what `dbkit migrate hash` has written beside a line; None for a line without revisions.

        Raises `ConfigurationInvalid` where it has not, or where a merge has left both sides in the file.
        """
        path = folder / CODE_LINE_FILE
        if not path.is_file():
            raise ConfigurationInvalid(
                f"{path} is missing", advice=f"Run `dbkit migrate hash --line {folder}`, and put it into the package."
            )
        rows = [tuple(line.split()) for line in path.read_text().splitlines()]
        if any(len(row) != 2 for row in rows):
            raise ConfigurationInvalid(f"{path} is damaged, perhaps by a merge", advice="Run `dbkit migrate hash`.")
        if not rows:
            return None
        needed = [revision for revision, phase in rows if phase != CONTRACT]
        return cls(tuple(revision for revision, _ in rows), needed[-1] if needed else rows[-1][0])


def code_line_of(database: type[Any]) -> Path | None:
    """Return the folder of the line that makes a database class's tables, None where it names none.

    A class that adds repositories to those of its base has tables that the base's line does not make: it
    names a line of its own, or has none.
    """
    from dbkit.database.repository import entities_of

    named = next(base for base in database.__mro__ if "line" in vars(base))
    is_all_of_it = entities_of(database).keys() == entities_of(named).keys()
    folder: Path | None = vars(named)["line"] if is_all_of_it else None
    return folder
