"""What a technique may know of the run that its revision is part of: Alembic's `op` knows the connection alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from dbkit.migrate.line import Revision
from dbkit.migrate.report import Options, Watch
from dbkit.migrate.session import Target
from dbkit.migrate.stop import Stop
from dbkit.migrate.version_table import OF_ALEMBIC, VersionTable

__all__ = ["Surroundings", "surroundings", "within"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A run: its revision and its database, who is told, and who may stop it.

    Without a runner, under Alembic's own command, there is neither revision nor target: nobody is
    told, and nothing stops it.
    """

    revision: Revision | None = None
    target: Target | None = None
    options: Options = field(default_factory=Options)
    stop: Stop = field(default_factory=Stop)
    watch: Watch = field(default_factory=Watch)
    version_table: VersionTable = OF_ALEMBIC


def surroundings() -> Surroundings:
    """Return the run that the calling revision is part of."""
    return _around.get(None) or Surroundings()


@contextmanager
def within(run: Surroundings) -> Iterator[None]:
    """Let the techniques of a block know the run that they are part of."""
    token = _around.set(run)
    try:
        yield
    finally:
        _around.reset(token)


_around: ContextVar[Surroundings] = ContextVar("dbkit_migrate_surroundings")
