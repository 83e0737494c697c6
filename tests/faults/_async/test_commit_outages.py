"""COMMITs during which the server goes down, and comes back: nobody is told what is not so.

`DBKIT_OUTAGES=100` tries more of them.
"""

from __future__ import annotations

import os

import pytest

from tests.faults._async.writing import opened, run_to
from tests.faults.commits import History, outage_of, stored
from tests.faults.node import Node
from tests.faults.proxy import Proxy

SEEDS = range(int(os.environ.get("DBKIT_OUTAGES", "4")))


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_callers_are_told_is_so(outbox_node: Node, seed: int) -> None:
    outbox_node.execute("TRUNCATE outbox_events")
    proxy, history, point = Proxy(outbox_node.port), History(), outage_of(seed, outbox_node)
    try:
        async with await opened(proxy.conninfo(outbox_node.conninfo())) as db:
            proxy.arm(point.fault)
            history.note(point.key, await run_to(db, point))
            proxy.wait_until_over()
    finally:
        proxy.close()
    assert history.faults(stored(outbox_node)) == []
    # Only a server that has crashed may be unable to say, and not where there is a token.
    assert not history.unknown or not point.options["commit_token"]
    assert not history.failed
