from __future__ import annotations

import pytest

from tests.fix_server import server
from tests.memory.both import Asked
from tests.recorded.answers import Heard, heard

__all__ = ["asked", "heard", "server"]


@pytest.fixture
def asked(request: pytest.FixtureRequest, heard: Heard) -> Asked:
    """Give what PostgreSQL answers in a test, with a server to ask where its answers are not recorded."""
    return Asked(heard, None if heard.is_recorded else request.getfixturevalue("server"))
