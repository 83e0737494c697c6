from __future__ import annotations

from tests.migrations.history.v20251110172204 import promise_names, promise_routes, promise_targets
from tests.migrations.rows import Snapshot

REVISION = "20251117164018"

# The tables of the batches that run again; a snapshot holds those that the module names.
REPEATED = {
    "destinations",
    "notification_targets",
    "notification_topic_target_routes",
    "topic_destination_routes",
    "topics",
}


def promise(before: Snapshot, after: Snapshot) -> None:
    assert before.keys() >= REPEATED, f"{REVISION}: no {REPEATED - before.keys()} to move from"
    promise_targets(REVISION, before, after)
    promise_routes(REVISION, before, after)
    promise_names(REVISION, before, after)
    oldest: dict[tuple[str, str, str], dict[str, object]] = {}
    for row in sorted(before["event_topic_routes"], key=lambda row: (row["created_at"], row["id"])):
        oldest.setdefault((row["project_id"], row["event_type"], row["topic_id"]), row)
    found = after.by("event_topic_routes", "project_id", "event_type", "topic_id")
    assert found == oldest, f"{REVISION}: event_topic_routes are not the oldest of each kind"
