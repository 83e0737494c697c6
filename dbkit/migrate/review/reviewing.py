"""Review revisions: what they would do, what is not safe in them, and what holds when they are run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from dbkit.migrate.errors import LineBroken
from dbkit.migrate.forecast.model import Forecast
from dbkit.migrate.forecast.planning import foretell
from dbkit.migrate.forecast.statistics import Statistics
from dbkit.migrate.git import Repository
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.proving.running import Proofs, Prove, prove
from dbkit.migrate.proving.subject import Bounds, Command

if TYPE_CHECKING:
    from dbkit.migrate.linting.checking import Linted

__all__ = ["Review", "Wish", "review"]

Tell = Callable[[str], None]

_NO_PARSER = "the revisions were not linted: the parser of SQL is missing (install dbkit[lint])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to review, and with what.

    `new_since` is the branch, tag or commit that does not have the revisions; without it, that which others start
    from. `statistics` is a file of sizes; `checks` are some of those of `prove`, by name, and without them all.
    `command` is the command line, for checks that run it in processes.
    """

    new_since: str | None = None
    folder: Path | None = None
    dev_url: str | None = None
    statistics: Path | None = None
    server_version: int = 15
    models: str | None = None
    statements: Path | None = None
    checks: Sequence[str] = ()
    bounds: Bounds = field(default_factory=Bounds)
    command: Command | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What came of it. Without new revisions nothing was proved; an edited released one is linted all the same.

    `failures` say what was not looked at.
    """

    line: Line
    since: str
    revisions: tuple[Revision, ...]
    forecast: Forecast
    linted: Linted | None = None
    proofs: Proofs | None = None
    failures: tuple[str, ...] = ()

    @property
    def untraced(self) -> tuple[Revision, ...]:
        """The revisions of which dbkit.trace says nothing: their times are not known."""
        return tuple(each.revision for each in self.forecast.revisions if not each.is_traced)

    @property
    def exit_code(self) -> int:
        """0 where nothing was found, 1 where something was, 2 where something could not be looked at."""
        proved = 0 if self.proofs is None else self.proofs.exit_code
        found = self.untraced or (self.linted is not None and self.linted.findings)
        if found or proved == 1:
            return 1
        return 2 if self.failures or proved else 0


def review(wish: Wish, tell: Tell = lambda _step: None) -> Review:
    """Review the revisions that are new; `tell` hears what comes next.

    It needs a scratch server (the one of `dev_url`, or an embedded one) and git, and no other network. Raises
    `LineBroken` where the files are no line, `ConfigurationInvalid` for git that does not know the branch and for
    statistics of another database, and what a server raises.
    """
    line = Line.read(wish.folder)
    wrong = line.findings()
    if wrong:
        raise LineBroken("; ".join(wrong))
    since, revisions = _new(line, wish.new_since)
    sizes = None if wish.statistics is None else Statistics.load(wish.statistics)
    forecast = foretell(line, revisions, sizes)
    tell("lint")
    linted = _linted(wish, since)
    failures = [_NO_PARSER] if linted is None else [*linted.failures]
    if not revisions:
        return Review(line, since, (), forecast, linted, failures=tuple(failures))
    tell("prove")
    proofs = _proved(wish, revisions)
    return Review(line, since, revisions, forecast, linted, proofs, (*failures, *proofs.failures))


def _new(line: Line, reference: str | None) -> tuple[str, tuple[Revision, ...]]:
    if not line.revisions:
        return reference or "", ()
    repository = Repository(line.revisions[0].path.parent)
    since = repository.base() if reference is None else reference
    known = repository.files(since)
    return since, tuple(each for each in line.revisions if each.name not in known)


def _linted(wish: Wish, since: str) -> Linted | None:
    """Lint what is new, and released revisions that are edited; None where the parser is not installed."""
    if find_spec("pglast") is None:
        return None
    from dbkit.migrate.linting.checking import Lint, lint

    return lint(
        Lint(
            new_since=since,
            folder=wish.folder,
            dev_url=wish.dev_url,
            statistics=wish.statistics,
            server_version=wish.server_version,
            models=wish.models,
        )
    )


def _proved(wish: Wish, revisions: Sequence[Revision]) -> Proofs:
    return prove(
        Prove(
            revisions=[each.id for each in revisions],
            only=wish.checks,
            folder=wish.folder,
            dev_url=wish.dev_url,
            bounds=wish.bounds,
            command=wish.command,
            statements=wish.statements,
            models=wish.models,
        )
    )
