from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.world import Sizes, World, served_world


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    with served_world(Sizes(read=250, iterated=1_200)) as served:
        yield served
