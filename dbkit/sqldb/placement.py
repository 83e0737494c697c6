"""Whether a connection is to the server that its pool wants: after a failover another host takes the writes."""

from __future__ import annotations

from psycopg.conninfo import conninfo_to_dict
from psycopg.pq.abc import PGconn

from dbkit.types.errors import ServerReport

__all__ = ["MISPLACED", "Placed", "wants_writable"]

MISPLACED = "Misplaced"
"""The kind of a report by a server that was to take writes and takes none any more."""

_READ_ONLY = "25006"
_WRITABLE = ("read-write", "primary")


def wants_writable(conninfo: str) -> bool:
    """Tell whether a connection string asks for the server that takes writes (`target_session_attrs`)."""
    return conninfo_to_dict(conninfo).get("target_session_attrs") in _WRITABLE


class Placed:
    """What a connection knows of its place: a base of both connection classes.

    `is_misplaced` is set once a server that was to take writes (`wants_writable`) has refused one
    because of what it is: a standby, or one that was fenced off.
    """

    pgconn: PGconn
    wants_writable: bool = False
    is_misplaced: bool = False

    def looked_into(self, report: ServerReport) -> ServerReport:
        """Return the report of a failure, as a misplaced connection's where it is one."""
        if report.sqlstate == _READ_ONLY and self.wants_writable and self._is_read_only():
            self.is_misplaced = True
            return ServerReport(_READ_ONLY, kind=MISPLACED)
        return report

    def _is_read_only(self) -> bool:
        """Tell whether the server, not the transaction, refuses writes: it reports both whenever they change."""
        told = self.pgconn.parameter_status
        return b"on" in (told(b"in_hot_standby"), told(b"default_transaction_read_only"))
