"""Whether a connection is to the server that its pool wants: after a failover another host takes the writes."""

from __future__ import annotations

from psycopg.conninfo import conninfo_to_dict
from psycopg.pq.abc import PGconn

from dbkit.types.errors import ServerReport

__all__ = ["MISPLACED", "Placed", "signs_of_misplacement"]

MISPLACED = "Misplaced"
"""The kind of a report by a server that was to take writes and takes none any more."""

_READ_ONLY = "25006"
_SIGNS = {
    "read-write": (b"in_hot_standby", b"default_transaction_read_only"),
    "primary": (b"in_hot_standby",),
}


def signs_of_misplacement(conninfo: str) -> tuple[bytes, ...]:
    """Return which parameters are on, on a server that is not the one that takes writes, if that is asked for.

    They are those by which libpq chooses a host for `target_session_attrs`, so a new connection is to another one.
    """
    return _SIGNS.get(str(conninfo_to_dict(conninfo).get("target_session_attrs")), ())


class Placed:
    """What a connection knows of its place: a base of both connection classes.

    `is_misplaced` is set once a server that was to take writes has refused one because of what it is: a
    standby, or one that was fenced off. It says so unasked, by the parameters that are the `signs`.
    """

    pgconn: PGconn
    signs: tuple[bytes, ...] = ()
    is_misplaced: bool = False

    def looked_into(self, report: ServerReport) -> ServerReport:
        """Return the report of a failure, as a misplaced connection's where it is one."""
        if report.sqlstate == _READ_ONLY and any(self.pgconn.parameter_status(sign) == b"on" for sign in self.signs):
            self.is_misplaced = True
            return ServerReport(_READ_ONLY, kind=MISPLACED)
        return report
