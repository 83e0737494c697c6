"""The sessions of a run: the runner's own, which holds its lock, and the one that revisions run in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from dbkit.migrate.session import Connection, Session, Target
from dbkit.migrate.stop import Stop
from dbkit.types.errors import ConfigurationInvalid

if TYPE_CHECKING:
    from dbkit.migrate.worker import Worker

__all__ = ["Sessions"]

_IS_REPLICA = "SELECT pg_is_in_recovery()"


class Sessions:
    """Opens the sessions when they are needed, and closes them.

    Raises `ConfigurationInvalid` for a replica, which takes no changes.
    """

    def __init__(self, target: Target, stop: Stop) -> None:
        self._target = target
        self._stop = stop
        self._worker: Worker | None = None
        self.main = Session(target)
        try:
            self._require_primary()
        except BaseException:
            self.main.close()
            raise

    @property
    def connection(self) -> Connection:
        """The connection of the runner's own session, in autocommit."""
        return self.main.connection

    @property
    def worker(self) -> Worker:
        """The session that revisions run in, opened where it is not."""
        from dbkit.migrate.worker import Worker

        if self._worker is None:
            self._worker = Worker(self._target, self._stop)
        return self._worker

    @property
    def is_lost(self) -> bool:
        """Whether the session that a revision ran in is gone."""
        return self._worker is not None and self._worker.session.broken

    def close_worker(self) -> None:
        """Close the session that revisions run in; the next one gets another."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def mend(self) -> None:
        """Have a runner's session that answers; a new one has no lock, and the next look at that ends the run."""
        if self.main.broken or not _answers(self.main):
            self.main.close()
            self.main = Session(self._target)

    def close(self) -> None:
        """Close both."""
        self.close_worker()
        self.main.close()

    def _require_primary(self) -> None:
        if self.connection.execute(_IS_REPLICA).fetchone() == (True,):
            raise ConfigurationInvalid(
                f"{self._target.shown_as} is a replica, which takes no changes",
                advice="Give the URL of the primary; what is applied there comes to its replicas by itself.",
            )


def _answers(session: Session) -> bool:
    try:
        return session.is_the_same()
    except psycopg.Error:
        return False
