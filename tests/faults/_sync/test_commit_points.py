# Generated from tests/faults/_async/test_commit_points.py by tools/unasync.py; edit that file instead.
"""COMMITs that break at points which seeds choose: nobody is told what is not so, and nothing is stored twice.

`DBKIT_CRASH_POINTS=2000` tries more of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.faults._sync.writing import Outbox, opened, run_to
from tests.faults.commits import History, point_of, stored
from tests.faults.node import Node
from tests.faults.proxy import Proxy

POINTS = int(os.environ.get("DBKIT_CRASH_POINTS", "120"))
CHUNKS = [range(first, min(first + 30, POINTS)) for first in range(0, POINTS, 30)]


@pytest.fixture
def proxy(outbox_node: Node) -> Iterator[Proxy]:
    proxy = Proxy(outbox_node.port)
    yield proxy
    proxy.close()


@pytest.fixture
def db(outbox_node: Node, proxy: Proxy) -> Iterator[Outbox]:
    with opened(proxy.conninfo(outbox_node.conninfo())) as db:
        yield db


@pytest.mark.parametrize("seeds", CHUNKS, ids=str)
def test_what_callers_are_told_is_so(outbox_node: Node, proxy: Proxy, db: Outbox, seeds: range) -> None:
    outbox_node.execute("TRUNCATE outbox_events")
    history = History()
    for point in map(point_of, seeds):
        proxy.arm(point.fault)
        history.note(point.key, run_to(db, point))
    assert history.faults(stored(outbox_node)) == []
    # The server lives on, so it can always say.
    assert history.unknown == set()
    assert len(history.committed) == len(seeds)
