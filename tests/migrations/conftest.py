from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fix_server import dbkit_setup, server

__all__ = ["dbkit_setup", "server"]


@pytest.fixture(scope="module", autouse=True)
def known_keys() -> Iterator[None]:
    """Revisions that seal secrets do it with the key that everybody knows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBKIT_ENV", "test")
        yield
