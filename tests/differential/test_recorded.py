"""The twin against what PostgreSQL answered when the programs were recorded: no server is needed."""

from __future__ import annotations

import pytest

from tests.differential.recording import recorded

_SHARES = 4


@pytest.mark.parametrize("share", range(_SHARES))
async def test_the_twin_answers_as_postgresql_did(share: int) -> None:
    for each in recorded()[share::_SHARES]:
        assert await each.difference() is None, each.name
