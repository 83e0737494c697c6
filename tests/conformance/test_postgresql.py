"""The suite on PostgreSQL."""

from __future__ import annotations

from operator import attrgetter

import pytest

import dbkit
from dbkit.models import ENTITIES
from dbkit.testing.capabilities import POSTGRESQL
from dbkit.testing.conformance import Case, async_cases, cases


@pytest.mark.parametrize("case", cases(ENTITIES, POSTGRESQL), ids=attrgetter("id"))
def test_sync(case: Case, postgresql_url: str) -> None:
    with dbkit.connect(postgresql_url) as db:
        case.run(db)


@pytest.mark.parametrize("case", async_cases(ENTITIES, POSTGRESQL), ids=attrgetter("id"))
async def test_async(case: Case, postgresql_url: str) -> None:
    async with dbkit.connect_async(postgresql_url) as db:
        await case.run(db)
