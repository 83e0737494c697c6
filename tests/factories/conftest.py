from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

import dbkit
from dbkit.mock.factories import Factories
from tests.fix_server import dbkit_setup, server

__all__ = ["dbkit_setup", "server"]


@pytest.fixture
def make() -> Factories:
    return Factories(seed=7)


@pytest.fixture
def db() -> Iterator[dbkit.Database]:
    with dbkit.connect("memory://") as database:
        yield database


@pytest.fixture
async def async_db() -> AsyncIterator[dbkit.AsyncDatabase]:
    async with await dbkit.connect_async("memory://") as database:
        yield database
