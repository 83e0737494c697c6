"""The shop over HTTP: stores, their widgets, and the parts of these."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from dbkit.fastapi import AsyncAppDatabase, PageQuery, add_error_handlers, problem_responses
from dbkit.types import (
    AlreadyExists,
    IllegalTransition,
    LeaseName,
    LeaseNotAvailable,
    NotFound,
    Page,
    ReferenceMissing,
    StaleVersion,
    Value,
)
from fastapi import Body, Depends, FastAPI, Query

from widget_service.database import AsyncShop, AsyncShopTransaction
from widget_service.pricing import Discounted, discount
from widget_service.types.part import NewPart, Part, PartFilter, Quantity
from widget_service.types.store import NewStore, Store, StoreFilter, StoreSlug
from widget_service.types.widget import NewWidget, Price, Stage, Widget, WidgetFilter, WidgetId

__all__ = ["app", "shop"]

shop = AsyncAppDatabase(AsyncShop)
app = FastAPI(title="Widgets", lifespan=shop.lifespan)
add_error_handlers(app)

Database = Annotated[AsyncShop, Depends(shop)]
Transaction = Annotated[AsyncShopTransaction, shop.transaction()]

_WIDGETS = "/stores/{store}/widgets"


class WidgetBody(Value):
    """A widget as a caller gives it, with what it is made of; the store is in the path."""

    sku: str
    quantities: tuple[Quantity, ...] = ()


class Listing(Value):
    """At what price to list a widget, and which version of it the caller has seen."""

    price: Price
    version: int


@app.post("/stores", status_code=201, responses=problem_responses(AlreadyExists))
async def create_store(new: NewStore, db: Database) -> Store:
    """Open a store."""
    return await db.stores.create(new)


@app.get("/stores")
async def list_stores(paging: PageQuery, db: Database) -> Page[Store]:
    """List the stores."""
    return await db.stores.page(StoreFilter(), limit=paging.limit, after=paging.after)


@app.post("/stores/{store}/discount", responses=problem_responses(LeaseNotAvailable))
async def discount_store(store: StoreSlug, percent: Annotated[int, Query(ge=1, le=99)], db: Database) -> Discounted:
    """Lower the prices of all listed widgets of a store, one discount at a time."""
    async with db.leases.hold(LeaseName(f"discount:{store}"), ttl=timedelta(seconds=30), wait_seconds=0):
        return await discount(db.widgets, store, percent)


@app.put("/stores/{store}/till", status_code=204, responses=problem_responses(NotFound))
async def connect_till(store: StoreSlug, token: Annotated[str, Body(embed=True)], tx: Transaction) -> None:
    """Keep the token of a store's till, sealed."""
    row = await tx.stores.lock(store)
    await tx.stores.update(store, **await tx.keyring.resealed(row, token))


@app.post(_WIDGETS, status_code=201, responses=problem_responses(AlreadyExists, ReferenceMissing))
async def create_widget(store: StoreSlug, body: WidgetBody, tx: Transaction) -> Widget:
    """Draft a widget with its parts: all of it is stored, or nothing."""
    widget = await tx.widgets.create(NewWidget(store=store, sku=body.sku))
    await tx.parts.create_many(
        NewPart(store=store, widget_id=widget.id, number=number, quantity=quantity)
        for number, quantity in enumerate(body.quantities, start=1)
    )
    return widget


@app.get(_WIDGETS)
async def list_widgets(store: StoreSlug, paging: PageQuery, db: Database, stage: Stage | None = None) -> Page[Widget]:
    """List the widgets of a store."""
    chosen = WidgetFilter(store=store, stage=stage)
    return await db.widgets.page(chosen, limit=paging.limit, after=paging.after)


@app.get(f"{_WIDGETS}/{{widget_id}}", responses=problem_responses(NotFound))
async def get_widget(store: StoreSlug, widget_id: WidgetId, db: Database) -> Widget:
    """Return a widget."""
    return await db.widgets.get(store, widget_id)


@app.get(f"{_WIDGETS}/{{widget_id}}/parts")
async def list_parts(store: StoreSlug, widget_id: WidgetId, paging: PageQuery, db: Database) -> Page[Part]:
    """List what a widget is made of."""
    chosen = PartFilter(store=store, widget_id=widget_id)
    return await db.parts.page(chosen, limit=paging.limit, after=paging.after)


@app.post(f"{_WIDGETS}/{{widget_id}}/list", responses=problem_responses(NotFound, StaleVersion, IllegalTransition))
async def list_widget(store: StoreSlug, widget_id: WidgetId, listing: Listing, db: Database) -> Widget:
    """Put a widget on the list at a price, where it is still the one that the caller has seen."""
    return await db.widgets.update(
        store, widget_id, expected_version=listing.version, stage=Stage.LISTED, price=listing.price
    )


@app.post(f"{_WIDGETS}/{{widget_id}}/retire", responses=problem_responses(NotFound, IllegalTransition))
async def retire_widget(store: StoreSlug, widget_id: WidgetId, tx: Transaction) -> Widget:
    """Retire a widget for good, whatever version it has."""
    widget = await tx.widgets.lock(store, widget_id)
    return await tx.widgets.update(store, widget_id, expected_version=widget.version, stage=Stage.RETIRED)


@app.delete(f"{_WIDGETS}/{{widget_id}}", status_code=204, responses=problem_responses(NotFound))
async def delete_widget(store: StoreSlug, widget_id: WidgetId, db: Database) -> None:
    """Delete a widget; it stays in the books."""
    await db.widgets.delete(store, widget_id)
