"""A scribe over restarts of its server: what it has taken is stored, and nothing twice."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.ingest import Scribe, ScribeOptions
from dbkit.migrate.models import create_all
from dbkit.migrate.session import Target
from dbkit.models import Base
from dbkit.types import NewUsageEvent, UsageEventId
from tests.faults.fix_nodes import MakeNode
from tests.operations._sync.world import Tenant, make_tenant

NOW = datetime(2026, 3, 1, tzinfo=UTC)
GROUP = 200


def usage(tenant: Tenant) -> NewUsageEvent:
    return NewUsageEvent(
        project_id=tenant.project_id,
        organization_id=tenant.organization_id,
        occurred_at=NOW,
        metric="records",
        quantity=1,
    )


def written(scribe: Scribe, tenant: Tenant, is_over: Event) -> list[UsageEventId]:
    """Write groups until it is over; return the ids of those that were taken."""
    taken: list[UsageEventId] = []
    while not is_over.is_set():
        rows = [usage(tenant) for _ in range(GROUP)]
        scribe.write(*rows)
        scribe.flush()
        taken += [row.id for row in rows]
    return taken


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["fast", "immediate"])
def test_nothing_is_lost_over_a_restart(make_node: MakeNode, tmp_path: Path, how: signal.Signals) -> None:
    node = make_node()
    create_all(Target(node.conninfo(), node.url()), Base.metadata)
    options = ScribeOptions(spool=tmp_path, batch_rows=500, batch_seconds=0.02, wait_seconds=60)
    is_over = Event()
    with dbkit.connect(node.url(), env="prod", service="api") as db, ThreadPoolExecutor(3) as writers:
        tenant = make_tenant(db)
        with Scribe(db, options) as scribe:
            writing = [writers.submit(written, scribe, tenant, is_over) for _ in range(2)]
            node.stop(how=how)
            for _ in ticks(60):
                if scribe.report().spooled >= 3 * GROUP:
                    break
            node.start()
            for _ in ticks(60):
                if not scribe.report().is_behind:
                    break
            is_over.set()
            taken = [each for writer in writing for each in writer.result()]
            scribe.flush()
            for _ in ticks(60):
                if not scribe.report().is_behind:
                    break
    assert len(taken) > 3 * GROUP
    stored = [str(row[0]) for row in node.execute("SELECT id FROM usage_events")]
    assert sorted(stored) == sorted(map(str, taken))
