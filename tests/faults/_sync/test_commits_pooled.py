# Generated from tests/faults/_async/test_commits_pooled.py by tools/unasync.py; edit that file instead.
"""COMMITs that break on their way to a pooler: it tells nothing of the server behind it, but tokens do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import dbkit
from tests.faults._sync.writing import opened, run_to
from tests.faults.commits import History, point_of, stored
from tests.faults.node import Node
from tests.faults.pgbouncer import PgBouncer
from tests.faults.proxy import Proxy

SEEDS = range(20)


@pytest.fixture
def proxy(outbox_node: Node, make_folder: Callable[[], Path]) -> Iterator[Proxy]:
    # It keeps a connection to the server for each client of which it does not know that it is gone.
    pooler = PgBouncer(make_folder(), outbox_node, size=len(SEEDS) + 2)
    pooler.start()
    proxy = Proxy(pooler.port)
    yield proxy
    proxy.close()
    pooler.remove()


@pytest.mark.parametrize("commit_token", [False, True])
def test_what_callers_are_told_is_so(outbox_node: Node, proxy: Proxy, *, commit_token: bool) -> None:
    outbox_node.execute("TRUNCATE outbox_events")
    history = History()
    with opened(proxy.conninfo(outbox_node.conninfo())) as db:
        for found in map(point_of, SEEDS):
            point = replace(found, options={**found.options, "commit_token": commit_token})
            proxy.arm(point.fault)
            with dbkit.deadline(5.0):
                history.note(point.key, run_to(db, point))
    assert history.faults(stored(outbox_node)) == []
    assert not history.failed
    assert not history.unknown or not commit_token
