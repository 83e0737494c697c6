"""The same application, whose endpoints run in threads."""

from __future__ import annotations

import contextlib
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException

from dbkit.fastapi import AppDatabase, PageQuery, add_error_handlers
from dbkit.types import DbkitError, Page
from widget_service.database import Shop, ShopTransaction
from widget_service.types.store import NewStore, Store, StoreFilter, StoreSlug

shop = AppDatabase(Shop)
app = FastAPI(lifespan=shop.lifespan)
add_error_handlers(app)

Database = Annotated[Shop, Depends(shop)]
Transaction = Annotated[ShopTransaction, shop.transaction()]


@app.get("/stores/{slug}")
def get(slug: StoreSlug, db: Database) -> Store:
    return db.stores.get(slug)


@app.get("/stores")
def page(paging: PageQuery, db: Database) -> Page[Store]:
    return db.stores.page(StoreFilter(), limit=paging.limit, after=paging.after)


@app.post("/stores", status_code=201)
def create(new: NewStore, tx: Transaction) -> Store:
    return tx.stores.create(new)


@app.post("/regretted")
def create_and_regret(new: NewStore, tx: Transaction) -> Store:
    tx.stores.create(new)
    raise HTTPException(418, "regretted")


@app.post("/swallowed")
def swallow(new: NewStore, tx: Transaction) -> str:
    for _ in range(2):
        with contextlib.suppress(DbkitError):
            tx.stores.create(new)
    return "stored"
