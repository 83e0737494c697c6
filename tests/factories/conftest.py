from __future__ import annotations

import pytest

from dbkit.mock.factories import Factories


@pytest.fixture
def make() -> Factories:
    return Factories(seed=7)
