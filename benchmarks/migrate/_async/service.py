"""A service that reads and writes through dbkit's repositories."""

from __future__ import annotations

from benchmarks.migrate.tally import SLUG, Tally
from benchmarks.pool.pacing import async_pause
from dbkit import connect_async
from dbkit.types import ProviderSlug

__all__ = ["async_serve"]

_PAUSE_SECONDS = 0.002


async def async_serve(url: str, tally: Tally) -> None:
    """Read a row, write it, and read it with others, until the tally is closed."""
    slug = ProviderSlug(SLUG)
    async with connect_async(url) as db:
        while not tally.closed:
            with tally.call():
                await db.providers.get(slug)
            with tally.call():
                await db.providers.update(slug, display_name="Acme")
            with tally.call():
                await db.providers.page()
            await async_pause(_PAUSE_SECONDS)
