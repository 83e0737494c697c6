"""What has no order by the interface has none in a test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from dbkit import AsyncDatabase, AsyncOperations, connect_async
from dbkit.models import PROVIDERS
from dbkit.types import ConfigurationInvalid, NewProvider
from dbkit.verbs.selection import Selection

SLUGS = [f"provider-{number:02}" for number in range(20)]


class AsyncLooking(AsyncOperations):
    async def found(self, *order_by: str, limit: int | None = None) -> list[str]:
        return [each.slug for each in await self._all(order_by=order_by, limit=limit)]

    async def renamed(self, *order_by: str) -> list[str]:
        return [each.slug for each in await self._change({"base_url": "https://example.com"}, order_by=order_by)]

    async def totals(self) -> list[str]:
        return [slug for (slug,) in await self._totals(Selection(()), ("slug",), None)]


async def looking(db: AsyncDatabase) -> Any:
    new = [NewProvider(slug=slug, display_name=slug[:9], base_url="https://example.com") for slug in SLUGS]
    await db.providers.create_many(new)
    return db.repository(PROVIDERS, AsyncLooking)


@pytest.fixture
async def look() -> AsyncIterator[Any]:
    async with connect_async("memory://?seed=1") as db:
        yield await looking(db)


async def test_rows_without_an_order_come_in_any(look: Any) -> None:
    for found in (look.found, look.renamed, look.totals):
        first, second = await found(), await found()
        assert sorted(first) == sorted(second) == SLUGS
        assert len({tuple(first), tuple(second), tuple(SLUGS)}) == 3


async def test_rows_in_order_are_in_order(look: Any) -> None:
    assert await look.found("slug") == SLUGS
    assert await look.found("-slug") == SLUGS[::-1]
    assert await look.renamed("-slug") == SLUGS[::-1]


async def test_ties_come_in_any_order(look: Any) -> None:
    found = [await look.found("display_name", limit=5) for _ in range(2)]
    assert found[0] != found[1]
    assert await look.found("display_name", "slug") == SLUGS


async def test_the_same_seed_gives_the_same_order() -> None:
    orders = []
    for url in ("memory://?seed=1", "memory://?seed=1", "memory://?seed=2"):
        async with connect_async(url) as db:
            look = await looking(db)
            orders.append([await look.found(), await look.found()])
    assert orders[0] == orders[1] != orders[2]


async def test_a_seed_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_MEMORY_SEED", "7")
    async with connect_async("memory://") as db, connect_async("memory://?seed=8") as other:
        assert (db.memory.seed, other.memory.seed) == (7, 8)
        assert "memory://?seed=8" in repr(other)
    monkeypatch.setenv("DBKIT_MEMORY_SEED", "")
    async with connect_async("memory://") as db, connect_async("memory://") as other:
        assert db.memory.seed != other.memory.seed
    monkeypatch.setenv("DBKIT_MEMORY_SEED", "seven")
    with pytest.raises(ConfigurationInvalid, match="DBKIT_MEMORY_SEED"):
        async with connect_async("memory://"):
            pass


@pytest.mark.parametrize("url", ["memory://?seed=", "memory://?seed=x", "memory://?salt=1", "memory://name?seed=1"])
async def test_urls_that_say_no_seed(url: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="memory://"):
        async with connect_async(url):
            pass
