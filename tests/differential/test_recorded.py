"""The twin against what PostgreSQL answered when the programs were recorded: no server is needed."""

from __future__ import annotations

from functools import cache

import pytest

from tests.differential.recording import recorded

# So many that each test is short: whoever looks for mistakes in the twin runs those that come by one.
_SHARES = 64

programs = cache(recorded)


@pytest.mark.parametrize("share", range(_SHARES))
async def test_the_twin_answers_as_postgresql_did(share: int) -> None:
    for each in programs()[share::_SHARES]:
        assert await each.difference() is None, each.name
