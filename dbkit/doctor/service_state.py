"""What a session of the service's own pool is like: opened as the service opens it, and read back."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import text

from dbkit.database.parameters import OwnParameters
from dbkit.doctor.facts import ServiceState
from dbkit.migrate.session import Target
from dbkit.pool.profile import PoolProfile
from dbkit.sqldb import PostgresBackend
from dbkit.sqldb.config import SESSION_SETTINGS, PoolConfig, Pooler
from dbkit.sqldb.profile import pool_config
from dbkit.types.errors import DbkitError
from dbkit.verbs.deadline import deadline

__all__ = ["service_state"]

_SECONDS = 30
# Behind a pooler these belong to sessions that are not the service's own, and are seen to in other ways.
_OF_SESSIONS = ("default_transaction_read_only", "idle_session_timeout")
# Limits are told in milliseconds here, and set in milliseconds by profiles.
_SETTINGS = text("SELECT name, setting FROM pg_settings WHERE name = ANY (:names)")


def service_state(target: Target, own: OwnParameters, profile: PoolProfile | None) -> ServiceState | None:
    """Open a pool of one connection by a profile, and return what its session is set to; None without a profile."""
    try:
        config = pool_config(profile, target.conninfo)
        with deadline(_SECONDS):
            return None if config is None else _state(target, _configured(config, own))
    except DbkitError as error:
        return ServiceState({}, {}, error)


def _configured(config: PoolConfig, own: OwnParameters) -> PoolConfig:
    pooler = None if own.pooler is None else Pooler(own.pooler)
    return replace(config, size_min=0, size_max=1, pooler=pooler, carries_prepared=own.carries_prepared)


def _state(target: Target, config: PoolConfig) -> ServiceState:
    settings = {**SESSION_SETTINGS, **config.settings}
    wanted = {
        name: value.removesuffix("ms")
        for name, value in settings.items()
        if config.pooler is not Pooler.PGBOUNCER or name not in _OF_SESSIONS
    }
    backend = PostgresBackend.open(target.conninfo, (), application_name="dbkit doctor", pool=config)
    try:
        rows = backend.execute(_SETTINGS, {"names": list(wanted)})
    finally:
        backend.close()
    return ServiceState(wanted, {row["name"]: row["setting"] for row in rows})
