"""How a backend connects: the pool's size and patience, and the connection string."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dbkit.sqldb.passwords import PasswordSource
from dbkit.sqldb.wire import Way
from dbkit.types.errors import ConfigurationInvalid

__all__ = [
    "SERVER_VERSION_MIN",
    "SESSION_SETTINGS",
    "PoolConfig",
    "Pooler",
    "checked_conninfo",
    "checked_server_version",
]

SERVER_VERSION_MIN = 150000

SESSION_SETTINGS = {"TimeZone": "UTC", "DateStyle": "ISO, MDY"}
"""What every connection is set to: a naive time in SQL is UTC, whatever the server's machine says."""


class Pooler(Enum):
    """What stands between dbkit and the server: nothing, or one that lends a session for a transaction each."""

    NONE = "none"
    PGBOUNCER = "pgbouncer"


@dataclass(frozen=True, slots=True)
class PoolConfig:
    """How many connections to keep, and how long to wait for one.

    `timeout_seconds` is how long a call waits for a connection before `PoolExhausted`;
    `connect_timeout_seconds` how long a new connection may take. More than `waiting_max` callers do not
    wait: the next one gets `PoolExhausted` at once (0 is no limit). A connection that was idle for
    `ping_idle_seconds` is asked whether it is alive before it is lent; on closing, work that is under way
    has `close_timeout_seconds` to end. `way` is how statements are sent: `Way.UNNAMED` is for poolers
    that cannot carry prepared statements. `parameters` are libpq's,
    where the connection string does not give them itself; `settings` are what each session is set to.
    Where `pooler` is None, it is found out; `carries_prepared` says that it carries prepared
    statements. `replicas` are hosts, each with its port, that follow the server. `deadline_seconds`
    bounds each statement on this side, for servers that do not answer at all (0 is no limit).
    `password` is asked for the password of each new connection, in place of the string's.
    """

    size_min: int = 1
    size_max: int = 4
    timeout_seconds: float = 10.0
    connect_timeout_seconds: int = 10
    idle_seconds: float = 600.0
    lifetime_seconds: float = 3600.0
    waiting_max: int = 0
    ping_idle_seconds: float = 5.0
    close_timeout_seconds: float = 5.0
    deadline_seconds: float = 0.0
    way: Way = Way.PREPARED
    parameters: Mapping[str, str] = field(default_factory=dict, hash=False)
    settings: Mapping[str, str] = field(default_factory=dict, hash=False)
    pooler: Pooler | None = None
    carries_prepared: bool = False
    replicas: tuple[str, ...] = ()
    password: PasswordSource | None = None

    def __post_init__(self) -> None:
        """Refuse sizes and times that no pool can have."""
        if not 0 <= self.size_min <= self.size_max or self.size_max < 1:
            what = f"a pool cannot have from {self.size_min} to {self.size_max} connections"
            raise ConfigurationInvalid(what, fields=("size_min", "size_max"), advice="Set 0 <= size_min <= size_max.")
        if self.waiting_max < 0:
            what = f"{self.waiting_max} callers cannot wait for a connection"
            raise ConfigurationInvalid(what, fields=("waiting_max",), advice="Set it to 0 (no limit) or more.")
        if self.deadline_seconds < 0:
            what = f"a statement cannot have {self.deadline_seconds} seconds"
            raise ConfigurationInvalid(what, fields=("deadline_seconds",), advice="Set it to 0 (no limit) or more.")
        times = (
            "timeout_seconds",
            "connect_timeout_seconds",
            "idle_seconds",
            "lifetime_seconds",
            "ping_idle_seconds",
            "close_timeout_seconds",
        )
        wrong = tuple(name for name in times if getattr(self, name) <= 0)
        if wrong:
            raise ConfigurationInvalid(f"{', '.join(wrong)} must be more than 0", fields=wrong, advice="Correct it.")


def checked_conninfo(conninfo: str, application_name: str, config: PoolConfig) -> str:
    """Return the connection string, completed; or raise `ConfigurationInvalid` where libpq cannot read it.

    What it says itself about the application's name, the connect timeout and other parameters stays.
    """
    given = None
    with suppress(psycopg.Error):
        # libpq's message is dropped: it quotes the string, and with it perhaps the password.
        given = conninfo_to_dict(conninfo)
    if given is None:
        raise ConfigurationInvalid(
            "the connection string is malformed",
            fields=("url",),
            advice="Write postgresql://user:password@host:5432/database, special characters percent-encoded.",
        )
    defaults = {
        "application_name": application_name,
        "connect_timeout": str(config.connect_timeout_seconds),
        **config.parameters,
    }
    return make_conninfo(conninfo, **{name: value for name, value in defaults.items() if name not in given})


def checked_server_version(version: int) -> None:
    """Raise `ConfigurationInvalid` where the server is older than PostgreSQL 15."""
    if version < SERVER_VERSION_MIN:
        raise ConfigurationInvalid(
            f"the server is PostgreSQL {version // 10000}, and dbkit needs {SERVER_VERSION_MIN // 10000} or newer",
            fields=("url",),
            advice="Connect to a newer server.",
        )
