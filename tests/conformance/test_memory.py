"""The suite on the in-memory twin."""

from __future__ import annotations

from operator import attrgetter

import pytest

import dbkit
from dbkit.models import ENTITIES
from dbkit.testing.capabilities import MEMORY
from dbkit.testing.conformance import Case, async_cases, cases


@pytest.mark.parametrize("case", cases(ENTITIES, MEMORY), ids=attrgetter("id"))
def test_sync(case: Case) -> None:
    with dbkit.connect("memory://") as db:
        case.run(db)


@pytest.mark.parametrize("case", async_cases(ENTITIES, MEMORY), ids=attrgetter("id"))
async def test_async(case: Case) -> None:
    async with dbkit.connect_async("memory://") as db:
        await case.run(db)
