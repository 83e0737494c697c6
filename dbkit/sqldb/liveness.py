"""Whether an idle connection is still one: its socket tells without a round trip."""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.pq import ConnStatus
from psycopg.pq.abc import PGconn

if TYPE_CHECKING:
    from dbkit.sqldb.wire import Statement
    from dbkit.verbs.caller import Line

__all__ = ["Watched", "cut"]


class Watched:
    """What a pool remembers of a connection, to tell whether it is alive: a base of both connection classes.

    `rested_at` is when it was last used, by the steady clock; `server_started_at` when its server was started,
    in seconds of the epoch. While it is lent, it is so since `lent_at`, to a task or thread (`holder`), for a
    statement or for what a line of code does (`reason`), and had waited `server_seconds_before` for its server.
    """

    pgconn: PGconn
    rested_at = float("-inf")
    server_started_at = float("-inf")
    lent_at = 0.0
    holder: object = None
    reason: Statement | Line | None = None
    server_seconds_before = 0.0

    @cached_property
    def heard(self) -> Callable[[int], list[Any]]:
        """Called with 0, returns an empty list while nothing has come from the server."""
        poller = select.poll()
        poller.register(self.pgconn.socket, select.POLLIN)
        return poller.poll

    def has_ended(self) -> bool:
        """Take in what the server said unasked, and return whether that was the end.

        Anything else (a changed parameter, a warning that the server stops) leaves a doubt: the connection
        counts as one that rested long.
        """
        try:
            self.pgconn.consume_input()
            self.pgconn.is_busy()
        except psycopg.Error:
            return True
        self.rested_at = float("-inf")
        return self.pgconn.status == ConnStatus.BAD

    @property
    def is_cut_off(self) -> bool:
        """Whether the connection broke without anybody on this side having closed it."""
        is_closed_here = getattr(self.pgconn, "pgconn_ptr", None) is None
        return not is_closed_here and self.pgconn.status == ConnStatus.BAD


def cut(connection: Watched) -> None:
    """Break a connection that another thread or task uses: what that waits for fails at once."""
    with suppress(psycopg.Error, OSError), socket.socket(fileno=os.dup(connection.pgconn.socket)) as line:
        line.shutdown(socket.SHUT_RDWR)
