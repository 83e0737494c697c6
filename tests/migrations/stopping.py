"""A revision stopped at every statement, and run again until it is through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy.exc import DBAPIError

from dbkit.migrate.line import Revision
from dbkit.migrate.place import VERSION_TABLE, current
from dbkit.migrate.proving.state import State, complaints_of
from tests.migrations.stepping import Watcher
from tests.migrations.watching import Stops

Go = Callable[[str, Revision, Watcher | None], None]


@dataclass
class Stopped:
    """Goes one step on a database, up or down, and is stopped in each run behind another statement."""

    url: str
    looker: psycopg.Connection[Any]
    revision: Revision
    complaints: list[str] = field(default_factory=list)

    def go(self, step: Go, before: State, after: State, way: str) -> None:
        """Run until a run gets through, and see that it ends where one that is not stopped does."""
        wanted = self.revision.id if way == "up" else self.revision.parent
        with Stops(self.url) as stops:
            while self._where() != wanted:
                self._run(step, stops, before, way)
        self._compare(f"stopped on the way {way} and run again", after)

    def _run(self, step: Go, stops: Stops, before: State, way: str) -> None:
        try:
            step(self.url, self.revision, stops)
        except (DBAPIError, psycopg.Error) as error:
            if not _is_the_stop(error) or stops.stopped_at is None:
                error.add_note(f"{self.revision}, {way}, run again after it was stopped at: {stops.stopped}")
                raise
            # All that the revision does is done by now, but for the commit.
            if self.revision.header.transactional and VERSION_TABLE in stops.stopped_at:
                self._compare(f"stopped on the way {way}, in a transaction", before)
        finally:
            stops.join()

    def _where(self) -> str | None:
        return current(self.looker)

    def _compare(self, when: str, expected: State) -> None:
        self.complaints += complaints_of(self.revision, when, expected, State.of(self.looker))


def _is_the_stop(error: Exception) -> bool:
    """Tell whether the connection was lost, rather than that a statement failed."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, psycopg.OperationalError) and (cause.sqlstate is None or cause.sqlstate.startswith("57P"))
