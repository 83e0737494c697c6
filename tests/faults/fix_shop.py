"""A server with a small database, for tests that freeze its processes or cut it off."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dbkit.testing.servers import user_folder
from tests.faults.node import Node
from tests.faults.shop import create_tables

__all__ = ["shop_node", "shop_server"]


@contextmanager
def shop_server(**options: Any) -> Iterator[Node]:
    """Start a server with a small database, for a block; the options are those of `Node.made`."""
    with tempfile.TemporaryDirectory(prefix="dbkit-test-", dir=user_folder(), ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        node = Node.made(Path(name), **options)
        try:
            create_tables(node)
            yield node
        finally:
            node.remove()


@pytest.fixture(scope="module")
def shop_node() -> Iterator[Node]:
    """Start a server that the tests of a module share; they thaw what they freeze."""
    with shop_server() as node:
        yield node
