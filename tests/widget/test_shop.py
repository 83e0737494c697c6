"""Entities of one's own stand beside dbkit's, on one database and in one transaction."""

from __future__ import annotations

import pytest

import dbkit
from dbkit.types.errors import AlreadyExists
from dbkit.types.provider import NewProvider
from tests.widget.shop import AsyncShop, Shop
from tests.widget.values import NewStore, NewWidget, StoreSlug, WidgetFilter

STORE = NewStore(slug=StoreSlug("corner"), name="At the corner")
WIDGET = NewWidget(store=STORE.slug, sku="W-1")
PROVIDER = NewProvider(slug="acme", display_name="Acme", base_url="https://acme.example")


def test_own_and_given_entities_share_a_transaction() -> None:
    with dbkit.connect("memory://", database=Shop) as shop:
        with pytest.raises(AlreadyExists), shop.transaction() as tx:
            tx.providers.create(PROVIDER)
            tx.stores.create(STORE)
            tx.stores.create(STORE)
        assert not shop.providers.exists(PROVIDER.slug)
        assert not shop.stores.exists(STORE.slug)


def test_keys_go_by_the_entity_s_name() -> None:
    with dbkit.connect("memory://", database=Shop) as shop:
        shop.stores.create(STORE)
        stored = shop.widgets.create(WIDGET)
        assert shop.widgets.get(store=STORE.slug, widget_id=WIDGET.id) == stored
        assert list(shop.widgets.iterate(WidgetFilter(store=STORE.slug))) == [stored]


async def test_awaited() -> None:
    async with dbkit.connect_async("memory://", database=AsyncShop) as shop:
        await shop.stores.create(STORE)
        stored = await shop.widgets.create(WIDGET)
        assert await shop.widgets.get(STORE.slug, WIDGET.id) == stored
