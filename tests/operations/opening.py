from __future__ import annotations

import dbkit


def opened(url: str) -> dbkit.Database:
    """Return a database, for the sync twins of tests."""
    return dbkit.connect(url)


async def async_opened(url: str) -> dbkit.AsyncDatabase:
    """Return a database, for the tests."""
    return await dbkit.connect_async(url)
