"""The metrics of pools that were opened."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from prometheus_client import CollectorRegistry

import dbkit
from dbkit.types import ProviderFilter
from tests.telemetry.scraping import expose, scraped


@pytest.fixture(autouse=True)
def without_heartbeats(monkeypatch: pytest.MonkeyPatch) -> None:
    """They borrow connections, too, which these tests count."""
    for database in (dbkit.Database, dbkit.AsyncDatabase):
        monkeypatch.setattr(database, "line", None)


def test_a_database_in_memory_has_no_pool_to_show(memory_db: dbkit.Database, registry: CollectorRegistry) -> None:
    expose(memory_db, registry)
    assert scraped(registry) == {}


def figures(registry: CollectorRegistry, pool: str) -> Mapping[str, float]:
    ending = re.compile(rf"{{env=dev,service=api,pool={pool}}}")
    return {ending.sub("", name): value for name, value in scraped(registry).items() if ending.search(name)}


async def test_real_pools_of_both_colours(postgres_url: str, registry: CollectorRegistry) -> None:
    with dbkit.connect(postgres_url, env="dev", service="api") as db:
        expose(db, registry, pool="sync")
        db.providers.count(ProviderFilter())
        with db.transaction() as tx:
            tx.providers.count(ProviderFilter())
            assert figures(registry, "sync")["dbkit_pool_connections_in_use"] == 1
        said = figures(registry, "sync")
    async with dbkit.connect_async(postgres_url, env="dev", service="api") as async_db:
        expose(async_db, registry, pool="async")
        await async_db.providers.count(ProviderFilter())
        async with async_db.transaction() as async_tx:
            await async_tx.providers.count(ProviderFilter())
            assert figures(registry, "async")["dbkit_pool_connections_in_use"] == 1
        async_said = figures(registry, "async")
    for each in (said, async_said):
        assert each["dbkit_pool_up"] == 1
        assert each["dbkit_pool_connections_max"] == 5
        assert each["dbkit_pool_connections_in_use"] == 0
        assert each["dbkit_pool_wait_seconds_count"] == each["dbkit_pool_hold_seconds_count"] == 2
        assert 0 < each["dbkit_pool_server_seconds_sum"] < each["dbkit_pool_hold_seconds_sum"]
        assert each["dbkit_pool_opened_total"] >= 1


def test_the_process_s_own_database_is_shown_once_it_is_open(
    postgres_url: str, registry: CollectorRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"DBKIT_URL": postgres_url, "DBKIT_ENV": "dev", "DBKIT_SERVICE": "api"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("dbkit.database.context._process._database", None)
    own = dbkit.current()
    expose(own, registry)
    assert scraped(registry) == {}
    own.providers.count(ProviderFilter())
    assert figures(registry, "main")["dbkit_pool_wait_seconds_count"] == 1
    own.close()
    assert scraped(registry) == {}


def test_a_database_that_is_closed_makes_room_for_the_next(postgres_url: str, registry: CollectorRegistry) -> None:
    for _ in range(2):
        db = dbkit.connect(postgres_url)
        expose(db, registry)
        assert "dbkit_pool_up{env=,service=,pool=main}" in scraped(registry)
        db.close()
    assert scraped(registry) == {}
