"""Integration tests: the service over HTTP, in memory and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import httpx
import pytest
from dbkit.events import read
from dbkit.types import LeaseName

from widget_service.database import AsyncShop
from widget_service.factories.typed import Factories
from widget_service.models import WidgetListed
from widget_service.types.widget import Stage

pytestmark = pytest.mark.dbkit(backend="both")


async def test_from_a_draft_to_the_books(client: httpx.AsyncClient) -> None:
    await client.post("/stores", json={"slug": "corner", "name": "At the corner"})
    widgets = "/stores/corner/widgets"
    drafted = (await client.post(widgets, json={"sku": "W-1", "quantities": ["2", "0.5"]})).json()
    place = f"{widgets}/{drafted['id']}"
    parts = (await client.get(f"{place}/parts")).json()["items"]
    assert [part["quantity"] for part in parts] == ["2.000000", "0.500000"]
    listed = await client.post(f"{place}/list", json={"price": "9.90", "version": drafted["version"]})
    assert (listed.status_code, listed.json()["stage"]) == (200, "listed")
    assert (await client.post(f"{place}/retire")).json()["stage"] == "retired"
    assert (await client.delete(place)).status_code == 204
    assert (await client.get(place)).status_code == 404


async def test_a_widget_without_a_store_is_not_stored(client: httpx.AsyncClient) -> None:
    answer = await client.post("/stores/nowhere/widgets", json={"sku": "W-1"})
    assert (answer.status_code, answer.json()["code"]) == (422, "reference_missing")


async def test_a_part_that_does_not_fit_takes_its_widget_along(
    client: httpx.AsyncClient, async_db: AsyncShop, make: Factories
) -> None:
    store = await make.store.create_async(async_db)
    widgets = f"/stores/{store.slug}/widgets"
    answer = await client.post(widgets, json={"sku": "W-1", "quantities": ["1", "0"]})
    assert (answer.status_code, answer.json()["constraint"]) == (422, "ck_parts_quantity")
    assert (await client.get(widgets)).json()["items"] == []


async def test_a_sku_is_taken_once(client: httpx.AsyncClient, async_db: AsyncShop, make: Factories) -> None:
    widget = await make.widget.create_async(async_db)
    answer = await client.post(f"/stores/{widget.store}/widgets", json={"sku": widget.sku})
    assert (answer.status_code, answer.json()["code"]) == (409, "already_exists")


async def test_who_has_not_seen_the_last_change_changes_nothing(
    client: httpx.AsyncClient, async_db: AsyncShop, make: Factories
) -> None:
    widget = await make.widget.create_async(async_db)
    listing = {"price": "1", "version": widget.version + 1}
    answer = await client.post(f"/stores/{widget.store}/widgets/{widget.id}/list", json=listing)
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_version")


async def test_what_is_a_draft_cannot_retire(client: httpx.AsyncClient, async_db: AsyncShop, make: Factories) -> None:
    widget = await make.widget.create_async(async_db, stage=Stage.DRAFT)
    answer = await client.post(f"/stores/{widget.store}/widgets/{widget.id}/retire")
    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")


async def test_pages_of_one_store(client: httpx.AsyncClient, async_db: AsyncShop, make: Factories) -> None:
    widgets = await make.widget.create_batch_async(3, async_db)
    await make.elsewhere().widget.create_async(async_db)
    place = f"/stores/{widgets[0].store}/widgets"
    first = (await client.get(place, params={"limit": 2})).json()
    rest = (await client.get(place, params={"limit": 2, "after": first["next"]})).json()
    found = [each["id"] for each in (*first["items"], *rest["items"])]
    assert found == sorted(str(widget.id) for widget in widgets)
    assert rest["next"] is None


async def test_a_discount(client: httpx.AsyncClient, async_db: AsyncShop, make: Factories) -> None:
    widget = await make.widget.priced.create_async(async_db)
    answer = await client.post(f"/stores/{widget.store}/discount", params={"percent": 10})
    assert answer.json() == {"changed": 1, "skipped": 0}
    assert str((await async_db.widgets.get(widget.store, widget.id)).price) == "8.91"


async def test_a_widget_that_is_listed_is_told(client: httpx.AsyncClient, async_db: AsyncShop, make: Factories) -> None:
    widget = await make.widget.create_async(async_db, stage=Stage.DRAFT)
    place = f"/stores/{widget.store}/widgets/{widget.id}/list"
    assert (await client.post(place, json={"price": "9.90", "version": widget.version + 1})).status_code == 409
    assert (await async_db.outbox_events.page()).items == ()
    await client.post(place, json={"price": "9.90", "version": widget.version})
    (told,) = (await async_db.outbox_events.page()).items
    listed = WidgetListed(store=widget.store, widget_id=widget.id, price=Decimal("9.90"))
    assert read(told.payload, told.headers, (WidgetListed,)) == listed


async def test_one_discount_at_a_time(client: httpx.AsyncClient, async_db: AsyncShop, make: Factories) -> None:
    widget = await make.widget.priced.create_async(async_db)
    async with async_db.leases.hold(LeaseName(f"discount:{widget.store}"), ttl=timedelta(seconds=30)):
        answer = await client.post(f"/stores/{widget.store}/discount", params={"percent": 10})
    assert (answer.status_code, answer.json()["code"]) == (503, "lease_not_available")


async def test_the_token_of_a_till_is_sealed(
    client: httpx.AsyncClient, async_db: AsyncShop, make: Factories, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBKIT_ENV", "test")
    store = await make.store.create_async(async_db, till_token=None, till_token_key_id=None)
    answer = await client.put(f"/stores/{store.slug}/till", json={"token": "hush"})
    assert answer.status_code == 204
    row = await async_db.stores.get(store.slug)
    assert b"hush" not in (row.till_token or b"")
    assert (await async_db.keyring.unseal(row)).reveal_text() == "hush"
