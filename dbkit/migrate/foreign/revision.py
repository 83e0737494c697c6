"""One revision of a line that Alembic made."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dbkit.migrate.errors import LineBroken
from dbkit.migrate.foreign.signs import Way, takes_arguments, way_of
from dbkit.migrate.header import Downgrade, Header, Impossible, Lossless, Phase, Unknown
from dbkit.migrate.line import Revision, assigned
from dbkit.migrate.syntax import tree_of
from dbkit.types.errors import ConfigurationInvalid

if TYPE_CHECKING:
    from dbkit.migrate.foreign.project import Project

__all__ = ["ForeignRevision"]

_ID_LENGTH_MAX = 32
_SAID = re.compile(r"^# *(phase|transactional|downgrade): *(\w+) *$", re.MULTILINE)
_OF_PLACE = ("revision", "down_revision", "depends_on", "branch_labels")
_PHASES = (Phase.EXPAND, Phase.DATA, Phase.CONTRACT)
_WORDS: Final[Mapping[str, Sequence[str]]] = {"phase": _PHASES, "transactional": ("no",), "downgrade": ("lossless",)}


@dataclass(frozen=True)
class ForeignRevision(Revision):
    """A revision with an id, a file name and a place in the order of any kind; `base` is the folder of versions.

    What a header would say is taken from a header where there is one, from comments (`# phase: contract`,
    `# transactional: no`, `# downgrade: lossless`), else from the code: it is transactional unless it
    shows that it cannot be; its phase, and what its downgrade loses, are unknown.
    """

    base: Path
    module: ast.Module = field(compare=False, repr=False)
    project: Project | None = field(default=None, compare=False, repr=False)

    @classmethod
    def read(cls, path: Path, base: Path) -> ForeignRevision:
        """Read a file.

        Raises `LineBroken` where it is no Python, or does not say which revision it is.
        """
        name = path.relative_to(base).as_posix()
        try:
            module = tree_of(path)
        except SyntaxError as error:
            raise LineBroken(f"{name}:{error.lineno}: it is no Python") from None
        said = cls("", "", path, base, module).says
        if len(said["revision"]) != 1 or not said["revision"][0]:
            raise LineBroken(f"{name}: it does not say which revision it is (`revision = ...`)")
        id = said["revision"][0]
        return cls(id, _slug(path.stem, id), path, base, module)

    def __str__(self) -> str:
        return f"{self.id} {self.slug}".strip()

    @property
    def name(self) -> str:
        """The file, below the folder of versions."""
        return self.path.relative_to(self.base).as_posix()

    @cached_property
    def header(self) -> Header:
        """What the revision claims about itself, or what is known without its word."""
        if self.has_header:
            return self.written_header
        return Header(
            phase=next((each for each in _PHASES if each == self._said.get("phase")), Phase.UNKNOWN),
            transactional=self.way is Way.ONE_TRANSACTION,
            downgrade=self._downgrade,
        )

    @cached_property
    def way(self) -> Way:
        """How it is run: by its header or its comment, else as its code shows."""
        shown = way_of(self.module)
        if self.has_header and self.written_header.transactional:
            return Way.ONE_TRANSACTION
        if shown is Way.ONE_TRANSACTION and self.has_header:
            return Way.AUTOCOMMIT
        return Way.IN_PARTS if shown is Way.ONE_TRANSACTION and self._said.get("transactional") == "no" else shown

    @property
    def after_a_stop(self) -> str:
        """What becomes of one without transaction that has stopped anywhere."""
        return "begins again, and keeps what it has committed"

    @property
    def how(self) -> str:
        """How it is run, in a word."""
        return self.way.value

    @cached_property
    def says(self) -> Mapping[str, tuple[str, ...]]:
        """What the file says of its place, by variable; raises `LineBroken` for what is no constant."""
        return {variable: self._names(variable) for variable in _OF_PLACE}

    @property
    def parents(self) -> tuple[str, ...]:
        """The ids of `down_revision`."""
        return self.says["down_revision"]

    @property
    def depends_on(self) -> tuple[str, ...]:
        """What has to be applied before: ids, starts of ids or labels of branches."""
        return self.says["depends_on"]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the branch that begins here."""
        return self.says["branch_labels"]

    def findings(self) -> Iterator[str]:
        """Tell what keeps it from being run, each with its file."""
        try:
            yield from (f"{self.name}: {each}" for each in self._findings())
        except ConfigurationInvalid as error:
            yield f"{self.name}: {error.happened}"

    def _findings(self) -> Iterator[str]:
        if len(self.id) > _ID_LENGTH_MAX:
            yield f"its id is longer than {_ID_LENGTH_MAX} characters, which the version table holds"
        if "upgrade" not in self._bound:
            yield "it has no upgrade"
        if takes_arguments(self.module, "upgrade"):
            yield "its upgrade wants arguments, which only an env.py of several databases gives it"
        wrong = [f"{name}: {word}" for name, word in self._said.items() if word not in _WORDS[name]]
        yield from (
            f"its comment `# {each}` says none of {', '.join(_WORDS[each.partition(':')[0]])}" for each in wrong
        )
        if self.has_header and self.written_header.phase is Phase.UNKNOWN:
            yield "its header names no phase"

    @property
    def has_header(self) -> bool:
        """Whether the revision claims anything itself: what is known without its word is no claim about locks."""
        return isinstance(assigned(self.module, "header"), ast.Call)

    @cached_property
    def _said(self) -> Mapping[str, str]:
        return {name: word.lower() for name, word in _SAID.findall(self.path.read_text(encoding="utf-8"))}

    @property
    def _downgrade(self) -> Downgrade:
        if self._said.get("downgrade") == "lossless":
            return Lossless()
        if "downgrade" not in self._bound:
            return Impossible("it has no downgrade")
        body = next((each.body for each in self._defined if each.name == "downgrade"), [])
        statements = [
            each for each in body if not isinstance(each, ast.Expr) or not isinstance(each.value, ast.Constant)
        ]
        if statements and isinstance(statements[0], ast.Raise):
            return Impossible("its downgrade does nothing but raise")
        return Unknown()

    @property
    def _defined(self) -> list[ast.FunctionDef]:
        return [node for node in self.module.body if isinstance(node, ast.FunctionDef)]

    @cached_property
    def _bound(self) -> frozenset[str]:
        """The names that the module has: defined, imported or assigned."""
        found = {node.name for node in self._defined}
        for node in self.module.body:
            if isinstance(node, ast.ImportFrom | ast.Import):
                found |= {each.asname or each.name for each in node.names}
            if isinstance(node, ast.Assign):
                found |= {ast.unparse(each) for each in node.targets}
        return frozenset(found)

    @cached_property
    def _module(self) -> ast.Module:
        return self.module

    def _names(self, variable: str) -> tuple[str, ...]:
        try:
            found: Any = self._assigned(variable)
        except ConfigurationInvalid as error:
            raise LineBroken(error.happened) from None
        names: tuple[Any, ...] = (found,) if isinstance(found, str) else tuple(found or ())
        if not all(isinstance(each, str) for each in names):
            raise LineBroken(f"{self.name}: its {variable} is no name of a revision")
        return names


def _slug(stem: str, id: str) -> str:
    """Return what a file's name says beside the id: all of it where the id is not in it."""
    before, found, after = stem.partition(id)
    return after.strip("_-") or before.strip("_-") if found else stem
