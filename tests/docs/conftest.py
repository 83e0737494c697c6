from __future__ import annotations

import pytest

from tests.fix_server import postgresql_url, server

__all__ = ["postgresql_url", "server"]


@pytest.fixture
def mocks_verified() -> None:
    """Leave the mocks of the documents alone: some show what is refused."""
