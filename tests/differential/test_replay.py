"""A fixed share of what the machine does for longer: programs of fixed seeds, on both backends."""

from __future__ import annotations

import pytest

from tests.differential.machine import Machine
from tests.differential.writing import Plan, seeded

_SHARES = {
    "alone": Plan(sessions=1),
    "two sessions": Plan(sessions=2),
    "three sessions": Plan(sessions=3),
    "four sessions": Plan(sessions=4),
}
_PROGRAMS = 60


@pytest.mark.parametrize("share", _SHARES)
async def test_the_twin_answers_as_postgresql_does(postgres_url: str, share: str) -> None:
    machine = Machine(postgres_url)
    try:
        for number in range(_PROGRAMS):
            name = f"{share} {number}"
            assert await machine.difference(seeded(name, _SHARES[share])) is None, name
    finally:
        await machine.close()
