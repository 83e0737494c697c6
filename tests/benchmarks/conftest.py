from __future__ import annotations

import warnings
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from benchmarks.world import World

_PEERS = ("advanced_alchemy", "asyncpg", "matplotlib")

if all(find_spec(peer) for peer in _PEERS):
    with warnings.catch_warnings():
        # advanced-alchemy still uses what SQLAlchemy 2.1 deprecates.
        warnings.simplefilter("ignore")
        import_module("advanced_alchemy.repository")
else:
    # Who did not ask for dbkit[bench] cannot run the benchmarks, and so has nothing to test here.
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    from benchmarks.world import Sizes, served_world

    with served_world(Sizes(read=250, iterated=1_200)) as served:
        yield served
