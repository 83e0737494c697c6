"""A revision stopped at every statement, and run again until it is through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg
from sqlalchemy.exc import DBAPIError

from dbkit.migrate.catalog import differences
from dbkit.migrate.line import Revision
from dbkit.migrate.place import VERSION_TABLE, current
from tests.migrations.proof import State
from tests.migrations.stepping import Watcher, opened
from tests.migrations.watching import Stops

Go = Callable[[str, Revision, Watcher | None], None]


@dataclass
class Stopped:
    """Goes one step on a database, up or down, and is stopped in each run behind another statement."""

    url: str
    revision: Revision
    complaints: list[str] = field(default_factory=list)

    def go(self, step: Go, before: State, after: State, way: str) -> None:
        """Run until a run gets through, and see that it ends where one that is not stopped does."""
        counted: list[Count] = []
        transactional = self.revision.header.transactional
        if transactional:
            with suppress(_Enough), counting(self.url, self.revision):
                pass
        with Stops(self.url) as stops:
            self._until_through(step, stops, before, way)
        self._compare(f"stopped on the way {way} and run again", after)

    def _where(self) -> str | None:
        with opened(self.url) as connection:
            return current(connection)

    def _compare(self, when: str, expected: State) -> None:
        found = State.of(self.url)
        for line in differences(expected.catalog, found.catalog):
            self.complaints.append(f"{when}: {line}")
        downgrade = self.revision.header.downgrade
        if changed := expected.changes(found, getattr(downgrade, "remade", ())):
            self.complaints.append(f"{when}: {changed}")


def _is_the_stop(error: Exception) -> bool:
    """Tell whether the connection was lost, rather than that a statement failed."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, psycopg.OperationalError) and (cause.sqlstate is None or cause.sqlstate.startswith("57P"))
