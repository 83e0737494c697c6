"""Fixtures of servers that a test may break."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from dbkit.testing.servers import user_folder
from tests.faults.node import Node

__all__ = ["MakeNode", "make_folder", "make_node", "open_folder"]

MakeNode = Callable[..., Node]


@contextmanager
def open_folder() -> Iterator[Path]:
    """Make a folder for a block, where servers may have their data."""
    with tempfile.TemporaryDirectory(prefix="dbkit-test-", dir=user_folder(), ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def make_folder() -> Iterator[Callable[[], Path]]:
    """Make folders that go with the test, where servers may have their data."""
    with ExitStack() as folders:

        def made() -> Path:
            return folders.enter_context(open_folder())

        yield made


@pytest.fixture
def make_node(make_folder: Callable[[], Path]) -> Iterator[MakeNode]:
    """Make servers that go with the test: `make_node(settings={...}, rules=...)`, or `make_node(of=primary)`."""
    nodes: list[Node] = []

    def made(*, of: Node | None = None, **options: object) -> Node:
        node = Node.made(make_folder(), **options) if of is None else of.standby(make_folder(), **options)  # type: ignore[arg-type]
        nodes.append(node)
        return node

    yield made
    for node in reversed(nodes):
        node.remove()
