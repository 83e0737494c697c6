"""The suite for entities of one's own, on both backends."""

from __future__ import annotations

from operator import attrgetter

import pytest

import dbkit
from dbkit.testing.capabilities import MEMORY, POSTGRESQL
from dbkit.testing.conformance import Case, async_cases, cases
from tests.conformance.kept import Kept
from widget_service.database import AsyncShop, Shop
from widget_service.models import ENTITIES as SHOP_ENTITIES


@pytest.mark.parametrize("case", cases(SHOP_ENTITIES, MEMORY), ids=attrgetter("id"))
def test_sync_memory(case: Case) -> None:
    with dbkit.connect("memory://", database=Shop) as db:
        case.run(db)


@pytest.mark.parametrize("case", async_cases(SHOP_ENTITIES, MEMORY), ids=attrgetter("id"))
async def test_async_memory(case: Case) -> None:
    async with dbkit.connect_async("memory://", database=AsyncShop) as db:
        await case.run(db)


@pytest.mark.parametrize("case", cases(SHOP_ENTITIES, POSTGRESQL), ids=attrgetter("id"))
def test_sync_postgresql(case: Case, kept: Kept) -> None:
    with kept.lent(case, Shop) as db:
        case.run(db)


@pytest.mark.parametrize("case", async_cases(SHOP_ENTITIES, POSTGRESQL), ids=attrgetter("id"))
async def test_async_postgresql(case: Case, kept: Kept) -> None:
    async with kept.async_lent(case, AsyncShop) as db:
        await case.run(db)
