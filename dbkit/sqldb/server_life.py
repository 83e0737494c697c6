"""Which server a transaction ran on, and whether its transaction ids still mean what they meant.

A transaction id is given out again, to somebody else's transaction, in two cases: by a standby that was
promoted before it had heard of the id, and by a server that crashed before the id had reached its log.
Then `pg_xact_status` tells of the other transaction. The first case shows in the timeline of the
server's log. The second does not; but a server that recovers from a crash throws its statistics away,
and notes when.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from psycopg.errors import Diagnostic
from psycopg.pq.abc import PGresult

__all__ = ["IN_THE_FUTURE", "UNKNOWN_LIFE", "CommitNotices", "Outcome", "ServerLife", "life_in", "outcome_of"]

IN_THE_FUTURE = "in the future"
"""Stands for the status of an id that the server has not given out yet, which it reports by an error (22023)."""


class Outcome(Enum):
    """What is known of a transaction whose COMMIT had no answer."""

    COMMITTED = "committed"
    ROLLED_BACK = "rolled back"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ServerLife:
    """A span of a server's time in which it gives out each transaction id once.

    `system` is the cluster's identifier, `timeline` that of its log, and `recovered_at` when the server last threw
    away its statistics: after a crash, or because somebody asked for it.
    """

    system: str
    timeline: int
    recovered_at: str

    @property
    def is_known(self) -> bool:
        """Whether the server has told."""
        return bool(self.system)

    def may_follow(self, other: ServerLife) -> bool:
        """Tell whether this one may know what became of the other one's transactions.

        An earlier timeline of the same cluster is a primary that was left behind.
        """
        return self.system == other.system and self.timeline >= other.timeline


UNKNOWN_LIFE = ServerLife("", 0, "")


class CommitNotices:
    """Listens to what a server says besides its answers.

    Where a COMMIT that waits for standbys is cancelled, or its backend is, the server answers that it has
    committed, and warns that no standby may have it: a promoted one may not. `is_only_local` is then true.
    """

    is_only_local = False

    def __call__(self, diagnostic: Diagnostic) -> None:
        """Take notice; the function that warns tells the notice from others, whatever the server's language."""
        if diagnostic.source_function == "SyncRepWaitForLSN":
            self.is_only_local = True


def life_in(result: PGresult, backend_pid: int) -> ServerLife | None:
    """Return what the server said of itself; None from a standby, whose timeline may change under its sessions.

    `backend_pid` is what the connection was told when it began. Another process answers where a pooler is in
    between: the next transaction may run in another session, so what this one says does not count.
    """
    if not result.ntuples:
        return None
    said = [(result.get_value(0, column) or b"").decode() for column in range(4)]
    if said[3] != str(backend_pid):
        return UNKNOWN_LIFE
    return ServerLife(said[0], int(said[1], 16), said[2])


def outcome_of(then: ServerLife, now: ServerLife, status: str | None) -> Outcome:
    """Return what the status of a transaction's id says, asked `now`, of one that ran `then`.

    After a crash or a promotion the id may be another transaction's: "committed" proves nothing. Everything
    else still proves that this one is not committed, because the id of one that is has been seen by the
    server's recovery, and is not given out again.
    """
    if not now.may_follow(then):
        return Outcome.OPEN
    if status is None:
        return Outcome.UNKNOWN
    if status == "aborted":
        return Outcome.ROLLED_BACK
    if now == then:
        return {"committed": Outcome.COMMITTED, "in progress": Outcome.OPEN}.get(status, Outcome.UNKNOWN)
    if status == "committed":
        return Outcome.UNKNOWN
    if status == "in progress" and now.timeline == then.timeline:
        # Where the statistics were thrown away by hand, it may be this transaction still.
        return Outcome.OPEN
    return Outcome.ROLLED_BACK
