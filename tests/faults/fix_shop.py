"""A server with a small database, for tests that freeze its processes or cut it off."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dbkit.testing.servers import user_folder
from tests.faults.node import Node
from tests.faults.shop import create_tables

__all__ = ["shop_node"]


@pytest.fixture(scope="module")
def shop_node() -> Iterator[Node]:
    """Start a server that the tests of a module share; they thaw what they freeze."""
    with tempfile.TemporaryDirectory(prefix="dbkit-test-", dir=user_folder(), ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        node = Node.made(Path(name))
        try:
            create_tables(node)
            yield node
        finally:
            node.remove()
