"""The database of an application: open with it, given to endpoints, its transactions ended before the response."""

from __future__ import annotations

from types import ModuleType

import httpx
import pytest

import dbkit
from dbkit.fastapi import AsyncAppDatabase
from dbkit.types import ConfigurationInvalid, DatabaseClosed, ReadOnly, ValueInvalid
from tests.fastapi import async_shop
from tests.fastapi.client import client_of
from widget_service.database import AsyncShop
from widget_service.types.store import NewStore, StoreSlug

CORNER = {"slug": "corner", "name": "At the corner"}


async def test_what_an_endpoint_stores_is_there_for_the_next(served: ModuleType) -> None:
    async with client_of(served.app) as client:
        created = await client.post("/stores", json=CORNER)
        assert created.status_code == 201
        found = await client.get("/stores/corner")
        assert (found.status_code, found.json()) == (200, created.json())
        assert found.json()["is_online"] is False


async def test_an_exception_rolls_the_transaction_back(served: ModuleType) -> None:
    async with client_of(served.app) as client:
        assert (await client.post("/regretted", json=CORNER)).status_code == 418
        assert (await client.get("/stores/corner")).status_code == 404


async def test_what_fails_at_commit_is_no_success(served: ModuleType) -> None:
    """The endpoint has returned already, and the response is not sent yet."""
    async with client_of(served.app) as client:
        answer = await client.post("/swallowed", json=CORNER)
        assert (answer.status_code, answer.json()["code"]) == (500, "transaction_aborted")
        assert (await client.get("/stores/corner")).status_code == 404


async def test_it_is_closed_with_the_application(served: ModuleType) -> None:
    async with client_of(served.app) as client:
        opened = await served.shop()
        assert (await client.get("/stores")).status_code == 200
    with pytest.raises(DatabaseClosed, match="lifespan"):
        await served.shop()
    assert isinstance(opened, dbkit.BaseDatabase | dbkit.AsyncBaseDatabase)


async def test_an_application_starts_again(served: ModuleType) -> None:
    for _ in range(2):
        async with client_of(served.app) as client:
            assert (await client.get("/stores")).status_code == 200


async def test_a_request_before_the_start_is_refused(served: ModuleType) -> None:
    transport = httpx.ASGITransport(served.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
        answer = await client.get("/stores")
    assert (answer.status_code, answer.json()["code"]) == (503, "database_closed")


async def test_two_applications_do_not_share_one() -> None:
    shop = AsyncAppDatabase(AsyncShop, url="memory://")
    async with shop.lifespan():
        with pytest.raises(ConfigurationInvalid, match="another application"):
            async with shop.lifespan():
                pass
        assert await (await shop()).stores.find(StoreSlug("corner")) is None


async def test_a_database_that_is_not_configured_keeps_the_application_from_starting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DBKIT_URL", raising=False)
    monkeypatch.delenv("DBKIT_ENV", raising=False)
    with pytest.raises(ConfigurationInvalid, match="DBKIT_URL"):
        async with client_of(async_shop.app):
            pass


async def test_a_test_puts_its_own_database_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_URL", "memory://")
    async with (
        dbkit.connect_async("memory://", database=AsyncShop) as own,
        client_of(async_shop.app) as client,
    ):
        monkeypatch.setitem(async_shop.app.dependency_overrides, async_shop.shop, lambda: own)
        await client.post("/stores", json=CORNER)
        assert (await own.stores.get(StoreSlug("corner"))).name == CORNER["name"]


async def test_a_transaction_is_as_it_was_asked_for() -> None:
    begin = async_shop.shop.transaction(read_only=True).dependency
    async with dbkit.connect_async("memory://", database=AsyncShop) as db:
        steps = begin(db)
        tx = await anext(steps)
        with pytest.raises(ReadOnly):
            await tx.stores.create(NewStore(slug=StoreSlug("corner"), name="At the corner"))
        await steps.aclose()


def test_an_unknown_isolation_is_refused_where_it_is_written() -> None:
    with pytest.raises(ValueInvalid, match="isolation"):
        async_shop.shop.transaction(isolation="dirty")  # type: ignore[arg-type]
