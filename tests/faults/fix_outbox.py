"""A server with a table of messages and one of tokens, for tests that break COMMITs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dbkit.testing.servers import user_folder
from tests.faults.commits import make_tables
from tests.faults.node import Node

__all__ = ["outbox_node"]


@pytest.fixture(scope="module")
def outbox_node() -> Iterator[Node]:
    """Start a server that the tests of a module share."""
    with tempfile.TemporaryDirectory(prefix="dbkit-test-", dir=user_folder(), ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        node = Node.made(Path(name))
        try:
            make_tables(node)
            yield node
        finally:
            node.remove()
