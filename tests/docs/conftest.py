from __future__ import annotations

import pytest

from tests.fix_server import dbkit_setup, server

__all__ = ["dbkit_setup", "server"]


@pytest.fixture
def mocks_verified() -> None:
    """Leave the mocks of the documents alone: some show what is refused."""
