"""Opening the connection that an examination looks through, and looking at the connection itself."""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

from dbkit.doctor.certificate import certificate_seconds_left
from dbkit.doctor.link import Link
from dbkit.doctor.queries import CLOCK, TLS_VERSION
from dbkit.doctor.unseen import Unseen
from dbkit.migrate.session import Target, failure
from dbkit.sqldb.config import PoolConfig, checked_conninfo, checked_server_version

__all__ = ["link_of", "opened"]

_APPLICATION_NAME = "dbkit doctor"
# A server that is gone without a word is noticed within half a minute.
_CONFIG = PoolConfig(
    parameters={
        "keepalives_idle": "10",
        "keepalives_interval": "5",
        "keepalives_count": "3",
        "tcp_user_timeout": "20000",
    }
)
_CLOCK_SAMPLES = 5
_SECONDS = 60.0

# Nothing is changed, nobody is kept waiting, and what is slow is given up. For this transaction only: behind a
# pooler, the next one is somebody else's.
_LIMITS = """
    SET TRANSACTION READ ONLY;
    SET LOCAL statement_timeout = '20s'; SET LOCAL lock_timeout = '1s'; SET LOCAL jit = off
"""


@contextmanager
def opened(target: Target, seconds: float = _SECONDS) -> Iterator[psycopg.Connection[Any]]:
    """Open a connection in a read-only transaction for a block, for so many seconds at the most.

    Raises what opening a pool raises, the typed errors of what fails within the block, and `Unavailable`
    where the connection is lost, or the time is over.
    """
    connection = _connected(target)
    # A server that is frozen keeps no time limit of its own, and nothing on the network tells.
    end = threading.Timer(seconds, _cut, (connection,))
    try:
        end.start()
        checked_server_version(connection.info.server_version)
        connection.execute(_LIMITS)
        yield connection
    except psycopg.Error as error:
        failed = error
    else:
        return
    finally:
        end.cancel()
        end.join()
        connection.close()
    raise failure(failed)


def link_of(connection: psycopg.Connection[Any], clock: Callable[[], float], *, says_pooler: bool) -> Link:
    """Look at the connection. `clock` is this machine's time, in seconds since 1970."""
    info, wire = connection.info, connection.pgconn
    offset, error = _clock_offset(connection, clock)
    # The second is a socket without a file, which Linux has.
    is_socket = info.host.startswith(("/", "@"))
    return Link(
        version=info.server_version,
        version_text=info.parameter_status("server_version") or "",
        host=info.host,
        is_socket=is_socket,
        is_local=is_socket or ipaddress.ip_address(info.hostaddr).is_loopback,
        told_pid=wire.backend_pid,
        says_pooler=says_pooler,
        sslmode=_option(wire, b"sslmode"),
        tls_version=_tls_version(connection),
        certificate_seconds_left=_certificate_seconds_left(connection, clock),
        clock_offset_seconds=offset,
        clock_error_seconds=error,
    )


def _connected(target: Target) -> psycopg.Connection[Any]:
    conninfo = checked_conninfo(target.conninfo, _APPLICATION_NAME, _CONFIG)
    try:
        # Where the server knows no encoding, the driver would give bytes for texts.
        connection = psycopg.connect(conninfo, prepare_threshold=None, client_encoding="utf8")
    except psycopg.Error as error:
        failed = error
    else:
        return connection
    raise failure(failed, target)


def _cut(connection: psycopg.Connection[Any]) -> None:
    """End the connection under whoever waits for its answer."""
    with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(connection.fileno())) as end:
        end.shutdown(socket.SHUT_RDWR)


def _tls_version(connection: psycopg.Connection[Any]) -> str | None:
    """Return the version of TLS; behind a pooler, the server tells of the pooler's own connection, if at all."""
    if not connection.pgconn.ssl_in_use:
        return None
    (version,) = connection.execute(TLS_VERSION).fetchone() or (None,)
    return version or "TLS"


def _certificate_seconds_left(connection: psycopg.Connection[Any], clock: Callable[[], float]) -> float | Unseen | None:
    info = connection.info
    if not connection.pgconn.ssl_in_use:
        return None
    return certificate_seconds_left(info.host, info.hostaddr, info.port, clock())


def _clock_offset(connection: psycopg.Connection[Any], clock: Callable[[], float]) -> tuple[float, float]:
    """Return how far the server's clock is ahead, and by how much that may be wrong: half of the round trip."""
    samples: list[tuple[float, float]] = []
    for _ in range(_CLOCK_SAMPLES):
        before = clock()
        (there,) = connection.execute(CLOCK).fetchone() or (before,)
        after = clock()
        samples.append((abs(after - before) / 2, there - (before + after) / 2))
    error, offset = min(samples)
    return offset, error


def _option(wire: psycopg.pq.abc.PGconn, keyword: bytes) -> str:
    return next((option.val or b"" for option in wire.info if option.keyword == keyword), b"").decode()
