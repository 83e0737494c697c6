"""The suite on PostgreSQL."""

from __future__ import annotations

from operator import attrgetter

import pytest

from dbkit.models import ENTITIES
from dbkit.testing.capabilities import POSTGRESQL
from dbkit.testing.conformance import Case, async_cases, cases
from tests.conformance.kept import Kept


@pytest.mark.parametrize("case", cases(ENTITIES, POSTGRESQL), ids=attrgetter("id"))
def test_sync(case: Case, kept: Kept) -> None:
    with kept.lent(case) as db:
        case.run(db)


@pytest.mark.parametrize("case", async_cases(ENTITIES, POSTGRESQL), ids=attrgetter("id"))
async def test_async(case: Case, kept: Kept) -> None:
    async with kept.async_lent(case) as db:
        await case.run(db)
