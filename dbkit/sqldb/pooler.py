"""A pooler between dbkit and the server: how it is found out, and what connections are like behind it.

A server says in the beginning which of its processes serves a connection, because a cancel has to name
it. A pooler that lends sessions for single transactions cannot: it says a number of its own. So a
connection on which `pg_backend_pid()` is not the number that was said leads through a pooler. A proxy
that only passes bytes on is none, and is not taken for one.
"""

from __future__ import annotations

from dataclasses import replace

from psycopg import capabilities
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dbkit.sqldb.config import PoolConfig, Pooler
from dbkit.sqldb.options import session_options, without_session_options
from dbkit.sqldb.wire import Way
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["behind_pooler", "pooler_found", "prepared_for_pooler"]


def pooler_found(pid_said: int, pid_found: int) -> Pooler:
    """Return what a connection leads through, by the process that was said to serve it and the one that does."""
    return Pooler.NONE if pid_said == pid_found else Pooler.PGBOUNCER


def prepared_for_pooler(conninfo: str, config: PoolConfig) -> tuple[str, PoolConfig]:
    """Return connection string and configuration as a pooler takes them, where the configuration names one.

    A pooler refuses `options`: what they set goes along with each transaction instead. Raises
    `ConfigurationInvalid` for options that set nothing.
    """
    if config.pooler is not Pooler.PGBOUNCER:
        return conninfo, config
    given = conninfo_to_dict(conninfo)
    options = str(given.pop("options", ""))
    if without_session_options(options):
        raise ConfigurationInvalid(
            "options in the URL hold more than settings, and a pooler takes none of them",
            fields=("url",),
            advice="Write options=-c name=value only; dbkit sets it for each transaction.",
        )
    settings = {**dict(session_options(options)), **config.settings}
    return make_conninfo("", **given), behind_pooler(replace(config, settings=settings))


def behind_pooler(config: PoolConfig) -> PoolConfig:
    """Return how to connect through a pooler: without prepared statements, unless it is said to carry them.

    Raises `ConfigurationInvalid` where it shall carry them and the driver's library is too old for that.
    """
    if config.carries_prepared and not capabilities.has_send_close_prepared():
        raise ConfigurationInvalid(
            "prepared=yes needs libpq 17, which can close a prepared statement as a pooler understands it",
            fields=("url",),
            advice="Install a newer psycopg[binary], or take prepared=yes out of the URL.",
        )
    way = config.way if config.carries_prepared else Way.UNNAMED
    return replace(config, pooler=Pooler.PGBOUNCER, way=way)
