"""A line that Alembic made, in the order in which Alembic would apply it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from dbkit.migrate.errors import LineBroken, RevisionUnknown, TwoPlaces
from dbkit.migrate.foreign.env_file import EnvFile
from dbkit.migrate.foreign.order import ancestors, in_order, needs_of, problems
from dbkit.migrate.foreign.project import Project
from dbkit.migrate.foreign.revision import ForeignRevision
from dbkit.migrate.foreign.settings import Settings, settings_of
from dbkit.migrate.line import Line, Revision
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["ForeignLine", "read_line"]

_SUM_FILE = "dbkit.sum"


def read_line(path: Path) -> ForeignLine:
    """Read a line by its folder or its settings; none of its code runs.

    Raises `ConfigurationInvalid` where there is none. What is wrong with the files is found when
    somebody asks where a database is on it, or for `findings`.
    """
    settings = settings_of(path)
    if not any(each.is_dir() for each in settings.versions):
        raise ConfigurationInvalid(
            f"{path} leads to no line of migrations", advice="It needs a folder versions/, or version_locations."
        )
    found, broken = _read_files(settings)
    broken += problems(found)
    needs = {} if broken else needs_of(found)
    revisions = tuple(found) if broken else in_order(found, needs)
    project = Project(settings, EnvFile(settings.folder / "env.py"), needs)
    revisions = tuple(replace(each, project=project) for each in revisions)
    return ForeignLine(settings.folder, revisions, project.version_table, project, tuple(broken))


@dataclass(frozen=True)
class ForeignLine(Line):
    """The revisions of an Alembic project, and what is known of it without running it."""

    project: Project = field(default_factory=Project, compare=False)
    broken: tuple[str, ...] = ()

    @property
    def must_be_hashed(self) -> bool:
        """Whether a missing `dbkit.sum` is a fault: it is not, until `dbkit migrate hash` wrote one."""
        return (self.folder / _SUM_FILE).is_file()

    @property
    def is_chained(self) -> bool:
        """Whether what stands before a file never changes: where branches meet, it does."""
        return False

    @property
    def notes(self) -> tuple[str, ...]:
        """What somebody who applies the line should know about it."""
        unhashed = (
            f"{self.folder} has no {_SUM_FILE}, so an edited revision goes unnoticed; `dbkit migrate hash` writes one"
        )
        return (*([] if self.must_be_hashed else [unhashed]), *self.project.env.notes)

    def order(self, name: str) -> Any:
        """Return the place of a file in the line; None where the line does not have it."""
        return self._places.get(name)

    def placed(self, rows: Sequence[str]) -> tuple[Line, int]:
        """Return the line with what has been applied in front, and how many revisions that is.

        A database of a line that branches may be at several revisions at once. Raises `LineBroken` for
        the files; `RevisionUnknown`, or `TwoPlaces` where one row stands behind another.
        """
        if self.broken:
            raise LineBroken("; ".join(self.broken))
        strangers = [row for row in rows if row not in self.position]
        if strangers:
            raise RevisionUnknown(
                f"the database is at {', '.join(map(repr, sorted(strangers)))}, which this line does not have",
                advice="Look for the branch or the project that it was migrated with: the table may be another one's.",
            )
        for row in rows:
            below = sorted(ancestors(self.project.needs[row], self.project.needs).intersection(rows))
            if below:
                raise TwoPlaces(f"the database is at {row} and, at once, at {', '.join(below)}, which stands before it")
        applied = ancestors(rows, self.project.needs)
        done = [each for each in self.revisions if each.id in applied]
        rest = [each for each in self.revisions if each.id not in applied]
        return replace(self, revisions=(*done, *rest)), len(done)

    def heads(self, count: int) -> tuple[Revision, ...]:
        """Return the revisions that the version rows name when the first `count` have been applied."""
        applied = self.revisions[:count]
        needed = {id for each in applied for id in self.project.needs.get(each.id, ())}
        return tuple(each for each in applied if each.id not in needed)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {each.name: number for number, each in enumerate(self.revisions)}

    def findings(self) -> list[str]:
        """Return what keeps the files from being applied, each with its file; nothing where all is well."""
        found = [*self.broken]
        heads = self.heads(len(self.revisions))
        if not self.broken and len(heads) > 1:
            names = ", ".join(sorted(each.path.name for each in heads))
            found.append(f"the line ends {len(heads)} times: {names}; `alembic merge heads` makes one end of them")
        for each in self.revisions:
            if isinstance(each, ForeignRevision):
                found += each.findings()
        return found


def _read_files(settings: Settings) -> tuple[list[ForeignRevision], list[str]]:
    found: list[ForeignRevision] = []
    broken: list[str] = []
    for base in settings.versions:
        for path in sorted(base.rglob("*.py") if settings.recursive else base.glob("*.py")):
            # What Alembic passes over.
            if path.name.startswith(("__init__", ".#")) or "__pycache__" in path.parts:
                continue
            try:
                found.append(ForeignRevision.read(path, base))
            except LineBroken as error:
                broken.append(error.happened)
    return found, broken
