from __future__ import annotations

import pytest


@pytest.fixture
def mocks_verified() -> None:
    """Leave the mocks of the documents alone: some show what is refused."""
