from __future__ import annotations

import pytest

from dbkit.testing import Setup
from tests.differential.place import SETUP


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    """The models' schema, in whose order the twin reports violations."""
    return SETUP
