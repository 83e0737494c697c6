"""Programs over which the twin once differed from PostgreSQL: they came out the same ever since."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.differential.machine import Machine
from tests.differential.program import FOUND, load

_FOUND = sorted(FOUND.glob("*.json"))


@pytest.mark.parametrize("path", _FOUND, ids=[path.stem for path in _FOUND])
async def test_a_difference_that_was_found_is_gone(postgres_url: str, path: Path) -> None:
    machine = Machine(postgres_url)
    try:
        assert await machine.difference(load(path)) is None
    finally:
        await machine.close()
