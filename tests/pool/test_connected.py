"""Profiles on a real server: what is set is what the server, the socket and the pool say."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg_pool import ConnectionPool
from sqlalchemy import text

import dbkit
from dbkit.pool.figures import PoolFigures
from dbkit.pool.profiles import read_profiles
from dbkit.testing.servers import user_folder
from dbkit.types import ConfigurationInvalid, PoolExhausted, ReadOnly, Unavailable
from tests.pool.doors import tcp_url

PROFILES = read_profiles({})
CHOSEN = [(environment, service) for environment in PROFILES.environments for service in PROFILES.services]
PRODUCTION = [service for environment, service in CHOSEN if environment == "prod"]

# In milliseconds, as pg_settings has them.
LIMITS = {
    "lock_timeout": "lock_timeout_seconds",
    "statement_timeout": "statement_timeout_seconds",
    "idle_in_transaction_session_timeout": "idle_in_transaction_seconds",
    "client_connection_check_interval": "client_check_seconds",
}
SETTINGS = text("SELECT name, setting FROM pg_settings WHERE name = ANY (:names)")
NAMES = [*LIMITS, "default_transaction_read_only", "idle_session_timeout", "application_name", "TimeZone"]
ONE = text("SELECT 1 AS one")


def wanted(figures: PoolFigures, name: str) -> dict[str, str]:
    limits = {setting: str(round(getattr(figures, figure) * 1000)) for setting, figure in LIMITS.items()}
    read_only = "on" if figures.read_only else "off"
    return {
        **limits,
        "default_transaction_read_only": read_only,
        "idle_session_timeout": "0",
        "application_name": f"dbkit/{name}",
        "TimeZone": "UTC",
    }


def found(rows: Any) -> dict[str, str]:
    return {row["name"]: row["setting"] for row in rows}


def pool_of(db: Any) -> Any:
    return db._backend._connections._pool


def said(pool: Any) -> Mapping[str, object]:
    names = ("min_size", "max_size", "max_waiting", "timeout", "max_idle")
    return {name: getattr(pool, name) for name in names}


def sized(figures: PoolFigures) -> Mapping[str, object]:
    return {
        "min_size": figures.size_min,
        "max_size": figures.size_max,
        "max_waiting": figures.waiting_max,
        "timeout": figures.timeout_seconds,
        "max_idle": figures.idle_seconds,
    }


@pytest.mark.parametrize(("environment", "service"), CHOSEN)
def test_what_a_profile_sets(url: str, environment: str, service: str) -> None:
    profile = PROFILES.profile(environment, [service])
    with dbkit.connect(url, env=environment, service=service, database=dbkit.BaseDatabase) as db:
        assert found(db.execute(SETTINGS, {"names": NAMES})) == wanted(profile.figures, profile.name)
        assert said(pool_of(db)) == sized(profile.figures)
        longest = profile.figures.lifetime_seconds
        assert 0.8 * longest <= pool_of(db).max_lifetime <= longest


@pytest.mark.parametrize("service", PRODUCTION)
async def test_what_a_profile_sets_async(url: str, service: str) -> None:
    profile = PROFILES.profile("prod", [service])
    async with dbkit.connect_async(url, env="prod", service=service, database=dbkit.AsyncBaseDatabase) as db:
        assert found(await db.execute(SETTINGS, {"names": NAMES})) == wanted(profile.figures, profile.name)
        assert said(pool_of(db)) == sized(profile.figures)


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="dbkit-test-", dir=user_folder()) as folder:
        yield Path(folder)


async def test_an_embedded_server_is_used_by_its_profile(folder: Path) -> None:
    url = f"embedded://{folder}"
    profile = PROFILES.profile("local", ["shop"])
    with dbkit.connect(url, env="local", service="shop", database=dbkit.BaseDatabase) as db:
        assert found(db.execute(SETTINGS, {"names": NAMES})) == wanted(profile.figures, "local/shop")
    async with dbkit.connect_async(url, env="local", service="shop", database=dbkit.AsyncBaseDatabase) as async_db:
        assert found(await async_db.execute(SETTINGS, {"names": NAMES})) == wanted(profile.figures, "local/shop")
        assert said(pool_of(async_db)) == sized(profile.figures)


def test_several_services_share_one_pool_sized_for_their_sum(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_ENV", "prod")
    monkeypatch.setenv("DBKIT_SERVICE", "api, token-manager")
    with dbkit.connect(url, database=dbkit.BaseDatabase) as db:
        pool: ConnectionPool[Any] = pool_of(db)
        pool.wait()
        assert (pool.min_size, pool.max_size) == (9, 9)
        count = text(
            "SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'dbkit/prod/api+token-manager'"
        )
        assert db.execute(count)[0]["n"] == 9


def test_a_network_connection_notices_a_dead_peer(url: str) -> None:
    levels = {"SO_KEEPALIVE": socket.SOL_SOCKET}
    names = ("SO_KEEPALIVE", "TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_USER_TIMEOUT")
    with (
        tcp_url(url) as network_url,
        dbkit.connect(network_url, env="prod", service="metrics", database=dbkit.BaseDatabase) as db,
        pool_of(db).connection() as connection,
        socket.socket(fileno=socket.dup(connection.fileno())) as end,
    ):
        options = {name: end.getsockopt(levels.get(name, socket.IPPROTO_TCP), getattr(socket, name)) for name in names}
    assert options == {
        "SO_KEEPALIVE": 1,
        "TCP_KEEPIDLE": 10,
        "TCP_KEEPINTVL": 5,
        "TCP_KEEPCNT": 3,
        "TCP_USER_TIMEOUT": 5000,
    }


async def test_no_more_wait_than_may(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SIZE_MIN": "1", "SIZE_MAX": "1", "WAITING_MAX": "1"}.items():
        monkeypatch.setenv(f"DBKIT_POOL_{name}", value)
    async with dbkit.connect_async(url, env="prod", service="write", database=dbkit.AsyncBaseDatabase) as db:
        async with db.transaction():
            callers = {asyncio.create_task(db.execute(ONE)) for _ in range(2)}
            (refused,), (waiting,) = await asyncio.wait(callers, return_when=asyncio.FIRST_COMPLETED)
            with pytest.raises(PoolExhausted):
                await refused
        assert (await waiting)[0]["one"] == 1


def test_a_role_at_its_limit_is_told_what_to_do(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE at_its_limit LOGIN CONNECTION LIMIT 0")
        try:
            with pytest.raises(Unavailable, match="for anybody or for this role") as caught:
                dbkit.connect(
                    url.replace("//dbkit@", "//at_its_limit@"), env="prod", service="api", database=dbkit.BaseDatabase
                )
        finally:
            connection.execute("DROP ROLE at_its_limit")
    assert "dbkit pool fleet --server URL" in caught.value.to_do
    assert caught.value.sqlstate == "53300"


def test_people_read_only(url: str) -> None:
    with dbkit.connect(url, env="prod", service="bi", database=dbkit.BaseDatabase) as db, pytest.raises(ReadOnly):
        db.execute(text("CREATE TABLE reports ()"))


def test_a_url_may_state_what_fits(url: str) -> None:
    url = f"{url}&connect_timeout=7&options=-c%20statement_timeout%3D4s%20-c%20work_mem%3D8MB"
    with dbkit.connect(url, env="prod", service="api", database=dbkit.BaseDatabase) as db:
        names = {"names": ["statement_timeout", "lock_timeout", "work_mem"]}
        assert found(db.execute(SETTINGS, names)) == {
            "statement_timeout": "4000",
            "lock_timeout": "2000",
            "work_mem": "8192",
        }


@pytest.mark.parametrize("url", ["memory://", "postgresql://nobody.invalid/x?keepalives=0"])
def test_what_cannot_be_is_refused_before_anything_is_opened(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationInvalid, match="there is no service 'billing'"):
        dbkit.connect(url, env="prod", service="billing", database=dbkit.BaseDatabase)
    with pytest.raises(ConfigurationInvalid, match="there is no service 'billing'"):
        dbkit.connect_async(url, env="prod", service="billing", database=dbkit.AsyncBaseDatabase)
    monkeypatch.setenv("DBKIT_POOL_LOCK_TIMEOUT_SECONDS", "30")
    with pytest.raises(ConfigurationInvalid, match="lock_timeout_seconds"):
        dbkit.connect(url, env="prod", service="api", database=dbkit.BaseDatabase)


def test_a_url_that_fights_the_profile_is_refused_before_anything_is_opened() -> None:
    with pytest.raises(ConfigurationInvalid, match="keepalives=0 in the URL fights"):
        dbkit.connect(
            "postgresql://nobody.invalid/x?keepalives=0", env="prod", service="api", database=dbkit.BaseDatabase
        )


def test_without_environment_and_service_nothing_changes(url: str) -> None:
    with dbkit.connect(url) as before, dbkit.connect(url, service="billing", database=dbkit.BaseDatabase) as named:
        for db in (before, named):
            pool = pool_of(db)
            assert (pool.min_size, pool.max_size, pool.max_waiting, pool.timeout) == (1, 4, 0, 10)
            assert (pool.max_lifetime, pool.max_idle) == (3600, 600)
            assert found(db.execute(SETTINGS, {"names": ["statement_timeout", "lock_timeout"]})) == {
                "statement_timeout": "0",
                "lock_timeout": "0",
            }
