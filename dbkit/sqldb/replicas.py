"""How replicas are connected to: as their primary is, but for the host, and for what may be done there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import TypeVar

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dbkit.sqldb.config import PoolConfig, Pooler

__all__ = ["in_turn", "replica_config", "replica_conninfo"]

T = TypeVar("T")

_turns = count()


def in_turn(replicas: Sequence[T]) -> list[T]:
    """Return the replicas, a different one first each time."""
    first = next(_turns) % len(replicas) if replicas else 0
    return [*replicas[first:], *replicas[:first]]


def replica_conninfo(conninfo: str, host: str) -> str:
    """Return the connection string of a replica, `host` or `host:port`, of the server that a string leads to."""
    given = conninfo_to_dict(conninfo)
    for name in ("host", "hostaddr", "port", "target_session_attrs", "load_balance_hosts"):
        given.pop(name, None)
    name, colon, port = host.rpartition(":")
    if not colon or port.endswith("]"):
        name, port = host, "5432"
    return make_conninfo("", **given, host=name.strip("[]"), port=port)


def replica_config(config: PoolConfig) -> PoolConfig:
    """Return how the connections to a replica are kept: as many as to the primary.

    Their sessions are read-only by themselves, so that a replica that is promoted takes no writes from them.
    """
    return replace(
        config,
        parameters={name: value for name, value in config.parameters.items() if name != "target_session_attrs"},
        settings={**config.settings, "default_transaction_read_only": "on"},
        pooler=Pooler.NONE,
        replicas=(),
    )
