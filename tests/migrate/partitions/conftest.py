from __future__ import annotations

import pytest

from dbkit.testing import Setup


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    """Databases with dbkit's schema, as its line makes it."""
    return Setup()
