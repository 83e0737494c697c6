"""A small application over the shop's stores, whose endpoints await."""

from __future__ import annotations

import contextlib
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException

from dbkit.fastapi import AsyncAppDatabase, PageQuery, add_error_handlers
from dbkit.types import DbkitError, Page
from widget_service.database import AsyncShop, AsyncShopTransaction
from widget_service.types.store import NewStore, Store, StoreFilter, StoreSlug

shop = AsyncAppDatabase(AsyncShop)
app = FastAPI(lifespan=shop.lifespan)
add_error_handlers(app)

Database = Annotated[AsyncShop, Depends(shop)]
Transaction = Annotated[AsyncShopTransaction, shop.transaction()]


@app.get("/stores/{slug}")
async def get(slug: StoreSlug, db: Database) -> Store:
    return await db.stores.get(slug)


@app.get("/stores")
async def page(paging: PageQuery, db: Database) -> Page[Store]:
    return await db.stores.page(StoreFilter(), limit=paging.limit, after=paging.after)


@app.post("/stores", status_code=201)
async def create(new: NewStore, tx: Transaction) -> Store:
    return await tx.stores.create(new)


@app.post("/regretted")
async def create_and_regret(new: NewStore, tx: Transaction) -> Store:
    await tx.stores.create(new)
    raise HTTPException(418, "regretted")


@app.post("/swallowed")
async def swallow(new: NewStore, tx: Transaction) -> str:
    for _ in range(2):
        with contextlib.suppress(DbkitError):
            await tx.stores.create(new)
    return "stored"
