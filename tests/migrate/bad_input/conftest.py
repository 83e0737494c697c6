from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.cli.conftest import dbkit
from tests.cli.run import Command
from tests.faults.fix_nodes import make_folder, make_node, open_folder
from tests.faults.node import Node
from tests.migrate.bad_input.site import Site

__all__ = ["dbkit", "make_folder", "make_node"]

_numbers = count(1)


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """A server that the tests here may stop, as long as they start it again."""
    with open_folder() as folder:
        node = Node.made(folder, settings={"max_connections": "20"})
        yield node
        node.remove()


@pytest.fixture
def site(node: Node, tmp_path: Path, dbkit: Command) -> Site:
    """A database of the test's own with the line's first revision to come."""
    return Site.made(node, f"site_{next(_numbers)}", tmp_path / "line", dbkit)
