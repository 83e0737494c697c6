"""The line of revisions: files in a folder, each behind the one before it. Needs neither Alembic nor SQLAlchemy."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from dbkit.database.code_line import own_folder
from dbkit.migrate.errors import DatabaseAhead, RevisionUnknown, TwoPlaces
from dbkit.migrate.header import Header, Impossible, Lock, Lossless, Lossy, Phase, Waived
from dbkit.migrate.syntax import tree_of
from dbkit.migrate.version_table import OF_ALEMBIC, VersionTable
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Line", "Revision", "assigned", "own_folder"]

_FILE_NAME = re.compile(r"(?P<id>\d{14})_(?P<slug>[a-z0-9]+(?:_[a-z0-9]+)*)\.py")
_WORDS: Final[Mapping[str, Any]] = MappingProxyType(
    {each.__name__: each for each in (Header, Impossible, Lock, Lossless, Lossy, Phase, Waived)}
)


@dataclass(frozen=True)
class Revision:
    """One file of the line: its `id` is the time it was made at (UTC, to the second), in 14 digits."""

    id: str
    slug: str
    path: Path

    def __str__(self) -> str:
        return f"{self.id} {self.slug}"

    @property
    def name(self) -> str:
        """The file, as `dbkit.sum` names it."""
        return self.path.name

    @cached_property
    def header(self) -> Header:
        """What the revision claims about itself, read without running the file."""
        return self.written_header

    @property
    def has_header(self) -> bool:
        """Whether the revision claims anything itself."""
        return True

    @property
    def written_header(self) -> Header:
        """The header in the file; raises `ConfigurationInvalid` where there is none, or one that does not fit."""
        found = self._assigned("header")
        if not isinstance(found, Header):
            raise ConfigurationInvalid(f"{self.path.name} has no header", advice="Write `header = Header(...)`.")
        return found

    @cached_property
    def parent(self) -> str | None:
        """The id of the revision that this one stands behind; None for the first."""
        found = self._assigned("down_revision")
        if not isinstance(found, str | None):
            raise ConfigurationInvalid(f"{self.path.name} stands behind more than one revision")
        return found

    @property
    def after_a_stop(self) -> str:
        """What becomes of one without transaction that has stopped anywhere."""
        return "goes on where it stopped"

    @property
    def how(self) -> str:
        """How it is run, in a word: what is transactional is applied or not, and the rest goes on where it stopped."""
        return "transactional" if self.header.transactional else "resumable"

    @cached_property
    def declared(self) -> Any:
        """The id that the file gives itself; it must be that of its name."""
        return self._assigned("revision")

    @cached_property
    def title(self) -> str:
        """The first line of what the revision says about itself."""
        return (ast.get_docstring(self._module) or "").partition("\n")[0]

    @cached_property
    def functions(self) -> Mapping[str, int]:
        """The functions that the file defines, each with its number of statements; a docstring or `pass` is none."""
        found = [node for node in self._module.body if isinstance(node, ast.FunctionDef)]
        return {node.name: sum(not _is_nothing(each) for each in node.body) for node in found}

    @cached_property
    def _module(self) -> ast.Module:
        return tree_of(self.path)

    def _assigned(self, name: str) -> Any:
        """Return what the file assigns to a name: constants, and the words of headers, nothing else."""
        value = assigned(self._module, name)
        if value is None:
            return None
        if isinstance(value, ast.Constant):
            return value.value
        code = compile(ast.Expression(value), self.path.name, "eval")
        try:
            return eval(code, {"__builtins__": {}}, dict(_WORDS))  # noqa: S307 (the line is code that runs anyway)
        except (NameError, TypeError) as error:
            raise ConfigurationInvalid(f"{self.path.name}: {name} is no constant") from error


@dataclass(frozen=True)
class Line:
    """The revisions of a folder, in order, and the table that says how many of them a database has."""

    folder: Path
    revisions: tuple[Revision, ...]
    version_table: VersionTable = OF_ALEMBIC

    @classmethod
    def read(cls, folder: Path | None = None) -> Line:
        """Read the names of a line's files; dbkit's own line unless another folder is given.

        A line that Alembic made is read as Alembic reads it: by its folder, its alembic.ini, or its
        pyproject.toml. Raises `ConfigurationInvalid` where there is no line, or a file that is no revision.
        """
        folder = folder or own_folder()
        if _is_of_alembic(folder):
            from dbkit.migrate.foreign.line import read_line

            return read_line(folder)
        versions = folder / "versions"
        if not versions.is_dir():
            raise ConfigurationInvalid(f"{folder} holds no line of migrations", advice="It needs a folder versions/.")
        found: list[Revision] = []
        for path in sorted(versions.glob("*.py")):
            named = _FILE_NAME.fullmatch(path.name)
            if named is None:
                raise ConfigurationInvalid(
                    f"{path.name} is no name of a revision", advice="It should be YYYYMMDDHHMMSS_slug.py."
                )
            found.append(Revision(named["id"], named["slug"], path))
        return cls(folder, tuple(found))

    @property
    def head(self) -> Revision | None:
        """The last revision; None for an empty line."""
        return self.revisions[-1] if self.revisions else None

    @property
    def must_be_hashed(self) -> bool:
        """Whether a missing `dbkit.sum` is a fault."""
        return True

    @property
    def is_chained(self) -> bool:
        """Whether what stands before a file never changes, so that its hash may cover that too."""
        return True

    @property
    def notes(self) -> tuple[str, ...]:
        """What somebody who applies the line should know about it."""
        return ()

    def order(self, name: str) -> Any:
        """Return by what a file's name stands before or behind others in `dbkit.sum`; None where it stands nowhere."""
        return name

    def placed(self, rows: Sequence[str]) -> tuple[Line, int]:
        """Return the line in the order that a database with these version rows went, and how many revisions it has.

        Raises `TwoPlaces`, `RevisionUnknown` or `DatabaseAhead` for rows that are no place on the line.
        """
        if len(rows) > 1:
            raise TwoPlaces(f"the database is at {len(rows)} revisions at once: {', '.join(sorted(rows))}")
        for row in rows:
            if row not in self.position:
                shown = row if row.isalnum() else repr(row)
                # Ids of other tools are no times, and say nothing of before and after.
                if self.head is None or (row.isdigit() and row > self.head.id):
                    raise DatabaseAhead(
                        f"the database is at {shown}, and this line ends at {self.head or 'no revision'}"
                    )
                raise RevisionUnknown(f"the database is at {shown}, which this line does not have")
        return self, self.position[rows[0]] + 1 if rows else 0

    def heads(self, count: int) -> tuple[Revision, ...]:
        """Return the revisions that the version rows name when the first `count` have been applied."""
        return self.revisions[count - 1 : count] if count else ()

    def find(self, name: str) -> Revision:
        """Return the revision of this id, start of an id, or slug; raise `RevisionUnknown` for none or several."""
        exact = [revision for revision in self.revisions if name in (revision.id, revision.slug)]
        found = exact or [revision for revision in self.revisions if name and revision.id.startswith(name)]
        if len(found) != 1:
            count = "no revision" if not found else f"{len(found)} revisions"
            raise RevisionUnknown(
                f"{count} of the line goes by {name!r}", advice="Give an id of `dbkit migrate history`, or a slug."
            )
        return found[0]

    def findings(self) -> list[str]:
        """Return what keeps the files from being one line, each with its file; nothing where all is well."""
        found: list[str] = []
        before: str | None = None
        for revision in self.revisions:
            found += _findings(revision, before)
            before = revision.id
        return found

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The place of each revision's id in the line, from 0."""
        return MappingProxyType({revision.id: place for place, revision in enumerate(self.revisions)})


def _is_name(targets: list[ast.expr], name: str) -> bool:
    return len(targets) == 1 and isinstance(targets[0], ast.Name) and targets[0].id == name


def assigned(module: ast.Module, name: str) -> ast.expr | None:
    """Return what a module assigns to a name, alone and with or without an annotation; None where it does not."""
    for node in module.body:
        if isinstance(node, ast.Assign) and _is_name(node.targets, name):
            return node.value
        if isinstance(node, ast.AnnAssign) and _is_name([node.target], name):
            return node.value
    return None


def _is_of_alembic(folder: Path) -> bool:
    """Tell whether a line is one that Alembic made: named by its settings, or without any file that dbkit named."""
    if folder.is_file() or any((folder / name).is_file() for name in ("script.py.mako", "alembic.ini")):
        return True
    names = [path.name for path in (folder / "versions").glob("*.py") if not path.name.startswith("__init__")]
    return bool(names) and not any(map(_FILE_NAME.fullmatch, names))


def _is_nothing(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def _findings(revision: Revision, before: str | None) -> Iterator[str]:
    name = revision.path.name
    if revision.id == before:
        yield f"{name}: two revisions have this id"
    try:
        datetime.strptime(revision.id, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        yield f"{name}: its id is no time"
    try:
        yield from (f"{name}: {each}" for each in _findings_inside(revision, before))
    except ConfigurationInvalid as error:
        yield f"{name}: {error.happened}"
    except SyntaxError as error:
        yield f"{name}:{error.lineno}: it is no Python"


def _findings_inside(revision: Revision, before: str | None) -> Iterator[str]:
    if revision.declared != revision.id:
        yield f"it says revision = {revision.declared!r}"
    if revision.parent != before:
        yield f"it stands behind {revision.parent}, and the file before it is {before}"
    if not revision.title:
        yield "it says nothing about itself"
    missing = {"upgrade", "downgrade"} - revision.functions.keys()
    if missing:
        yield f"it has no {' and no '.join(sorted(missing))}"
    if revision.functions.get("upgrade") == 0:
        yield "its upgrade does nothing"
    if revision.header.phase is Phase.UNKNOWN:
        yield "its header names no phase"
    if before is None and not revision.header.transactional:
        # Stopped half-way it would leave tables, and no version row yet to tell whose they are.
        yield "the first revision has to be transactional"
